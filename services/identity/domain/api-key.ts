import { apiScopes, scopesWithin, type Scope } from '#shared/kernel/scopes.ts';
import { identityError } from './account.ts';

export const keysMax = 20;
export const usualLifeDays = 90;
export const longestLifeDays = 365;
const dayMs = 86_400_000;

/** A key as its holder sees it, and never its secret. */
export type ApiKey = Readonly<{
  id: string;
  accountId: string;
  name: string;
  prefix: string;
  scopes: readonly Scope[];
  createdAt: Date;
  expiresAt: Date;
}>;

/** Scopes of a new key: all of `wanted`, or a refusal that names those that this account cannot give. */
export const scopesOfKey = (
  wanted: readonly string[],
  roles: readonly string[],
): readonly Scope[] => {
  const within = scopesWithin(
    wanted.filter((scope) => apiScopes.some((known) => known === scope)),
    roles,
  );
  const refused = wanted.filter((scope) => !within.some((held) => held === scope));
  if (refused.length === 0) return within;
  throw identityError('key_scopes_refused', {
    errors: refused.map((scope) => ({
      pointer: `#/scopes/${wanted.indexOf(scope)}`,
      code: 'not_allowed',
      detail: 'is not for this account to give',
    })),
  });
};

export const keyExpiry = (createdAt: Date, lifeDays: number = usualLifeDays): Date =>
  new Date(createdAt.getTime() + Math.min(lifeDays, longestLifeDays) * dayMs);
