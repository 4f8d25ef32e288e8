import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/**
 * Some sellers of an order delivered all of their lines while others have not yet. The last delivery
 * of an order is `orders.order-delivered.v1` instead, which says that everything is there.
 */
export const linesDeliveredV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    sellerIds: Type.Array(id, { minItems: 1 }),
    deliveredAt: instant,
  },
  { $id: 'orders.lines-delivered.v1' },
);
export type LinesDeliveredV1 = Static<typeof linesDeliveredV1>;
