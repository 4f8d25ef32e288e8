import { Type } from 'typebox';
import { instant, strict, uuid } from '#shared/http/schemas.ts';
import { apiScopes, type Scope } from '#shared/kernel/scopes.ts';
import type { CreateApiKeyHandler } from '../application/commands/create-api-key.ts';
import type { RevokeApiKeyHandler } from '../application/commands/revoke-api-key.ts';
import type { ListedKey } from '../application/key-ports.ts';

const scope = Type.Unsafe<Scope>({ type: 'string', enum: [...apiScopes] });

export const keySchema = {
  id: uuid,
  name: Type.String(),
  prefix: Type.String({ description: 'how the key begins; not secret' }),
  scopes: Type.Array(scope),
  created_at: instant,
  expires_at: instant,
  last_used_at: Type.Union([instant, Type.Null()]),
};

export const createKeyBody = strict({
  name: Type.String({ minLength: 1, maxLength: 100, pattern: '^(?=.*\\S)[^\\p{Cc}]+$' }),
  scopes: Type.Array(scope, { minItems: 1, maxItems: apiScopes.length, uniqueItems: true }),
  expires_in_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365, default: 90 })),
});

export const keyList = Type.Object({ items: Type.Array(Type.Object(keySchema)) });

export const toKeyJson = (key: ListedKey) => ({
  id: key.id,
  name: key.name,
  prefix: key.prefix,
  scopes: [...key.scopes],
  created_at: key.createdAt.toISOString(),
  expires_at: key.expiresAt.toISOString(),
  last_used_at: key.lastUsedAt?.toISOString() ?? null,
});

export type KeyHandlers = Readonly<{
  createApiKey: CreateApiKeyHandler;
  revokeApiKey: RevokeApiKeyHandler;
  listApiKeys: (accountId: string) => Promise<readonly ListedKey[]>;
}>;
