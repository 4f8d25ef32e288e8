import { emailChangedV1 } from '#contracts/identity/email-changed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Notifications } from '../ports.ts';

const consumer = 'keep-address-when-email-changed';

/** Mails go to the address that an account has now. */
export const keepAddressWhenEmailChanged = (
  notifications: Pick<Notifications, 'moveRecipient'>,
): Reaction =>
  reaction(consumer, emailChangedV1, (message) => {
    const { accountId, email } = message.data;
    return notifications.moveRecipient(accountId, email, deliveryOf(consumer, message));
  });
