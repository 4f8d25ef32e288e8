/**
 * The processes of a server, found in /proc. Nothing trusts a pid file: after kill -9 it is stale,
 * and its number may belong to somebody else by then.
 */
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whom a server runs as. */
export type SystemUser = Readonly<{ name: string; uid: number; gid: number }>;

/** One live process; `cwd` and `environment` are empty where this user may not read them. */
export type ServerProcess = Readonly<{
  pid: number;
  parent: number;
  /** The kernel's name of it: 15 characters at most. */
  command: string;
  args: readonly string[];
  cwd: string;
  environment: readonly string[];
}>;

/** How often something is looked at again, in milliseconds. */
export const pollMs = 50;
const isRoot = process.getuid?.() === 0;

/** The package's own user when this process is root, else the caller. Raises when it is missing. */
export const systemUser = (name: string): SystemUser => {
  if (!isRoot) return { name: 'caller', uid: process.getuid!(), gid: process.getgid!() };
  const id = (flag: '-u' | '-g'): number => {
    const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`There is no user ${name}: its Debian package makes it.`);
    return Number(stdout);
  };
  return { name, uid: id('-u'), gid: id('-g') };
};

/** The command line that runs a command as a user; it becomes the command, with the same number. */
export const asUser = (user: SystemUser, command: readonly string[]): [string, string[]] => {
  const identity = ['--reuid', String(user.uid), '--regid', String(user.gid), '--init-groups'];
  return isRoot ? ['setpriv', [...identity, '--', ...command]] : ['env', ['--', ...command]];
};

/** What to run. Secrets belong in files that it names: everybody sees `command` in ps. */
export type Program = Readonly<{
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  user: SystemUser;
  /** Takes what the program prints; a file, since the server outlives this process. */
  log: string;
}>;

// Nothing of the caller's environment: its NODE_OPTIONS, PGHOST or locale are not the server's.
const baseEnvironment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' };

/** Runs a program to its end. Raises with what it printed when it fails. */
export const runProgram = (program: Omit<Program, 'log'>): void => {
  const { status, error, stdout, stderr } = spawnSync(...asUser(program.user, program.command), {
    cwd: program.cwd,
    env: { ...baseEnvironment, ...program.env },
    encoding: 'utf8',
  });
  if (status === 0) return;
  const why = error?.message ?? `${stdout}${stderr}`.trim();
  throw new Error(`${program.command[0]} failed (exit code ${status}):\n${why}`);
};

/** Starts a program that goes on when this process ends; `ended` says how it ended, once it did. */
export const launch = (program: Program): { ended: () => string | undefined } => {
  const log = openSync(program.log, 'a', 0o600);
  // setpriv becomes the program, so that no process of ours stays in between. A session of its
  // own: Ctrl-C in the terminal is not for the server.
  const child = spawn(...asUser(program.user, program.command), {
    cwd: program.cwd,
    env: { ...baseEnvironment, ...program.env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = signal ?? `exit code ${code}`));
  child.unref();
  return { ended: () => ended };
};

/** The live processes that `owns` recognises; a zombie is not alive. */
export const findProcesses = (owns: (it: ServerProcess) => boolean): readonly ServerProcess[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((it) => it !== undefined)
    .filter(owns);

const readProcess = (pid: number): ServerProcess | undefined => {
  try {
    // The name stands in brackets and may hold anything, so the fields are counted behind it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return undefined;
    return {
      pid,
      parent: Number(parent),
      command: stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')),
      args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'),
      cwd: orEmpty(() => readlinkSync(`/proc/${pid}/cwd`)),
      environment: orEmpty(() => readFileSync(`/proc/${pid}/environ`, 'utf8')).split('\0'),
    };
  } catch {
    return undefined;
  }
};

const orEmpty = (read: () => string): string => {
  try {
    return read();
  } catch {
    return '';
  }
};

/** Sends a signal; a process that has just gone is no error. */
export const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Looks until it is so, for at most `patienceMs` milliseconds; answers whether it became so. */
export const waitUntil = async (isSo: () => boolean, patienceMs: number): Promise<boolean> => {
  const deadline = Date.now() + patienceMs;
  while (!isSo()) {
    if (Date.now() > deadline) return false;
    await sleep(pollMs);
  }
  return true;
};

/** True when nobody listens on the port of 127.0.0.1. Raises when it may not be used at all. */
export const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(new Error(`Port ${port} cannot be used: ${error.message}`, { cause: error }));
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
