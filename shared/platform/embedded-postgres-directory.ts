import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { PostgresPackage, PostgresPrograms } from './embedded-postgres-binaries.ts';

/** The superuser of every embedded server. */
export const superuser = 'plaza_admin';

/** The files of one embedded server, all absolute. */
export type ServerDirectory = Readonly<{
  directory: string;
  data: string;
  password: string;
  log: string;
  ownerLock: string;
  /** Where the server's Unix socket is; undefined where there can be none. */
  socket: string | undefined;
}>;

/** A socket's path has at most 107 bytes, and the server adds its own name and a lock's ending. */
const socketDirectoryMax = 107 - '/.s.PGSQL.65535.lock'.length;

const megabyte = 1_048_576;
const partialPrefix = 'data.partial-';

/**
 * Makes the directory if it is missing, and refuses, before anything in it is touched, what
 * cannot work: another major version, somebody else's files, a folder that is no cluster.
 */
export const openServerDirectory = (given: string, { major }: PostgresPackage): ServerDirectory => {
  let directory = resolve(given);
  try {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    // The real path, so that a running server is recognised through any link to its directory.
    directory = fs.realpathSync(directory);
    fs.readdirSync(directory);
  } catch (error) {
    throw cannotUse(directory, error);
  }
  const data = join(directory, 'data');
  if (fs.existsSync(data)) refuseForeignData(data, major);
  const log = join(directory, 'postgres.log');
  try {
    fs.closeSync(openLog(log));
  } catch (error) {
    throw cannotUse(directory, error);
  }
  return {
    directory,
    data,
    log,
    password: join(directory, 'superuser-password'),
    ownerLock: join(directory, 'owner.lock'),
    socket:
      process.platform === 'win32' || Buffer.byteLength(directory) > socketDirectoryMax
        ? undefined
        : directory,
  };
};

const cannotUse = (path: string, error: unknown): Error =>
  new Error(
    `The directory ${path} cannot be used for PostgreSQL: ${(error as Error).message}. ` +
      'It must be a folder this user may read and write.',
    { cause: error },
  );

const refuseForeignData = (data: string, major: string): void => {
  const { uid } = fs.statSync(data);
  const own = process.getuid?.() ?? uid;
  if (own !== 0 && own !== uid) {
    throw new Error(`${data} belongs to user ${uid}, but this process runs as user ${own}.`);
  }
  const entries = fs.readdirSync(data);
  if (entries.length === 0) return;
  if (!entries.includes('PG_VERSION')) {
    throw new Error(
      `${data} is not a PostgreSQL data directory, and not empty. Nothing was touched: ` +
        'move it away, or choose another directory.',
    );
  }
  const found = fs.readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found !== major) {
    throw new Error(
      `${data} was made by PostgreSQL ${found}, but the one installed here is PostgreSQL ` +
        `${major}, which cannot read it. Nothing was touched: use the Plaza version that made ` +
        'it to dump the data, or choose another directory.',
    );
  }
};

/** True once the directory holds a complete cluster. */
export const isInitialised = ({ data }: ServerDirectory): boolean =>
  fs.existsSync(join(data, 'PG_VERSION'));

/**
 * Takes the directory for this process, or answers undefined while another owner lives. SQLite is
 * used for its file lock alone: Node has none, and this one ends with its holder, kill -9
 * included, and holds between containers that share a disk.
 */
export const tryToOwn = ({ ownerLock }: ServerDirectory): DatabaseSync | undefined => {
  const lock = new DatabaseSync(ownerLock);
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive');
    return lock;
  } catch (error) {
    lock.close();
    const busy = 5;
    if ((error as { errcode?: number }).errcode === busy) return undefined;
    throw cannotUse(ownerLock, error);
  }
};

/**
 * Makes a new cluster in a folder aside and moves it into place when it is on disk: `data` is
 * either complete or absent, so an interrupted attempt is redone and a cluster never deleted.
 */
