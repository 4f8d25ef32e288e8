import { addMoney, money, moneyToJson } from '#shared/kernel/money.ts';
import type { Payment, Refund } from '../domain/payment.ts';
import type { PublishedEvent } from './published-events.ts';

/** Others learn that an order is paid, or that the parts of a job are held. */
export const completedEvents = (
  payment: Payment,
  completedAt: string,
): readonly PublishedEvent[] => {
  const { id: paymentId, orderId, jobId, buyerId, provider, card } = payment;
  const amount = moneyToJson(payment.amount);
  if (orderId !== null) {
    const how = card ? { provider, card: { brand: card.brand, last4: card.last4 } } : { provider };
    const data = { paymentId, orderId, buyerId, amount, ...how, completedAt };
    return [{ type: 'payments.payment-completed.v1', data }];
  }
  const holds = payment.shares.map(({ holdId, amountMinor }) => ({
    escrowId: holdId!,
    amount: moneyToJson(money(amountMinor, payment.amount.currency)),
  }));
  const payeeId = payment.shares[0]!.sellerId;
  const data = { paymentId, jobId: jobId!, buyerId, payeeId, amount, holds, heldAt: completedAt };
  return [{ type: 'payments.escrow-held.v1', data }];
};

/** A declined card ends an order; a job waits for another one, so nobody is told. */
export const failedEvents = (
  { id: paymentId, orderId }: Payment,
  reason: string,
  failedAt: string,
): readonly PublishedEvent[] =>
  orderId === null
    ? []
    : [{ type: 'payments.payment-failed.v1', data: { paymentId, orderId, reason, failedAt } }];

/** Of a hold it was told when it ended that it goes back. */
export const refundCompletedEvents = (
  { id: paymentId, orderId, amount: captured, refundedMinor }: Payment,
  refund: Refund,
  completedAt: string,
): readonly PublishedEvent[] => {
  if (orderId === null) return [];
  const refunded = addMoney(money(refundedMinor, refund.amount.currency), refund.amount);
  const data = {
    refundId: refund.id,
    paymentId,
    orderId,
    amount: moneyToJson(refund.amount),
    refundedTotal: moneyToJson(refunded),
    capturedTotal: moneyToJson(captured),
    completedAt,
  };
  const completed: PublishedEvent = { type: 'payments.refund-completed.v1', data };
  if (refund.restock.length === 0) return [completed];
  const { id: refundId, restock: lines, reason, requestedBy } = refund;
  const restock = { refundId, paymentId, orderId, lines: [...lines], reason, requestedBy };
  return [
    completed,
    { type: 'payments.restock-requested.v1', data: { ...restock, requestedAt: completedAt } },
  ];
};

export const refundFailedEvents = (
  { id: paymentId, orderId }: Payment,
  refundId: string,
  reason: string,
  failedAt: string,
): readonly PublishedEvent[] =>
  orderId === null
    ? []
    : [
        {
          type: 'payments.refund-failed.v1',
          data: { refundId, paymentId, orderId, reason, failedAt },
        },
      ];
