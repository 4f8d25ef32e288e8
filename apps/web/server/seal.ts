import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The first seals; those before it still open what they sealed. */
export type SealKeys = readonly [current: Buffer, ...former: Buffer[]];

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Seals what the browser keeps for us: it can neither read nor change it. */
export type Seal = Readonly<{
  close: (content: string) => string;
  /** Undefined: not ours, changed, or of another installation. */
  open: (sealed: string) => string | undefined;
}>;

const openWith = (key: Buffer, bytes: Buffer): string | undefined => {
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes));
    decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const body = bytes.subarray(ivBytes + tagBytes);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};

export const createSeal = ([current, ...former]: SealKeys): Seal => ({
  close: (content) => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, current, iv);
    const body = Buffer.concat([cipher.update(content, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  },
  open: (sealed) => {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length <= ivBytes + tagBytes) return undefined;
    for (const key of [current, ...former]) {
      const content = openWith(key, bytes);
      if (content !== undefined) return content;
    }
    return undefined;
  },
});
