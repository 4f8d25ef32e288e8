import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const secretBytes = 32;

/**
 * The installation's secret: made on the first start, readable by its owner only. Everything else
 * that must be secret on this machine is derived from it, so it is the one file to guard.
 */
export const readOrCreateSecret = async (directory: string): Promise<Buffer> => {
  const path = join(directory, 'secret');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(randomBytes(secretBytes).toString('base64url'));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const secret = Buffer.from((await readFile(path, 'utf8')).trim(), 'base64url');
  if (secret.length < secretBytes)
    throw new Error(`${path} is not a whole secret: restore it from a copy of this folder`);
  return secret;
};

/** A key of 32 bytes for one purpose (HKDF-SHA256): knowing one says nothing of the others. */
export const deriveKey = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `plaza:${purpose}`, 32));

/** The password of a context's database role: derived, so that it is stored nowhere. */
export const databasePassword = (secret: Buffer, context: string): string =>
  deriveKey(secret, `database:${context}`).toString('hex');
