import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** Money of a payment went back to its payer. `refundedTotal` counts this refund and all before it. */
export const refundCompletedV1 = Type.Object(
  {
    refundId: id,
    paymentId: id,
    orderId: id,
    amount: money,
    refundedTotal: money,
    capturedTotal: money,
    completedAt: instant,
  },
  { $id: 'payments.refund-completed.v1' },
);
export type RefundCompletedV1 = Static<typeof refundCompletedV1>;
