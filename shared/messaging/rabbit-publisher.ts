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
const lookEveryMs = 1_000;

/** A channel, and when a kill of the broker can no longer forget the queues declared over it. */
type Open = Readonly<{ channel: Channel; settled: Promise<void> }>;

/**
 * Sends messages to the exchange and answers when the broker has them on every queue. What is
 * refused, returned, not confirmed in time or of unknown fate is sent again, in the order of its
 * subject, until it is there or the bus stops: one message of a subject is under way at a time.
 *
 * A broker before RabbitMQ 4 writes that a queue exists up to two seconds after it said so. Killed
 * in between, it loses the queue with all that it has confirmed of it. So the first seconds of a
 * channel are on approval: `publish` answers when they are over, and fails when the channel does not
 * live as long. The message itself does not wait.
 */
export const createRabbitPublisher = (
  options: Readonly<{
    connection: Connection;
    log: Logger;
    subscriptions: Subscriptions;
    signal: AbortSignal;
    /** A confirm that takes longer does not come any more. */
    confirmWithinMs: number;
    /** How long a declared queue may be forgotten. */
    settleMs: number;
    /** While the broker takes nothing it confirms nothing. */
    isBlocked: () => boolean;
  }>,
) => {
  const { connection, log, subscriptions, signal, confirmWithinMs, settleMs, isBlocked } = options;
  const lanes = createLanes(underWayMax);
  const underWay = new Set<Promise<void>>();
  /** Ids of messages that the broker found no queue for, until their confirm is looked at. */
  const returned = new Set<string>();
  /** Sent and not confirmed, the oldest first. */
  const unconfirmed = new Set<Readonly<{ sentAt: number; channel: Channel }>>();
  let channel: Promise<Open> | undefined;
  let declaring: Promise<void> | undefined;
  let blockedAt = 0;

  /** Resolves `settleMs` from now when the channel is still there, and fails else. */
  const settle = async (opened: Channel): Promise<void> => {
    const ended = new AbortController();
    opened.once('close', () => ended.abort());
    await pause(settleMs, AbortSignal.any([signal, ended.signal]));
    if (signal.aborted) throw new Error('the bus has stopped');
    if (ended.signal.aborted) throw new Error('the broker went away with its new queues');
  };

  const open = async (): Promise<Open> => {
    const opened = await connection.acquire({ emitErrorsFromChannel: true });
    opened.on('error', (error: unknown) => log.warn({ err: error }, 'broker closed a channel'));
    opened.on('basic.return', ({ messageId }) => void returned.add(messageId ?? ''));
    opened.once('close', () => {
      channel = undefined;
    });
    try {
      await declareTopology(opened, subscriptions);
      const settled = settle(opened);
      settled.catch(() => {});
      await opened.confirmSelect();
      return { channel: opened, settled };
    } catch (error) {
      await opened.close();
      throw error;
    }
  };

  const openChannel = (): Promise<Open> => {
    if (channel) return channel;
    const opening = open();
    channel = opening;
    opening.catch(() => {
      if (channel === opening) channel = undefined;
    });
    return opening;
  };

  /** Gives a channel up that owes a confirm for too long: what it owes is sent again over a new one. */
  const look = (): void => {
    const now = performance.now();
    if (isBlocked()) blockedAt = now;
    const [oldest] = unconfirmed;
    if (!oldest || now - Math.max(oldest.sentAt, blockedAt) < confirmWithinMs) return;
    log.error({ unconfirmed: unconfirmed.size }, 'broker owes a confirm: sending again');
    for (const one of unconfirmed) if (one.channel === oldest.channel) unconfirmed.delete(one);
    void oldest.channel.close();
  };
  const looking = setInterval(look, Math.min(lookEveryMs, confirmWithinMs));
  looking.unref();

  /** The next channel declares what is gone, and has its own time of approval. */
  const declareAgain = (opened: Channel): Promise<void> =>
    (declaring ??= pause(goneMs, signal)
      .then(() => opened.close())
      .finally(() => {
        declaring = undefined;
      }));

  const sendOnce = async (message: Message, body: Buffer): Promise<Open> => {
    const opened = await openChannel();
    const sent = { sentAt: performance.now(), channel: opened.channel };
    unconfirmed.add(sent);
    try {
      await opened.channel.basicPublish(
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
    } finally {
      unconfirmed.delete(sent);
    }
    // The return comes before the confirm, but the library tells of it one turn later.
    await nextTurn();
    if (!returned.delete(message.id)) return opened;
    await declareAgain(opened.channel);
    throw new Error(`the broker has no queue for ${message.type}`);
  };

  const send = async (message: Message): Promise<Open> => {
    const body = Buffer.from(JSON.stringify(message));
    for (let attempt = 1; ; attempt++) {
      if (signal.aborted) throw new Error('the bus has stopped');
      try {
        return await sendOnce(message, body);
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
      lanes(message.subject, async () => {
        const sent = send(message);
        sent.then(({ settled }) => settled).then(resolve, reject);
        await sent.catch(() => {}); // The next of the subject need not wait for the approval.
      });
      underWay.add(promise);
      const forget = (): void => void underWay.delete(promise);
      promise.then(forget, forget);
      return promise;
    },
    /** Waits for the confirms of what is under way; retries end with the signal. */
    async stop(): Promise<void> {
      await Promise.allSettled(underWay);
      clearInterval(looking);
      const opened = await channel?.catch(() => undefined);
      await opened?.channel.close();
    },
  };
};
