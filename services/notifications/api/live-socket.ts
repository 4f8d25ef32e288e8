import type { WebSocket } from 'ws';
import type { Principal } from '#shared/http/principal.ts';
import type { EndedSessions } from '#shared/platform/ended-sessions.ts';
import type { LiveHub, Listening } from '../application/live-hub.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

export const liveLimits = {
  /** Of one account in one process. */
  socketsMax: 5,
  topicsMax: 20,
  messageBytes: 64 * 1024,
  messagesAMinute: 100,
  /** More than this unsent: the reader is too slow, and comes again when it can. */
  unsentBytes: 1024 * 1024,
  pingMs: 25_000,
  deadMs: 60_000,
  /** Within this an ended session loses its sockets, wherever it was ended. */
  checkMs: 3_000,
} as const;

export type LiveLimits = { [Name in keyof typeof liveLimits]: number };

/** Why we close: 4000 to 4999 are ours to give (RFC 6455, 7.4.2). */
export const closeCodes = {
  goingAway: 1001,
  policy: 1008,
  /** The token behind the ticket is over: come again with a new ticket, from where you were. */
  expired: 4001,
  sessionEnded: 4002,
  tooSlow: 4003,
} as const;

type Wish =
  | Readonly<{ type: 'subscribe'; topic: string; after: bigint | undefined }>
  | Readonly<{ type: 'unsubscribe'; topic: string }>;

const largestSeq = 2n ** 63n - 1n;

/** What a message asks for: exactly that, or undefined. */
const readWish = (bytes: Buffer): Wish | undefined => {
  let read: unknown;
  try {
    read = parseJson(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const { type, topic, after, ...rest } = read as Record<string, unknown>;
  if (typeof topic !== 'string' || topic.length > 100) return undefined;
  if (Object.keys(rest).length > 0) return undefined;
  if (type === 'unsubscribe') return after === undefined ? { type, topic } : undefined;
  if (type !== 'subscribe') return undefined;
  if (after === undefined) return { type, topic, after };
  if (typeof after !== 'string' || !/^\d{1,19}$/.test(after)) return undefined;
  const seq = BigInt(after);
  return seq > largestSeq ? undefined : { type, topic, after: seq };
};

type Ports = Readonly<{
  hub: LiveHub;
  endedSessions: EndedSessions;
  mayHear: (principal: Principal, topic: string) => boolean;
  now: () => number;
  limits: LiveLimits;
  onTrouble: (error: unknown) => void;
}>;

/** Serves one connection until it closes; answers what ends it from our side. */
export const serveLiveSocket = (
  socket: WebSocket,
  principal: Principal,
  { hub, endedSessions, mayHear, now, limits, onTrouble }: Ports,
): Readonly<{ close: (code: number, reason: string) => void }> => {
  const topics = new Set<string>();
  const close = (code: number, reason: string): void => socket.close(code, reason);
  const listening: Listening = {
    send(message) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > limits.unsentBytes) return close(closeCodes.tooSlow, 'too slow');
      socket.send(JSON.stringify(message));
    },
  };

  const subscribe = async (topic: string, after: bigint | undefined): Promise<void> => {
    const refuse = (code: string): void => listening.send({ type: 'refused', topic, code });
    if (!mayHear(principal, topic)) return refuse('unknown_topic');
    if (!topics.has(topic) && topics.size >= limits.topicsMax) return refuse('too_many_topics');
    topics.add(topic);
    await hub.follow(listening, topic, after);
    // Gone while the log was read.
    if (!topics.has(topic) || socket.readyState !== socket.OPEN) hub.leave(listening, topic);
  };

  let minute = 0;
  let count = 0;
  socket.on('message', (bytes: Buffer, isBinary: boolean) => {
    const thisMinute = Math.floor(now() / 60_000);
    count = thisMinute === minute ? count + 1 : 1;
    minute = thisMinute;
    if (count > limits.messagesAMinute) return close(closeCodes.policy, 'too many messages');
    const read = isBinary ? undefined : readWish(bytes);
    if (!read) return listening.send({ type: 'error', code: 'not_understood' });
    if (read.type === 'unsubscribe') {
      topics.delete(read.topic);
      hub.leave(listening, read.topic);
      return listening.send({ type: 'unsubscribed', topic: read.topic });
    }
    subscribe(read.topic, read.after).catch((error: unknown) => {
      onTrouble(error);
      close(1011, 'try again');
    });
    return undefined;
  });

  let heardAt = performance.now();
  socket.on('pong', () => (heardAt = performance.now()));
  const pinging = setInterval(() => {
    if (performance.now() - heardAt > limits.deadMs) return socket.terminate();
    return socket.ping();
  }, limits.pingMs);
  const check = async (): Promise<void> => {
    if (now() / 1000 >= principal.expiresAt) return close(closeCodes.expired, 'token expired');
    // Not for sure: every socket would ask what all others were told already.
    if (await endedSessions.isEnded(principal, false))
      close(closeCodes.sessionEnded, 'session ended');
    return undefined;
  };
  const checking = setInterval(() => void check().catch(onTrouble), limits.checkMs);
  socket.on('error', onTrouble);
  socket.on('close', () => {
    clearInterval(pinging);
    clearInterval(checking);
    for (const topic of topics) hub.leave(listening, topic);
    topics.clear();
  });
  listening.send({ type: 'welcome', ping_seconds: limits.pingMs / 1000 });
  return { close };
};
