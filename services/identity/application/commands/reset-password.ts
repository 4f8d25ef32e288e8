import type { Clock } from '#shared/platform/module.ts';
import { identityError, resetPassword } from '../../domain/account.ts';
import { readNewPassword } from '../../domain/password-rules.ts';
import { changeAccount } from '../change-account.ts';
import type { ChallengeMaker } from '../challenges.ts';
import type { Accounts, Challenges, Circumstances, Passwords, Secrets } from '../ports.ts';

export type ResetPassword = Readonly<{ token: string; password: string; confirmation: string }>;

type Ports = Readonly<{
  accounts: Accounts;
  challenges: Challenges;
  passwords: Passwords;
  secrets: Secrets;
  newChallenge: ChallengeMaker;
  clock: Clock;
}>;

export type ResetPasswordHandler = (
  command: ResetPassword,
  circumstances: Circumstances,
) => Promise<void>;

/** A new password by the mailed link; ends every session and the lock of both sign-in names. */
export const createResetPassword = (ports: Ports): ResetPasswordHandler => {
  const { accounts, challenges, passwords, secrets, newChallenge, clock } = ports;
  return async (command, circumstances) => {
    const linkHash = secrets.hashOf(command.token);
    const find = async () => {
      const found = await challenges.findLink(linkHash);
      if (!found) throw identityError('reset_link_not_valid');
      return found;
    };
    let found: Awaited<ReturnType<typeof find>> | undefined = await find();
    const { id, email, username } = found.account;
    // Only now: without a good link nobody makes this machine hash.
    const given = { ...command, pointer: '#/password' };
    const passwordHash = await passwords.hash(readNewPassword(given, [email, username]));
    const forgive = [
      ...secrets.triesKeysOf({ kind: 'email', value: email }),
      ...secrets.triesKeysOf({ kind: 'username', value: username }),
      ...secrets.triesKeysOf({ kind: 'account', value: id }),
    ];
    const load = async () => {
      const { account, challengeId } = found ?? (await find());
      found = undefined;
      const notify = newChallenge('password_changed');
      return { account, effects: { consume: challengeId, notify, forgive } };
    };
    const now = clock().toISOString();
    await changeAccount(
      accounts,
      load,
      (account) => resetPassword(account, { passwordHash }, { now }),
      circumstances,
    );
  };
};
