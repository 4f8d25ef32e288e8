import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import type { FactorSecrets, QrCodes } from '../application/second-factor-ports.ts';
import { recoveryCodeLetters } from '../domain/second-factors.ts';
import { base32, digitsOfMac, totpMessage, totpRules } from '../domain/totp.ts';
import { seal, unseal } from './sealing.ts';

/** Without letters and digits that are read for one another. */
const recoveryAlphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

const newRecoveryCode = (): string => {
  const letters = Array.from(
    { length: recoveryCodeLetters },
    () => recoveryAlphabet[randomInt(recoveryAlphabet.length)],
  ).join('');
  return letters.replace(/.{4}(?!$)/g, '$&-');
};

export const createFactorSecrets = (deriveKeys: DeriveKeys): FactorSecrets => {
  const totpKeys = deriveKeys('totp-secrets');
  const recoveryKeys = deriveKeys('recovery-codes');
  const recoveryHashOf = (key: Buffer, accountId: string, code: string): string =>
    createHmac('sha256', key)
      .update(`${accountId}:${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
      .digest('hex');
  return {
    newStepId() {
      const id = randomBytes(16).toString('base64url');
      return { id, hash: createHash('sha256').update(id).digest('hex') };
    },
    newTotp(accountId) {
      const bytes = randomBytes(totpRules.secretBytes);
      return { secret: base32(bytes), sealed: seal(totpKeys, accountId, bytes) };
    },
    totpStepOf(accountId, sealed, steps, code) {
      if (!/^\d{6}$/.test(code)) return undefined;
      const secret = unseal(totpKeys, accountId, sealed);
      const given = Buffer.from(code);
      let found: number | undefined;
      // All of them are computed, so that the time does not tell which one it was.
      for (const step of steps) {
        const mac = createHmac('sha1', secret).update(totpMessage(step)).digest();
        if (timingSafeEqual(Buffer.from(digitsOfMac(mac)), given)) found = step;
      }
      return found;
    },
    newRecoveryCodes(accountId, count) {
      const codes = Array.from({ length: count }, newRecoveryCode);
      return {
        codes,
        hashes: codes.map((code) => recoveryHashOf(recoveryKeys[0], accountId, code)),
      };
    },
    recoveryHashesOf: (accountId, code) =>
      recoveryKeys.map((key) => recoveryHashOf(key, accountId, code)),
  };
};

/** The library is loaded by whoever adds the first app: few ever do, and everybody pays for start. */
export const createQrCodes = (): QrCodes => ({
  async svg(text) {
    const { renderSVG } = await import('uqr');
    return renderSVG(text, { ecc: 'M', border: 4 });
  },
});
