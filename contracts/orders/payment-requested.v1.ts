import { Type, type Static } from 'typebox';
import { id, instant, money } from '../common.ts';

/**
 * The stock of an order is set aside and its total may be charged until `payBy`. `shares` says how
 * much of it belongs to each seller; they add up to the total.
 */
export const paymentRequestedV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    buyerId: id,
    total: money,
    shares: Type.Array(Type.Object({ sellerId: id, amount: money }), { minItems: 1 }),
    payBy: instant,
  },
  { $id: 'orders.payment-requested.v1' },
);
export type PaymentRequestedV1 = Static<typeof paymentRequestedV1>;
