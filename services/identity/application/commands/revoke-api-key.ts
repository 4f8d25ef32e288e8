import { identityError } from '../../domain/account.ts';
import type { ApiKeys } from '../key-ports.ts';
import type { Circumstances } from '../ports.ts';

export type RevokeApiKeyHandler = (
  command: Readonly<{ accountId: string; id: string }>,
  circumstances: Circumstances,
) => Promise<void>;

/** Ends a key. Services that have just seen it go on for a minute at most. */
export const createRevokeApiKey =
  (apiKeys: ApiKeys): RevokeApiKeyHandler =>
  async ({ accountId, id }, circumstances) => {
    if (!(await apiKeys.revoke(accountId, id, circumstances))) throw identityError('key_not_found');
  };
