import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/**
 * An account has shown that a guest's order is its own: what was `guestId`'s is the account's from now
 * on, and no token of the guest opens it any more. Once an order.
 */
export const orderClaimedV1 = Type.Object(
  {
    orderId: id,
    number: Type.String(),
    guestId: id,
    buyerId: id,
    claimedAt: instant,
  },
  { $id: 'orders.order-claimed.v1' },
);
export type OrderClaimedV1 = Static<typeof orderClaimedV1>;
