import type { Pool } from 'pg';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import type { Settlement } from '../application/ports.ts';
import type { Chargebacks } from '../application/provider-ports.ts';
import {
  freezeEntry,
  freezeHolds,
  freezeShares,
  lostEntry,
  lostSplitEntry,
  thawShares,
  wonEntry,
  type Chargeback,
  type Standing,
} from '../domain/chargeback.ts';
import {
  chargebackToJson,
  frozenToJson,
  toChargeback,
  type ChargebackRow,
} from './provider-rows.ts';
import { entryToJson, paymentColumns, toPayment, type PaymentRow } from './rows.ts';

type Ports = Readonly<{ pool: Pool; clock: Clock; newId: () => string; wakeOutbox: WakeOutbox }>;

const attemptsMax = 10;
/** Money moved between the look and the entry, and the account would have gone below zero. */
const checkViolation = '23514';

/** A payment with what each of its sellers has; what is promised to others is not there any more. */
const standingSql = `
  select ${paymentColumns
    .split(',')
    .map((column) => `p.${column.trim()}`)
    .join(', ')}, p.charged_back_minor,
    coalesce((select jsonb_agg(distinct t.seller_id order by t.seller_id) from transfers t
      where t.payment_id = p.id and t.kind in ('sale', 'escrow_release')), '[]') as earned,
    coalesce((select jsonb_object_agg(b.id, b.minor::text) from (
      select a.id, sum(a.balance_minor - coalesce((to_jsonb(a) ->> 'pending_minor')::bigint, 0)) as minor
      from ledger_accounts a where a.currency = p.currency and a.id in (
        select 'seller:' || (s ->> 'sellerId') || ':' || kind
        from jsonb_array_elements(p.shares) s,
          unnest(array['pending', 'available', 'owing']) as kinds (kind))
      group by a.id) b), '{}') as balances,
    coalesce((select jsonb_agg(jsonb_build_object('holdId', e.id, 'amountMinor', e.amount_minor::text)
        order by e.position)
      from escrows e where e.payment_id = p.id and e.status in ('held', 'disputed')
        and e.frozen_by is null), '[]') as holds,
    left_of_sellers(p.id) as left_of_sellers,
    coalesce((select jsonb_agg(jsonb_build_object('commissionMinor', l.commission_minor::text,
        'commissionTaxMinor', l.commission_tax_minor::text, 'jurisdiction', l.jurisdiction)
        order by l.variant_id)
      from payable_lines l where l.order_id = p.order_id), '[]') as lines
  from payments p where p.id = $1`;

type StandingRow = PaymentRow &
  Readonly<{
    charged_back_minor: string;
    earned: readonly string[];
    holds: readonly Readonly<{ holdId: string; amountMinor: string }>[];
    balances: Readonly<Record<string, string>>;
    left_of_sellers: Readonly<Record<string, string>>;
    lines: readonly Readonly<{
      commissionMinor: string;
      commissionTaxMinor: string;
      jurisdiction: string | null;
    }>[];
  }>;

