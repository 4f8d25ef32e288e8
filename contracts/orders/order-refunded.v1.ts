import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** Money of an order went back to its buyer; `isFull` when nothing of it is left with the sellers. */
export const orderRefundedV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    amount: money,
    isFull: Type.Boolean(),
    refundedAt: instant,
  },
  { $id: 'orders.order-refunded.v1' },
);
export type OrderRefundedV1 = Static<typeof orderRefundedV1>;
