import type { LiveEvent, LiveLog, StoredLiveEvent } from './live.ts';

/** One who listens: what is told to them goes to `send`. */
export type Listening = Readonly<{ send: (message: object) => void }>;

type Following = {
  /** The last that was sent; nothing below it is sent again. */
  seq: bigint;
  /** What came while the missed ones were read. */
  waiting: StoredLiveEvent[] | undefined;
};

const readMax = 500;
/** Whoever was away for more reads everything anew. */
const missedMax = 500;

const toMessage = (event: StoredLiveEvent): object => ({
  type: 'event',
  topic: event.topic,
  seq: event.seq.toString(),
  id: event.messageId,
  event: event.event,
  data: event.data,
  happened_at: event.happenedAt,
});

/**
 * Who listens to what in this process. The log is the truth: a nudge, lost or doubled, only says when
 * to look. Nothing is read while nobody listens.
 */
export const createLiveHub = (
  log: LiveLog,
  onTrouble: (error: unknown) => void,
  /** Somebody begins to listen to it. */
  onHeard: (topic: string) => void = () => {},
) => {
  const byTopic = new Map<string, Map<Listening, Following>>();
  let delivered: bigint | undefined;
  let looking: Promise<void> | undefined;
  let isNudged = false;

  const deliver = (listening: Listening, following: Following, event: StoredLiveEvent): void => {
    if (event.seq <= following.seq) return;
    following.seq = event.seq;
    listening.send(toMessage(event));
  };

  const look = async (): Promise<void> => {
    while (isNudged && byTopic.size > 0) {
      isNudged = false;
      delivered ??= await log.newest();
      const events = await log.after(delivered, readMax);
      if (events.length === readMax) isNudged = true;
      for (const event of events) {
        delivered = event.seq;
        for (const [listening, following] of byTopic.get(event.topic) ?? []) {
          if (following.waiting) following.waiting.push(event);
          else deliver(listening, following, event);
        }
      }
    }
  };

  const nudge = (): void => {
    isNudged = true;
    looking ??= look()
      .catch(onTrouble)
      .finally(() => (looking = undefined));
  };

  const follow = async (listening: Listening, topic: string, after?: bigint): Promise<void> => {
    const listeners = byTopic.get(topic) ?? new Map<Listening, Following>();
    byTopic.set(topic, listeners);
    const following: Following = { seq: -1n, waiting: [] };
    listeners.set(listening, following);
    onHeard(topic);
    // From here on everything new is kept for them; what came before is asked for.
    delivered ??= await log.newest();
    const start = delivered;
    const missed = after === undefined ? [] : await log.missed(topic, after, missedMax);
    const first = missed && after !== undefined ? after : start;
    following.seq = first;
    listening.send({
      type: missed ? 'subscribed' : 'reset',
      topic,
      seq: first.toString(),
    });
    for (const event of missed ?? []) deliver(listening, following, event);
    for (const event of following.waiting ?? []) deliver(listening, following, event);
    following.waiting = undefined;
  };

  const leave = (listening: Listening, topic: string): void => {
    const listeners = byTopic.get(topic);
    listeners?.delete(listening);
    if (listeners?.size !== 0) return;
    byTopic.delete(topic);
    // Nobody looks from here on: who comes next begins at what is newest then.
    if (byTopic.size === 0) delivered = undefined;
  };

  return {
    nudge,
    follow,
    leave,
    /** Goes to who listens at this moment and is kept nowhere. */
    pass(topic: string, event: Omit<LiveEvent, 'topic'>): void {
      const message = {
        type: 'event',
        topic,
        seq: null,
        id: event.messageId,
        event: event.event,
        data: event.data,
        happened_at: event.happenedAt,
      };
      for (const listening of byTopic.get(topic)?.keys() ?? []) listening.send(message);
    },
    isHeard: (topic: string): boolean => byTopic.has(topic),
  };
};

export type LiveHub = ReturnType<typeof createLiveHub>;
