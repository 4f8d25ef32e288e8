import type { Logger } from '../telemetry/logger.ts';
import { createLanes, deliver, pause, type Lanes } from './lanes.ts';
import type { Bus, Message, Subscription } from './message.ts';

type Strictness = Readonly<{ random: () => number }>;

/**
 * The bus of one process, as strict as a broker: a message crosses it as text, each consumer takes
 * it by itself with retries and a grave for what no retry saves, and one slow or poisoned subject
 * does not hold up the others. It keeps nothing: the outbox row stays unmarked until all took it.
 *
 * With `strict` every message comes twice and subjects overtake each other at random, so tests see
 * in one process what a broker does on a bad day.
 */
export const createMemoryBus = (
  options: Readonly<{ log: Logger; concurrency?: number; strict?: Strictness }>,
): Bus => {
  const { log, strict } = options;
  const byType = new Map<string, (readonly [Subscription, Lanes])[]>();
  const stopping = new AbortController();
  const { signal } = stopping;
  const underWay = new Set<Promise<void>>();

  const publish = async (message: Message): Promise<void> => {
    const consumers = byType.get(message.type) ?? [];
    const text = JSON.stringify(message);
    const copies = strict ? 2 : 1;
    await Promise.all(
      consumers.flatMap(([subscription, lanes]) =>
        Array.from({ length: copies }, async (_, copy) => {
          const { promise, resolve, reject } = Promise.withResolvers<void>();
          // The second copy may come any time, behind newer messages of the same subject too.
          const lane = copy === 0 ? message.subject : `${message.subject}#again`;
          lanes(lane, async (rest) => {
            if (strict) await pause(strict.random() * 25 * (copy + 1), signal);
            await deliver({ subscription, text, log, rest, signal }).then(resolve, reject);
          });
          return promise;
        }),
      ),
    );
  };

  return {
    publish(message) {
      const delivery = publish(message);
      underWay.add(delivery);
      const forget = (): void => void underWay.delete(delivery);
      delivery.then(forget, forget);
      return delivery;
    },
    subscribe(subscription) {
      const known = byType.get(subscription.type) ?? [];
      known.push([subscription, createLanes(options.concurrency ?? 8)]);
      byType.set(subscription.type, known);
    },
    async stop() {
      stopping.abort();
      await Promise.allSettled(underWay);
    },
  };
};
