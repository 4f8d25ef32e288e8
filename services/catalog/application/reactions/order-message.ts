import type { Message } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { OrderMessage } from '../ports.ts';

export const orderMessage = (
  consumer: string,
  message: Message<Readonly<{ orderId: string }>>,
  now: Date,
): OrderMessage => ({
  orderId: message.data.orderId,
  orderVersion: message.aggregate_version,
  delivery: deliveryOf(consumer, message),
  now,
});
