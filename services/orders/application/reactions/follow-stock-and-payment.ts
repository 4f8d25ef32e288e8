import { stockRejectedV1 } from '#contracts/catalog/stock-rejected.v1.ts';
import { stockReservedV1 } from '#contracts/catalog/stock-reserved.v1.ts';
import { fraudAlertedV1 } from '#contracts/payments/fraud-alerted.v1.ts';
import { paymentCompletedV1 } from '#contracts/payments/payment-completed.v1.ts';
import { paymentFailedV1 } from '#contracts/payments/payment-failed.v1.ts';
import { refundCompletedV1 } from '#contracts/payments/refund-completed.v1.ts';
import { moneyFromJson } from '#shared/kernel/money.ts';
import { reaction, type Message, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Clock } from '#shared/platform/module.ts';
import {
  confirmStock,
  recordPayment,
  recordRefund,
  refusePayment,
  refuseStock,
  suspectFraud,
} from '../../domain/order-process.ts';
import type { Order, OrderEvent } from '../../domain/order.ts';
import type { Orders } from '../ports.ts';

/** The steps of the purchase that other contexts take, as the order records them. */
export const followStockAndPayment = (
  ports: Readonly<{ orders: Orders; clock: Clock }>,
): readonly Reaction[] => {
  const apply = async (
    name: string,
    message: Message,
    orderId: string,
    decide: (order: Order, at: string) => readonly OrderEvent[],
  ): Promise<void> => {
    const delivery = deliveryOf(name, message);
    await ports.orders.update(orderId, { trace: delivery.trace, delivery }, (order) =>
      decide(order, ports.clock().toISOString()),
    );
  };

  return [
    reaction('confirm-stock-when-reserved', stockReservedV1, (message) =>
      apply('confirm-stock-when-reserved', message, message.data.orderId, confirmStock),
    ),
    reaction('refuse-stock-when-rejected', stockRejectedV1, (message) =>
      apply('refuse-stock-when-rejected', message, message.data.orderId, (order, at) =>
        refuseStock(order, message.data, at),
      ),
    ),
    reaction('pay-order-when-payment-completed', paymentCompletedV1, (message) =>
      apply('pay-order-when-payment-completed', message, message.data.orderId, (order, at) => {
        const { paymentId, amount, provider, card } = message.data;
        const paidBy = card ? { provider, card } : { provider };
        return recordPayment(order, { paymentId, amount: moneyFromJson(amount), paidBy }, at);
      }),
    ),
    reaction('fail-order-when-payment-failed', paymentFailedV1, (message) =>
      apply('fail-order-when-payment-failed', message, message.data.orderId, (order, at) => {
        const { paymentId, reason } = message.data;
        return refusePayment(order, { paymentId, reason }, at);
      }),
    ),
    reaction('cancel-order-when-fraud-alerted', fraudAlertedV1, (message) =>
      apply('cancel-order-when-fraud-alerted', message, message.data.orderId, (order, at) =>
        suspectFraud(order, message.data, at),
      ),
    ),
    reaction('record-refund-when-completed', refundCompletedV1, (message) =>
      apply('record-refund-when-completed', message, message.data.orderId, (order, at) => {
        const { paymentId, refundId, amount, refundedTotal, capturedTotal } = message.data;
        const isFull = refundedTotal.amountMinor === capturedTotal.amountMinor;
        const refund = { paymentId, refundId, amount: moneyFromJson(amount), isFull };
        return recordRefund(order, refund, at);
      }),
    ),
  ];
};