export const createPgChargebacks = ({ pool, clock, newId, wakeOutbox }: Ports): Chargebacks => {
  const outboxOf = (
    { messages, trace }: Pick<Settlement, 'messages' | 'trace'>,
    subject: string,
    version: number,
  ) =>
    toOutbox(
      messages.map((event) => ({ id: newId(), subject, aggregateVersion: version, ...event })),
      trace,
      clock(),
    );
  const readStanding = async (paymentId: string) => {
    const { rows } = await pool.query<StandingRow>({
      name: 'chargeback-standing',
      text: standingSql,
      values: [paymentId],
    });
    const row = rows[0]!;
    const payment = toPayment(row);
    const balanceOf = (sellerId: string, kind: string): bigint =>
      BigInt(row.balances[`seller:${sellerId}:${kind}`] ?? 0);
    const standings = payment.shares.map(({ sellerId }): Standing => ({
      sellerId,
      isEarned: row.earned.includes(sellerId),
      pendingMinor: balanceOf(sellerId, 'pending'),
      // What was earned of a split payment is at the seller's own account, where the provider takes it.
      availableMinor: payment.split ? payment.amount.amountMinor : balanceOf(sellerId, 'available'),
      owingMinor: -balanceOf(sellerId, 'owing'),
    }));
    const { amountMinor } = payment.amount;
    const chargedBack = BigInt(row.charged_back_minor);
    const left = amountMinor - payment.refundedMinor - payment.refundingMinor - chargedBack;
    const holds = row.holds.map(({ holdId, amountMinor: minor }) => ({
      holdId,
      amountMinor: BigInt(minor),
    }));
    // What other disputes and refunds by line have of a seller is not there to be taken again.
    const open = {
      shares: payment.shares.map((share) => {
        const leftMinor = row.left_of_sellers[share.sellerId];
        return leftMinor === undefined
          ? share
          : { ...share, amountMinor: BigInt(leftMinor), refundedMinor: 0n };
      }),
    };
    const lines = row.lines.map((line) => ({
      ...line,
      commissionMinor: BigInt(line.commissionMinor),
      commissionTaxMinor: BigInt(line.commissionTaxMinor),
    }));
    return { payment, open, standings, left, earned: row.earned, holds, lines };
  };
  const untilBalanced = async <T>(
    attempt: () => Promise<T | undefined>,
    what: string,
  ): Promise<T> => {
    for (let n = 1; n <= attemptsMax; n++) {
      try {
        const result = await attempt();
        if (result !== undefined) return result;
      } catch (error) {
        if ((error as { code?: string }).code !== checkViolation || n === attemptsMax) throw error;
      }
    }
    throw new Error(`${what}: money moved ${attemptsMax} times`);
  };

  return {
    ...createReads(pool),

    open: (chargeback, tell) =>
      untilBalanced<'opened' | 'seen'>(async () => {
        const { payment, open, standings, left, earned, holds } = await readStanding(
          chargeback.paymentId,
        );
        const { amountMinor } = chargeback.amount;
        const taken =
          payment.jobId === null
            ? { shares: freezeShares(open, left, amountMinor, standings), holds: [] }
            : freezeHolds(holds, left, amountMinor, standings[0]!);
        const frozenMinor = left < amountMinor ? (left > 0n ? left : 0n) : amountMinor;
        const frozen: Chargeback = { ...chargeback, ...taken, frozenMinor };
        const outbox = outboxOf(tell(frozen), payment.id, payment.version + 1);
        const { rows } = await pool.query<{ result: 'opened' | 'seen' | 'stale' }>({
          name: 'chargeback-open',
          text: 'select open_chargeback($1, $2, $3, $4, $5, $6) as result',
          values: [
            JSON.stringify(chargebackToJson(frozen)),
            payment.version,
            earned,
            entryToJson(
              freezeEntry({
                entryId: newId(),
                chargeback: frozen,
                isSplit: payment.split !== undefined,
              }),
            ),
            JSON.stringify(outbox),
            clock(),
          ],
        });
        const { result } = rows[0]!;
        if (result === 'opened') wakeOutbox(outbox);
        return result === 'stale' ? undefined : result;
      }, `chargeback of ${chargeback.chargeReference}`),

    async update(id, observed) {
      await pool.query({
        name: 'chargeback-update',
        text: `update chargebacks set reference = coalesce(reference, $2),
          is_coverage_eligible = coalesce($3, is_coverage_eligible),
          documentation_status = coalesce($4, documentation_status),
          documentation_deadline = coalesce($5, documentation_deadline) where id = $1`,
        values: [
          id,
          observed.reference,
          observed.isCoverageEligible,
          observed.documentationStatus,
          observed.documentationDeadline,
        ],
      });
    },

    close: (id, outcome, settlement) =>
      untilBalanced<'closed' | 'seen'>(async () => {
        const { rows: found } = await pool.query<ChargebackRow>(
          'select * from chargebacks where id = $1',
          [id],
        );
        const chargeback = toChargeback(found[0]!);
        const { payment, standings, lines } = await readStanding(chargeback.paymentId);
        const { split } = payment;
        const shares = thawShares(chargeback.shares, standings);
        const head = { entryId: newId(), chargeback, isSplit: split !== undefined };
        const { amountMinor } = payment.amount;
        const lost = () =>
          split ? lostSplitEntry(head, { ...payment, split, amountMinor, lines }) : lostEntry(head);
        const entry = outcome === 'won' ? wonEntry(head, shares) : lost();
        const outbox = outboxOf(settlement, payment.id, payment.version + 1);
        const { rows } = await pool.query<{ result: 'closed' | 'seen' }>({
          name: 'chargeback-close',
          text: 'select close_chargeback($1, $2, $3, $4, $5, $6) as result',
          values: [
            id,
            outcome,
            JSON.stringify(frozenToJson(shares)),
            entryToJson(entry),
            JSON.stringify(outbox),
            clock(),
          ],
        });
        const { result } = rows[0]!;
        if (result === 'closed') wakeOutbox(outbox);
        return result;
      }, `chargeback ${id}`),
  };
};

const createReads = (pool: Pool): Pick<Chargebacks, 'find' | 'findByCharge' | 'list'> => ({
  async find(id) {
    const { rows } = await pool.query<ChargebackRow>({
      name: 'chargeback-find',
      text: 'select * from chargebacks where id = $1',
      values: [id],
    });
    return rows[0] && toChargeback(rows[0]);
  },
  async findByCharge(provider, chargeReference) {
    const { rows } = await pool.query<ChargebackRow>({
      name: 'chargeback-by-charge',
      text: 'select * from chargebacks where provider = $1 and charge_reference = $2',
      values: [provider, chargeReference],
    });
    return rows[0] && toChargeback(rows[0]);
  },
  async list({ afterId, limit }) {
    const { rows } = await pool.query<ChargebackRow>({
      name: 'chargebacks-list',
      text: `select * from chargebacks where $1::uuid is null or id < $1 order by id desc limit $2`,
      values: [afterId ?? null, limit],
    });
    return rows.map(toChargeback);
  },
});
