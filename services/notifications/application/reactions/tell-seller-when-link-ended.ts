import { sellerLinkEndedV1 } from '#contracts/payments/seller-link-ended.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Notifications } from '../ports.ts';
import type { SendNotice } from '../send-notice.ts';

const consumer = 'tell-seller-when-link-ended';

/** Only the seller can link the account anew. */
export const tellSellerWhenLinkEnded = (
  ports: Readonly<{ notifications: Notifications; send: SendNotice }>,
): Reaction =>
  reaction(consumer, sellerLinkEndedV1, async (message) => {
    const { sellerId } = message.data;
    const delivery = deliveryOf(consumer, message);
    const notice = { kind: 'seller_link_ended' } as const;
    const outgoing = await ports.notifications.record(sellerId, notice, delivery);
    // What goes wrong from here is the timer's: the notice is stored.
    if (outgoing) await ports.send(outgoing).catch(() => {});
  });
