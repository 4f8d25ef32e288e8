import assert from 'node:assert/strict';
import { randomUUIDv7 } from 'node:crypto';
import type { Pool } from 'pg';
import { longestTokenMinutes } from '#shared/platform/ended-sessions.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import { createJoseAccessTokens } from './jose-access-tokens.ts';
import { createPgSigningKeys } from './pg-signing-keys.ts';

/** Who the operator at the machine is in histories: no account, so nobody can sign in as it. */
const operatorId = '00000000-0000-7000-8000-000000000001';

/**
 * Tokens for the operator's own tools (CLI, server), signed with the stored keys: whoever has the
 * database and the installation's secret needs no password. `pool` and `deriveKeys` are identity's.
 */
export const createOperatorTokens = (
  options: Readonly<{ pool: Pool; deriveKeys: DeriveKeys; clock: Clock }>,
) => {
  const keys = createPgSigningKeys({ ...options, longestTokenMs: longestTokenMinutes * 60_000 });
  const accessTokens = createJoseAccessTokens({
    keys,
    clock: options.clock,
    newId: randomUUIDv7,
    lifeMinutes: longestTokenMinutes,
    onStaleKeys: () => {},
  });
  return {
    async issue(minutes: number): Promise<string> {
      assert(
        minutes > 0 && minutes <= longestTokenMinutes,
        'an operator token lives 1 to 60 minutes',
      );
      const roles = ['service', 'admin'];
      const authenticatedAt = Math.floor(options.clock().getTime() / 1000);
      const claims = {
        sub: operatorId,
        roles,
        email_verified: true,
        auth_time: authenticatedAt,
      };
      return (await accessTokens.sign(claims, minutes)).token;
    },
  };
};
