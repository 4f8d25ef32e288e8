import type { AsyncMessage, Connection } from 'rabbitmq-client';
import type { Logger } from '../telemetry/logger.ts';
import { backoffMs, pause } from './lanes.ts';
import type { Subscription } from './message.ts';
import { readDead } from './rabbit-delivery.ts';
import { keepConsuming, type Consuming, type Take } from './rabbit-session.ts';
import { consumerOf, deadQueueOf, deliveryLimit } from './rabbit-topology.ts';

/** Letters of one context that are stored at once. */
const prefetch = 32;

/** Why the broker gave the message up. */
const reasonOf = ({ headers }: AsyncMessage): Readonly<{ error: string; attempts: number }> =>
  headers?.['x-first-death-reason'] === 'delivery_limit'
    ? {
        error: `its consumer ended or gave it back ${deliveryLimit + 1} times`,
        attempts: deliveryLimit + 1,
      }
    : { error: 'it is no message of the type that its consumer takes', attempts: 1 };

/**
 * Stores what the broker gave up on in the dead letters of the context that it was for, where an
 * operator finds and replays all of them alike. Nothing is handled here: what ended its consumer
 * does not end this. A letter stays with the broker until it is stored, so storing may happen twice.
 */
export const createRabbitDeadLetters = (
  options: Readonly<{
    connection: Connection;
    log: Logger;
    context: string;
    /** Of the context, by consumer; grows while the process wires itself. */
    subscriptions: ReadonlyMap<string, Subscription>;
    signal: AbortSignal;
  }>,
): Consuming => {
  const { connection, log, context, subscriptions, signal } = options;
  const [first] = subscriptions.values();
  const running = new Set<Promise<void>>();

  const store = async (delivery: AsyncMessage, ended: AbortSignal): Promise<boolean> => {
    const consumer = consumerOf(String(delivery.headers?.['x-first-death-queue']));
    const subscription = subscriptions.get(consumer);
    if (!subscription) {
      log.error({ consumer, context }, 'dead letter of an unknown consumer stays with the broker');
      return false;
    }
    const message = readDead(delivery, subscription.type);
    const { error, attempts } = reasonOf(delivery);
    for (let tries = 1; !ended.aborted; tries++) {
      try {
        await subscription.bury(message, new Error(error), attempts);
        return true;
      } catch (fault) {
        log.error({ err: fault, consumer, message_id: message.id }, 'dead letter not stored');
      }
      await pause(backoffMs(tries), ended);
    }
    return false;
  };

  const take: Take = (delivery, channel, ended) => {
    const storing = store(delivery, ended).then((isStored) => {
      running.delete(storing);
      const { deliveryTag } = delivery;
      if (isStored && channel.active) channel.basicAck({ deliveryTag });
    });
    running.add(storing);
  };
  return keepConsuming({
    connection,
    log,
    queue: deadQueueOf(context),
    subscriptions: { [first!.consumer]: first!.type },
    prefetch,
    take,
    idle: async () => void (await Promise.allSettled(running)),
    signal,
  });
};
