import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/** The total of an order is paid; its stock is sold. `tax` is how much of the total is tax. */
export const orderPaidV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    /** Absent for an account. */
    isGuest: Type.Optional(Type.Boolean()),
    paymentId: id,
    total: money,
    tax: Type.Optional(money),
    paidAt: instant,
  },
  { $id: 'orders.order-paid.v1' },
);
export type OrderPaidV1 = Static<typeof orderPaidV1>;
