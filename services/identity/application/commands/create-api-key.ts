import type { Clock } from '#shared/platform/module.ts';
import { identityError } from '../../domain/account.ts';
import { keyExpiry, scopesOfKey, type ApiKey } from '../../domain/api-key.ts';
import type { ApiKeys, NewApiKey } from '../key-ports.ts';
import type { Accounts, Circumstances } from '../ports.ts';

export type CreateApiKey = Readonly<{
  accountId: string;
  name: string;
  scopes: readonly string[];
  lifeDays: number | undefined;
}>;

type Ports = Readonly<{
  accounts: Pick<Accounts, 'find'>;
  apiKeys: ApiKeys;
  newApiKey: NewApiKey;
  clock: Clock;
  newId: () => string;
}>;

export type CreateApiKeyHandler = (
  command: CreateApiKey,
  circumstances: Circumstances,
) => Promise<ApiKey & Readonly<{ key: string }>>;

/** A key with some of its holder's rights. Its text is in this answer and nowhere else. */
export const createApiKeyMaker =
  ({ accounts, apiKeys, newApiKey, clock, newId }: Ports): CreateApiKeyHandler =>
  async ({ accountId, name, scopes, lifeDays }, circumstances) => {
    const account = await accounts.find(accountId);
    if (!account) throw identityError('account_not_found');
    const createdAt = clock();
    const { key, prefix, hash } = newApiKey();
    const made: ApiKey = {
      id: newId(),
      accountId,
      name: name.trim(),
      prefix,
      scopes: scopesOfKey(scopes, account.roles),
      createdAt,
      expiresAt: keyExpiry(createdAt, lifeDays),
    };
    if (!(await apiKeys.create(made, hash, circumstances))) throw identityError('too_many_keys');
    return { ...made, key };
  };
