import { Type, type Static } from 'typebox';
import { id, instant, money, quantity } from '../common.ts';

/** A buyer committed to an order at these prices. Published once an order; it must be paid by `payBy`. */
export const orderPlacedV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    lines: Type.Array(
      Type.Object({
        variantId: id,
        productId: id,
        sellerId: id,
        sku: Type.String(),
        name: Type.String(),
        quantity,
        unitPrice: money,
        total: money,
      }),
      { minItems: 1 },
    ),
    total: money,
    placedAt: instant,
    payBy: instant,
  },
  { $id: 'orders.order-placed.v1' },
);
export type OrderPlacedV1 = Static<typeof orderPlacedV1>;
