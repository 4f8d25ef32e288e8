import type { AccountRegisteredV1 } from '#contracts/identity/account-registered.v1.ts';
import type { EmailVerifiedV1 } from '#contracts/identity/email-verified.v1.ts';
import type { EmailChangedV1 } from '#contracts/identity/email-changed.v1.ts';
import { evolve, type Account, type AccountEvent } from '../domain/account.ts';
import type { CodeRequestedV1 } from './code-requested.v1.ts';

export type PublishedEvent = Readonly<{ subject: string; aggregateVersion: number }> &
  (
    | Readonly<{ type: 'identity.account-registered.v1'; data: AccountRegisteredV1 }>
    | Readonly<{ type: 'identity.email-verified.v1'; data: EmailVerifiedV1 }>
    | Readonly<{ type: 'identity.email-changed.v1'; data: EmailChangedV1 }>
    | Readonly<{ type: 'identity.code-requested.v1'; data: CodeRequestedV1 }>
  );

/** What others rely on, of `events` that happened to `before` (undefined: they open the account). */
export const toPublished = (
  before: Account | undefined,
  events: readonly AccountEvent[],
): readonly PublishedEvent[] => {
  let account = before;
  return events.flatMap((event): readonly PublishedEvent[] => {
    account = evolve(account ?? ({} as Account), event);
    const { id, email, version } = account;
    const about = { subject: id, aggregateVersion: version };
    if (event.type === 'AccountRegistered') {
      const { username, fullName, language, at: registeredAt } = event;
      const data = { accountId: id, email, username, fullName, language, registeredAt };
      return [{ ...about, type: 'identity.account-registered.v1', data }];
    }
    if (event.type === 'EmailVerified') {
      const data = { accountId: id, email, verifiedAt: event.at };
      return [{ ...about, type: 'identity.email-verified.v1', data }];
    }
    if (event.type === 'EmailChanged') {
      const data = { accountId: id, email, changedAt: event.at };
      return [{ ...about, type: 'identity.email-changed.v1', data }];
    }
    return [];
  });
};

/** Asks for the mail of a challenge. Mails of one account need no order, so each is a subject. */
export const codeRequested = (challengeId: string): PublishedEvent => ({
  subject: challengeId,
  aggregateVersion: 1,
  type: 'identity.code-requested.v1',
  data: { challengeId },
});
