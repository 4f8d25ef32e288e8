import { Type, type Static } from 'typebox';
import { id, includedTax, instant, money, quantity, taxTotal } from '../common.ts';

/**
 * A buyer committed to an order at these prices, tax included. Published once an order; it must be paid
 * by `payBy`. Where the operator has no rate for a line, it has no `tax`.
 */
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
        tax: Type.Optional(includedTax),
      }),
      { minItems: 1 },
    ),
    /** Part of the total; absent where nothing was agreed on. */
    shipping: Type.Optional(Type.Object({ methodId: id, price: money })),
    total: money,
    taxes: Type.Optional(Type.Array(taxTotal)),
    placedAt: instant,
    payBy: instant,
  },
  { $id: 'orders.order-placed.v1' },
);
export type OrderPlacedV1 = Static<typeof orderPlacedV1>;
