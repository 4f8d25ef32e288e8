import { guestAccessGrantedV1 } from '#contracts/orders/guest-access-granted.v1.ts';
import { orderClaimedV1 } from '#contracts/orders/order-claimed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Guests } from '../guest-ports.ts';

const keeps = 'keep-guest-access-when-granted';
const moves = 'move-payments-when-order-claimed';

/** Who may pay an order without an account, and that it has become an account's. */
export const followGuest = (guests: Guests): readonly Reaction[] => [
  reaction(keeps, guestAccessGrantedV1, (message) =>
    guests.keep(message.data, deliveryOf(keeps, message)),
  ),
  reaction(moves, orderClaimedV1, (message) =>
    guests.claim(message.data, deliveryOf(moves, message)),
  ),
];
