/** The folder that holds everything: secrets, ports, data and logs of the servers. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asUser, type SystemUser } from './processes.ts';

/** Every port that is listened on, all of 127.0.0.1. */
export type Ports = Readonly<{
  postgres: number;
  amqp: number;
  /** Where nodes and tools of RabbitMQ talk Erlang to it. */
  erlang: number;
  /** Erlang's own name server. */
  epmd: number;
  redis: number;
}>;

/** Far from the standard ones, and below 32768, from where on Linux gives ports to clients. */
export const defaultPorts: Ports = {
  postgres: 15_432,
  amqp: 25_673,
  erlang: 25_674,
  epmd: 24_369,
  redis: 16_379,
};

/** A folder that is ours: its ports, and a password for each name, the same at every start. */
export type ServersFolder = Readonly<{
  path: string;
  ports: Ports;
  passwordOf: (name: string) => string;
}>;

type State = { ports: Ports; passwords: Record<string, string> };

const stateOf = (path: string): string => join(path, 'state.json');

/** Opens a folder that was made before; undefined when there is none. Raises when it is not ours. */
export const openFolder = (given: string): ServersFolder | undefined => {
  if (!fs.existsSync(given)) return undefined;
  const path = fs.realpathSync(given);
  const state = readState(path);
  return state && folderOf(path, state);
};

/**
 * Opens or makes the folder. Ports that are not given are those of the last time, else the
 * defaults. Raises when the folder holds other things, or is another user's.
 */
export const makeFolder = (given: string, ports: Partial<Ports>): ServersFolder => {
  // Other users are the servers': they must pass through, and see nothing else of it.
  if (!fs.existsSync(given)) fs.mkdirSync(resolve(given), { recursive: true, mode: 0o711 });
  const path = fs.realpathSync(given);
  const found = readState(path);
  const others = fs.readdirSync(path).filter((name) => !name.startsWith('lock'));
  if (!found && others.length > 0) {
    throw new Error(
      `${path} is not empty and has no state.json with the passwords of its servers. Nothing was ` +
        'touched: restore that file, or choose or remove the folder.',
    );
  }
  const state: State = {
    ports: { ...defaultPorts, ...found?.ports, ...ports },
    passwords: found?.passwords ?? {},
  };
  const numbers = Object.values(state.ports);
  const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;
  if (!numbers.every(isPort) || new Set(numbers).size < numbers.length) {
    const all = Object.entries(state.ports).map(([name, port]) => `${name} ${port}`);
    throw new Error(`These are not five different ports: ${all.join(', ')}.`);
  }
  writeSecretFile(stateOf(path), JSON.stringify(state, undefined, 2));
  return folderOf(path, state);
};

const folderOf = (path: string, state: State): ServersFolder => ({
  path,
  ports: state.ports,
  passwordOf: (name) => {
    const known = state.passwords[name];
    if (known !== undefined) return known;
    // Hexadecimal: it needs no escape in a URL, in SQL or in a server's configuration.
    const fresh = randomBytes(24).toString('hex');
    state.passwords[name] = fresh;
    writeSecretFile(stateOf(path), JSON.stringify(state, undefined, 2));
    return fresh;
  },
});

const readState = (path: string): State | undefined => {
  try {
    return JSON.parse(fs.readFileSync(stateOf(path), 'utf8')) as State;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${stateOf(path)} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
};

/** Writes a file that only its owner may read, in one step: whoever reads it gets all or nothing. */
export const writeSecretFile = (path: string, text: string, owner?: SystemUser): void => {
  const aside = `${path}.new`;
  fs.rmSync(aside, { force: true });
  fs.writeFileSync(aside, `${text.trimEnd()}\n`, { mode: 0o600, flag: 'wx' });
  if (owner) fs.chownSync(aside, owner.uid, owner.gid);
  fs.renameSync(aside, path);
};

/**
 * Makes a folder that only the server's user may enter. Raises, naming the folder in the way, when
 * that user cannot get there: data below /root does not work for a server that is not root.
 */
export const makeServerFolder = (path: string, user: SystemUser): void => {
  fs.mkdirSync(path, { recursive: true, mode: 0o700 });
  fs.chownSync(path, user.uid, user.gid);
  if (process.getuid?.() !== 0) return;
  const canEnter = (folder: string): boolean =>
    spawnSync(...asUser(user, ['test', '-x', folder])).status === 0;
  if (canEnter(path)) return;
  const above = [];
  for (let at = path; at !== dirname(at); at = dirname(at)) above.unshift(at);
  const wall = above.find((folder) => !canEnter(folder));
  throw new Error(
    `The user ${user.name} cannot enter ${wall}. Allow it (chmod o+x ${wall}) or put the data ` +
      'elsewhere with --data.',
  );
};

/**
 * Takes the folder for one `up` or `down` at a time. Raises while another is at work. SQLite is
 * used for its file lock alone: it ends with its holder, kill -9 included.
 */
export const lockFolder = (given: string): { release: () => void } => {
  fs.mkdirSync(resolve(given), { recursive: true, mode: 0o711 });
  const path = join(resolve(given), 'lock');
  const lock = new DatabaseSync(path);
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive');
    return { release: () => lock.close() };
  } catch (error) {
    lock.close();
    const busy = 5;
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    throw new Error(`Another command is starting or stopping the servers of ${given}.`, {
      cause: error,
    });
  }
};

/** The end of a log, for an error message. */
export const endOfLog = (path: string): string => {
  try {
    const lines = fs.readFileSync(path, 'utf8').trimEnd().split('\n');
    return `The end of ${path}:\n${lines.slice(-15).join('\n')}`;
  } catch {
    return `${path} cannot be read.`;
  }
};