export const initialise = async (
  at: ServerDirectory,
  programs: PostgresPrograms,
): Promise<void> => {
  for (const name of fs.readdirSync(at.directory)) {
    if (!name.startsWith(partialPrefix)) continue;
    fs.rmSync(join(at.directory, name), { recursive: true, force: true, maxRetries: 5 });
  }
  fs.writeFileSync(at.password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  fs.chmodSync(at.password, 0o600);
  syncToDisk(at.password);
  const partial = fs.mkdtempSync(join(at.directory, partialPrefix));
  handOver(programs, [at.password, partial]);
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['-U', superuser, '-A', 'scram-sha-256', `--pwfile=${at.password}`];
  const make = ['-E', 'UTF8', ...locale, ...access, '--data-checksums', '--no-sync'];
  // Writing everything first and syncing once is twice as fast as initdb's own order.
  for (const args of [make, ['--sync-only']]) {
    await runInitdb(programs, at.directory, ['-D', partial, ...args]);
  }
  if (fs.existsSync(at.data)) fs.rmdirSync(at.data);
  fs.renameSync(partial, at.data);
  syncToDisk(at.directory);
};

const runInitdb = async (
  programs: PostgresPrograms,
  cwd: string,
  args: readonly string[],
): Promise<void> => {
  const child = programs.spawn('initdb', { args, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const outcome = await new Promise<string>((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  if (outcome === 'exit code 0') return;
  const { runsAs } = programs;
  const hint = runsAs
    ? ` as user ${runsAs.uid}, who must be able to enter every folder above ${cwd}`
    : '';
  throw new Error(`initdb failed (${outcome})${hint}:\n${lastLines(output)}`);
};

/** Gives files to the user PostgreSQL runs as, where that is not the user of this process. */
const handOver = (
  { runsAs }: Pick<PostgresPrograms, 'runsAs'>,
  paths: readonly string[],
): boolean => {
  let changed = false;
  for (const path of runsAs ? paths : []) {
    const stat = fs.lstatSync(path, { throwIfNoEntry: false });
    if (!stat || stat.uid === runsAs!.uid) continue;
    // Children first: a folder that has changed hands is done, also after an interruption.
    if (stat.isDirectory()) {
      handOver(
        { runsAs },
        fs.readdirSync(path).map((name) => join(path, name)),
      );
    }
    fs.lchownSync(path, runsAs!.uid, runsAs!.gid);
    changed = true;
  }
  return changed;
};

/** Hands over the directory with the files PostgreSQL needs in it; true when that changed them. */
export const giveDirectory = (programs: PostgresPrograms, at: ServerDirectory): boolean => {
  const { runsAs } = programs;
  const changed = handOver(programs, [at.data, at.password, at.log, at.ownerLock]);
  // The folder itself only: whatever else is in it is not PostgreSQL's.
  if (!runsAs || fs.statSync(at.directory).uid === runsAs.uid) return changed;
  fs.chownSync(at.directory, runsAs.uid, runsAs.gid);
  return true;
};

/** The password in the directory; whether the server accepts it is the caller's to try. */
export const readPassword = ({ password, data }: ServerDirectory): string => {
  let text = '';
  let cause: unknown;
  try {
    text = fs.readFileSync(password, 'utf8').trim();
  } catch (error) {
    cause = error;
  }
  if (/^[\x21-\x7e]{8,200}$/.test(text)) return text;
  throw new Error(
    `The password file ${password} is ${cause ? 'missing or unreadable' : 'damaged'}, so nobody ` +
      `can log in to the database in ${data}. Restore that one file from a backup.`,
    { cause },
  );
};

/** What `postmaster.pid` says; it may be stale. */
export type PidFile = Readonly<{ pid: number; port: number; isReady: boolean }>;

/** Reads the pid file; undefined when there is none, pid NaN when it is damaged. */
export const readPidFile = ({ data }: ServerDirectory): PidFile | undefined => {
  try {
    const lines = fs.readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number.parseInt(lines[0]!, 10);
    return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
};

/** Removes the pid file and the sockets of a server that is known to be gone. */
export const removePidFile = ({ data, directory }: ServerDirectory): void => {
  fs.rmSync(join(data, 'postmaster.pid'), { force: true });
  for (const name of fs.readdirSync(directory))
    if (name.startsWith('.s.PGSQL.')) fs.rmSync(join(directory, name), { force: true });
};

/** True when the process lives and is the server of this directory: numbers are used again. */
export const isServerOf = ({ data }: ServerDirectory, pid: number): boolean => {
  if (!(pid > 0)) return false;
  if (process.platform === 'win32') {
    const list = spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], { encoding: 'utf8' });
    return /postgres/i.test(list.stdout ?? '');
  }
  if (process.platform !== 'linux') {
    const list = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return list.stdout.includes('postgres') && list.stdout.includes(data);
  }
  try {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    if (basename(command[0]!) !== 'postgres') return false;
    return command.includes(data) || fs.readlinkSync(`/proc/${pid}/cwd`) === data;
  } catch {
    return false;
  }
};

/** Opens the log for appending. */
export const openLog = (log: string): number => fs.openSync(log, 'a', 0o600);

/** Keeps the log bounded: over 10 MB it becomes `postgres.log.1`, and that one goes. */
export const rotateLog = ({ log }: ServerDirectory): void => {
  if (fs.statSync(log).size > 10 * megabyte) fs.renameSync(log, `${log}.1`);
};

/** The log from a byte on, at most its last 64 kB; empty when the file is gone. */
export const readLog = ({ log }: ServerDirectory, from: number): string => {
  let file: number | undefined;
  try {
    file = fs.openSync(log, 'r');
    const { size } = fs.fstatSync(file);
    const start = Math.max(from, size - megabyte / 16);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    return buffer.toString('utf8', 0, fs.readSync(file, buffer, 0, buffer.length, start));
  } catch {
    return '';
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
};

/** The end of a program's output, as an error message needs it. */
export const lastLines = (text: string): string => text.trimEnd().split('\n').slice(-12).join('\n');

const syncToDisk = (path: string): void => {
  // Windows cannot open a directory, and needs no sync of one.
  if (process.platform === 'win32') return;
  const file = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(file);
  } finally {
    fs.closeSync(file);
  }
};
