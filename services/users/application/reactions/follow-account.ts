import { accountChangedV1 } from '#contracts/identity/account-changed.v1.ts';
import { accountRegisteredV1 } from '#contracts/identity/account-registered.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Profiles } from '../ports.ts';

const created = 'create-profile-when-account-registered';
const changed = 'follow-account-when-changed';

/** Makes a profile of each account, and keeps how the account stands for administrators' lists. */
export const followAccount = (profiles: Profiles): readonly Reaction[] => [
  reaction(created, accountRegisteredV1, async (message) => {
    const { phoneNumber = null, roles = ['customer'], ...account } = message.data;
    const version = message.aggregate_version;
    const standing = { status: 'pending', isEmailVerified: false } as const;
    await profiles.follow(
      { ...account, ...standing, phoneNumber, roles, version },
      deliveryOf(created, message),
    );
  }),
  reaction(changed, accountChangedV1, async (message) => {
    const { changedAt: _, ...account } = message.data;
    await profiles.follow(
      { ...account, version: message.aggregate_version },
      deliveryOf(changed, message),
    );
  }),
];
