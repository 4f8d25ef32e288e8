import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
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

export const createFactorSecrets = (deriveKey: (purpose: string) => Buffer): FactorSecrets => {
  const totpKey = deriveKey('totp-secrets');
  const recoveryKey = deriveKey('recovery-codes');
  const recoveryHashOf = (accountId: string, code: string): string =>
    createHmac('sha256', recoveryKey)
      .update(`${accountId}:${code.toLowerCase().replace(/[^a-z0-9]/g, '')}`)
      .digest('hex');
  return {
    newStepId() {
      const id = randomBytes(16).toString('base64url');
      return { id, hash: createHash('sha256').update(id).digest('hex') };
    },
    newTotp(accountId) {
      const bytes = randomBytes(totpRules.secretBytes);
      return { secret: base32(bytes), sealed: seal(totpKey, accountId, bytes) };
    },
    totpStepOf(accountId, sealed, steps, code) {
      if (!/^\d{6}$/.test(code)) return undefined;
      const secret = unseal(totpKey, accountId, sealed);
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
      return { codes, hashes: codes.map((code) => recoveryHashOf(accountId, code)) };
    },
    recoveryHashOf,
  };
};

/** The library is loaded by whoever adds the first app: few ever do, and everybody pays for start. */
export const createQrCodes = (): QrCodes => ({
  async svg(text) {
    const { renderSVG } = await import('uqr');
    return renderSVG(text, { ecc: 'M', border: 4 });
  },
});
