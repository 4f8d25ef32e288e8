import assert from 'node:assert/strict';
import { Connection } from 'rabbitmq-client';
import type { Logger } from '../telemetry/logger.ts';
import { backoffMs, pause } from './lanes.ts';
import type { Bus, Subscription } from './message.ts';
import { createRabbitConsumer } from './rabbit-consumer.ts';
import { createRabbitDeadLetters } from './rabbit-dead-letters.ts';
import { createRabbitDepths } from './rabbit-depths.ts';
import { createRabbitPublisher } from './rabbit-publisher.ts';
import type { Consuming } from './rabbit-session.ts';
import { contextOf, type Subscriptions } from './rabbit-topology.ts';

/** Confirms that are not there yet do not hold up a stop for longer. */
const stopWithinMs = 2_000;

export type RabbitBus = Required<Bus> &
  Readonly<{
    /** Resolves when the queues of the whole system are there and every consumer so far consumes. */
    ready: () => Promise<void>;
    /** Whether the broker is there. */
    isConnected: () => boolean;
    /** Whether the broker takes no messages for now, since it is short of memory or disk. */
    isBlocked: () => boolean;
  }>;

/**
 * The bus over RabbitMQ. `publish` resolves when the broker has the message safe on the queue of
 * every consumer in `subscriptions`; taking it is then the consumers' process's. Publishing and
 * consuming have a connection each: a broker short of memory stops the first and not the second,
 * which is how it gets memory back.
 */
export const createRabbitBus = (
  options: Readonly<{
    /** `amqp://user:password@host:port/vhost`. */
    url: string;
    log: Logger;
    /** The whole system's, not this process's. */
    subscriptions: Subscriptions;
    /**
     * Unacknowledged messages per consumer: what runs, and what waits behind a failed message of its
     * subject. When that many wait, the queue waits.
     */
    prefetch?: number;
    /** Subjects of one consumer at once. */
    concurrency?: number;
    /** A confirm that takes longer does not come any more, and the message is sent again. */
    confirmWithinMs?: number;
    /** How long an answer about queues serves whoever asks again. */
    depthsKeptMs?: number;
    /** How long the broker may forget, when it is killed, that it has a queue: see the publisher. */
    settleMs?: number;
  }>,
): RabbitBus => {
  const { url, log, subscriptions, prefetch = 1_000, concurrency = 8 } = options;
  const { confirmWithinMs = 20_000, settleMs = 3_000, depthsKeptMs = 2_000 } = options;
  const types = new Set(Object.values(subscriptions));
  const stopping = new AbortController();
  const { signal } = stopping;
  const consumers: Consuming[] = [];
  const taken = new Map<string, Map<string, Subscription>>();
  let isBlocked = false;

  const connect = (name: string): Connection => {
    const connection = new Connection({
      url,
      connectionName: `plaza ${name}`,
      noDelay: true,
      // A broker that vanished without a word is given up after twice this.
      heartbeat: 15,
      retryLow: 200,
      retryHigh: 3_000,
    });
    connection.on('error', (error: unknown) => {
      log.warn({ err: error, connection: name }, 'broker away');
    });
    connection.on('connection', () => log.info({ connection: name }, 'broker connected'));
    return connection;
  };

  const publishing = connect('publisher');
  const consuming = connect('consumer');
  const publisher = createRabbitPublisher({
    connection: publishing,
    log,
    subscriptions,
    signal,
    confirmWithinMs,
    settleMs,
    isBlocked: () => isBlocked,
  });
  publishing.on('connection', () => {
    isBlocked = false;
    // A broker that came back may have lost its queues; do not wait for the next message.
    publisher.open().catch((error: unknown) => log.error({ err: error }, 'queues not declared'));
  });
  publishing.on('error', () => {
    isBlocked = false;
  });
  publishing.on('connection.blocked', (reason) => {
    isBlocked = true;
    log.warn({ reason }, 'broker takes no messages');
  });
  publishing.on('connection.unblocked', () => {
    isBlocked = false;
    log.info('broker takes messages again');
  });

  /** Ends well when the broker is there and that is quick, and in any case. */
  const close = async (connection: Connection, ...before: readonly Promise<void>[]) => {
    const timeout = new AbortController();
    const closing = Promise.all(before).then(() => connection.close());
    if (connection.ready) await Promise.race([closing, pause(stopWithinMs, timeout.signal)]);
    timeout.abort();
    connection.unsafeDestroy();
    await Promise.all(before);
  };

  return {
    publish(message) {
      if (signal.aborted) return Promise.reject(new Error('the bus has stopped'));
      return types.has(message.type) ? publisher.publish(message) : Promise.resolve();
    },
    subscribe(subscription) {
      const { consumer, type } = subscription;
      assert.equal(subscriptions[consumer], type, `${consumer} is not in the subscriptions`);
      const connection = consuming;
      consumers.push(
        createRabbitConsumer({ connection, log, subscription, prefetch, concurrency, signal }),
      );
      const context = contextOf(consumer);
      const ofContext = taken.get(context);
      if (ofContext) {
        ofContext.set(consumer, subscription);
        return;
      }
      const first = new Map([[consumer, subscription]]);
      taken.set(context, first);
      const letters = { connection, log, context, subscriptions: first, signal };
      consumers.push(createRabbitDeadLetters(letters));
    },
    depths: createRabbitDepths({ connection: consuming, consumers, keptMs: depthsKeptMs }),
    async ready() {
      for (let attempt = 1; ; attempt++) {
        if (signal.aborted) throw new Error('the bus has stopped');
        const isOpen = await publisher.open().then(
          () => true,
          () => false,
        );
        if (isOpen) break;
        await pause(backoffMs(attempt), signal);
      }
      await Promise.all(consumers.map((consumer) => consumer.ready));
    },
    isConnected: () => publishing.ready || isBlocked,
    isBlocked: () => isBlocked,
    async stop() {
      stopping.abort();
      await Promise.all(consumers.map((consumer) => consumer.idle()));
      await Promise.all([
        close(consuming, ...consumers.map((consumer) => consumer.ended)),
        close(publishing, publisher.stop()),
      ]);
    },
  };
};
