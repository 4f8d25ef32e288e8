import type { Channel } from 'rabbitmq-client';

/** Consumer (`<context>.<reaction>`) and the type of the messages it takes. */
export type Subscriptions = Readonly<Record<string, string>>;

export const eventsExchange = 'plaza.events';
/** Exchange and queue of what no consumer could take, nor bury. */
export const deadName = 'plaza.dead';

/**
 * A message that ends its process this often goes to `plaza.dead`. Generous: the broker also counts
 * what an innocent neighbour had waiting when it died.
 */
const deliveryLimit = 20;

/**
 * How long a queue that somebody has deleted stays away. Declared again at once it would still
 * count the consumers it had, and the broker (3.10) hands them nothing and does not tell them.
 */
export const goneMs = 500;

export const queueOf = (consumer: string): string => `plaza.${consumer}`;

const declareExchanges = async (channel: Channel): Promise<void> => {
  await channel.exchangeDeclare({ exchange: eventsExchange, type: 'topic', durable: true });
  await channel.exchangeDeclare({ exchange: deadName, type: 'fanout', durable: true });
  await channel.queueDeclare({
    queue: deadName,
    durable: true,
    // Without a limit RabbitMQ 4 drops what an operator has looked at twenty times.
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000 },
  });
  await channel.queueBind({ exchange: deadName, queue: deadName, routingKey: '' });
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
      'x-dead-letter-exchange': deadName,
      // The broker keeps the message until `plaza.dead` has it; asks for reject-publish.
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
  for (const [consumer, type] of Object.entries(subscriptions))
    await declareQueue(channel, consumer, type);
};
