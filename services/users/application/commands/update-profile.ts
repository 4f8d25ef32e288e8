import type { Trace } from '#shared/kernel/trace.ts';
import type { Clock } from '#shared/platform/module.ts';
import { usersError } from '../../domain/errors.ts';
import { changeProfile, type ProfileChange } from '../../domain/profile.ts';
import type { Profiles } from '../ports.ts';

export type UpdateProfile = Readonly<{
  accountId: string;
  change: ProfileChange;
  /** Throws when the caller has seen another version. */
  checkVersion?: (version: number) => void;
}>;

/** False: there is no such profile. */
export type UpdateProfileHandler = (command: UpdateProfile, trace: Trace) => Promise<boolean>;

const attemptsMax = 3;

/** Loads, decides, stores; again when another writer was faster, since a decision is pure. */
export const createUpdateProfile =
  ({ profiles, clock }: Readonly<{ profiles: Profiles; clock: Clock }>): UpdateProfileHandler =>
  async ({ accountId, change, checkVersion }, trace) => {
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const profile = await profiles.find(accountId);
      if (!profile) return false;
      checkVersion?.(profile.version);
      const events = changeProfile(profile, change, { now: clock().toISOString() });
      if (events.length === 0 || (await profiles.change(profile, events, trace))) return true;
    }
    throw usersError('changed_meanwhile');
  };
