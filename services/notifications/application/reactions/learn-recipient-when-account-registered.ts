import { accountRegisteredV1 } from '#contracts/identity/account-registered.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Notifications } from '../ports.ts';
import type { SendNotice } from '../send-notice.ts';

const consumer = 'learn-recipient-when-account-registered';

/** Keeps who an account is; an order may be faster than its buyer's registration. */
export const learnRecipientWhenAccountRegistered = (
  ports: Readonly<{ notifications: Notifications; send: SendNotice }>,
): Reaction =>
  reaction(consumer, accountRegisteredV1, async (message) => {
    const { accountId, email, fullName, language } = message.data;
    const recipient = { accountId, email, fullName, language };
    const waiting = await ports.notifications.learn(recipient, deliveryOf(consumer, message));
    // One by one, in the order in which they came about.
    for (const outgoing of waiting) await ports.send(outgoing).catch(() => {});
  });
