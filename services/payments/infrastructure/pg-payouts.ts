import type { Pool } from 'pg';
import { toOutbox } from '#shared/messaging/outbox.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import type { PayoutTimer } from '../application/commands/run-payouts.ts';
import type { Stored, Told } from '../application/escrow-ports.ts';
import type { Batch, Payouts } from '../application/payout-ports.ts';
import {
  payoutColumns,
  toBalance,
  toBatch,
  toPayout,
  toTransfer,
  type BalanceRow,
  type BatchRow,
  type PayoutRow,
  type TransferRow,
} from './payout-rows.ts';
import { isRefusedByBooks } from './refused-by-books.ts';
import { entryToJson } from './rows.ts';

const balancesSql = `
  with mine as (
    select split_part(id, ':', 3) as what, currency, balance_minor as minor from ledger_accounts
    where id in ('seller:' || $1::uuid || ':pending', 'seller:' || $1::uuid || ':available',
      'seller:' || $1::uuid || ':owing', 'seller:' || $1::uuid || ':disputed',
      'seller:' || $1::uuid || ':collected')
    union all
    select 'held', currency, amount_minor from escrows
    where payee_id = $1 and status in ('held', 'disputed')
    union all
    select 'in_transit', currency, amount_minor from payouts
    where seller_id = $1 and status in ('requested', 'sent', 'unknown')
    union all
    select 'payable', currency, net_minor from transfers where seller_id = $1 and payout_id is null
  )
  select currency,
    coalesce(sum(minor) filter (where what = 'pending'), 0) as pending,
    coalesce(sum(minor) filter (where what = 'held'), 0) as held,
    coalesce(sum(minor) filter (where what = 'payable'), 0) as payable,
    coalesce(sum(minor) filter (where what = 'available'), 0) as available,
    coalesce(-sum(minor) filter (where what = 'owing'), 0) as owing,
    coalesce(sum(minor) filter (where what = 'disputed'), 0) as disputed,
    coalesce(-sum(minor) filter (where what = 'collected'), 0) as collected,
    coalesce(sum(minor) filter (where what = 'in_transit'), 0) as in_transit
  from mine group by currency order by currency`;
/** One statement, and so one moment. */
const payableSql = `
  select coalesce((
      select jsonb_agg(jsonb_build_object('id', t.id, 'net', t.net_minor::text) order by t.id)
      from transfers t where t.seller_id = $1 and t.currency = $2 and t.payout_id is null), '[]') as rows,
    coalesce((select -balance_minor from ledger_accounts
      where id = 'seller:' || $1::uuid || ':owing' and currency = $2), 0) as owed_minor,
    d.id as destination_id, d.usable_at
  from (select 1) one left join payout_destinations d on d.account_id = $1 and d.replaced_at is null`;
const dueSql = `
  select t.seller_id, t.currency from transfers t
  join payout_destinations d on d.account_id = t.seller_id and d.replaced_at is null and d.usable_at <= $1
  where t.payout_id is null
  group by t.seller_id, t.currency having sum(t.net_minor) > 0 order by t.seller_id, t.currency`;
const requestSql = 'select request_payout($1, $2, $3, $4, $5) as result';
const settleSql = 'select settle_payout($1, $2, $3, $4, $5, $6, $7, $8, $9) as result';
const checkAgainSql = `
  insert into deadlines (kind, key, due_at) select 'send-payout', $1::text, $2
  from payouts where id = $1::uuid and status in ('requested', 'sent', 'unknown')
  on conflict (kind, key) do update set due_at = excluded.due_at`;

type Ports = Readonly<{ pool: Pool; clock: Clock; newId: () => string; wakeOutbox: WakeOutbox }>;

export const createPgPayouts = ({ pool, clock, newId, wakeOutbox }: Ports): Payouts => {
  const store = async (
    statement: Readonly<{ name: string; text: string }>,
    toValues: (messages: string) => readonly unknown[],
    { messages, trace }: Told,
    aggregate: Readonly<{ subject: string; aggregateVersion: number }>,
  ): Promise<Stored> => {
    const events = messages.map((event) => ({ id: newId(), ...aggregate, ...event }));
    const outbox = toOutbox(events, trace, clock());
    const values = [...toValues(JSON.stringify(outbox))];
    try {
      const { rows } = await pool.query<{ result: string }>({ ...statement, values });
      if (rows[0]!.result === 'stale') return 'stale';
    } catch (error) {
      if (isRefusedByBooks(error)) return 'stale';
      throw error;
    }
    wakeOutbox(outbox);
    return 'done';
  };

  return {
    ...createReads(pool),
    ...createBatches(pool, clock),

    request({ id, payable, amountMinor, rail, requestedBy }, entry, told) {
      const { sellerId, currency, rows, destination } = payable;
      const payout = {
        id,
        seller_id: sellerId,
        amount_minor: amountMinor.toString(),
        currency,
        rail,
        destination_id: destination!.id,
        requested_by: requestedBy,
      };
      const ids = rows.map((row) => row.id);
      return store(
        { name: 'payout-request', text: requestSql },
        (messages) => [JSON.stringify(payout), ids, clock(), entryToJson(entry), messages],
        told,
        { subject: id, aggregateVersion: 1 },
      );
    },

    settle({ id, version }, { status, reference, failure, settledBy }, entry, told) {
      return store(
        { name: 'payout-settle', text: settleSql },
        (messages) => [
          id,
          version,
          status,
          reference,
          failure,
          settledBy,
          clock(),
          entryToJson(entry),
          messages,
        ],
        told,
        { subject: id, aggregateVersion: version + 1 },
      );
    },

    async checkAgain(id, delayMs) {
      await pool.query(checkAgainSql, [id, new Date(clock().getTime() + delayMs)]);
    },
  };
};

