import type { AccountChangedV1 } from '#contracts/identity/account-changed.v1.ts';
import type { AccountErasedV1 } from '#contracts/identity/account-erased.v1.ts';
import type { AccountRegisteredV1 } from '#contracts/identity/account-registered.v1.ts';
import type { EmailVerifiedV1 } from '#contracts/identity/email-verified.v1.ts';
import type { EmailChangedV1 } from '#contracts/identity/email-changed.v1.ts';
import type { ErasureRefusedV1 } from '#contracts/identity/erasure-refused.v1.ts';
import type { SecurityChangedV1 } from '#contracts/identity/security-changed.v1.ts';
import { evolve, type Account, type AccountEvent } from '../domain/account.ts';
import type { CodeRequestedV1 } from './code-requested.v1.ts';

export type PublishedEvent = Readonly<{ subject: string; aggregateVersion: number }> &
  (
    | Readonly<{ type: 'identity.account-registered.v1'; data: AccountRegisteredV1 }>
    | Readonly<{ type: 'identity.account-changed.v1'; data: AccountChangedV1 }>
    | Readonly<{ type: 'identity.email-verified.v1'; data: EmailVerifiedV1 }>
    | Readonly<{ type: 'identity.email-changed.v1'; data: EmailChangedV1 }>
    | Readonly<{ type: 'identity.security-changed.v1'; data: SecurityChangedV1 }>
    | Readonly<{ type: 'identity.account-erased.v1'; data: AccountErasedV1 }>
    | Readonly<{ type: 'identity.erasure-refused.v1'; data: ErasureRefusedV1 }>
    | Readonly<{ type: 'identity.code-requested.v1'; data: CodeRequestedV1 }>
  );

/** What changes how an account stands before others, who keep a copy. */
const isOfStanding = ({ type }: AccountEvent): boolean =>
  [
    'EmailVerified',
    'RoleGranted',
    'RoleRevoked',
    'AccountDeactivated',
    'AccountActivated',
    'EmailChanged',
  ].includes(type);

const toAccountChanged = (account: Account, changedAt: string): AccountChangedV1 => {
  const { id: accountId, email, username, fullName, phoneNumber, language, status } = account;
  const who = { accountId, email, username, fullName, phoneNumber, language, status };
  return {
    ...who,
    roles: [...account.roles],
    isEmailVerified: account.emailVerifiedAt !== null,
    registeredAt: account.createdAt,
    changedAt,
  };
};

/** What the holder of an account is to hear of, should it not have been them. */
const securityChanges: Readonly<
  Partial<Record<AccountEvent['type'], SecurityChangedV1['change']>>
> = {
  PasswordChanged: 'password',
  EmailChanged: 'email',
  SecondFactorEnabled: 'factor_added',
  SecondFactorDisabled: 'factor_removed',
};

/** What others rely on, of `events` that happened to `before` (undefined: they open the account). */
export const toPublished = (
  before: Account | undefined,
  events: readonly AccountEvent[],
): readonly PublishedEvent[] => {
  let account = before;
  const lastOfStanding = events.findLastIndex(isOfStanding);
  return events.flatMap((event, i): readonly PublishedEvent[] => {
    account = evolve(account ?? ({} as Account), event);
    const { id, email, version } = account;
    const about = { subject: id, aggregateVersion: version };
    const published: PublishedEvent[] = [];
    if (event.type === 'AccountRegistered') {
      const { username, fullName, phoneNumber, language, at: registeredAt } = event;
      const person = { email, username, fullName, phoneNumber, language };
      const data = { accountId: id, ...person, roles: [...event.roles], registeredAt };
      published.push({ ...about, type: 'identity.account-registered.v1', data });
    }
    if (event.type === 'EmailVerified') {
      const data = { accountId: id, email, verifiedAt: event.at };
      published.push({ ...about, type: 'identity.email-verified.v1', data });
    }
    if (event.type === 'EmailChanged') {
      const data = { accountId: id, email, changedAt: event.at };
      published.push({ ...about, type: 'identity.email-changed.v1', data });
    }
    const change = securityChanges[event.type];
    if (change) {
      const data = { accountId: id, change, changedAt: event.at };
      published.push({ ...about, type: 'identity.security-changed.v1', data });
    }
    if (i === lastOfStanding) {
      const data = toAccountChanged(account, event.at);
      published.push({ ...about, type: 'identity.account-changed.v1', data });
    }
    return published;
  });
};

/** Asks for the mail of a challenge. Mails of one account need no order, so each is a subject. */
export const codeRequested = (challengeId: string): PublishedEvent => ({
  subject: challengeId,
  aggregateVersion: 1,
  type: 'identity.code-requested.v1',
  data: { challengeId },
});
