import type { Pool } from 'pg';
import type { Clock } from '#shared/platform/module.ts';
import type { Difference, Reconciliation } from '../application/reconciliation.ts';
import { entryToJson } from './rows.ts';

type Row = Readonly<{
  id: string;
  provider: string;
  kind: Difference['kind'];
  matter: string;
  reference: string | null;
  currency: string;
  provider_minor: string | null;
  booked_minor: string | null;
  entry_id: string | null;
  payment_id: string | null;
  payout_id: string | null;
  occurred_at: Date;
  found_at: Date;
  state: Difference['state'];
  note: string | null;
  resolved_by: string | null;
  resolved_at: Date | null;
}>;

const minorOf = (value: string | null): bigint | null => (value === null ? null : BigInt(value));

const toDifference = (row: Row): Difference => ({
  id: row.id,
  provider: row.provider,
  kind: row.kind,
  matter: row.matter,
  reference: row.reference,
  currency: row.currency,
  providerMinor: minorOf(row.provider_minor),
  bookedMinor: minorOf(row.booked_minor),
  entryId: row.entry_id,
  paymentId: row.payment_id,
  payoutId: row.payout_id,
  occurredAt: row.occurred_at.toISOString(),
  foundAt: row.found_at.toISOString(),
  state: row.state,
  note: row.note,
  resolvedBy: row.resolved_by,
  resolvedAt: row.resolved_at?.toISOString() ?? null,
});

/** What nothing of ours named may be told by a charge later: what it is called now is what may differ. */
const runSql = `
  with named as (
    update reconciliation_differences d set state = 'matched', resolved_at = $6
    from jsonb_to_recordset($5::jsonb) as m (reference text, cause_id uuid)
    where d.provider = $2 and d.state = 'open' and m.cause_id is not null
      and d.matter = 'reference ' || m.reference
  )
  select reconcile($1, $2, $3, $4, $5, $6) as n`;
const listSql = `
  select * from reconciliation_differences
  where state = $1 and ($2::timestamptz is null
    or (date_trunc('milliseconds', occurred_at), id) > ($2::timestamptz, $3::uuid))
  order by date_trunc('milliseconds', occurred_at), id limit $4`;
const resolveSql = `
  with settled as (
    update reconciliation_differences set state = $2, note = $3, resolved_by = $4, resolved_at = $5,
      entry_id = coalesce(($6::jsonb ->> 'id')::uuid, entry_id)
    where id = $1 and state = 'open' returning *
  ), posted as (
    select post_entry($6, $5)::text as done from settled where $6::jsonb is not null
  )
  select s.* from settled s where (select count(done) from posted) >= 0`;
const findSql = 'select * from reconciliation_differences where id = $1';
const planSql = `
  insert into deadlines (kind, key, due_at) values ('reconcile', 'hourly', $1)
  on conflict (kind, key) do update set due_at = excluded.due_at`;

export const createPgReconciliation = ({
  pool,
  clock,
  newId,
}: Readonly<{ pool: Pool; clock: Clock; newId: () => string }>): Reconciliation => ({
  async lastEnd(provider) {
    const { rows } = await pool.query<{ period_to: Date }>(
      `select period_to from reconciliation_runs where provider = $1
       order by period_to desc limit 1`,
      [provider],
    );
    return rows[0]?.period_to;
  },
  async run({ provider, from, to, movements }) {
    const given = movements.map(({ reference, cause, amount, occurredAt, withdrawal }) => ({
      reference,
      cause_type: cause?.type ?? null,
      cause_id: cause?.id ?? null,
      amount_minor: amount.amountMinor.toString(),
      currency: amount.currency,
      occurred_at: occurredAt,
      is_withdrawal: withdrawal !== undefined,
      payout_id: withdrawal?.payoutId ?? null,
    }));
    const { rows } = await pool.query<{ n: number }>({
      text: runSql,
      values: [newId(), provider, from, to, JSON.stringify(given), clock()],
    });
    return rows[0]!.n;
  },
  async list({ state, after, limit }) {
    const values = [state, after?.occurredAt ?? null, after?.id ?? null, limit];
    return (await pool.query<Row>(listSql, values)).rows.map(toDifference);
  },
  async find(id) {
    const { rows } = await pool.query<Row>(findSql, [id]);
    return rows[0] && toDifference(rows[0]);
  },
  async resolve(id, { state, note, by }, entry) {
    const { rows } = await pool.query<Row>({
      text: resolveSql,
      values: [id, state, note, by, clock(), entryToJson(entry)],
    });
    if (rows[0]) return { isSettled: true, difference: toDifference(rows[0]) };
    // Asked anew: a statement that waited for who settled it still sees the difference as open.
    const found = await pool.query<Row>(findSql, [id]);
    return found.rows[0] && { isSettled: false, difference: toDifference(found.rows[0]) };
  },
  async plan(at) {
    await pool.query(planSql, [at]);
  },
});
