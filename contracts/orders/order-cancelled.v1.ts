import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** An order ended before it was shipped. What was paid is refunded by a message of its own. */
export const orderCancelledV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    /** Absent for an account. */
    isGuest: Type.Optional(Type.Boolean()),
    reason: Type.Union([
      Type.Literal('buyer'),
      Type.Literal('seller'),
      Type.Literal('unpaid'),
      Type.Literal('stock'),
    ]),
    wasPaid: Type.Boolean(),
    cancelledAt: instant,
  },
  { $id: 'orders.order-cancelled.v1' },
);
export type OrderCancelledV1 = Static<typeof orderCancelledV1>;
