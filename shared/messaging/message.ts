import assert from 'node:assert/strict';
import type { Static, TObject } from 'typebox';

/**
 * An integration event: CloudEvents attributes, the ids that join a process, and the data of one
 * contract. `subject` is the aggregate's id, `aggregate_version` its version after the change.
 */
export type Message<Data = unknown> = Readonly<{
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  aggregate_version: number;
  correlation_id: string;
  causation_id: string | null;
  traceparent: string | null;
  data: Data;
}>;

/** A contract is the JSON Schema of a message's data; its `$id` is the message's type. */
export type Contract = TObject;

/** The type of the messages that follow `contract`. */
export const typeOf = (contract: Contract): string => {
  const { $id } = contract as { $id?: string };
  assert($id, 'a contract has its type as $id');
  return $id;
};

/** A message before it is stored: the outbox adds source, time and trace. */
export type OutgoingMessage = Readonly<{
  id: string;
  type: string;
  subject: string;
  aggregateVersion: number;
  data: unknown;
}>;

/**
 * What a context does when a message of another (or of its own) arrives. `name` says what and
 * when, is unique in its context, and is stored in the inbox: renaming one repeats its effects.
 */
export type Reaction = Readonly<{
  name: string;
  contract: Contract;
  handle: (message: Message<never>) => Promise<void>;
}>;

/** Keeps a handler's parameter and its contract equal for the compiler. */
export const reaction = <C extends Contract>(
  name: string,
  contract: C,
  handle: (message: Message<Static<C>>) => Promise<void>,
): Reaction => ({ name, contract, handle });

export type Subscription = Readonly<{
  /** `<context>.<reaction>`: the consumer's name in logs, metrics and dead letters. */
  consumer: string;
  type: string;
  handle: (message: Message) => Promise<void>;
  /** Stores a message that no retry will save; must not lose it. */
  bury: (message: Message, error: unknown, attempts: number) => Promise<void>;
}>;

/** A queue, as its broker and the consumer here see it. */
export type QueueDepth = Readonly<{
  queue: string;
  context: string;
  /** `<context>.<reaction>`; null for the queue of what consumers could not take. */
  consumer: string | null;
  /** Messages that nobody has. */
  ready: number;
  /** Messages that were handed to this process and are not acknowledged. */
  unacknowledged: number;
  /** Of all processes. */
  consumers: number;
}>;

/**
 * At least once, always serialised, in order for one subject and in no promised order across
 * subjects: what every broker can keep, and no more in one process.
 */
export interface Bus {
  /** Resolves when every consumer has taken the message: its effect is stored, or its burial. */
  publish(message: Message): Promise<void>;
  subscribe(subscription: Subscription): void;
  /** What waits at the broker for consumers of this process; undefined where there is no broker. */
  depths?(): Promise<readonly QueueDepth[]>;
  /** Stops retries and waits for handlers that run. */
  stop(): Promise<void>;
}
