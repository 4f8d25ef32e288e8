import type { Clock } from '#shared/platform/module.ts';
import { evolve, identityError, verifyEmail, type Account } from '../../domain/account.ts';
import { isEnrolmentDue, type SecondFactorPolicy } from '../../domain/second-factors.ts';
import { readEmail } from '../../domain/names.ts';
import type { Accounts, Challenges, Circumstances, Newcomers, Secrets } from '../ports.ts';
import type { EnrolmentRequired, SessionOpener, SignedIn } from '../signed-in.ts';

export type VerifyEmail = Readonly<{ code: string }> &
  (Readonly<{ email: string }> | Readonly<{ challengeId: string }>);

type Ports = Readonly<{
  accounts: Accounts;
  challenges: Challenges;
  secrets: Secrets;
  newcomers: Newcomers;
  sessions: SessionOpener;
  policy: SecondFactorPolicy;
  clock: Clock;
  newId: () => string;
}>;

export type VerifyEmailHandler = (
  command: VerifyEmail,
  circumstances: Circumstances,
) => Promise<(Readonly<{ status: 'signed_in' }> & SignedIn) | EnrolmentRequired>;

/** Proves an address with its code and signs its holder in. Every refusal reads the same. */
export const createVerifyEmail = (ports: Ports): VerifyEmailHandler => {
  const { accounts, challenges, newcomers, secrets, sessions, policy, clock, newId } = ports;
  return async (command, circumstances) => {
    const by = 'email' in command ? { email: readEmail(command.email) } : command;
    const { session, refreshToken } = sessions.prepare(['email']);
    let newcomer = 'email' in by ? newcomers.take(by.email) : undefined;
    // Again only when another change of the account came between; a code that was used is not found.
    for (let attempt = 1; attempt <= 3; attempt++) {
      const isNewcomer = newcomer !== undefined;
      const found = newcomer ?? (await challenges.findCode(by));
      newcomer = undefined;
      const challengeId = found?.challengeId ?? newId();
      const isRight = secrets.isCodeOf(challengeId, 'verify_email', command.code);
      // Another code may have been asked for since, of another process.
      if (isNewcomer && !isRight) continue;
      // A mailbox alone opens no account that has a second factor.
      if (!found || !isRight || found.account.secondFactors.length > 0) {
        await challenges.countMiss(challengeId, circumstances);
        throw identityError('code_not_valid');
      }
      const events = verifyEmail(found.account, { now: clock().toISOString() });
      const isDue = isEnrolmentDue(policy, found.account);
      const outcome = await accounts.change(found.account, events, circumstances, {
        consume: challengeId,
        ...(isDue ? {} : { openSession: session }),
      });
      if (outcome !== 'changed') continue;
      const account: Account = events.reduce(evolve, found.account);
      if (isDue) return sessions.enrolment(account);
      return { status: 'signed_in', ...(await sessions.answer(account, session, refreshToken)) };
    }
    throw identityError('code_not_valid');
  };
};
