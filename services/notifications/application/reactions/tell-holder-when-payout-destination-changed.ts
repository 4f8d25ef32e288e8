import { payoutDestinationChangedV1 } from '#contracts/payments/payout-destination-changed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import { ofAccount } from '../live-events.ts';
import type { TellRecipient } from '../tell-recipient.ts';

const consumer = 'tell-holder-when-payout-destination-changed';

/** Who did not change it themselves has until then to object. */
export const tellHolderWhenPayoutDestinationChanged = (tellRecipient: TellRecipient): Reaction =>
  reaction(consumer, payoutDestinationChangedV1, (message) => {
    const { accountId, last4, usableAt } = message.data;
    const notice = { kind: 'payout_destination_changed', last4, usableAt } as const;
    const delivery = deliveryOf(consumer, message);
    return tellRecipient(accountId, notice, delivery, ofAccount(message, accountId));
  });
