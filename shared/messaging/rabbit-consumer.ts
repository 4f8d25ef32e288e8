import type { Connection } from 'rabbitmq-client';
import type { Logger } from '../telemetry/logger.ts';
import { createLanes, deliver } from './lanes.ts';
import type { Subscription } from './message.ts';
import { readDelivery, redeliveriesOf } from './rabbit-delivery.ts';
import { keepConsuming, type Consuming, type Take } from './rabbit-session.ts';
import { queueOf } from './rabbit-topology.ts';

/**
 * Takes the messages of one queue for one subscription: in order within a subject, several subjects
 * at once, each acknowledged when its effect or its burial is stored. What is to be tried again waits
 * in its lane, with the rest of its subject behind it, and holds up nobody else. Until `stop` nothing
 * that runs is given up; then what has not begun goes back.
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
): Consuming => {
  const { connection, log, subscription, prefetch, signal } = options;
  const { consumer, type } = subscription;
  // They outlive a channel: what comes again waits for what still runs of its subject.
  const lanes = createLanes(options.concurrency);
  const running = new Set<Promise<void>>();

  const take: Take = (delivery, channel, ended) => {
    const { deliveryTag } = delivery;
    const read = readDelivery(delivery, type);
    if (!read) {
      log.error({ consumer, message_id: delivery.messageId }, 'no message: dead-lettered');
      if (channel.active) channel.basicNack({ deliveryTag, requeue: false });
      return;
    }
    const { subject, text } = read;
    const redeliveries = redeliveriesOf(delivery);
    lanes(subject, async (rest) => {
      if (ended.aborted) return;
      const taking = deliver({ subscription, text, redeliveries, log, rest, signal: ended }).then(
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
  return keepConsuming({
    connection,
    log,
    queue: queueOf(consumer),
    subscriptions: { [consumer]: type },
    prefetch,
    take,
    idle: async () => void (await Promise.allSettled(running)),
    signal,
  });
};
