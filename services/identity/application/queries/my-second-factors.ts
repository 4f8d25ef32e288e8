import { identityError } from '../../domain/account.ts';
import type { FactorList, SecondFactors } from '../second-factor-ports.ts';

export type MySecondFactorsQuery = (accountId: string) => Promise<FactorList>;

/** What the caller's account proves itself with, and when it last did. */
export const createMySecondFactors =
  (secondFactors: Pick<SecondFactors, 'list'>): MySecondFactorsQuery =>
  async (accountId) => {
    const list = await secondFactors.list(accountId);
    if (!list) throw identityError('account_not_found');
    return list;
  };
