import type { AccountRole } from '../domain/account.ts';
import type { ApiKey } from '../domain/api-key.ts';
import type { Circumstances } from './ports.ts';

/** A key that its holder looks at. */
export type ListedKey = ApiKey & Readonly<{ lastUsedAt: Date | null }>;

/** A key that somebody shows, with what its account is at this moment. */
export type ShownKey = Readonly<{
  id: string;
  accountId: string;
  scopes: readonly string[];
  expiresAt: Date;
  roles: readonly AccountRole[];
  isEmailVerified: boolean;
  epoch: number;
}>;

export interface ApiKeys {
  /** False when the account has its twenty. `hash` is hexadecimal. */
  create(key: ApiKey, hash: string, circumstances: Circumstances): Promise<boolean>;
  /** Those that were not revoked, newest first; one that has ended stays for a day. */
  list(accountId: string): Promise<readonly ListedKey[]>;
  /** False when the account has no such key. */
  revoke(accountId: string, id: string, circumstances: Circumstances): Promise<boolean>;
  /** The living key with this hash of an account that may sign in. */
  find(hash: string): Promise<ShownKey | undefined>;
  /** Marks that it was used; written in batches, at most once a minute a key. */
  used(id: string): void;
}

/** Draws keys; `hash` is hexadecimal. */
export type NewApiKey = () => Readonly<{ key: string; prefix: string; hash: string }>;
