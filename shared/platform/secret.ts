import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

const secretBytes = 32;

/**
 * Secrets or keys that do one job: the first makes and seals what is new, those before still open and
 * recognise what they made.
 */
export type Keys = readonly [current: Buffer, ...former: Buffer[]];

/** Keys of 32 bytes for one purpose, from the installation's secret and those before it. */
export type DeriveKeys = (purpose: string) => Keys;

const secretPath = (directory: string): string => join(directory, 'secret');
/** Says under which secret everything is sealed. */
const sealedPath = (directory: string): string => join(directory, 'secret.sealed');

const newSecret = (): Buffer => randomBytes(secretBytes);

/** A line each, the newest first: one file, so that no crash can leave a secret without the one before. */
const readSecrets = async (path: string): Promise<Keys> => {
  const lines = (await readFile(path, 'utf8')).trim().split(/\s+/);
  const [current, ...former] = lines.map((line) => Buffer.from(line, 'base64url'));
  if ([current!, ...former].some((secret) => secret.length < secretBytes))
    throw new Error(`${path} is not a whole secret: restore it from a copy of this folder`);
  return [current!, ...former];
};

/** The whole file or the one before: it is written beside it and then takes its place. */
const replaceFile = async (directory: string, path: string, text: string): Promise<void> => {
  const file = await open(`${path}.next`, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.next`, path);
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

const writeSecrets = (directory: string, secrets: Keys): Promise<void> =>
  replaceFile(
    directory,
    secretPath(directory),
    secrets.map((secret) => `${secret.toString('base64url')}\n`).join(''),
  );

/**
 * The installation's secret: made on the first start, readable by its owner only. Everything else
 * that must be secret on this machine is derived from it, so it is the one file to guard. Behind it
 * are those that were replaced and not forgotten yet.
 */
export const readOrCreateSecrets = async (directory: string): Promise<Keys> => {
  const path = secretPath(directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(newSecret().toString('base64url'));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readSecrets(path);
};

/**
 * A new secret before those that are there; the next start uses it. Raises `ENOENT` without one. No
 * process may have the folder meanwhile.
 */
export const rotateSecret = async (directory: string): Promise<void> =>
  writeSecrets(directory, [newSecret(), ...(await readSecrets(secretPath(directory)))]);

const fingerprintOf = (secret: Buffer): string =>
  deriveKey(secret, 'secret-fingerprint').toString('hex');

/** Notes in the folder that nothing is left that only a secret before `current` opens. */
export const noteAllSealed = (directory: string, [current]: Keys): Promise<void> =>
  replaceFile(directory, sealedPath(directory), fingerprintOf(current));

/**
 * Leaves the newest secret alone in its file. `not_sealed`: no start with it has ended its work yet, so
 * the others are needed. No process may have the folder meanwhile.
 */
export const forgetFormerSecrets = async (
  directory: string,
): Promise<'forgotten' | 'none' | 'not_sealed'> => {
  const [current, ...former] = await readSecrets(secretPath(directory));
  if (former.length === 0) return 'none';
  const sealed = await readFile(sealedPath(directory), 'utf8').catch(() => '');
  if (sealed !== fingerprintOf(current)) return 'not_sealed';
  await writeSecrets(directory, [current]);
  return 'forgotten';
};

/** A key of 32 bytes for one purpose (HKDF-SHA256): knowing one says nothing of the others. */
export const deriveKey = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `plaza:${purpose}`, 32));

/** Derives from all `secrets`, in their order; `scope` keeps contexts apart. */
export const deriveKeysFrom =
  ([current, ...former]: Keys, scope?: string): DeriveKeys =>
  (purpose) => {
    const name = scope === undefined ? purpose : `${scope}:${purpose}`;
    return [deriveKey(current, name), ...former.map((secret) => deriveKey(secret, name))];
  };

/** The password of a context's database role: derived, so that it is stored nowhere. */
export const databasePassword = (secret: Buffer, context: string): string =>
  deriveKey(secret, `database:${context}`).toString('hex');
