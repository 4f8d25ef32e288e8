import { identityError } from '../../domain/account.ts';
import type { Accounts, AccountSummary } from '../ports.ts';

export type MyAccountQuery = (id: string) => Promise<AccountSummary>;

/** The caller's own account; a service token has none. */
export const createMyAccount =
  (accounts: Pick<Accounts, 'summary'>): MyAccountQuery =>
  async (id) => {
    const summary = await accounts.summary(id);
    if (!summary) throw identityError('account_not_found');
    return summary;
  };
