import type { Message, OutgoingMessage } from './message.ts';
import type { Trace } from '../kernel/trace.ts';

/**
 * The last part of a data-modifying statement: stores the messages given as JSON parameter
 * `$<parameter>` (from `toOutboxJson`) if and only if `condition` (a FROM item with a row, such as
 * the CTE that made the change) holds.
 */
export const insertIntoOutboxSql = (parameter: number, condition: string): string => `
  insert into outbox (id, type, subject, aggregate_version, time, correlation_id, causation_id, traceparent, data)
  select m.id, m.type, m.subject, m.aggregate_version, m.time, m.correlation_id, m.causation_id, m.traceparent, m.data
  from ${condition}, jsonb_to_recordset($${parameter}::jsonb) as m (
    id uuid, type text, subject text, aggregate_version integer, time timestamptz,
    correlation_id uuid, causation_id uuid, traceparent text, data jsonb)`;

/** Messages as the JSON that the SQL above reads. `now` is the time of the change. */
export const toOutboxJson = (
  messages: readonly OutgoingMessage[],
  trace: Trace,
  now: Date,
): string => {
  const time = now.toISOString();
  return JSON.stringify(
    messages.map((message) => ({
      id: message.id,
      type: message.type,
      subject: message.subject,
      aggregate_version: message.aggregateVersion,
      time,
      correlation_id: trace.correlationId,
      causation_id: trace.causationId ?? null,
      traceparent: trace.traceparent ?? null,
      data: message.data,
    })),
  );
};

/** Columns of a stored message, for a query that ends in `toMessage`. */
export const outboxColumns =
  'seq, id, type, subject, aggregate_version, time, correlation_id, causation_id, traceparent, data';

export type OutboxRow = Readonly<{
  seq: string;
  id: string;
  type: string;
  subject: string;
  aggregate_version: number;
  time: Date;
  correlation_id: string;
  causation_id: string | null;
  traceparent: string | null;
  data: unknown;
}>;

export const toMessage = (row: OutboxRow, source: string): Message => ({
  specversion: '1.0',
  id: row.id,
  source,
  type: row.type,
  subject: row.subject,
  time: row.time.toISOString(),
  datacontenttype: 'application/json',
  aggregate_version: row.aggregate_version,
  correlation_id: row.correlation_id,
  causation_id: row.causation_id,
  traceparent: row.traceparent,
  data: row.data,
});
