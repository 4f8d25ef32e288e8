import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from './files.ts';

/** Segments of letters, digits and `._-`, none beginning with a dot: nothing climbs, nothing hides. */
const namePattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const nameMax = 200;

const syncDirectory = async (directory: string): Promise<void> => {
  // Windows opens no directory; there the rename alone has to do.
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * Files in a folder of this machine. A file is written beside its place, brought to the disk and
 * renamed: after a power cut there is the old one or the new one.
 */
export const createFolderFiles = (directory: string): Files => {
  const pathOf = (name: string): string => {
    if (name.length > nameMax || !namePattern.test(name))
      throw new Error(`${JSON.stringify(name)} is not a file name`);
    return join(directory, ...name.split('/'));
  };

  return {
    async put(name, bytes) {
      const path = pathOf(name);
      const folder = dirname(path);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = join(folder, `.${randomBytes(8).toString('hex')}.part`);
      try {
        const file = await open(temporary, 'wx', 0o600);
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
      await syncDirectory(folder);
    },
    async get(name) {
      try {
        return await readFile(pathOf(name));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
        throw error;
      }
    },
    async delete(name) {
      await rm(pathOf(name), { force: true });
    },
  };
};
