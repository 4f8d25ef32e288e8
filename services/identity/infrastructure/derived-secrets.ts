import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DeriveKeys, Keys } from '#shared/platform/secret.ts';
import { codeDigits } from '../domain/challenge.ts';
import type { OfEachKey, Secrets } from '../application/ports.ts';

const codes = 10 ** codeDigits;
/** The largest multiple of `codes` below 2^32: words from here on would favour the small codes. */
const unbiased = Math.floor(2 ** 32 / codes) * codes;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Reads words of the MAC until one is without bias; a MAC of eight bad words makes another. */
const digitsOf = (key: Buffer, text: string): string => {
  for (let round = 0; ; round++) {
    const mac = createHmac('sha256', key).update(`${text}:${round}`).digest();
    for (let offset = 0; offset < mac.length; offset += 4) {
      const word = mac.readUInt32BE(offset);
      if (word < unbiased) return String(word % codes).padStart(codeDigits, '0');
    }
  }
};

const ofEach = <T>([current, ...former]: Keys, make: (key: Buffer) => T): OfEachKey<T> => [
  make(current),
  ...former.map(make),
];

/**
 * Secrets of identity. Codes and link tokens are computed from a challenge's id with keys of the
 * installation, so that no row, message or log holds one (reliability 5.6).
 */
export const createDerivedSecrets = (deriveKeys: DeriveKeys): Secrets => {
  const codeKeys = deriveKeys('email-codes');
  const linkKeys = deriveKeys('reset-links');
  const triesKeys = deriveKeys('sign-in-names');
  const refreshKeys = deriveKeys('refresh-successors');
  const erasedKeys = deriveKeys('erased-names');
  const isEqual = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b));
  return {
    newToken() {
      const token = randomBytes(32).toString('base64url');
      return { token, hash: sha256(token).toString('hex') };
    },
    successorsOf: (refreshToken) =>
      ofEach(refreshKeys, (key) => {
        const token = createHmac('sha256', key).update(refreshToken).digest('base64url');
        return { token, hash: sha256(token).toString('hex') };
      }),
    hashOf: (token) => sha256(token).toString('hex'),
    codeOf: (challengeId, purpose) => digitsOf(codeKeys[0], `${challengeId}:${purpose}`),
    isCodeOf: (challengeId, purpose, given) =>
      // All of them are compared, so that the time does not tell which one it was.
      codeKeys
        .map((key) => isEqual(given, digitsOf(key, `${challengeId}:${purpose}`)))
        .includes(true),
    linkTokensOf: (challengeId) =>
      ofEach(linkKeys, (key) => createHmac('sha256', key).update(challengeId).digest('base64url')),
    triesKeysOf: ({ kind, value }) =>
      ofEach(triesKeys, (key) =>
        createHmac('sha256', key).update(`${kind}:${value}`).digest('hex'),
      ),
    erasedNamesOf: (username) =>
      ofEach(erasedKeys, (key) => createHmac('sha256', key).update(username).digest('hex')),
  };
};
