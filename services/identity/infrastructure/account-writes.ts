import type { Pool } from 'pg';
import { toOutbox, type OutboxMessage } from '#shared/messaging/outbox.ts';
import type { EndedSessions } from '#shared/platform/ended-sessions.ts';
import type { Clock, WakeOutbox } from '#shared/platform/module.ts';
import type { Circumstances } from '../application/ports.ts';
import type { PublishedEvent } from '../application/published-events.ts';

/** What every statement that writes an account needs. */
export type WriteOptions = Readonly<{
  pool: Pool;
  clock: Clock;
  newId: () => string;
  /** Called when messages were committed. */
  wakeOutbox: WakeOutbox;
  /** Told of sessions that a change has ended. */
  endedSessions: EndedSessions;
}>;

/** Messages with an id each, as the outbox statement reads them. */
export const outboxOf = (
  { newId }: Pick<WriteOptions, 'newId'>,
  events: readonly PublishedEvent[],
  { trace }: Circumstances,
  now: Date,
): readonly OutboxMessage[] =>
  toOutbox(
    events.map((event) => ({ id: newId(), ...event })),
    trace,
    now,
  );
