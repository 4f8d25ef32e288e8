import type { Pool } from 'pg';
import { logStart, readLog, type DomainEvent, type RecordedEvent } from './event-store.ts';

/**
 * Rows made from events alone. `apply` gets whole batches of the log in order; `reset` empties the
 * rows. Inline projections are written with the events; this rebuilds them from zero, to repair
 * or to prove that they equal the log (domain invariant 8).
 */
export type Projection<Event extends DomainEvent> = Readonly<{
  reset: () => Promise<void>;
  apply: (events: readonly RecordedEvent<Event>[]) => Promise<void>;
}>;

/** Replays the whole log into `projection`; answers how many events it read. */
export const rebuildProjection = async <Event extends DomainEvent>(
  pool: Pool,
  projection: Projection<Event>,
  batchSize = 1_000,
): Promise<number> => {
  await projection.reset();
  let count = 0;
  for (let after = logStart; ;) {
    const { events, next } = await readLog<Event>(pool, after, batchSize);
    if (events.length === 0) return count;
    await projection.apply(events);
    count += events.length;
    after = next;
  }
};
