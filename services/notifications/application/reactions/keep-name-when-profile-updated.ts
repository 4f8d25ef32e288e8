import { profileUpdatedV1 } from '#contracts/users/profile-updated.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Notifications } from '../ports.ts';

const consumer = 'keep-name-when-profile-updated';

/** Mails speak the language, and use the name, that somebody has chosen now. */
export const keepNameWhenProfileUpdated = (
  notifications: Pick<Notifications, 'renameRecipient'>,
): Reaction =>
  reaction(consumer, profileUpdatedV1, (message) => {
    const { accountId, fullName, language } = message.data;
    const version = message.aggregate_version;
    const known = { accountId, fullName, language, version };
    return notifications.renameRecipient(known, deliveryOf(consumer, message));
  });
