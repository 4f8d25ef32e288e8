import { createLocalJWKSet, jwtVerify, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { authError } from './errors.ts';
import type { Principal, Role } from './principal.ts';

export const tokenIssuer = 'plaza';
export const tokenAudience = 'plaza-api';

/** Claims of an access token (RFC 9068) beyond the registered ones. */
export type AccessClaims = Readonly<{
  roles: readonly Role[];
  email_verified: boolean;
  sid?: string;
}>;

const cacheMax = 10_000;
const refetchAfterMs = 5_000;

/**
 * Verifies access tokens against the keys that `fetchKeys` answers (the JWKS of identity), which
 * are fetched again when a token names a key not yet seen: a rotation fails no request. A verified
 * token is remembered until it ends, since the signature costs a hundred times the look-up.
 */
export const createTokenVerifier = (
  fetchKeys: () => Promise<JSONWebKeySet>,
  now: () => number = Date.now,
) => {
  const cache = new Map<string, Principal>();
  let keys: JWTVerifyGetKey | undefined;
  let kids: ReadonlySet<string> = new Set();
  let fetchedAt = 0;

  const keyFor: JWTVerifyGetKey = async (header, token) => {
    const isUnknown = !kids.has(header.kid ?? '');
    if (!keys || (isUnknown && now() - fetchedAt > refetchAfterMs)) {
      const set = await fetchKeys();
      fetchedAt = now();
      kids = new Set(set.keys.map((key) => key.kid ?? ''));
      keys = createLocalJWKSet(set);
    }
    return keys(header, token);
  };

  const remember = (token: string, principal: Principal): void => {
    if (cache.size >= cacheMax) cache.delete(cache.keys().next().value!);
    cache.set(token, principal);
  };

  return {
    /** The caller of a token seen before and still good; undefined says nothing about others. */
    known(token: string): Principal | undefined {
      const principal = cache.get(token);
      if (!principal || principal.expiresAt * 1000 > now()) return principal;
      cache.delete(token);
      return undefined;
    },
    async verify(token: string): Promise<Principal> {
      try {
        const { payload } = await jwtVerify<AccessClaims>(token, keyFor, {
          algorithms: ['EdDSA'],
          issuer: tokenIssuer,
          audience: tokenAudience,
          typ: 'at+jwt',
          requiredClaims: ['sub', 'exp', 'iat', 'jti', 'roles'],
          clockTolerance: 5,
          currentDate: new Date(now()),
        });
        const principal: Principal = {
          id: payload.sub!,
          roles: payload.roles,
          isEmailVerified: payload.email_verified,
          expiresAt: payload.exp!,
          ...(payload.sid === undefined ? {} : { sessionId: payload.sid }),
        };
        remember(token, principal);
        return principal;
      } catch (error) {
        throw authError('invalid_token', { cause: error });
      }
    },
  };
};

export type TokenVerifier = ReturnType<typeof createTokenVerifier>;
