import type { Clock } from '#shared/platform/module.ts';
import { identityError, type Account } from '../../domain/account.ts';
import { canonicalName } from '../../domain/names.ts';
import { canonicalPassword } from '../../domain/password-rules.ts';
import type { AfterPassword } from '../after-password.ts';
import type { Accounts, Circumstances, Passwords, Secrets, SignInName, SignIns } from '../ports.ts';
import type { SignInOutcome } from '../signed-in.ts';

/** `name` is an e-mail address when it has an @, since a user name cannot. */
export type Login = Readonly<{ name: string; password: string }>;

type Ports = Readonly<{
  signIns: SignIns;
  passwords: Passwords;
  secrets: Secrets;
  afterPassword: AfterPassword;
  accounts: Pick<Accounts, 'renewPasswordHash'>;
  clock: Clock;
  /** The old hash stays good; the next sign-in tries again. */
  onHashNotRenewed: (error: unknown) => void;
}>;

export type LoginHandler = (command: Login, circumstances: Circumstances) => Promise<SignInOutcome>;

/** Until when the name is locked, as the caller is told. */
export const tooManyTries = (until: Date, now: Date) =>
  identityError('too_many_tries', {
    retryAfterSeconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)),
  });

/** Only behind a right password is it there to be hashed anew, and only there the time may tell. */
const createHashRenewal =
  ({ accounts, passwords, onHashNotRenewed }: Ports) =>
  async ({ id, passwordHash }: Account, password: string): Promise<void> => {
    if (!passwords.isOutdated(passwordHash)) return;
    try {
      await accounts.renewPasswordHash(id, passwordHash, await passwords.hash(password));
    } catch (error) {
      onHashNotRenewed(error);
    }
  };

/**
 * Signs in with a password, or begins the second step. A name that nobody has costs the same hash, the same statement and the
 * same lock as one that somebody has. Failed tries count under the name as it was given, so that a
 * lock does not tell which address belongs to which user name.
 */
export const createLogin = (ports: Ports): LoginHandler => {
  const { signIns, passwords, secrets, afterPassword, clock } = ports;
  const renewHash = createHashRenewal(ports);
  return async (command, circumstances) => {
    const value = canonicalName(command.name);
    const name: SignInName = { kind: value.includes('@') ? 'email' : 'username', value };
    const triesKeys = secrets.triesKeysOf(name);
    const [triesKey] = triesKeys;
    const { account, lockedUntil } = await signIns.find(name, triesKeys);
    if (lockedUntil) throw tooManyTries(lockedUntil, clock());

    const password = canonicalPassword(command.password);
    const isRight = await passwords.matches(password, account?.passwordHash);
    if (isRight && account && account.status !== 'deactivated') {
      const outcome = await afterPassword(account, triesKey, circumstances);
      if (outcome) {
        await renewHash(account, password);
        return outcome;
      }
    }
    const { wasLockedUntil } = await signIns.countFailure(
      triesKey,
      account?.id ?? null,
      circumstances,
    );
    throw wasLockedUntil
      ? tooManyTries(wasLockedUntil, clock())
      : identityError('wrong_credentials');
  };
};
