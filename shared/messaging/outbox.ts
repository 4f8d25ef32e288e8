import type { Message, OutgoingMessage } from './message.ts';
import type { Trace } from '../kernel/trace.ts';

/**
 * The last part of a data-modifying statement: stores the messages given as JSON parameter
 * `$<parameter>` (from `toOutboxJson`) if and only if `condition` (a FROM item with a row, such as
 * the CTE that made the change) holds. `isHandedOver`: the caller gives them to `wakeOutbox` then.
 */
export const insertIntoOutboxSql = (
  parameter: number,
  condition: string,
  isHandedOver = false,
): string => `
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id, traceparent, data, is_handed_over)
  select m.id, m.type, m.subject, m.aggregate_version, m.time, m.correlation_id, m.causation_id, m.traceparent, m.data,
    ${isHandedOver}
  from ${condition}, jsonb_to_recordset($${parameter}::jsonb) as m (
    id uuid, type text, subject text, aggregate_version integer, time timestamptz,
    correlation_id uuid, causation_id uuid, traceparent text, data jsonb)`;

/** A message as its row in the outbox, which the relay turns into a `Message`. */
export type OutboxMessage = Readonly<{
  id: string;
  type: string;
  subject: string;
  aggregate_version: number;
  time: string;
  correlation_id: string;
  causation_id: string | null;
  traceparent: string | null;
  data: unknown;
}>;

/**
 * Messages as rows. As JSON they are the parameter of the SQL above; once that is committed, hand
 * them to `wakeOutbox`, which saves reading them back. `now` is the time of the change.
 */
export const toOutbox = (
  messages: readonly OutgoingMessage[],
  trace: Trace,
  now: Date,
): readonly OutboxMessage[] => {
  const time = now.toISOString();
  return messages.map((message) => ({
    id: message.id,
    type: message.type,
    subject: message.subject,
    aggregate_version: message.aggregateVersion,
    time,
    correlation_id: trace.correlationId,
    causation_id: trace.causationId ?? null,
    traceparent: trace.traceparent ?? null,
    data: message.data,
  }));
};

/** Columns of a row, for a query that ends in `readMessage`. */
export const outboxColumns =
  'id, type, subject, aggregate_version, time, correlation_id, causation_id, traceparent, data';

export const toMessage = (row: OutboxMessage, source: string): Message => ({
  specversion: '1.0',
  id: row.id,
  source,
  type: row.type,
  subject: row.subject,
  time: row.time,
  datacontenttype: 'application/json',
  aggregate_version: row.aggregate_version,
  correlation_id: row.correlation_id,
  causation_id: row.causation_id,
  traceparent: row.traceparent,
  data: row.data,
});

/** A row as the driver reads it. */
export type OutboxRow = Omit<OutboxMessage, 'time'> & Readonly<{ time: Date }>;

export const readMessage = (row: OutboxRow, source: string): Message =>
  toMessage({ ...row, time: row.time.toISOString() }, source);
