import { createHash, randomBytes, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Platform } from '../platform/module.ts';
import { limitKeyOf } from './client-address.ts';
import { authError, httpError } from './errors.ts';
import type { Principal, Role } from './principal.ts';

const pattern = /^(plaza_[a-z0-9]{8}_[0-9a-f]{64})([0-9a-f]{8})$/;
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

const checksumOf = (text: string): string => crc32(text).toString(16).padStart(8, '0');

/** What identity keeps of a key, and what services ask it about: the key itself stays where it came. */
export const hashOfApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * A new key: `plaza_`, a public prefix to name it by, 256 random bits, and a checksum, by which a
 * typo is known without asking anybody and scanners of leaked secrets know it from other text.
 */
export const newApiKey = (): Readonly<{ key: string; prefix: string; hash: string }> => {
  const name = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');
  const prefix = `plaza_${name}`;
  const body = `${prefix}_${randomBytes(32).toString('hex')}`;
  const key = `${body}${checksumOf(body)}`;
  return { key, prefix, hash: hashOfApiKey(key) };
};

/** Whether it says that it is a key; nothing of it is proven. */
export const looksLikeApiKey = (token: string): boolean => token.startsWith('plaza_');

const isWellFormed = (key: string): boolean => {
  const [, body, checksum] = pattern.exec(key) ?? [];
  return body !== undefined && checksumOf(body) === checksum;
};

/** What identity says of a key, by its hash. */
export type KeyAnswer =
  | Readonly<{ active: false }>
  | Readonly<{
      active: true;
      id: string;
      account_id: string;
      roles: readonly Role[];
      email_verified: boolean;
      epoch: number;
      scopes: readonly string[];
      /** Seconds since the epoch. */
      expires_at: number;
    }>;

/** Where services of the same installation ask; identity answers nobody else. */
export const keyCheckPath = '/auth/api-keys/check';

/** A key that was revoked stops within this time everywhere. */
export const rememberedMs = 60_000;
const goodMax = 5_000;
const badMax = 1_000;
/** Unknown keys that one client may show in a minute before nobody is asked about its next. */
const unknownPerMinute = 20;
const askedAtOnceMax = 100;
const awayRetrySeconds = 2;

const toPrincipal = (answer: Extract<KeyAnswer, { active: true }>, now: number): Principal => ({
  id: answer.account_id,
  roles: answer.roles,
  isEmailVerified: answer.email_verified,
  sessionId: answer.id,
  epoch: answer.epoch,
  scopes: answer.scopes,
  expiresAt: Math.min(answer.expires_at, (now + rememberedMs) / 1000),
});

const put = <Value>(map: Map<string, Value>, max: number, key: string, value: Value): void => {
  if (map.size >= max) map.delete(map.keys().next().value!);
  map.set(key, value);
};

/**
 * Callers by the API keys that they show. Identity is asked once a minute for each, and not at all
 * about what is no key by its form. Whoever shows many unknown ones is stopped here, so that a flood
 * of them is none for identity.
 */
export const createKeyVerifier = (ask: Platform['ask'], now: () => number = Date.now) => {
  const good = new Map<string, Principal>();
  const bad = new Map<string, number>();
  const asked = new Map<string, Promise<Principal>>();
  const unknownOf = new RateLimiterMemory({ points: unknownPerMinute, duration: 60 });

  const askAbout = async (hash: string): Promise<Principal> => {
    let answer: KeyAnswer;
    try {
      const { status, body } = await ask('identity', 'POST', keyCheckPath, { key_hash: hash });
      if (status !== 200) throw new Error(`identity answers ${status} about a key`);
      answer = body as KeyAnswer;
    } catch (cause) {
      throw httpError('unavailable', { retryAfterSeconds: awayRetrySeconds, cause });
    }
    if (!answer.active) {
      put(bad, badMax, hash, now() + rememberedMs);
      throw authError('invalid_token');
    }
    const principal = toPrincipal(answer, now());
    put(good, goodMax, hash, principal);
    return principal;
  };

  const askOnce = (hash: string): Promise<Principal> => {
    const running = asked.get(hash);
    if (running) return running;
    if (asked.size >= askedAtOnceMax)
      throw httpError('unavailable', { retryAfterSeconds: awayRetrySeconds });
    const asking = askAbout(hash).finally(() => asked.delete(hash));
    asked.set(hash, asking);
    return asking;
  };

  return {
    /** Who shows this key; `ip` is counted when nobody does. Throws `auth.invalid_token`. */
    async verify(key: string, ip: string): Promise<Principal> {
      if (!isWellFormed(key)) throw authError('invalid_token');
      const hash = hashOfApiKey(key);
      const known = good.get(hash);
      if (known && known.expiresAt * 1000 > now()) return known;
      if ((bad.get(hash) ?? 0) > now()) throw authError('invalid_token');
      const client = limitKeyOf(ip);
      const counted = await unknownOf.get(client);
      if (counted && counted.consumedPoints >= unknownPerMinute)
        throw httpError('too_many_requests', {
          retryAfterSeconds: Math.max(1, Math.ceil(counted.msBeforeNext / 1000)),
        });
      try {
        return await askOnce(hash);
      } catch (error) {
        if ((error as { code?: string }).code === 'auth.invalid_token')
          await unknownOf.consume(client).catch(() => {});
        throw error;
      }
    },
  };
};

export type KeyVerifier = ReturnType<typeof createKeyVerifier>;