type Reads = Pick<
  Payouts,
  'balances' | 'payable' | 'due' | 'find' | 'findAll' | 'transfersOf' | 'list'
>;

const createReads = (pool: Pool): Reads => ({
  async balances(accountId) {
    const { rows } = await pool.query<BalanceRow>(balancesSql, [accountId]);
    return rows.map(toBalance);
  },
  async payable(sellerId, currency) {
    const { rows } = await pool.query<{
      rows: readonly { id: string; net: string }[];
      owed_minor: string;
      destination_id: string | null;
      usable_at: Date | null;
    }>({ name: 'payout-payable', text: payableSql, values: [sellerId, currency] });
    const row = rows[0]!;
    return {
      sellerId,
      currency,
      rows: row.rows.map(({ id, net }) => ({ id, netMinor: BigInt(net) })),
      owedMinor: BigInt(row.owed_minor),
      destination: row.destination_id
        ? { id: row.destination_id, usableAt: row.usable_at!.toISOString() }
        : null,
    };
  },
  async due(now) {
    const { rows } = await pool.query<{ seller_id: string; currency: string }>(dueSql, [now]);
    return rows.map(({ seller_id, currency }) => ({ sellerId: seller_id, currency }));
  },
  async find(id) {
    const { rows } = await pool.query<PayoutRow>({
      name: 'payout-find',
      text: `select ${payoutColumns} where p.id = $1`,
      values: [id],
    });
    return rows[0] && toPayout(rows[0]);
  },
  async findAll(ids) {
    const { rows } = await pool.query<PayoutRow>(
      `select ${payoutColumns} where p.id = any ($1) order by p.id`,
      [ids],
    );
    return rows.map(toPayout);
  },
  async transfersOf(payoutId) {
    const { rows } = await pool.query<TransferRow>(
      `select t.* from payout_transfers l join transfers t on t.id = l.transfer_id
       where l.payout_id = $1 order by t.earned_at, t.id`,
      [payoutId],
    );
    return rows.map(toTransfer);
  },
  async list({ sellerId, status, after, limit }) {
    const { rows } = await pool.query<PayoutRow>(
      `select ${payoutColumns}
       where ($1::uuid is null or p.seller_id = $1) and ($2::text is null or p.status = $2)
         and ($3::timestamptz is null or (p.created_at, p.id) < ($3, $4::uuid))
       order by p.created_at desc, p.id desc limit $5`,
      [sellerId ?? null, status ?? null, after?.createdAt ?? null, after?.id ?? null, limit],
    );
    return rows.map(toPayout);
  },
});

type Batches = Pick<Payouts, 'makeBatch' | 'findBatch' | 'batches' | 'payoutsOfBatch'>;

const createBatches = (pool: Pool, clock: Clock): Batches => {
  const findBatch = async (id: string): Promise<Batch | undefined> => {
    const { rows } = await pool.query<BatchRow>('select * from payout_batches where id = $1', [id]);
    return rows[0] && toBatch(rows[0]);
  };
  return {
    findBatch,
    async makeBatch(id, rail, currency, by) {
      await pool.query('select make_payout_batch($1, $2, $3, $4, $5)', [
        id,
        rail,
        currency,
        by,
        clock(),
      ]);
      return findBatch(id);
    },
    async batches(limit) {
      const { rows } = await pool.query<BatchRow>(
        'select * from payout_batches order by created_at desc, id desc limit $1',
        [limit],
      );
      return rows.map(toBatch);
    },
    async payoutsOfBatch(id) {
      const { rows } = await pool.query<PayoutRow>(
        `select ${payoutColumns} where p.batch_id = $1 order by p.id`,
        [id],
      );
      return rows.map(toPayout);
    },
  };
};

/** One row of the deadlines: whichever replica claims it runs it. */
export const createPgPayoutTimer = (pool: Pool): PayoutTimer => ({
  async keep(schedule, nextAt) {
    if (nextAt === null) {
      await pool.query(`delete from deadlines where kind = 'run-payouts' and key = 'schedule'`);
      return;
    }
    await pool.query(
      `insert into deadlines as d (kind, key, due_at, data)
       values ('run-payouts', 'schedule', $1, jsonb_build_object('schedule', $2::text))
       on conflict (kind, key) do update set due_at = excluded.due_at, data = excluded.data
         where d.data <> excluded.data`,
      [nextAt, schedule],
    );
  },
  async move(schedule, nextAt) {
    await pool.query(
      `insert into deadlines (kind, key, due_at, data)
       values ('run-payouts', 'schedule', $1, jsonb_build_object('schedule', $2::text))
       on conflict (kind, key) do update set due_at = excluded.due_at, data = excluded.data, attempts = 0`,
      [nextAt, schedule],
    );
  },
});
