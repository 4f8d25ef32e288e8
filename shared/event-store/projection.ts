import type { Pool } from 'pg';
import {
  logStart,
  readLog,
  type DomainEvent,
  type LogPosition,
  type RecordedEvent,
} from './event-store.ts';

/**
 * Rows made from events alone. `apply` gets whole batches of the log in order; `reset` empties the
 * rows. Inline projections are written with the events; this rebuilds them from zero, to repair
 * or to prove that they equal the log (domain invariant 8).
 */
export type Projection<Event extends DomainEvent> = Readonly<{
  reset: () => Promise<void>;
  apply: (events: readonly RecordedEvent<Event>[]) => Promise<void>;
}>;

const patienceMs = 15_000;

/** Whether events lie behind `after` that `readLog` still holds back. */
const isHeldBack = async (pool: Pool, after: LogPosition): Promise<boolean> => {
  const { rows } = await pool.query<{ is_more: boolean }>(
    `select exists (select from events e where (e.tx, e.position) > ($1::xid8, $2::bigint)) as is_more`,
    [after.tx, after.position],
  );
  return rows[0]!.is_more;
};

/**
 * Replays the whole log into `projection`; answers how many events it read. A transaction that runs
 * elsewhere on the server holds the newest events back for as long: they are waited for, a while.
 */
export const rebuildProjection = async <Event extends DomainEvent>(
  pool: Pool,
  projection: Projection<Event>,
  batchSize = 1_000,
): Promise<number> => {
  await projection.reset();
  let count = 0;
  let waitedMs = 0;
  for (let after = logStart; ;) {
    const { events, next } = await readLog<Event>(pool, after, batchSize);
    if (events.length === 0) {
      if (waitedMs >= patienceMs || !(await isHeldBack(pool, after))) return count;
      await new Promise((resolve) => setTimeout(resolve, 50));
      waitedMs += 50;
      continue;
    }
    await projection.apply(events);
    count += events.length;
    after = next;
  }
};
