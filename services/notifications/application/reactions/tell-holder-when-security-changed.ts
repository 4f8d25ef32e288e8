import { securityChangedV1 } from '#contracts/identity/security-changed.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import { ofAccount } from '../live-events.ts';
import type { TellRecipient } from '../tell-recipient.ts';

const consumer = 'tell-holder-when-security-changed';

/** Listed only: identity has mailed it, to the address that was the account's before. */
export const tellHolderWhenSecurityChanged = (tellRecipient: TellRecipient): Reaction =>
  reaction(consumer, securityChangedV1, (message) => {
    const { accountId, change } = message.data;
    const notice = { kind: 'account_security_changed', change } as const;
    const delivery = deliveryOf(consumer, message);
    return tellRecipient(accountId, notice, delivery, ofAccount(message, accountId));
  });
