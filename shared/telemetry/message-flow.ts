import type { Counter } from 'prom-client';
import type { Message } from '../messaging/message.ts';
import { createRecent } from './recent.ts';

/** A message that a consumer has not taken yet, or never will. */
export type FailedDelivery = Readonly<{
  message_id: string;
  correlation_id: string;
  type: string;
  consumer: string;
  attempts: number;
  error: string;
  at: string;
}>;

const failuresMax = 50;
const errorMax = 300;

const contextOf = (name: string): string => name.split('.', 1)[0]!;

const wordsOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/** Who publishes how much in this process, who takes it, how long that takes, and what fails. */
export const createMessageFlow = (
  messages: Counter<'consumer' | 'result'>,
  now: () => number = Date.now,
) => {
  const recent = createRecent(now);
  const failures = new Map<string, FailedDelivery>();
  return {
    recent,
    failures: (): readonly FailedDelivery[] => [...failures.values()],
    /** The bus has taken a message: in one process, every consumer has. */
    taken: ({ type }: Message, ms: number): void => {
      recent.add(`from ${contextOf(type)}`, ms, false);
      recent.add('all', ms, false);
    },
    /** A consumer was given a message; `error` is what came of it when it was not taken. */
    handled: (consumer: string, message: Message, ms: number, error?: unknown): void => {
      recent.add(`to ${contextOf(consumer)}`, ms, error !== undefined);
      messages.inc({ consumer, result: error === undefined ? 'taken' : 'failed' });
      const key = `${consumer} ${message.id}`;
      const before = failures.get(key);
      if (before) failures.delete(key);
      if (error === undefined) return;
      const { id, correlation_id, type } = message;
      failures.set(key, {
        message_id: id,
        correlation_id,
        type,
        consumer,
        attempts: (before?.attempts ?? 0) + 1,
        error: wordsOf(error).slice(0, errorMax),
        at: new Date(now()).toISOString(),
      });
      if (failures.size > failuresMax) failures.delete(failures.keys().next().value!);
    },
  };
};

export type MessageFlow = ReturnType<typeof createMessageFlow>;
