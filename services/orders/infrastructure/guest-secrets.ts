import { createHash, createHmac } from 'node:crypto';
import type { DeriveKeys } from '#shared/platform/secret.ts';
import type { GuestSecrets } from '../application/guest-ports.ts';

/** A UUID of version 8, "its own kind": no account has one. */
const toUuid = (mac: Buffer): string => {
  const hex = mac.toString('hex');
  const variant = ((mac[8]! & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
};

/**
 * Secrets of orders, computed with keys of the installation so that no row or message holds one. A token
 * is recognised by its hash, so that those of a former secret need no key.
 */
export const createGuestSecrets = (deriveKeys: DeriveKeys): GuestSecrets => {
  const [tokenKey] = deriveKeys('order-tokens');
  const [buyerKey] = deriveKeys('guest-buyers');
  const [countKey] = deriveKeys('guest-counts');
  const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
  const tokenOf = (accessId: string): string =>
    createHmac('sha256', tokenKey).update(accessId).digest('base64url');
  return {
    hashOf,
    tokenOf,
    buyerOf: (orderId) => toUuid(createHmac('sha256', buyerKey).update(orderId).digest()),
    countKeyOf: (kind, value) => createHmac('sha256', countKey).update(`${kind}:${value}`).digest(),
  };
};
