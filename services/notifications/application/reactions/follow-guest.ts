import { guestContactGivenV1 } from '#contracts/orders/guest-contact-given.v1.ts';
import { orderClaimedV1 } from '#contracts/orders/order-claimed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Notifications } from '../ports.ts';
import type { SendNotice } from '../send-notice.ts';

const learns = 'learn-recipient-when-guest-paid';
const moves = 'move-recipient-when-order-claimed';

/** Who a guest is, from the moment they paid, until an account claims what they bought. */
export const followGuest = (
  ports: Readonly<{ notifications: Notifications; send: SendNotice }>,
): readonly Reaction[] => [
  reaction(learns, guestContactGivenV1, async (message) => {
    const { accountId, email, fullName, language } = message.data;
    const guest = { accountId, email, fullName, language };
    const waiting = await ports.notifications.learn(guest, deliveryOf(learns, message));
    for (const outgoing of waiting) await ports.send(outgoing).catch(() => {});
  }),
  reaction(moves, orderClaimedV1, (message) => {
    const { guestId, buyerId } = message.data;
    return ports.notifications.claim(guestId, buyerId, deliveryOf(moves, message));
  }),
];
