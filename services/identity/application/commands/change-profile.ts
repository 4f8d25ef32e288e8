import type { Clock } from '#shared/platform/module.ts';
import { changeProfile, type Profile } from '../../domain/account.ts';
import { toSummary } from '../account-summary.ts';
import { changeAccount, loadAccount } from '../change-account.ts';
import type { Accounts, AccountSummary, Circumstances } from '../ports.ts';

/** Members that are not given stay as they are. */
export type ChangeProfile = Readonly<{ accountId: string; change: Partial<Profile> }>;

export type ChangeProfileHandler = (
  command: ChangeProfile,
  circumstances: Circumstances,
) => Promise<AccountSummary>;

export const createChangeProfile =
  ({ accounts, clock }: Readonly<{ accounts: Accounts; clock: Clock }>): ChangeProfileHandler =>
  async ({ accountId, change }, circumstances) => {
    const now = clock().toISOString();
    const account = await changeAccount(
      accounts,
      loadAccount(accounts, accountId),
      (before) => {
        const { fullName, phoneNumber, language } = before;
        return changeProfile(before, { fullName, phoneNumber, language, ...change }, { now });
      },
      circumstances,
    );
    return toSummary(account);
  };
