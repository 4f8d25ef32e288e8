import type { AsyncMessage, Channel, Connection } from 'rabbitmq-client';
import type { Logger } from '../telemetry/logger.ts';
import { backoffMs, createLanes, deliver, pause } from './lanes.ts';
import type { Message, Subscription } from './message.ts';
import { declareTopology, goneMs, queueOf } from './rabbit-topology.ts';

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The text of a delivery and its subject, or undefined when it is no message of this type. */
const readDelivery = (
  delivery: AsyncMessage,
  type: string,
): Readonly<{ text: string; subject: string }> | undefined => {
  const { body } = delivery as { body: unknown };
  // The library has read the body of a foreign publisher that calls it JSON or text.
  const text =
    typeof body === 'string' || Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body);
  try {
    const message = JSON.parse(text) as Partial<Message> | null;
    const { id, subject } = message ?? {};
    if (typeof id !== 'string' || !uuid.test(id) || typeof subject !== 'string') return undefined;
    return message?.type === type ? { text, subject } : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Takes the messages of one queue for one subscription: in order within a subject, several subjects
 * at once, each acknowledged when its effect or its burial is stored. Comes back by itself when the
 * broker was away. Until `stop` nothing that runs is given up; then what has not begun goes back.
 */
export const createRabbitConsumer = (
  options: Readonly<{
    connection: Connection;
    log: Logger;
    subscription: Subscription;
    prefetch: number;
    concurrency: number;
    signal: AbortSignal;
  }>,
) => {
  const { connection, log, subscription, signal } = options;
  const { consumer, type } = subscription;
  const queue = queueOf(consumer);
  // They outlive a channel: what comes again waits for what still runs of its subject.
  const lanes = createLanes(options.concurrency);
  const running = new Set<Promise<void>>();
  const ready = Promise.withResolvers<void>();
  ready.promise.catch(() => {});

  const take = (delivery: AsyncMessage, channel: Channel, ended: AbortSignal): void => {
    const { deliveryTag } = delivery;
    const read = readDelivery(delivery, type);
    if (!read) {
      log.error({ consumer, message_id: delivery.messageId }, 'no message: dead-lettered');
      if (channel.active) channel.basicNack({ deliveryTag, requeue: false });
      return;
    }
    lanes(read.subject, async () => {
      if (ended.aborted) return;
      const taking = deliver({ subscription, text: read.text, log, signal: ended }).then(
        () => {
          if (channel.active) channel.basicAck({ deliveryTag });
        },
        () => {}, // Ended first: unacknowledged, it comes again.
      );
      running.add(taking);
      await taking;
      running.delete(taking);
    });
  };

  const idle = async (): Promise<void> => void (await Promise.allSettled(running));

  /** Consumes until the channel or the bus ends. */
  const session = async (): Promise<void> => {
    const channel = await connection.acquire({ emitErrorsFromChannel: true });
    const lost = new AbortController();
    const ended = AbortSignal.any([signal, lost.signal]);
    const { promise: end, resolve } = Promise.withResolvers<void>();
    ended.addEventListener('abort', () => resolve());
    channel.once('close', () => lost.abort());
    channel.on('error', (error: unknown) => {
      log.warn({ err: error, consumer }, 'broker closed a channel');
    });
    // The queue is gone; every consumer of it has to hear that before it is declared again.
    channel.on('basic.cancel', () => void pause(goneMs, ended).then(() => lost.abort()));
    try {
      await declareTopology(channel, { [consumer]: type });
      await channel.basicQos({ prefetchCount: options.prefetch });
      await channel.basicConsume({ queue }, (delivery) => {
        if (!ended.aborted) take(delivery, channel, ended);
      });
      ready.resolve();
      if (!ended.aborted) await end;
      // Not cancelled before: another replica begins only when this one has finished.
      if (signal.aborted) await idle();
    } finally {
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
        if (failures === 1 && !signal.aborted)
          log.warn({ err: error, consumer }, 'not consuming yet');
      }
      await pause(backoffMs(failures + 1), signal);
    }
    ready.reject(new Error('the bus has stopped'));
  };

  return {
    ready: ready.promise,
    /** Resolves when no handler runs; none begins after the signal. */
    idle,
    /** Resolves after the signal, when what has not begun is given back. */
    ended: run(),
  };
};
