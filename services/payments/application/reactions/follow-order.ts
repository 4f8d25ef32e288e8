import { orderCancelledV1 } from '#contracts/orders/order-cancelled.v1.ts';
import { orderFailedV1 } from '#contracts/orders/order-failed.v1.ts';
import { paymentRequestedV1 } from '#contracts/orders/payment-requested.v1.ts';
import { refundRequestedV1 } from '#contracts/orders/refund-requested.v1.ts';
import { moneyFromJson } from '#shared/kernel/money.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { RefundPaymentHandler } from '../commands/refund-payment.ts';
import type { Payments } from '../ports.ts';

/** What orders asks of payments: that an order may be paid, no more, or is paid back. */
export const followOrder = (
  ports: Readonly<{ payments: Payments; refundPayment: RefundPaymentHandler }>,
): readonly Reaction[] => [
  reaction('open-payable-when-payment-requested', paymentRequestedV1, async (message) => {
    const { orderId, number, buyerId, total, shares, payBy } = message.data;
    const payable = {
      orderId,
      number,
      buyerId,
      amount: moneyFromJson(total),
      shares: shares.map(({ sellerId, amount }) => ({
        sellerId,
        amountMinor: BigInt(amount.amountMinor),
      })),
      payBy,
    };
    await ports.payments.open(payable, deliveryOf('open-payable-when-payment-requested', message));
  }),
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
