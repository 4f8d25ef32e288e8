import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { ProviderMovement, ProviderStatement } from '../application/reconciliation.ts';

const pageSize = 1_000;

/** The keys of its charges and refunds are the causes of our entries. */
const movementsSql = `
  select * from (
    select c.reference, 'capture' as cause_type, c.key as cause_id, c.amount_minor, c.currency,
      c.settles_at as occurred_at
    from sandbox_charges c where c.status = 'approved'
    union all
    select r.reference, 'refund', r.key, -r.amount_minor, c.currency, r.created_at
    from sandbox_refunds r join sandbox_charges c on c.key = r.charge_key
  ) m
  where m.occurred_at >= $1 and m.occurred_at < $2
    and ($3::uuid is null or m.reference > $3::uuid)
  order by m.reference limit ${pageSize}`;

type Row = Readonly<{
  reference: string;
  cause_type: string;
  cause_id: string;
  amount_minor: string;
  currency: string;
  occurred_at: Date;
}>;

/** What the sandbox moved, from its own books. */
export const createSandboxStatement = (pool: Pool): ProviderStatement => ({
  provider: 'sandbox',
  async *movements(from, to) {
    for (let after: string | null = null; ;) {
      const { rows }: { rows: Row[] } = await pool.query<Row>(movementsSql, [from, to, after]);
      if (rows.length > 0)
        yield rows.map((row): ProviderMovement => ({
          reference: row.reference,
          cause: { type: row.cause_type, id: row.cause_id },
          amount: money(BigInt(row.amount_minor), row.currency),
          occurredAt: row.occurred_at.toISOString(),
        }));
      if (rows.length < pageSize) return;
      after = rows.at(-1)!.reference;
    }
  },
});
