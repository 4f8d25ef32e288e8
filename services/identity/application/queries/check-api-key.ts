import { scopesWithin } from '#shared/kernel/scopes.ts';
import type { ApiKeys, ShownKey } from '../key-ports.ts';

export type CheckApiKeyQuery = (hash: string) => Promise<ShownKey | undefined>;

/** Whose key this is, and what it opens now: a role that its holder has lost takes its scopes along. */
export const createCheckApiKey =
  (apiKeys: ApiKeys): CheckApiKeyQuery =>
  async (hash) => {
    const key = await apiKeys.find(hash);
    if (!key) return undefined;
    apiKeys.used(key.id);
    return { ...key, scopes: scopesWithin(key.scopes, key.roles) };
  };
