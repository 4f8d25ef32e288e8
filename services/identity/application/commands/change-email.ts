import type { Clock } from '#shared/platform/module.ts';
import { changeEmail, identityError } from '../../domain/account.ts';
import { readEmail } from '../../domain/names.ts';
import { changeAccount } from '../change-account.ts';
import type { ChallengeMaker } from '../challenges.ts';
import type { Accounts, Challenges, Circumstances, Secrets } from '../ports.ts';

type Ports = Readonly<{
  accounts: Accounts;
  challenges: Challenges;
  secrets: Secrets;
  newChallenge: ChallengeMaker;
  clock: Clock;
  newId: () => string;
}>;

export type RequestEmailChange = Readonly<{ accountId: string; email: string }>;
export type RequestEmailChangeHandler = (
  command: RequestEmailChange,
  circumstances: Circumstances,
) => Promise<void>;

/** Sends a code to the address that the account has and one to the new; tells nobody who has which. */
export const createRequestEmailChange =
  ({ challenges, newChallenge }: Ports): RequestEmailChangeHandler =>
  ({ accountId, email }, circumstances) => {
    const from = newChallenge('change_email_from');
    const to = newChallenge('change_email_to', readEmail(email, '#/new_email'));
    const notice = newChallenge('address_taken');
    return challenges.requestEmailChange(accountId, { from, to, notice }, circumstances);
  };

export type ConfirmEmailChange = Readonly<{
  accountId: string;
  /** Stays signed in; all others end. */
  sessionId: string | undefined;
  codeFromOld: string;
  codeFromNew: string;
}>;
export type ConfirmEmailChangeHandler = (
  command: ConfirmEmailChange,
  circumstances: Circumstances,
) => Promise<void>;

/**
 * Moves the account when both codes are right. Which of them was wrong is not told, and a wrong one
 * counts against both: five tries in all.
 */
export const createConfirmEmailChange =
  (ports: Ports): ConfirmEmailChangeHandler =>
  async ({ accountId, sessionId, codeFromOld, codeFromNew }, circumstances) => {
    const { accounts, challenges, secrets, newChallenge, clock, newId } = ports;
    let address = '';
    const load = async () => {
      const found = await challenges.findEmailChange(accountId);
      const { fromId, toId } = found ?? { fromId: newId(), toId: newId() };
      const isOldRight = secrets.isCodeOf(fromId, 'change_email_from', codeFromOld);
      const isNewRight = secrets.isCodeOf(toId, 'change_email_to', codeFromNew);
      if (!found || !isOldRight || !isNewRight) {
        for (const id of [fromId, toId]) await challenges.countMiss(id, circumstances);
        throw identityError('code_not_valid');
      }
      ({ address } = found);
      const effects = {
        consume: toId,
        cancel: 'change_email_from',
        notify: newChallenge('email_changed', found.account.email),
        ...(sessionId === undefined ? {} : { keepSession: sessionId }),
      } as const;
      return { account: found.account, effects };
    };
    const now = clock().toISOString();
    await changeAccount(
      accounts,
      load,
      (account) => changeEmail(account, { email: address }, { now }),
      circumstances,
    );
  };
