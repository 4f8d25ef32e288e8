import type { Channel } from 'rabbitmq-client';

/** Consumer (`<context>.<reaction>`) and the type of the messages it takes. */
export type Subscriptions = Readonly<Record<string, string>>;

export const eventsExchange = 'plaza.events';
/** Exchange of what a consumer cannot read or does not survive; routed by context. */
export const deadExchange = 'plaza.dead-letters';

/**
 * A message that ends its process this often is dead. Generous: the broker also counts what an
 * innocent neighbour had waiting when it died.
 */
export const deliveryLimit = 20;

/**
 * How long a queue that somebody has deleted stays away. Declared again at once it would still
 * count the consumers it had, and the broker (3.10) hands them nothing and does not tell them.
 */
export const goneMs = 500;

const prefix = 'plaza.';
export const queueOf = (consumer: string): string => `${prefix}${consumer}`;
/** The consumer of a queue that `queueOf` named. */
export const consumerOf = (queue: string): string => queue.slice(prefix.length);
/** `<context>.<reaction>` has its context in front. */
export const contextOf = (consumer: string): string => consumer.split('.', 1)[0]!;
/** Whose queue it is: a consumer's, or a context's for its dead letters. */
export const ownerOf = (queue: string): Readonly<{ context: string; consumer: string | null }> => {
  if (queue.startsWith(`${deadExchange}.`))
    return { context: queue.slice(deadExchange.length + 1), consumer: null };
  const consumer = consumerOf(queue);
  return { context: contextOf(consumer), consumer };
};
/** Where a context finds the dead letters of its consumers. */
export const deadQueueOf = (context: string): string => `${deadExchange}.${context}`;

const declareExchanges = async (channel: Channel): Promise<void> => {
  await channel.exchangeDeclare({ exchange: eventsExchange, type: 'topic', durable: true });
  await channel.exchangeDeclare({ exchange: deadExchange, type: 'direct', durable: true });
};

const declareDeadQueue = async (channel: Channel, context: string): Promise<void> => {
  const queue = deadQueueOf(context);
  // Without a limit RabbitMQ 4 drops what could not be stored twenty times.
  const limited = { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000 } as const;
  await channel.queueDeclare({ queue, durable: true, arguments: limited });
  await channel.queueBind({ exchange: deadExchange, queue, routingKey: context });
};

const declareQueue = async (channel: Channel, consumer: string, type: string): Promise<void> => {
  const queue = queueOf(consumer);
  await channel.queueDeclare({
    queue,
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      // Order within a subject: one replica at a time, another when it goes.
      'x-single-active-consumer': true,
      'x-delivery-limit': deliveryLimit,
      'x-dead-letter-exchange': deadExchange,
      'x-dead-letter-routing-key': contextOf(consumer),
      // The broker keeps the message until the dead queue has it; asks for reject-publish.
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
  });
  await channel.queueBind({ exchange: eventsExchange, queue, routingKey: type });
};

/** Declares what is not there yet; harmless as often as wanted. */
export const declareTopology = async (
  channel: Channel,
  subscriptions: Subscriptions,
): Promise<void> => {
  await declareExchanges(channel);
  for (const context of new Set(Object.keys(subscriptions).map(contextOf)))
    await declareDeadQueue(channel, context);
  for (const [consumer, type] of Object.entries(subscriptions))
    await declareQueue(channel, consumer, type);
};
