import type { Pool, PoolClient } from 'pg';

/** Opens the pool's connections first, so that what follows truly races. */
export const warm = async (pool: Pool): Promise<void> => {
  await Promise.all(Array.from({ length: 10 }, () => pool.query('select pg_sleep(0.05)')));
};

const waitingSql = `select count(*)::int as n from pg_stat_activity
  where datname = current_database() and usename = current_user and wait_event_type = 'Lock'`;
const patienceMs = 5_000;

/**
 * Races without chance: `hold` opens a transaction, `start` begins what runs into it, and the
 * transaction is committed when each of that waits for its locks, or has ended without waiting.
 */
export const whileHeld = async <T>(
  pool: Pool,
  hold: (client: PoolClient) => Promise<unknown>,
  start: () => readonly Promise<T>[],
): Promise<readonly T[]> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await hold(client);
    const work = start();
    let ended = 0;
    const count = (): void => void (ended += 1);
    for (const one of work) void one.then(count, count);
    for (const end = performance.now() + patienceMs; ;) {
      const { rows } = await pool.query<{ n: number }>(waitingSql);
      if (ended + rows[0]!.n >= work.length) break;
      if (performance.now() > end) throw new Error('nothing waits for what is held');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await client.query('commit');
    return await Promise.all(work);
  } finally {
    // Closed, not given back: a test that failed half-way leaves no lock behind.
    client.release(true);
  }
};
