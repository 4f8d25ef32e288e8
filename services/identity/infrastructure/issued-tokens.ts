import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { tokenAudience } from '#shared/http/tokens.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Accounts } from '../application/ports.ts';
import type { OAuthGrants } from './pg-oauth-grants.ts';

/** The claims of an access token of an application. */
export type IssuedClaims = Readonly<{
  iss: string;
  sub: string;
  aud: string;
  exp: number;
  iat: number;
  jti: string;
  client_id: string;
  scope?: string;
  /** The grant; of an application without a person, its own id. */
  sid: string;
  epoch: number;
}>;

/** Access tokens of applications, looked at in the one place that knows whether they still hold. */
export const createIssuedTokens = (
  options: Readonly<{
    publicKeys: () => Promise<Readonly<{ keys: readonly object[] }>>;
    issuer: () => string;
    grants: OAuthGrants;
    accounts: Pick<Accounts, 'find'>;
    clock: Clock;
  }>,
) => {
  const { publicKeys, issuer, grants, accounts, clock } = options;
  const holds = async ({
    sid,
    client_id: clientId,
    sub,
    epoch,
  }: IssuedClaims): Promise<boolean> => {
    if (sid !== clientId) return (await grants.find(sid)) !== undefined;
    const owner = await accounts.find(sub);
    return owner?.sessionEpoch === epoch && owner.status !== 'deactivated';
  };
  return {
    /** The claims of a token that this client was given, while it holds; undefined for any other. */
    async check(token: string, clientId: string): Promise<IssuedClaims | undefined> {
      const keys = (await publicKeys()) as JSONWebKeySet;
      try {
        const { payload } = await jwtVerify<IssuedClaims>(token, createLocalJWKSet(keys), {
          algorithms: ['EdDSA'],
          issuer: issuer(),
          audience: tokenAudience,
          typ: 'at+jwt',
          requiredClaims: ['sub', 'exp', 'iat', 'jti', 'client_id', 'sid', 'epoch'],
          currentDate: clock(),
        });
        return payload.client_id === clientId && (await holds(payload)) ? payload : undefined;
      } catch (error) {
        if ((error as { code?: string }).code?.startsWith('ERR_J')) return undefined;
        throw error;
      }
    },
  };
};

export type IssuedTokens = ReturnType<typeof createIssuedTokens>;
