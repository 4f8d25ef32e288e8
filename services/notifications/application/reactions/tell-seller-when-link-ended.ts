import { sellerLinkEndedV1 } from '#contracts/payments/seller-link-ended.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import { ofAccount } from '../live-events.ts';
import type { TellRecipient } from '../tell-recipient.ts';

const consumer = 'tell-seller-when-link-ended';

/** Only the seller can link the account anew. */
export const tellSellerWhenLinkEnded = (tellRecipient: TellRecipient): Reaction =>
  reaction(consumer, sellerLinkEndedV1, (message) => {
    const { sellerId } = message.data;
    const notice = { kind: 'seller_link_ended' } as const;
    const delivery = deliveryOf(consumer, message);
    return tellRecipient(sellerId, notice, delivery, ofAccount(message, sellerId));
  });
