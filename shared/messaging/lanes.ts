import { isTransient } from '../platform/transient.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Message, Subscription } from './message.ts';

const attemptsMax = 6;
const firstBackoffMs = 40;
const backoffMaxMs = 5_000;

/** Puts a task in the lane of a key. */
export type Lanes = (key: string, task: () => Promise<void>) => void;

/** Runs tasks of one key one after another and at most `limit` keys at once. */
export const createLanes = (limit: number): Lanes => {
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

  return (key, task) => {
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

/** Waits, at most until `signal` says that there is nothing more to wait for. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });

/** The growing pause behind the attempt that failed. */
export const backoffMs = (attempt: number): number =>
  Math.min(backoffMaxMs, firstBackoffMs * 3 ** (attempt - 1));

type Delivery = Readonly<{
  subscription: Subscription;
  /** The message as it crossed the bus; each attempt reads it anew. */
  text: string;
  log: Logger;
  signal: AbortSignal;
}>;

/** Delivers until the consumer took it or it is buried; throws only when the signal ends it first. */
export const deliver = async (delivery: Delivery): Promise<void> => {
  const { subscription, text, log, signal } = delivery;
  let failures = 0;
  for (let attempt = 1; ; attempt++) {
    if (signal.aborted) throw new Error('the bus has stopped');
    const message = JSON.parse(text) as Message;
    try {
      await subscription.handle(message);
      return;
    } catch (error) {
      // A database that is away says nothing about the message; it may come as often as needed.
      if (!isTransient(error)) failures += 1;
      const { consumer } = subscription;
      log.warn({ err: error, consumer, message_id: message.id, attempt }, 'message not taken');
      if (failures >= attemptsMax && (await isBuried(delivery, message, error, failures))) return;
    }
    await pause(backoffMs(attempt), signal);
  }
};

const isBuried = async (
  { subscription, log }: Delivery,
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
