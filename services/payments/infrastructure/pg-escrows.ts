import type { Pool } from 'pg';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import type { Escrows, Stored, Told } from '../application/escrow-ports.ts';
import {
  escrowColumns,
  partsToJson,
  resolutionToJson,
  toEscrow,
  type EscrowRow,
} from './escrow-rows.ts';
import { isRefusedByBooks } from './refused-by-books.ts';
import { entryToJson } from './rows.ts';

const openSql = `
  with seen as (
    select where take_message($8, $9)
  )
  insert into job_payables (job_id, buyer_id, payee_id, amount_minor, currency, parts,
    tax_jurisdiction, pay_by)
  select $1, $2, $3, (select sum((p ->> 'amountMinor')::bigint) from jsonb_array_elements($5::jsonb) p),
    $4, $5, $6, $7 from seen
  on conflict (job_id) do nothing`;
const findSql = `select ${escrowColumns}, coalesce(-o.balance_minor, 0) as owed_minor,
    p.amount_minor - p.refunded_minor - p.refunding_minor - p.charged_back_minor as refundable_minor
  from escrows e left join escrow_resolutions r on r.hold_id = e.id
  left join escrow_decisions d on d.hold_id = e.id
  join payments p on p.id = e.payment_id
  left join ledger_accounts o on o.id = 'seller:' || e.payee_id || ':owing' and o.currency = e.currency
  where e.id = $1`;
/** One branch a party, so that each reads its own index. */
const listSql = (isOfParty: boolean): string => {
  const branch = (whose: string): string => `
    (select e.* from escrows e where ${whose} and ($2::uuid is null or e.job_id = $2)
       and ($3::text is null or e.status = $3)
       and ($4::timestamptz is null or (e.held_at, e.id) < ($4, $5::uuid))
     order by e.held_at desc, e.id desc limit $6)`;
  const rows = isOfParty
    ? `${branch('e.buyer_id = $1')} union ${branch('e.payee_id = $1')}`
    : branch('$1::uuid is null');
  return `select ${escrowColumns} from (${rows}) e
    left join escrow_resolutions r on r.hold_id = e.id
    left join escrow_decisions d on d.hold_id = e.id
    order by e.held_at desc, e.id desc limit $6`;
};
const resolveSql = 'select resolve_escrow($1, $2, $3, $4, $5, $6, $7) as result';
const disputeSql = 'select dispute_escrow($1, $2, $3, $4, $5, $6, $7, $8) as result';
const proposeSql = 'select propose_escrow_decision($1, $2, $3, $4, $5, $6, $7) as result';
const clocksSql = `
  with seen as (
    select where take_message($5, $6)
  )
  select start_release_clocks($1, $2, $3, $4) from seen`;

type Ports = Readonly<{ pool: Pool; clock: Clock; newId: () => string; wakeOutbox: WakeOutbox }>;

export const createPgEscrows = ({ pool, clock, newId, wakeOutbox }: Ports): Escrows => {
  const outboxOf = ({ messages, trace }: Told, subject: string, version: number) =>
    toOutbox(
      messages.map((event) => ({ id: newId(), subject, aggregateVersion: version, ...event })),
      trace,
      clock(),
    );
  const store = async (
    name: string,
    text: string,
    values: readonly unknown[],
    outbox: ReturnType<typeof outboxOf>,
  ): Promise<Stored> => {
    try {
      const { rows } = await pool.query<{ result: string }>({ name, text, values: [...values] });
      if (rows[0]!.result === 'stale') return 'stale';
    } catch (error) {
      // What can still go back of the payment may be less than it was when this was decided.
      const { constraint } = error as { constraint?: string };
      if (isRefusedByBooks(error) || constraint === 'payments_give_back_once') return 'stale';
      throw error;
    }
    wakeOutbox(outbox);
    return 'done';
  };

  return {
    async open(payable, { consumer, messageId }) {
      const { jobId, buyerId, payeeId, currency, parts, taxJurisdiction, payBy } = payable;
      await pool.query({
        name: 'job-payable-open',
        text: openSql,
        values: [
          jobId,
          buyerId,
          payeeId,
          currency,
          partsToJson(parts),
          taxJurisdiction,
          payBy,
          consumer,
          messageId,
        ],
      });
    },

    async find(id) {
      const { rows } = await pool.query<
        EscrowRow & { owed_minor: string; refundable_minor: string }
      >({
        name: 'escrow-find',
        text: findSql,
        values: [id],
      });
      const [row] = rows;
      return (
        row && {
          hold: toEscrow(row),
          owedMinor: BigInt(row.owed_minor),
          refundableMinor: BigInt(row.refundable_minor),
        }
      );
    },

    async list({ partyId, jobId, status, after, limit }) {
      const { rows } = await pool.query<EscrowRow>(listSql(partyId !== undefined), [
        partyId ?? null,
        jobId ?? null,
        status ?? null,
        after?.heldAt ?? null,
        after?.id ?? null,
        limit,
      ]);
      return rows.map(toEscrow);
    },

    async resolve(hold, resolution, entry, told) {
      const outbox = outboxOf(told, hold.id, hold.version + 1);
      const isEarned = resolution.kind !== 'refunded';
      const values = [
        hold.id,
        hold.version,
        resolutionToJson(resolution),
        isEarned ? newId() : null,
        entryToJson(entry),
        clock(),
        JSON.stringify(outbox),
      ];
      return store('escrow-resolve', resolveSql, values, outbox);
    },

    async dispute(hold, { id, by, as, reason }, told) {
      const outbox = outboxOf(told, hold.id, hold.version + 1);
      const values = [hold.id, hold.version, id, by, as, reason, clock(), JSON.stringify(outbox)];
      return store('escrow-dispute', disputeSql, values, outbox);
    },

    propose: (hold, { kind, refundMinor, reason }, decidedBy) =>
      store(
        'escrow-propose',
        proposeSql,
        [hold.id, hold.version, kind, refundMinor, reason, decidedBy, clock()],
        [],
      ),

    async startClocks(jobId, partIds, deliveredAt, { consumer, messageId }) {
      const values = [jobId, partIds, deliveredAt, clock(), consumer, messageId];
      await pool.query({ name: 'escrow-clocks', text: clocksSql, values });
    },
  };
};
