import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** What was charged for an order must go back to its buyer in full; once for each payment. */
export const refundRequestedV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    paymentId: id,
    amount: money,
    reason: Type.Union([Type.Literal('cancelled'), Type.Literal('paid_after_end')]),
    requestedAt: instant,
  },
  { $id: 'orders.refund-requested.v1' },
);
export type RefundRequestedV1 = Static<typeof refundRequestedV1>;
