import { Type } from 'typebox';
import { amount, currency, instant, uuid } from '#shared/http/schemas.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { PaymentView, RefundView } from '../application/queries/read-payments.ts';

export const paymentStatus = Type.Union([
  Type.Literal('pending'),
  Type.Literal('authorized'),
  Type.Literal('completed'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
  Type.Literal('partially_refunded'),
  Type.Literal('refunded'),
]);

export const refundStatus = Type.Union([
  Type.Literal('requested'),
  Type.Literal('pending'),
  Type.Literal('completed'),
  Type.Literal('failed'),
]);

export const refundSchema = Type.Object({
  id: uuid,
  payment_id: uuid,
  amount,
  currency,
  reason: Type.String(),
  status: Type.String(),
  failure: Type.Union([Type.String(), Type.Null()]),
  lines: Type.Array(
    Type.Object({
      variant_id: uuid,
      quantity: Type.Integer(),
      amount,
      commission_returned: amount,
      commission_tax_returned: amount,
    }),
    { description: 'what it took of each line; of a free amount known when it is completed' },
  ),
  restock: Type.Array(Type.Object({ variant_id: uuid, quantity: Type.Integer() }), {
    description: 'pieces that go back on the shelf when it is completed',
  }),
  commission_returned: amount,
  commission_tax_returned: amount,
  created_at: instant,
  updated_at: instant,
});

export const paymentSchema = Type.Object({
  id: uuid,
  order_id: Type.Union([uuid, Type.Null()]),
  job_id: Type.Union([uuid, Type.Null()]),
  buyer_id: uuid,
  amount,
  refunded_amount: amount,
  currency,
  status: Type.String(),
  provider: Type.String(),
  payment_method: Type.Union([
    Type.Object({ type: Type.Literal('card'), brand: Type.String(), last4: Type.String() }),
    Type.Object({ type: Type.Literal('checkout') }),
  ]),
  failure: Type.Union([Type.String(), Type.Null()]),
  created_at: instant,
  completed_at: Type.Union([instant, Type.Null()]),
  updated_at: instant,
  version: Type.Integer(),
});

export const toPaymentJson = (payment: PaymentView) => ({
  id: payment.id,
  order_id: payment.orderId,
  job_id: payment.jobId,
  buyer_id: payment.buyerId,
  amount: formatAmount(payment.amount.amountMinor, payment.amount.currency),
  refunded_amount: formatAmount(payment.refundedMinor, payment.amount.currency),
  currency: payment.amount.currency,
  status: payment.status,
  provider: payment.provider,
  payment_method: payment.card
    ? { type: 'card' as const, ...payment.card }
    : { type: 'checkout' as const },
  failure: payment.failure,
  created_at: payment.createdAt,
  completed_at: payment.completedAt,
  updated_at: payment.updatedAt,
  version: payment.version,
});

export const toRefundJson = (refund: RefundView) => ({
  id: refund.id,
  payment_id: refund.paymentId,
  amount: formatAmount(refund.amount.amountMinor, refund.amount.currency),
  currency: refund.amount.currency,
  reason: refund.reason,
  status: refund.status,
  failure: refund.failure,
  lines: (refund.lines ?? []).map((line) => ({
    variant_id: line.variantId,
    quantity: line.quantity,
    amount: formatAmount(line.amountMinor, refund.amount.currency),
    commission_returned: formatAmount(line.commissionMinor, refund.amount.currency),
    commission_tax_returned: formatAmount(line.commissionTaxMinor, refund.amount.currency),
  })),
  restock: refund.restock.map(({ variantId, quantity }) => ({ variant_id: variantId, quantity })),
  commission_returned: formatAmount(refund.commissionMinor, refund.amount.currency),
  commission_tax_returned: formatAmount(refund.commissionTaxMinor, refund.amount.currency),
  created_at: refund.createdAt,
  updated_at: refund.updatedAt,
});
