import type { AsyncMessage, Channel, Connection } from 'rabbitmq-client';
import type { Logger } from '../telemetry/logger.ts';
import { backoffMs, pause } from './lanes.ts';
import { declareTopology, goneMs, type Subscriptions } from './rabbit-topology.ts';

/** `ended` comes with the end of the channel or of the bus: what is not acknowledged goes back. */
export type Take = (delivery: AsyncMessage, channel: Hand, ended: AbortSignal) => void;

/** What a delivery is answered with. */
export type Hand = Pick<Channel, 'active' | 'basicAck' | 'basicNack'>;

/** Keeps in `held` what was handed over and is not answered yet. */
const handOf = (channel: Channel, held: Set<number>): Hand => ({
  get active() {
    return channel.active;
  },
  basicAck(answer) {
    held.delete(answer.deliveryTag!);
    channel.basicAck(answer);
  },
  basicNack(answer) {
    held.delete(answer.deliveryTag!);
    channel.basicNack(answer);
  },
});

/**
 * Consumes one queue until the signal, and comes back by itself when the broker was away, the
 * channel ended or somebody deleted the queue. `idle` resolves when nothing that was taken runs.
 */
export const keepConsuming = (
  options: Readonly<{
    connection: Connection;
    log: Logger;
    queue: string;
    /** Declared before: the queue must be among what this makes. */
    subscriptions: Subscriptions;
    prefetch: number;
    take: Take;
    idle: () => Promise<void>;
    signal: AbortSignal;
  }>,
) => {
  const { connection, log, queue, subscriptions, take, idle, signal } = options;
  const ready = Promise.withResolvers<void>();
  let held = new Set<number>();
  ready.promise.catch(() => {});

  /** Consumes until the channel or the bus ends. */
  const session = async (): Promise<void> => {
    const channel = await connection.acquire({ emitErrorsFromChannel: true });
    const lost = new AbortController();
    const ended = AbortSignal.any([signal, lost.signal]);
    const { promise: end, resolve } = Promise.withResolvers<void>();
    ended.addEventListener('abort', () => resolve());
    channel.once('close', () => lost.abort());
    channel.on('error', (error: unknown) => {
      log.warn({ err: error, queue }, 'broker closed a channel');
    });
    // The queue is gone; every consumer of it has to hear that before it is declared again.
    channel.on('basic.cancel', () => void pause(goneMs, ended).then(() => lost.abort()));
    const own = new Set<number>();
    const hand = handOf(channel, own);
    held = own;
    try {
      await declareTopology(channel, subscriptions);
      await channel.basicQos({ prefetchCount: options.prefetch });
      await channel.basicConsume({ queue }, (delivery) => {
        if (ended.aborted) return;
        own.add(delivery.deliveryTag);
        take(delivery, hand, ended);
      });
      ready.resolve();
      if (!ended.aborted) await end;
      // Not cancelled before: another replica begins only when this one has finished.
      if (signal.aborted) await idle();
    } finally {
      own.clear();
      await channel.close();
    }
  };

  const run = async (): Promise<void> => {
    for (let failures = 0; !signal.aborted;) {
      try {
        await session();
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1 && !signal.aborted) log.warn({ err: error, queue }, 'not consuming yet');
      }
      await pause(backoffMs(failures + 1), signal);
    }
    ready.reject(new Error('the bus has stopped'));
  };

  return {
    queue,
    ready: ready.promise,
    /** How many messages were handed over and are not answered. */
    held: () => held.size,
    /** Resolves when no handler runs; none begins after the signal. */
    idle,
    /** Resolves after the signal, when what has not begun is given back. */
    ended: run(),
  };
};

/** A queue that is being consumed. */
export type Consuming = ReturnType<typeof keepConsuming>;
