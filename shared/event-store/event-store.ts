import type { Pool } from 'pg';

/** A domain event as it is decided: a type and its data, in one flat object. */
export type DomainEvent = Readonly<{ type: string }>;

export type RecordedEvent<Event extends DomainEvent = DomainEvent> = Readonly<{
  position: string;
  streamId: string;
  version: number;
  event: Event;
  correlationId: string;
  causationId: string | null;
  recordedAt: Date;
}>;

/** Where a reader of the whole log stands: transaction first, since positions commit out of order. */
export type LogPosition = Readonly<{ tx: string; position: string }>;

export const logStart: LogPosition = { tx: '0', position: '0' };

type EventRow = Readonly<{
  position: string;
  tx: string;
  stream_id: string;
  version: number;
  type: string;
  data: object;
  correlation_id: string;
  causation_id: string | null;
  recorded_at: Date;
}>;

const columns =
  'position, tx::text as tx, stream_id, version, type, data, correlation_id, causation_id, recorded_at';

const toRecorded = <Event extends DomainEvent>(row: EventRow): RecordedEvent<Event> => ({
  position: row.position,
  streamId: row.stream_id,
  version: row.version,
  event: { type: row.type, ...row.data } as unknown as Event,
  correlationId: row.correlation_id,
  causationId: row.causation_id,
  recordedAt: row.recorded_at,
});

/** Events as the `append_events` function of the event store's migration reads them. */
export const toEventsJson = (events: readonly DomainEvent[]): string =>
  JSON.stringify(events.map(({ type, ...data }) => ({ type, data })));

/** All events of one stream, oldest first. */
export const readStream = async <Event extends DomainEvent>(
  pool: Pool,
  streamId: string,
): Promise<readonly RecordedEvent<Event>[]> => {
  const { rows } = await pool.query<EventRow>({
    name: 'event-store-stream',
    text: `select ${columns} from events where stream_id = $1 order by version`,
    values: [streamId],
  });
  return rows.map((row) => toRecorded<Event>(row));
};

/**
 * The next events of the whole log after `after`, in an order that never changes, at most `limit`.
 * Events of transactions that may still commit in front of others are held back, so a reader that
 * goes on from `next` misses none (reliability B7).
 */
export const readLog = async <Event extends DomainEvent>(
  pool: Pool,
  after: LogPosition,
  limit: number,
): Promise<Readonly<{ events: readonly RecordedEvent<Event>[]; next: LogPosition }>> => {
  const { rows } = await pool.query<EventRow>({
    name: 'event-store-log',
    // `e.tx` qualified: ordering by the bare name would take the text of the select list.
    text: `select ${columns} from events e
      where (e.tx, e.position) > ($1::xid8, $2::bigint)
        and e.tx < pg_snapshot_xmin(pg_current_snapshot())
      order by e.tx, e.position limit $3`,
    values: [after.tx, after.position, limit],
  });
  const last = rows.at(-1);
  return {
    events: rows.map((row) => toRecorded<Event>(row)),
    next: last ? { tx: last.tx, position: last.position } : after,
  };
};
