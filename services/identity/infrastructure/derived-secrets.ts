import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { codeDigits } from '../domain/challenge.ts';
import type { Secrets } from '../application/ports.ts';

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

/**
 * Secrets of identity. Codes and link tokens are computed from a challenge's id with keys of the
 * installation, so that no row, message or log holds one (reliability 5.6).
 */
export const createDerivedSecrets = (deriveKey: (purpose: string) => Buffer): Secrets => {
  const codeKey = deriveKey('email-codes');
  const linkKey = deriveKey('reset-links');
  const triesKey = deriveKey('sign-in-names');
  const refreshKey = deriveKey('refresh-successors');
  return {
    newToken() {
      const token = randomBytes(32).toString('base64url');
      return { token, hash: sha256(token).toString('hex') };
    },
    successorOf(refreshToken) {
      const token = createHmac('sha256', refreshKey).update(refreshToken).digest('base64url');
      return { token, hash: sha256(token).toString('hex') };
    },
    hashOf: (token) => sha256(token).toString('hex'),
    codeOf: (challengeId, purpose) => digitsOf(codeKey, `${challengeId}:${purpose}`),
    linkTokenOf: (challengeId) =>
      createHmac('sha256', linkKey).update(challengeId).digest('base64url'),
    triesKeyOf: ({ kind, value }) =>
      createHmac('sha256', triesKey).update(`${kind}:${value}`).digest('hex'),
    isEqual: (a, b) => timingSafeEqual(sha256(a), sha256(b)),
  };
};
