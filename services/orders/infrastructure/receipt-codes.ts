import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import type { ReceiptCodes } from '../application/queries/verify-receipt.ts';

/** 96 bits: nobody finds one by trying, and an address stays short enough for a small code. */
const codeBytes = 12;

/** Codes are computed, so that no row holds one; those of a former secret are good as long as it is kept. */
export const createReceiptCodes = (deriveKeys: DeriveKeys): ReceiptCodes => {
  const keys = deriveKeys('receipt-codes');
  const codeOf = (key: Buffer, orderId: string): Buffer =>
    createHmac('sha256', key).update(orderId).digest().subarray(0, codeBytes);
  return {
    codeOf: (orderId) => codeOf(keys[0], orderId).toString('base64url'),
    isOf(code, orderId) {
      const given = Buffer.from(code, 'base64url');
      return keys.some(
        (key) => given.length === codeBytes && timingSafeEqual(given, codeOf(key, orderId)),
      );
    },
  };
};
