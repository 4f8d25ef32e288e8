/** An integration event as the API shows it. */
export type ShownEvent = Readonly<{
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  correlation_id: string;
  data: unknown;
}>;

/** Events after an instant, oldest first, at most `limit` of them. */
export type ReadEvents = (after: string, limit: number) => Promise<readonly ShownEvent[]>;

const pageSize = 500;
/**
 * An event bears the time of its change and is seen when that commits, at most a statement's time
 * limit later: so far back is read again each time.
 */
const lateMs = 35_000;

const before = (time: string, ms: number): string => new Date(Date.parse(time) - ms).toISOString();

/**
 * Answers, each time it is called, the events that it has not answered yet: none is missed, also
 * one that commits behind newer ones, and none comes twice.
 */
export const createEventFollower = (read: ReadEvents, from: string) => {
  const seen = new Map<string, string>();
  let newest = from;

  return async (): Promise<readonly ShownEvent[]> => {
    const late = before(newest, lateMs);
    const found: ShownEvent[] = [];
    for (let after = late > from ? late : from; ;) {
      const page = await read(after, pageSize);
      for (const event of page) {
        if (seen.has(event.id)) continue;
        seen.set(event.id, event.time);
        found.push(event);
      }
      const last = page.at(-1)?.time;
      if (last !== undefined && last > newest) newest = last;
      if (page.length < pageSize) break;
      // A millisecond back, since the page may end between two events of one instant.
      const next = before(last!, 1);
      after = next > after ? next : last!;
    }
    const horizon = before(newest, 2 * lateMs);
    for (const [id, time] of seen) if (time < horizon) seen.delete(id);
    return found;
  };
};
