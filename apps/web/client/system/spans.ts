import type { AnswerOf } from '../api/client.ts';

export type StoredEvent = AnswerOf<'/api/v1/admin/events', 'get'>['items'][number];
export type LogRecord = AnswerOf<'/api/v1/admin/logs', 'get'>['items'][number];

/** Something that took its time in one service; `endsAt` is the same as its start for a record. */
export type Span = Readonly<{
  key: string;
  kind: 'request' | 'event' | 'record';
  service: string;
  what: string;
  startsAt: number;
  /** Undefined: it is under way. */
  endsAt: number | undefined;
  isWrong: boolean;
  /** How many causes stand before it. */
  depth: number;
}>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const serverErrors = 500;

/** How far each event is from the one that began the process. */
const depthsOf = (events: readonly StoredEvent[]): ReadonlyMap<string, number> => {
  const causes = new Map(events.map(({ id, causation_id: cause }) => [id, cause]));
  const depthOf = (id: string, seen: ReadonlySet<string>): number => {
    const cause = causes.get(id);
    if (cause === undefined || cause === null || !causes.has(cause) || seen.has(cause)) return 0;
    return 1 + depthOf(cause, new Set([...seen, cause]));
  };
  return new Map(events.map(({ id }) => [id, depthOf(id, new Set([id]))]));
};

const ofEvent = (event: StoredEvent, depth: number, isWrong: boolean): Span => ({
  key: event.id,
  kind: 'event',
  service: event.source.slice(1),
  what: event.type.replace(/^[\w-]+\./, '').replace(/\.v\d+$/, ''),
  startsAt: Date.parse(event.time),
  endsAt: event.sent_at === null ? undefined : Date.parse(event.sent_at),
  isWrong,
  depth,
});

/** A request is logged when it has been answered; anything else is a moment. */
const ofRecord = ({ time, level, service, message, fields }: LogRecord, i: number): Span => {
  const endsAt = Date.parse(time);
  const { method, route, status, ms } = fields;
  const isRequest = typeof status === 'number' && typeof ms === 'number';
  return {
    key: `record ${time} ${i}`,
    kind: isRequest ? 'request' : 'record',
    service,
    what: isRequest ? `${text(method)} ${text(route)} → ${status}` : message,
    startsAt: isRequest ? endsAt - ms : endsAt,
    endsAt,
    isWrong: level === 'error' || level === 'fatal' || (isRequest && status >= serverErrors),
    depth: 0,
  };
};

/** All that is known of one process, in the order in which it began. */
export const spansOf = (
  events: readonly StoredEvent[],
  records: readonly LogRecord[],
  failed: ReadonlySet<string>,
): readonly Span[] => {
  const depths = depthsOf(events);
  return [
    ...records.map(ofRecord),
    ...events.map((event) => ofEvent(event, depths.get(event.id) ?? 0, failed.has(event.id))),
  ].toSorted((a, b) => a.startsAt - b.startsAt || a.depth - b.depth);
};

/** Begin and end of a process; what is under way ends no earlier than anything else. */
export const extentOf = (spans: readonly Span[]): Readonly<{ from: number; ms: number }> => {
  const from = Math.min(...spans.map(({ startsAt }) => startsAt));
  const to = Math.max(...spans.map(({ startsAt, endsAt }) => endsAt ?? startsAt));
  return { from, ms: Math.max(1, to - from) };
};

/** A process in one line. */
export type TraceSummary = Readonly<{
  id: string;
  /** The event that began it, as far as it is known. */
  first: StoredEvent;
  count: number;
  services: readonly string[];
  ms: number;
  state: 'done' | 'waiting' | 'failed';
}>;

/** The processes that these events belong to, the newest first. */
export const summariesOf = (
  events: readonly StoredEvent[],
  failed: ReadonlySet<string>,
): readonly TraceSummary[] =>
  [...Map.groupBy(events, ({ correlation_id: id }) => id)]
    .map(([id, own]) => {
      const sorted = own.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
      const first = sorted.find(({ causation_id: cause }) => cause === null) ?? sorted[0]!;
      const ends = own.map(({ time, sent_at: sent }) => Date.parse(sent ?? time));
      return {
        id,
        first,
        count: own.length,
        services: [...new Set(sorted.map(({ source }) => source.slice(1)))],
        ms: Math.max(...ends) - Date.parse(sorted[0]!.time),
        state: failed.has(id)
          ? ('failed' as const)
          : own.some(({ sent_at: sent }) => sent === null)
            ? ('waiting' as const)
            : ('done' as const),
      };
    })
    .toSorted((a, b) => (a.first.time < b.first.time ? 1 : -1));
