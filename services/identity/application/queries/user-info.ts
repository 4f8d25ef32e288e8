import { scopes as allScopes } from '#shared/kernel/scopes.ts';
import { identityError } from '../../domain/account.ts';
import { userClaims, type UserClaims } from '../../domain/user-claims.ts';
import type { Accounts } from '../ports.ts';

/** `scopes` undefined: our own sign-in, which may see all. */
export type UserInfoQuery = (
  accountId: string,
  scopes: readonly string[] | undefined,
) => Promise<UserClaims>;

export const createUserInfo =
  (accounts: Pick<Accounts, 'find'>): UserInfoQuery =>
  async (accountId, scopes = allScopes) => {
    const account = await accounts.find(accountId);
    if (!account || account.status === 'deactivated') throw identityError('account_not_found');
    return userClaims(account, scopes);
  };
