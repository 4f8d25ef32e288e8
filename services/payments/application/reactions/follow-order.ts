import { linesDeliveredV1 } from '#contracts/orders/lines-delivered.v1.ts';
import { orderCancelledV1 } from '#contracts/orders/order-cancelled.v1.ts';
import { orderDeliveredV1 } from '#contracts/orders/order-delivered.v1.ts';
import { orderFailedV1 } from '#contracts/orders/order-failed.v1.ts';
import {
  paymentRequestedV1,
  type PaymentRequestedV1,
} from '#contracts/orders/payment-requested.v1.ts';
import { refundRequestedV1 } from '#contracts/orders/refund-requested.v1.ts';
import { moneyFromJson } from '#shared/kernel/money.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import { assertLinesAddUp } from '../../domain/sale.ts';
import type { RefundPaymentHandler } from '../commands/refund-payment.ts';
import type { Earnings, Payable, PayableLine, Payments } from '../ports.ts';

type Part = PaymentRequestedV1['shares'][number];

/** What is no variant's stands under the seller's id, which is a variant's nowhere. */
const toSellerLine = ({ sellerId, amount }: Part): PayableLine => ({
  variantId: sellerId,
  productId: null,
  sellerId,
  categoryIds: [],
  quantity: 1,
  amountMinor: BigInt(amount.amountMinor),
  taxMinor: 0n,
});

/** Lines, and what each seller has of the shipping. An order told without lines is one a seller. */
const linesOf = ({ lines, shares, shipping = [] }: PaymentRequestedV1): readonly PayableLine[] => {
  if (!lines) return shares.map(toSellerLine);
  const sold = lines.map(({ gross, tax, ...line }) => ({
    ...line,
    amountMinor: BigInt(gross.amountMinor),
    taxMinor: BigInt(tax.amountMinor),
  }));
  const sent = shipping.map(toSellerLine).filter(({ amountMinor }) => amountMinor > 0n);
  return [...sold, ...sent];
};

const payableOf = (data: PaymentRequestedV1): Payable => {
  const { orderId, number, buyerId, total, payBy } = data;
  const [lines, amount] = [linesOf(data), moneyFromJson(total)];
  assertLinesAddUp(lines, amount.amountMinor);
  return { orderId, number, buyerId, amount, lines, payBy };
};

/** What orders asks of payments: that an order may be paid, no more, is paid back, or was delivered. */
export const followOrder = (
  ports: Readonly<{
    payments: Payments;
    earnings: Earnings;
    refundPayment: RefundPaymentHandler;
  }>,
): readonly Reaction[] => [
  reaction('open-payable-when-payment-requested', paymentRequestedV1, (message) =>
    ports.payments.open(
      payableOf(message.data),
      deliveryOf('open-payable-when-payment-requested', message),
    ),
  ),
  reaction('close-payable-when-order-failed', orderFailedV1, (message) =>
    ports.payments.close(
      message.data.orderId,
      deliveryOf('close-payable-when-order-failed', message),
    ),
  ),
  reaction('close-payable-when-order-cancelled', orderCancelledV1, (message) =>
    ports.payments.close(
      message.data.orderId,
      deliveryOf('close-payable-when-order-cancelled', message),
    ),
  ),
  reaction('earn-when-lines-delivered', linesDeliveredV1, (message) => {
    const { orderId, sellerIds, deliveredAt } = message.data;
    const delivered = { orderId, sellerIds, deliveredAt };
    return ports.earnings.earn(delivered, deliveryOf('earn-when-lines-delivered', message));
  }),
  reaction('earn-when-order-delivered', orderDeliveredV1, (message) => {
    const { orderId, deliveredAt } = message.data;
    const delivered = { orderId, sellerIds: null, deliveredAt };
    return ports.earnings.earn(delivered, deliveryOf('earn-when-order-delivered', message));
  }),
  reaction('refund-payment-when-requested', refundRequestedV1, async (message) => {
    const { paymentId, reason } = message.data;
    // All that is left: an operator may have refunded a part while the message was under way.
    await ports.refundPayment({
      refundId: message.id,
      paymentId,
      amountMinor: null,
      reason,
      requestedBy: 'orders',
      delivery: deliveryOf('refund-payment-when-requested', message),
    });
  }),
];
