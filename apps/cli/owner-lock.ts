import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Takes a data folder for this process; undefined while another has it. SQLite is used for its file
 * lock alone: it ends with its holder, kill -9 included, so no folder is ever locked by the dead.
 */
export const ownDataFolder = (dataDirectory: string): { release: () => void } | undefined => {
  const folder = join(dataDirectory, 'run');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'owner.lock'));
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive');
    return { release: () => lock.close() };
  } catch (error) {
    lock.close();
    const busy = 5;
    if ((error as { errcode?: number }).errcode === busy) return undefined;
    throw error;
  }
};
