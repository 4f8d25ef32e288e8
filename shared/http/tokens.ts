import {
  createLocalJWKSet,
  errors,
  jwtVerify,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';
import { DomainError } from '../kernel/errors.ts';
import { authError, httpError } from './errors.ts';
import type { Principal, Role } from './principal.ts';

export const tokenIssuer = 'plaza';
export const tokenAudience = 'plaza-api';

/** Claims of an access token (RFC 9068) beyond the registered ones. */
export type AccessClaims = Readonly<{
  roles: readonly Role[];
  email_verified: boolean;
  sid?: string;
  /** The epoch of the account's sessions. */
  epoch?: number;
  /** Of applications and keys, with spaces between (RFC 8693, 4.2). */
  scope?: string;
  auth_time?: number;
}>;

const cacheMax = 10_000;
const refetchAfterMs = 5_000;
const awayRetrySeconds = 2;

/** The keys of identity, and the issuer of the tokens that it signs for applications. */
export type IssuerKeys = JSONWebKeySet & Readonly<{ issuer?: string }>;

/**
 * Verifies access tokens against the keys that `fetchKeys` answers (the JWKS of identity, with the
 * name by which it issues tokens to applications), which are fetched again when a token names a key not yet seen: a rotation fails no request. A verified
 * token is remembered until it ends, since the signature costs a hundred times the look-up. What
 * cannot be checked, since the keys cannot be had, is `unavailable`: the client stays signed in.
 */
export const createTokenVerifier = (
  fetchKeys: () => Promise<IssuerKeys>,
  now: () => number = Date.now,
) => {
  const cache = new Map<string, Principal>();
  let keys: JWTVerifyGetKey | undefined;
  let kids: ReadonlySet<string> = new Set();
  let issuers: readonly string[] = [tokenIssuer];
  let fetchedAt = 0;
  let fetching: Promise<JWTVerifyGetKey> | undefined;

  const fetchNow = async (): Promise<JWTVerifyGetKey> => {
    try {
      const set = await fetchKeys();
      keys = createLocalJWKSet(set);
      kids = new Set(set.keys.map((key) => key.kid ?? ''));
      issuers = set.issuer === undefined ? [tokenIssuer] : [tokenIssuer, set.issuer];
      fetchedAt = now();
      return keys;
    } catch (cause) {
      throw httpError('unavailable', { retryAfterSeconds: awayRetrySeconds, cause });
    }
  };

  /** Whoever needs keys while they are fetched waits for the same fetch. */
  const fetchOnce = (): Promise<JWTVerifyGetKey> => {
    fetching ??= fetchNow().finally(() => (fetching = undefined));
    return fetching;
  };

  const keyFor: JWTVerifyGetKey = async (header, token) => {
    const isUnknown = !kids.has(header.kid ?? '');
    const isDue = !keys || (isUnknown && now() - fetchedAt > refetchAfterMs);
    const current = isDue ? await fetchOnce() : keys!;
    return current(header, token);
  };

  const check = (token: string) =>
    jwtVerify<AccessClaims>(token, keyFor, {
      algorithms: ['EdDSA'],
      issuer: [...issuers],
      audience: tokenAudience,
      typ: 'at+jwt',
      requiredClaims: ['sub', 'exp', 'iat', 'jti', 'roles'],
      clockTolerance: 5,
      currentDate: new Date(now()),
    });

  /** Once more when the issuer may be one that was not known when the keys were fetched. */
  const checkTwice = async (token: string) => {
    if (!keys) await fetchOnce();
    try {
      return await check(token);
    } catch (error) {
      const isOtherIssuer =
        error instanceof errors.JWTClaimValidationFailed && error.claim === 'iss';
      if (!isOtherIssuer || now() - fetchedAt <= refetchAfterMs) throw error;
      await fetchOnce();
      return check(token);
    }
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
        const { payload } = await checkTwice(token);
        // A token of an application that says nothing of scopes has none; only our own has all.
        const scope = payload.iss === tokenIssuer ? payload.scope : (payload.scope ?? '');
        const principal: Principal = {
          id: payload.sub!,
          roles: payload.roles,
          isEmailVerified: payload.email_verified,
          expiresAt: payload.exp!,
          ...(payload.sid === undefined ? {} : { sessionId: payload.sid }),
          ...(payload.epoch === undefined ? {} : { epoch: payload.epoch }),
          ...(scope === undefined ? {} : { scopes: scope.split(' ').filter(Boolean) }),
          ...(payload.auth_time === undefined ? {} : { authenticatedAt: payload.auth_time }),
        };
        remember(token, principal);
        return principal;
      } catch (error) {
        if (error instanceof DomainError) throw error;
        throw authError('invalid_token', { cause: error });
      }
    },
  };
};

export type TokenVerifier = ReturnType<typeof createTokenVerifier>;
