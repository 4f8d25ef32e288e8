import { identityError } from '../../domain/account.ts';
import type { Consents } from '../oauth-ports.ts';
import type { Circumstances } from '../ports.ts';

export type WithdrawConsentHandler = (
  command: Readonly<{ accountId: string; clientId: string }>,
  circumstances: Circumstances,
) => Promise<void>;

/** An application may nothing any more for this account; what it was given ends with it. */
export const createWithdrawConsent =
  (consents: Consents): WithdrawConsentHandler =>
  async ({ accountId, clientId }, circumstances) => {
    if (!(await consents.withdraw(accountId, clientId, circumstances)))
      throw identityError('consent_not_found');
  };
