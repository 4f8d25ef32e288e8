import { createLocalJWKSet, jwtVerify, SignJWT, type JSONWebKeySet } from 'jose';
import { tokenAudience, tokenIssuer } from '#shared/http/tokens.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { AccessTokens, CheckedToken } from '../application/ports.ts';
import type { KeyRing, SigningKeys } from './pg-signing-keys.ts';

/** Another process may have rotated: its new key was published long before, so this is soon enough. */
const reloadAfterMs = 30_000;

type Options = Readonly<{
  keys: SigningKeys;
  clock: Clock;
  newId: () => string;
  lifeMinutes: number;
  onStaleKeys: (error: unknown) => void;
}>;

/** The keys, read again now and then; those in hand go on working while the database is away. */
const createKeyRing = ({ keys, clock, onStaleKeys }: Options) => {
  let ring: KeyRing | undefined;
  let loadedAt = 0;
  const reload = async (): Promise<KeyRing> => {
    ring = await keys.load();
    loadedAt = clock().getTime();
    return ring;
  };
  const current = async (): Promise<KeyRing> => {
    if (ring && clock().getTime() - loadedAt < reloadAfterMs) return ring;
    try {
      return await reload();
    } catch (error) {
      if (!ring) throw error;
      onStaleKeys(error);
      loadedAt = clock().getTime();
      return ring;
    }
  };
  return { reload, current };
};

/** Access tokens after RFC 9068, as `shared/http/tokens.ts` verifies them in every service. */
export const createJoseAccessTokens = (
  options: Options,
): AccessTokens & Readonly<{ keyRing: () => Promise<KeyRing> }> => {
  const { keys, clock, newId } = options;
  const { reload, current } = createKeyRing(options);
  const keySet = async (): Promise<JSONWebKeySet> =>
    ({ keys: (await current()).publicKeys }) as JSONWebKeySet;

  return {
    async sign(claims, lifeMinutes = options.lifeMinutes) {
      const { signingKid, signingKey } = await current();
      const seconds = Math.floor(clock().getTime() / 1000);
      const expiresInSeconds = lifeMinutes * 60;
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: signingKid })
        .setIssuer(tokenIssuer)
        .setAudience(tokenAudience)
        .setIssuedAt(seconds)
        .setExpirationTime(seconds + expiresInSeconds)
        .setJti(newId())
        .sign(signingKey);
      return { token, expiresInSeconds };
    },
    async check(token) {
      try {
        const { payload } = await jwtVerify<CheckedToken>(
          token,
          createLocalJWKSet(await keySet()),
          {
            algorithms: ['EdDSA'],
            issuer: tokenIssuer,
            audience: tokenAudience,
            typ: 'at+jwt',
            requiredClaims: ['sub', 'exp', 'iat', 'jti', 'roles'],
            currentDate: clock(),
          },
        );
        return payload;
      } catch (error) {
        // Only what jose says of the token; a database that is away is another matter.
        if ((error as { code?: string }).code?.startsWith('ERR_J')) return undefined;
        throw error;
      }
    },
    publicKeys: keySet,
    keyRing: current,
    async rotate() {
      await keys.rotate();
      await reload();
    },
    async retire() {
      await keys.retire();
      await reload();
    },
  };
};
