import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresPackage, preparePrograms } from './embedded-postgres-binaries.ts';
import * as files from './embedded-postgres-directory.ts';
import {
  endServer,
  launchServer,
  patienceMs,
  shutDownServer,
  type Launch,
} from './embedded-postgres-server.ts';

/** A running PostgreSQL server whose data live in one directory. */
export type EmbeddedPostgres = Readonly<{
  /** Always 127.0.0.1: the server listens on no other address. */
  host: string;
  port: number;
  /**
   * The directory of its Unix socket, for `host`: a query over it costs a fifth less than over TCP.
   * Undefined on Windows and where the path would be too long.
   */
  socket: string | undefined;
  /** The superuser. */
  user: string;
  /** Random per data directory, kept in `<directory>/superuser-password`. */
  password: string;
  pid: number;
  /** The server was started by another owner that still lives, who keeps it: see `stop`. */
  adopted: boolean;
  /** Sentences worth saying aloud: another port, a recovery, a stale file. */
  notices: readonly string[];
  /**
   * Shuts down cleanly (running transactions are rolled back) and resolves when the process is
   * gone. For an adopted server it only lets go while its owner lives. Calling it again is fine.
   */
  stop(): Promise<void>;
  /** Resolves with a readable reason when the server ends without `stop` being called. */
  ended: Promise<string>;
}>;

type Options = Readonly<{
  /** Where everything lives; made if missing. May be relative. */
  directory: string;
  /** When it is busy the next free one is taken, and a notice says so; without it, any. */
  preferredPort?: number;
  /** More PostgreSQL settings; they win over the defaults here. */
  settings?: Readonly<Record<string, string>>;
}>;

/**
 * Starts the PostgreSQL of a directory, making it first when it is new, and mends what an earlier
 * crash left. One owner at a time: a second starter waits for the first and uses its server.
 */
export const startEmbeddedPostgres = async (options: Options): Promise<EmbeddedPostgres> => {
  const installed = findPostgresPackage();
  const at = files.openServerDirectory(options.directory, installed);
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const lock = files.tryToOwn(at);
    if (lock) {
      const letGo = (): void => {
        if (lock.isOpen) lock.close();
      };
      try {
        const { uid, gid } = statSync(files.isInitialised(at) ? at.data : at.directory);
        const programs = preparePrograms(installed, at.directory, { uid, gid });
        const { preferredPort, settings = {} } = options;
        const launch = { at, programs, preferredPort, settings, notices: [] };
        return await startOwned(launch, letGo);
      } catch (error) {
        letGo();
        throw error;
      }
    }
    const running = files.readPidFile(at);
    if (running && isReachable(at, running)) {
      try {
        return await adopt(at, running);
      } catch (error) {
        // Its owner may just have stopped it; then it is this process's turn.
        if (isReachable(at, running)) throw error;
      }
    }
    await sleep(50);
  }
  throw new Error(
    `Another process, perhaps in another container, uses ${at.directory}, and no server of it ` +
      `became reachable within ${patienceMs / 1000} seconds.`,
  );
};

const isReachable = (at: files.ServerDirectory, { pid }: files.PidFile): boolean => {
  const now = files.readPidFile(at);
  return now !== undefined && now.isReady && now.pid === pid && files.isServerOf(at, pid);
};

const startOwned = async (launch: Launch, letGo: () => void): Promise<EmbeddedPostgres> => {
  const { at, programs, notices } = launch;
  await settlePredecessor(launch);
  if (files.giveDirectory(programs, at)) {
    notices.push(`PostgreSQL refuses to run as root: it runs as user ${programs.runsAs?.uid}.`);
  }
  if (!files.isInitialised(at)) await files.initialise(at, programs);
  const password = files.readPassword(at);
  files.rotateLog(at);
  const server = await launchServer(launch);
  const { port, exit } = server;
  const pid = server.child.pid!;
  // Where the kernel does not do it, see the launchers.
  const endWithProcess = (): boolean => server.child.kill('SIGINT');
  process.once('exit', endWithProcess);
  let stopping: Promise<void> | undefined;
  const ended = new Promise<string>((resolve) => {
    void exit.then((reason) => {
      process.off('exit', endWithProcess);
      letGo();
      if (!stopping) resolve(reason);
    });
  });
  const stop = (): Promise<void> => (stopping ??= shutDownServer(launch, server));
  try {
    await tryPassword(at, port, password);
  } catch (error) {
    await stop();
    throw error;
  }
  const { socket } = at;
  const access = { host: '127.0.0.1', port, socket, user: files.superuser, password };
  return { ...access, pid, adopted: false, notices, stop, ended };
};

/** Uses the server of another, living owner. */
const adopt = async (
  at: files.ServerDirectory,
  { pid, port }: files.PidFile,
): Promise<EmbeddedPostgres> => {
  const password = files.readPassword(at);
  await tryPassword(at, port, password);
  let stopping: Promise<void> | undefined;
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  const watch = setInterval(() => {
    if (files.isServerOf(at, pid)) return;
    clearInterval(watch);
    resolve(`PostgreSQL (process ${pid}), started by another process, ended.`);
  }, 250);
  const letGo = async (): Promise<void> => {
    clearInterval(watch);
    const lock = files.tryToOwn(at);
    if (!lock) return;
    try {
      if (files.isServerOf(at, pid)) await endServer(at, pid);
    } finally {
      lock.close();
    }
  };
  const notices = [`PostgreSQL was already running (process ${pid}, port ${port}): using it.`];
  const { socket } = at;
  const access = { host: '127.0.0.1', port, socket, user: files.superuser, password };
  const stop = (): Promise<void> => (stopping ??= letGo());
  return { ...access, pid, adopted: true, notices, stop, ended };
};

/** Clears the way: ends a server whose owner died, removes a pid file nobody stands behind. */
const settlePredecessor = async ({ at, notices }: Launch): Promise<void> => {
  const left = files.readPidFile(at);
  if (!left) return;
  if (files.isServerOf(at, left.pid)) {
    // It may be dying from its owner's death already. Ending it, rather than taking it over,
    // also gives the new owner its own settings and binaries.
    await endServer(at, left.pid);
    notices.push(`A server left running (process ${left.pid}) was stopped and started anew.`);
  }
  const remaining = files.readPidFile(at);
  if (!remaining) return;
  files.removePidFile(at);
  notices.push(`A stale pid file of process ${remaining.pid} was removed.`);
};

/** Logs in once, so that a wrong password is told here and not by the first query. */
const tryPassword = async (
  at: files.ServerDirectory,
  port: number,
  password: string,
): Promise<void> => {
  const { superuser: user } = files;
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user,
    password,
    database: 'postgres',
    ssl: false,
    connectionTimeoutMillis: patienceMs,
  });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const invalidPassword = '28P01';
    if ((error as { code?: string }).code !== invalidPassword) throw error;
    throw new Error(
      `The server in ${at.data} does not accept the password in ${at.password}: that file ` +
        'belongs to another database. Restore it from a backup.',
      { cause: error },
    );
  } finally {
    await client.end();
  }
};
