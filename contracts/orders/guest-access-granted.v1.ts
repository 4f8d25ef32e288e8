import { Type, type Static } from 'typebox';
import { id, instant } from '../common.ts';

/**
 * Whoever shows the token with this SHA-256 may see and pay a guest's order until then. The token has
 * 256 random bits, so its hash tells nobody what it is.
 */
export const guestAccessGrantedV1 = Type.Object(
  {
    orderId: id,
    buyerId: id,
    tokenHash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    expiresAt: instant,
  },
  { $id: 'orders.guest-access-granted.v1' },
);
export type GuestAccessGrantedV1 = Static<typeof guestAccessGrantedV1>;
