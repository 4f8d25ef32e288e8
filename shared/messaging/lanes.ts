import { isTransient } from '../platform/transient.ts';
import { parseJson } from '../kernel/parse-json.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Message, Subscription } from './message.ts';

const attemptsMax = 6;
const firstBackoffMs = 40;
const backoffMaxMs = 5_000;

/** A pause of a task: others have its place meanwhile, and only the rest of its own lane waits. */
export type Rest = (ms: number, signal: AbortSignal) => Promise<void>;

/** Puts a task in the lane of a key. */
export type Lanes = (key: string, task: (rest: Rest) => Promise<void>) => void;

/**
 * Runs tasks of one key one after another and at most `limit` keys at once. A task that rests is not
 * one of those: however many keys wait for their next attempt, all others go on.
 */
export const createLanes = (limit: number): Lanes => {
  const lanes = new Map<string, Parameters<Lanes>[1][]>();
  /** What goes on when there is a place: the first of a lane, or what has rested. */
  const ready: (() => void)[] = [];
  let running = 0;

  const next = (): void => {
    while (running < limit && ready.length > 0) {
      running += 1;
      ready.shift()!();
    }
  };
  const leave = (): void => {
    running -= 1;
    next();
  };
  const rest: Rest = async (ms, signal) => {
    leave();
    await pause(ms, signal);
    const { promise, resolve } = Promise.withResolvers<void>();
    ready.push(resolve);
    next();
    await promise;
  };
  const begin = (key: string): void => {
    const lane = lanes.get(key)!;
    void lane[0]!(rest).finally(() => {
      lane.shift();
      if (lane.length > 0) ready.push(() => begin(key));
      else lanes.delete(key);
      leave();
    });
  };

  return (key, task) => {
    const lane = lanes.get(key);
    if (lane) {
      lane.push(task);
      return;
    }
    lanes.set(key, [task]);
    ready.push(() => begin(key));
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
  /** How often it came before, to a process that did not end with it. */
  redeliveries?: number;
  log: Logger;
  rest: Rest;
  signal: AbortSignal;
}>;

const isPermanent = (error: unknown): boolean =>
  (error as { isPermanent?: unknown } | null)?.isPermanent === true;

/** Delivers until the consumer took it or it is buried; throws only when the signal ends it first. */
export const deliver = async (delivery: Delivery): Promise<void> => {
  const { subscription, text, redeliveries = 0, log, rest, signal } = delivery;
  // Attempts of processes that died count, so that a crash does not begin them anew for ever. Two
  // are left: most of what was under way at a crash is innocent of it.
  let failures = Math.min(redeliveries, attemptsMax - 2);
  for (let attempt = 1; ; attempt++) {
    if (signal.aborted) throw new Error('the bus has stopped');
    const message = parseJson(text) as Message;
    try {
      await subscription.handle(message);
      return;
    } catch (error) {
      // A database that is away says nothing about the message; it may come as often as needed.
      if (!isTransient(error)) failures += 1;
      const { consumer } = subscription;
      log.warn({ err: error, consumer, message_id: message.id, attempt }, 'message not taken');
      const isLost = isPermanent(error) || failures >= attemptsMax;
      if (isLost && (await isBuried(delivery, message, error, failures))) return;
    }
    await rest(backoffMs(attempt), signal);
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
