import type { Pool } from 'pg';

/** Keys of captures, refunds and payouts stay for ever; the others their day (api.md). */
export const pruneIdempotencyKeys = async (pool: Pool): Promise<number> => {
  const { rowCount } = await pool.query(
    `delete from idempotency_keys where not forever and started_at < now() - interval '24 hours'`,
  );
  return rowCount ?? 0;
};
