import type { Logger } from '../telemetry/logger.ts';
import { isTransient } from '../platform/transient.ts';
import type { Bus, Message, Subscription } from './message.ts';

const attemptsMax = 6;
const firstBackoffMs = 40;
const backoffMaxMs = 5_000;

type Strictness = Readonly<{ random: () => number }>;

/** Runs tasks of one key one after another and at most `limit` keys at once. */
const createLanes = (limit: number) => {
  const lanes = new Map<string, (() => Promise<void>)[]>();
  const ready: string[] = [];
  let running = 0;

  const next = (): void => {
    while (running < limit && ready.length > 0) {
      const key = ready.shift()!;
      const task = lanes.get(key)![0]!;
      running += 1;
      void task().finally(() => {
        running -= 1;
        const lane = lanes.get(key)!;
        lane.shift();
        if (lane.length > 0) ready.push(key);
        else lanes.delete(key);
        next();
      });
    }
  };

  return (key: string, task: () => Promise<void>): void => {
    const lane = lanes.get(key);
    if (lane) {
      lane.push(task);
      return;
    }
    lanes.set(key, [task]);
    ready.push(key);
    next();
  };
};

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
  const byType = new Map<string, (readonly [Subscription, ReturnType<typeof createLanes>])[]>();
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      stopping.signal.addEventListener('abort', done);
    });

  /** Delivers until the consumer took it; throws only when the bus stops first. */
  const deliver = async (subscription: Subscription, text: string): Promise<void> => {
    let failures = 0;
    for (let attempt = 1; ; attempt++) {
      if (stopping.signal.aborted) throw new Error('the bus has stopped');
      const message = JSON.parse(text) as Message;
      try {
        await subscription.handle(message);
        return;
      } catch (error) {
        // A database that is away says nothing about the message; it may come as often as needed.
        if (!isTransient(error)) failures += 1;
        const { consumer } = subscription;
        log.warn({ err: error, consumer, message_id: message.id, attempt }, 'message not taken');
        if (failures >= attemptsMax && (await buried(subscription, message, error, failures)))
          return;
      }
      await pause(Math.min(backoffMaxMs, firstBackoffMs * 3 ** (attempt - 1)));
    }
  };

  const buried = async (
    subscription: Subscription,
    message: Message,
    error: unknown,
    attempts: number,
  ): Promise<boolean> => {
    try {
      await subscription.bury(message, error, attempts);
      return true;
    } catch (cause) {
      log.error({ err: cause, consumer: subscription.consumer }, 'dead letter not stored');
      return false;
    }
  };

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
          lanes(lane, async () => {
            if (strict) await pause(strict.random() * 25 * (copy + 1));
            await deliver(subscription, text).then(resolve, reject);
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
