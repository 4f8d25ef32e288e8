import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose';
import type { ContextName } from '../platform/module.ts';
import type { Keys } from '../platform/secret.ts';
import { authError } from './errors.ts';

/** What the key of these tokens is derived for. */
export const serviceTokenPurpose = 'service-tokens';

const issuer = 'plaza-services';
const type = 'service+jwt';
const lifeSeconds = 120;
/** A token is used for half its life, so that none ends on its way. */
const renewAfterMs = (lifeSeconds * 1000) / 2;

const audienceOf = (context: ContextName): string => `plaza:${context}`;

/** Whether a token says that it is a service's; nothing of it is proven yet. */
export const isServiceToken = (token: string): boolean => {
  try {
    return decodeProtectedHeader(token).typ === type;
  } catch {
    return false;
  }
};

type Options = Readonly<{
  /** Of 32 bytes, which every process of the installation derives alike, for this purpose only. */
  keys: Keys;
  /** The contexts of this process: who it is, and whose tokens it takes. */
  here: readonly ContextName[];
  /** Milliseconds since the epoch. */
  now: () => number;
}>;

/**
 * Tokens by which contexts know each other: two minutes, for one context only. They open what
 * is public and routes for services, and nobody's own; whoever shows one is no client, so it is not counted as one. No request to identity
 * is needed to make or check one.
 */
export const createServiceTokens = ({ keys, here, now }: Options) => {
  const issued = new Map<ContextName, Readonly<{ token: string; at: number }>>();

  const verifyWith = (key: Uint8Array, token: string) =>
    jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer,
      audience: here.map(audienceOf),
      typ: type,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: 5,
      currentDate: new Date(now()),
    });

  /** While the secret is replaced, some processes sign with the one and some with the other. */
  const verifyWithAny = async (token: string) => {
    const [current, ...former] = keys;
    for (const key of former) {
      try {
        return await verifyWith(key, token);
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      }
    }
    return verifyWith(current, token);
  };

  /** Who sent a token; throws `auth.invalid_token`. */
  const verify = async (token: string): Promise<string> => {
    try {
      const { payload } = await verifyWithAny(token);
      return payload.sub!;
    } catch (error) {
      throw authError('invalid_token', { cause: error });
    }
  };

  return {
    /** The value of an `Authorization` header for requests to `context`. */
    authorizationFor: async (context: ContextName): Promise<string> => {
      const last = issued.get(context);
      if (last && now() - last.at < renewAfterMs && now() >= last.at) return last.token;
      const at = now();
      const issuedAt = Math.floor(at / 1000);
      const token = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: type })
        .setSubject(here.join(','))
        .setIssuer(issuer)
        .setAudience(audienceOf(context))
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifeSeconds)
        .sign(keys[0]);
      issued.set(context, { token: `Bearer ${token}`, at });
      return `Bearer ${token}`;
    },
    verify,
  };
};

export type ServiceTokens = ReturnType<typeof createServiceTokens>;
