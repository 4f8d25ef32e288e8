import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeEml, encodeEml, type CapturedMessage } from './captured-mail-eml.ts';
import type { Mail } from './mail.ts';

export type { CapturedMessage };

export type CapturedMail = Mail &
  Readonly<{
    /** The newest first. */
    list(limit: number): Promise<readonly CapturedMessage[]>;
    get(id: string): Promise<CapturedMessage | undefined>;
    /** No error when it is gone already. */
    remove(id: string): Promise<void>;
  }>;

const idPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
/** `<time>_<id>.eml`: names sort by time, and the id is found again after a restart. */
const namePattern = /^\d{8}T\d{9}Z_([A-Za-z0-9_-]+)\.eml$/;

/** Moves `from` to `to` with `text` in it; false when somebody has tidied `from` away. */
const overwrite = (from: string, to: string, text: string): boolean => {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const file = openSync(to, 'r+');
  try {
    // Shortened last: a file that is emptied first is flushed to disk by ext4.
    ftruncateSync(file, writeSync(file, text, 0));
  } finally {
    closeSync(file);
  }
  return true;
};

/**
 * The mailbox of an installation without an SMTP server: every mail is a file that any mail reader
 * opens. It is written beside and renamed, so a reader never sees half of one; the same id again
 * replaces its file; and only the newest `keepMax` stay.
 */
export const createCapturedMail = (
  options: Readonly<{ directory: string; clock: () => Date; keepMax?: number }>,
): CapturedMail => {
  const { directory, clock, keepMax = 1_000 } = options;
  let names: Promise<Map<string, string>> | undefined;

  /** File names by id, oldest first. */
  const readNames = async (): Promise<Map<string, string>> => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const found = (await readdir(directory)).filter((name) => namePattern.test(name)).toSorted();
    return new Map(found.map((name) => [namePattern.exec(name)![1]!, name]));
  };
  const index = (): Promise<Map<string, string>> => {
    names ??= readNames().catch((error: unknown) => {
      names = undefined;
      throw error;
    });
    return names;
  };

  /**
   * A mail is small and the disk near: a few calls here cost less than trips to the thread pool.
   * The file of a mail that goes is written over, which costs a quarter of deleting and making one.
   */
  const write = (name: string, text: string, gone?: string): void => {
    const temporary = join(directory, `.${randomBytes(8).toString('hex')}.part`);
    if (gone === undefined || !overwrite(join(directory, gone), temporary, text))
      writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    renameSync(temporary, join(directory, name));
  };

  const read = async (name: string): Promise<CapturedMessage | undefined> => {
    try {
      return decodeEml(await readFile(join(directory, name), 'utf8'));
    } catch (error) {
      // Somebody tidied the folder; the mail is gone and that is all.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };

  const remove = async (id: string): Promise<void> => {
    const known = await index();
    const name = known.get(id);
    if (name === undefined) return;
    known.delete(id);
    await rm(join(directory, name), { force: true });
  };

  return {
    remove,
    async send(message) {
      if (!idPattern.test(message.id)) throw new Error(`${message.id} cannot name a mail`);
      const known = await index();
      const now = clock();
      const stamp = now.toISOString().replace(/[-:.]/g, '');
      const name = known.get(message.id) ?? `${stamp}_${message.id}.eml`;
      const isNew = !known.has(message.id);
      const [oldest] = isNew && known.size >= keepMax ? known : [];
      if (oldest) known.delete(oldest[0]);
      known.set(message.id, name);
      write(name, encodeEml({ ...message, at: now.toISOString() }), oldest?.[1]);
    },
    async forget(address) {
      for (const [id, name] of await index()) {
        if ((await read(name))?.to === address) await remove(id);
      }
    },
    async list(limit) {
      const newest = [...(await index()).values()].slice(-Math.max(0, limit)).toReversed();
      const found = await Promise.all((limit > 0 ? newest : []).map(read));
      return found.filter((message) => message !== undefined);
    },
    async get(id) {
      const name = (await index()).get(id);
      return name === undefined ? undefined : read(name);
    },
  };
};
