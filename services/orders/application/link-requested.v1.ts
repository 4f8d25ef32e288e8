import { Type, type Static } from 'typebox';

/**
 * Somebody named a guest's order and its e-mail, and gets a link to it there. Private to orders: no
 * other context subscribes, hence not in contracts/. It names the order and nothing else.
 */
export const linkRequestedV1 = Type.Object(
  { orderId: Type.String({ format: 'uuid' }) },
  { $id: 'orders.link-requested.v1' },
);
export type LinkRequestedV1 = Static<typeof linkRequestedV1>;
