import { evolve, identityError, type Account, type AccountEvent } from '../domain/account.ts';
import type { Accounts, Circumstances, Effects } from './ports.ts';

const attemptsMax = 3;

/**
 * Loads, decides, stores; again when another writer was faster, since a decision is pure. `load`
 * throws what the caller shall be told when there is nothing (any more) to change. Answers the
 * account as it is afterwards.
 */
export const changeAccount = async (
  accounts: Accounts,
  load: () => Promise<Readonly<{ account: Account; effects?: Effects }>>,
  decide: (account: Account) => readonly AccountEvent[],
  circumstances: Circumstances,
): Promise<Account> => {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const { account, effects = {} } = await load();
    const events = decide(account);
    if (events.length === 0) return account;
    const outcome = await accounts.change(account, events, circumstances, effects);
    if (outcome === 'changed') return events.reduce(evolve, account);
    if (outcome === 'last_admin' || outcome === 'email_taken') throw identityError(outcome);
  }
  throw identityError('changed_meanwhile');
};

/** For commands that name the account by its id. */
export const loadAccount = (accounts: Accounts, id: string) => async () => {
  const account = await accounts.find(id);
  if (!account) throw identityError('account_not_found');
  return { account };
};
