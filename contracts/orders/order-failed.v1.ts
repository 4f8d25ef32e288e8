import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** An order ended before it was paid: its stock was not there, or its payment was refused. */
export const orderFailedV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    /** Absent for an account. */
    isGuest: Type.Optional(Type.Boolean()),
    reason: Type.Union([Type.Literal('stock'), Type.Literal('payment')]),
    failedAt: instant,
  },
  { $id: 'orders.order-failed.v1' },
);
export type OrderFailedV1 = Static<typeof orderFailedV1>;
