import { erasureRequestedV1 } from '#contracts/users/erasure-requested.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Accounts, Erasures, Secrets } from '../ports.ts';

const consumer = 'close-account-when-erasure-requested';

/**
 * Ends all sessions of an account and lets nobody sign in any more, unless Plaza would be left without
 * an administrator. What happens then is every context's own: they hear that it is closed.
 */
export const closeAccountWhenErasureRequested = (
  ports: Readonly<{ accounts: Accounts; erasures: Erasures; secrets: Secrets }>,
): Reaction =>
  reaction(consumer, erasureRequestedV1, async (message) => {
    const { erasureId, accountId } = message.data;
    const account = await ports.accounts.find(accountId);
    if (!account) return;
    const usernameHash = ports.secrets.erasedNamesOf(account.username)[0];
    await ports.erasures.close(
      { erasureId, accountId, usernameHash },
      deliveryOf(consumer, message),
    );
  });
