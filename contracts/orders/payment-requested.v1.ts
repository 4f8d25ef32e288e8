import { Type, type Static } from 'typebox';
import { id, instant, money, quantity } from '../common.ts';

/**
 * The stock of an order is set aside and its total may be charged until `payBy`. `shares` says how
 * much of it belongs to each seller; they add up to the total, and so do the `lines` with `shipping`: what is sold, tax
 * included, with the category of each product and those above it, the nearest first. A variant stands
 * there once. Orders of older releases have no lines.
 */
export const paymentRequestedV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    total: money,
    shares: Type.Array(Type.Object({ sellerId: id, amount: money }), { minItems: 1 }),
    lines: Type.Optional(
      Type.Array(
        Type.Object({
          variantId: id,
          productId: id,
          sellerId: id,
          categoryIds: Type.Array(id),
          quantity,
          gross: money,
          tax: money,
        }),
        { minItems: 1 },
      ),
    ),
    /** The part of each share that is for shipping; absent where there is none. */
    shipping: Type.Optional(Type.Array(Type.Object({ sellerId: id, amount: money }))),
    payBy: instant,
  },
  { $id: 'orders.payment-requested.v1' },
);
export type PaymentRequestedV1 = Static<typeof paymentRequestedV1>;
