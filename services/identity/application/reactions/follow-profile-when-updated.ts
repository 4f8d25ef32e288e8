import { profileUpdatedV1 } from '#contracts/users/profile-updated.v1.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import type { Profiles } from '../ports.ts';

/** Keeps the name, telephone and language of an account, which users owns: for mails and `me`. */
export const followProfileWhenUpdated = (profiles: Profiles): Reaction =>
  reaction('follow-profile-when-updated', profileUpdatedV1, async (message) => {
    const { accountId, fullName, phoneNumber, language } = message.data;
    const version = message.aggregate_version;
    await profiles.follow({ accountId, version, fullName, phoneNumber, language });
  });
