import { createMemoryFanOut, type FanOut } from './fan-out.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { RedisConnection } from './redis-connection.ts';
import { parseJson } from '../kernel/parse-json.ts';

const handledWithinMs = 250;

type Envelope = Readonly<{
  /** The process that sent it; it has handled it before. */
  from: string;
  /** Given when the sender waits to hear that it was handled. */
  id?: string;
  message: unknown;
}>;

type Waiting = { handled: number; receivers: number | undefined; end: () => void };

export type RedisFanOut = FanOut & Readonly<{ isLive: () => boolean }>;

/**
 * The fan-out over Redis' channels. Redis says how many processes had a message; each answers on the
 * sender's own channel when it has handled it.
 */
export const createRedisFanOut = (
  options: Readonly<{
    commands: RedisConnection;
    /** Used for nothing else. */
    subscriptions: RedisConnection;
    prefix: string;
    log: Logger;
  }>,
): RedisFanOut => {
  const { commands, subscriptions, prefix, log } = options;
  const self = crypto.randomUUID();
  const channelOf = (topic: string): string => `${prefix}:topic:${topic}`;
  const handledChannelOf = (process: string): string => `${prefix}:handled:${process}`;
  const ownChannel = handledChannelOf(self);
  const here = createMemoryFanOut();
  const topics = new Map<string, string>();
  const gaps: (() => void)[] = [];
  const waiting = new Map<string, Waiting>();
  let isLive = false;

  const endIfHandled = (one: Waiting | undefined): void => {
    if (one?.receivers !== undefined && one.handled >= one.receivers) one.end();
  };
  const handled = (id: string): void => {
    const one = waiting.get(id);
    if (one) one.handled += 1;
    endIfHandled(one);
  };
  const take = (topic: string, text: string): void => {
    const { from, id, message } = parseJson(text) as Envelope;
    if (from !== self) here.publish(topic, message);
    if (id === undefined) return;
    if (from === self) handled(id);
    else commands.ask((it) => it.publish(handledChannelOf(from), id)).catch(() => {});
  };
  subscriptions.client.on('message', (channel: string, text: string) => {
    try {
      if (channel === ownChannel) handled(text);
      else take(topics.get(channel)!, text);
    } catch (error) {
      log.error({ err: error, channel }, 'a message of the fan-out was not handled');
    }
  });

  const goLive = async (): Promise<void> => {
    try {
      await subscriptions.ask((it) => it.subscribe(ownChannel, ...topics.keys()));
      isLive = true;
      for (const onGap of gaps) onGap();
    } catch {
      // The connection is gone again; the next one tries again.
    }
  };
  subscriptions.client.on('ready', () => void goLive());
  subscriptions.client.on('close', () => (isLive = false));

  const send = (topic: string, envelope: Envelope): Promise<number> =>
    commands.ask((it) => it.publish(channelOf(topic), JSON.stringify(envelope)));

  return {
    isLive: () => isLive,
    publish(topic, message) {
      here.publish(topic, message);
      send(topic, { from: self, message }).catch(() => {});
    },
    async publishAndWait(topic, message) {
      here.publish(topic, message);
      const id = crypto.randomUUID();
      const { promise, resolve } = Promise.withResolvers<void>();
      const one: Waiting = { handled: 0, receivers: undefined, end: resolve };
      waiting.set(id, one);
      const timer = setTimeout(resolve, handledWithinMs);
      try {
        one.receivers = await send(topic, { from: self, id, message });
        endIfHandled(one);
        // Without a subscription of its own this process would not hear who has handled it.
        if (isLive) await promise;
      } catch {
        // Redis is away: others learn of it where they look anyway.
      } finally {
        clearTimeout(timer);
        waiting.delete(id);
      }
    },
    subscribe(topic, handle, onGap) {
      here.subscribe(topic, handle);
      if (onGap) gaps.push(onGap);
      topics.set(channelOf(topic), topic);
      if (subscriptions.isThere()) void goLive();
    },
  };
};
