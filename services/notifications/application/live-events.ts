import type { Message } from '#shared/messaging/message.ts';
import type { LiveEvent } from './live.ts';

type OrderFacts = Readonly<{ orderId: string; number: string; buyerId: string }>;

/** `orders.order-paid.v1` is `order.paid` to who listens. */
const nameOf = (type: string): string => {
  const [, what] = type.split('.');
  return what!.replace('-', '.');
};

const toTopics = (
  message: Message,
  topics: readonly string[],
  data: LiveEvent['data'],
): readonly LiveEvent[] =>
  topics.map((topic) => ({
    topic,
    messageId: message.id,
    event: nameOf(message.type),
    data,
    happenedAt: message.time,
  }));

/** A step of an order, for its buyer, for `sellers` where they are known, and for staff. */
export const ofOrder = (
  message: Message,
  { orderId, number, buyerId }: OrderFacts,
  sellers: readonly string[] = [],
): readonly LiveEvent[] =>
  toTopics(
    message,
    [`account:${buyerId}`, ...sellers.map((id) => `seller:${id}`), 'staff:orders'],
    { order_id: orderId, number },
  );

export const ofStock = (
  message: Message,
  stock: Readonly<{ productId: string; variantId: string; sellerId: string; available: number }>,
): readonly LiveEvent[] =>
  toTopics(message, [`seller:${stock.sellerId}`, 'staff:stock'], {
    product_id: stock.productId,
    variant_id: stock.variantId,
    available: stock.available,
  });

export const ofRefund = (
  message: Message,
  refund: Readonly<{ refundId: string; paymentId: string; orderId: string }>,
): readonly LiveEvent[] =>
  toTopics(message, ['staff:money'], {
    refund_id: refund.refundId,
    payment_id: refund.paymentId,
    order_id: refund.orderId,
  });

/** Something that only the holder of an account hears of. */
export const ofAccount = (message: Message, accountId: string): readonly LiveEvent[] =>
  toTopics(message, [`account:${accountId}`], {});
