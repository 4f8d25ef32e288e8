import type { Clock } from '#shared/platform/module.ts';
import { changePassword, identityError } from '../../domain/account.ts';
import { canonicalPassword, readNewPassword } from '../../domain/password-rules.ts';
import type { ChallengeMaker } from '../challenges.ts';
import type { Accounts, Circumstances, Passwords, Secrets, SignIns } from '../ports.ts';
import { tooManyTries } from './login.ts';

export type ChangePassword = Readonly<{
  accountId: string;
  /** Stays signed in; all others end. */
  sessionId: string | undefined;
  currentPassword: string;
  password: string;
  confirmation: string;
}>;

type Ports = Readonly<{
  accounts: Accounts;
  signIns: SignIns;
  passwords: Passwords;
  secrets: Secrets;
  newChallenge: ChallengeMaker;
  clock: Clock;
}>;

export type ChangePasswordHandler = (
  command: ChangePassword,
  circumstances: Circumstances,
) => Promise<void>;

/**
 * A new password by who knows the old one: an access token alone, which may be stolen, is not
 * enough. Wrong tries are counted as those of sign-in are.
 */
export const createChangePassword = (ports: Ports): ChangePasswordHandler => {
  const { accounts, signIns, passwords, secrets, newChallenge, clock } = ports;
  return async (command, circumstances) => {
    const triesKeys = secrets.triesKeysOf({ kind: 'account', value: command.accountId });
    const [account, lockedUntil] = await Promise.all([
      accounts.find(command.accountId),
      signIns.lockedUntil(triesKeys),
    ]);
    if (!account) throw identityError('account_not_found');
    if (lockedUntil) throw tooManyTries(lockedUntil, clock());
    const given = { ...command, pointer: '#/new_password' };
    const password = readNewPassword(given, [account.email, account.username]);
    const current = canonicalPassword(command.currentPassword);
    if (!(await passwords.matches(current, account.passwordHash))) {
      const { wasLockedUntil } = await signIns.countFailure(
        triesKeys[0],
        account.id,
        circumstances,
      );
      if (wasLockedUntil) throw tooManyTries(wasLockedUntil, clock());
      throw identityError('wrong_password', {
        errors: [{ pointer: '#/current_password', code: 'wrong', detail: 'is not the password' }],
      });
    }
    const passwordHash = await passwords.hash(password);
    const events = changePassword(account, { passwordHash }, { now: clock().toISOString() });
    const outcome = await accounts.change(account, events, circumstances, {
      cancel: 'reset_password',
      notify: newChallenge('password_changed'),
      forgive: triesKeys,
      ...(command.sessionId === undefined ? {} : { keepSession: command.sessionId }),
    });
    // Not tried again: what changed may be the password that was just compared.
    if (outcome !== 'changed') throw identityError('changed_meanwhile');
  };
};
