import type { ErasureRequestedV1 } from '#contracts/users/erasure-requested.v1.ts';
import type { ExportRequestedV1 } from '#contracts/users/export-requested.v1.ts';
import type { ProfileUpdatedV1 } from '#contracts/users/profile-updated.v1.ts';
import type { Profile } from '../domain/profile.ts';

export type PublishedEvent =
  | Readonly<{ type: 'users.profile-updated.v1'; data: ProfileUpdatedV1 }>
  | Readonly<{ type: 'users.export-requested.v1'; data: ExportRequestedV1 }>
  | Readonly<{ type: 'users.erasure-requested.v1'; data: ErasureRequestedV1 }>;

/** What others keep of a profile as it is after a change; nothing when none of that is different. */
export const toPublished = (
  before: Profile,
  after: Profile,
  at: string,
): readonly PublishedEvent[] => {
  const { accountId, fullName, phoneNumber, language } = after;
  const isSame =
    before.fullName === fullName &&
    before.phoneNumber === phoneNumber &&
    before.language === language;
  if (isSame) return [];
  const data = { accountId, fullName, phoneNumber, language, updatedAt: at };
  return [{ type: 'users.profile-updated.v1', data }];
};
