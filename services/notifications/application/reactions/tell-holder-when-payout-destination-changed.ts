import { payoutDestinationChangedV1 } from '#contracts/payments/payout-destination-changed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Notifications } from '../ports.ts';
import type { SendNotice } from '../send-notice.ts';

const consumer = 'tell-holder-when-payout-destination-changed';

/** Who did not change it themselves has until then to object. */
export const tellHolderWhenPayoutDestinationChanged = (
  ports: Readonly<{ notifications: Notifications; send: SendNotice }>,
): Reaction =>
  reaction(consumer, payoutDestinationChangedV1, async (message) => {
    const { accountId, last4, usableAt } = message.data;
    const notice = { kind: 'payout_destination_changed', last4, usableAt } as const;
    const delivery = deliveryOf(consumer, message);
    const outgoing = await ports.notifications.record(accountId, notice, delivery);
    // What goes wrong from here is the timer's: the notice is stored.
    if (outgoing) await ports.send(outgoing).catch(() => {});
  });
