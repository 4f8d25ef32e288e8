import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keys } from '#shared/platform/secret.ts';

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: nonce, tag, cipher text. `owner` is bound to it: sealed for one, it opens for no other. */
export const seal = ([key]: Keys, owner: string, secret: Uint8Array): Buffer => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
};

const unsealWith = (key: Buffer, owner: string, sealed: Buffer): Buffer => {
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(owner));
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
};

const tryToUnseal = (key: Buffer, owner: string, sealed: Buffer): Buffer | undefined => {
  try {
    return unsealWith(key, owner, sealed);
  } catch {
    return undefined;
  }
};

/** Throws when it was sealed with none of these keys, for another owner, or changed since. */
export const unseal = ([current, ...former]: Keys, owner: string, sealed: Buffer): Buffer => {
  for (const key of former) {
    const secret = tryToUnseal(key, owner, sealed);
    if (secret) return secret;
  }
  return unsealWith(current, owner, sealed);
};

/**
 * The same secret under the current key; `current`: it is that already; `foreign`: no key opens it.
 */
export const sealAnew = (
  keys: Keys,
  owner: string,
  sealed: Buffer,
): Buffer | 'current' | 'foreign' => {
  const [current, ...former] = keys;
  if (tryToUnseal(current, owner, sealed)) return 'current';
  for (const key of former) {
    const secret = tryToUnseal(key, owner, sealed);
    if (secret) return seal(keys, owner, secret);
  }
  return 'foreign';
};
