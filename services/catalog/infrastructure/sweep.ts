import type { Pool } from 'pg';
import { searchesKeptDays } from '../application/missed-searches.ts';

const everyMs = 60_000;
/** Longer than any process may sleep and still trust what it remembers. */
const sweepSql = `
  with searches as (delete from missed_searches where day < current_date - ${searchesKeptDays})
  delete from catalog_changes where at < now() - interval '5 minutes'`;

/** Removes what other processes have long read; a failure waits for the next time. */
export const startSweeping = (pool: Pool): (() => void) => {
  const timer = setInterval(() => void pool.query(sweepSql).catch(() => {}), everyMs);
  timer.unref();
  return () => clearInterval(timer);
};
