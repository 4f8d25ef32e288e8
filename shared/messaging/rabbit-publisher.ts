import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Channel, Connection } from 'rabbitmq-client';
import type { Logger } from '../telemetry/logger.ts';
import { backoffMs, createLanes, pause } from './lanes.ts';
import type { Message } from './message.ts';
import { declareTopology, eventsExchange, goneMs, type Subscriptions } from './rabbit-topology.ts';

/** More than this sent and not yet confirmed: the rest waits in its lanes. */
const underWayMax = 2_000;
/** More than this waiting: refused at once. The relays of all contexts together stay below. */
const waitingMax = 20_000;

/**
 * Sends messages to the exchange and answers when the broker has them on every queue. What is
 * refused, returned or of unknown fate is sent again, in the order of its subject, until it is there
 * or the bus stops: one message of a subject is under way at a time.
 */
export const createRabbitPublisher = (
  options: Readonly<{
    connection: Connection;
    log: Logger;
    subscriptions: Subscriptions;
    signal: AbortSignal;
  }>,
) => {
  const { connection, log, subscriptions, signal } = options;
  const lanes = createLanes(underWayMax);
  const underWay = new Set<Promise<void>>();
  /** Ids of messages that the broker found no queue for, until their confirm is looked at. */
  const returned = new Set<string>();
  let channel: Promise<Channel> | undefined;
  let declaring: Promise<void> | undefined;

  const open = async (): Promise<Channel> => {
    const opened = await connection.acquire({ emitErrorsFromChannel: true });
    opened.on('error', (error: unknown) => log.warn({ err: error }, 'broker closed a channel'));
    opened.on('basic.return', ({ messageId }) => void returned.add(messageId ?? ''));
    opened.once('close', () => {
      channel = undefined;
    });
    try {
      await declareTopology(opened, subscriptions);
      await opened.confirmSelect();
      return opened;
    } catch (error) {
      await opened.close();
      throw error;
    }
  };

  const openChannel = (): Promise<Channel> => {
    if (channel) return channel;
    const opening = open();
    channel = opening;
    opening.catch(() => {
      if (channel === opening) channel = undefined;
    });
    return opening;
  };

  const declareAgain = (opened: Channel): Promise<void> =>
    (declaring ??= pause(goneMs, signal)
      .then(() => declareTopology(opened, subscriptions))
      .finally(() => {
        declaring = undefined;
      }));

  const sendOnce = async (message: Message, body: Buffer): Promise<void> => {
    const opened = await openChannel();
    await opened.basicPublish(
      {
        exchange: eventsExchange,
        routingKey: message.type,
        mandatory: true,
        durable: true,
        contentType: 'application/cloudevents+json',
        messageId: message.id,
        type: message.type,
        correlationId: message.correlation_id,
        headers: { subject: message.subject },
      },
      body,
    );
    // The return comes before the confirm, but the library tells of it one turn later.
    await nextTurn();
    if (!returned.delete(message.id)) return;
    await declareAgain(opened);
    throw new Error(`the broker has no queue for ${message.type}`);
  };

  const send = async (message: Message): Promise<void> => {
    const body = Buffer.from(JSON.stringify(message));
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw new Error('the bus has stopped');
      try {
        await sendOnce(message, body);
        return;
      } catch (error) {
        // Of a broker that is away its connection has told already, once and for all messages.
        const { code } = error as { code?: unknown };
        const level = code === 'NACK' || code === undefined ? 'warn' : 'debug';
        log[level]({ err: error, message_id: message.id, attempt }, 'message not sent yet');
      }
      await pause(backoffMs(attempt), signal);
    }
  };

  return {
    /** Resolves when exchange, queues and bindings are there; fails at the first difficulty. */
    open: async (): Promise<void> => void (await openChannel()),
    publish(message: Message): Promise<void> {
      if (underWay.size >= waitingMax) return Promise.reject(new Error('the bus is full'));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      lanes(message.subject, () => send(message).then(resolve, reject));
      underWay.add(promise);
      const forget = (): void => void underWay.delete(promise);
      promise.then(forget, forget);
      return promise;
    },
    /** Waits for the confirms of what is under way; retries end with the signal. */
    async stop(): Promise<void> {
      await Promise.allSettled(underWay);
      const opened = await channel?.catch(() => undefined);
      await opened?.close();
    },
  };
};
