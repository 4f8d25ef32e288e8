import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/** An order reached its buyer. */
export const orderDeliveredV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    deliveredAt: instant,
  },
  { $id: 'orders.order-delivered.v1' },
);
export type OrderDeliveredV1 = Static<typeof orderDeliveredV1>;
