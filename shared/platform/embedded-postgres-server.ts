import type { ChildProcess } from 'node:child_process';
import { closeSync, fstatSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresPrograms } from './embedded-postgres-binaries.ts';
import * as files from './embedded-postgres-directory.ts';

/** What a server is launched with; sentences worth saying aloud are added to `notices`. */
export type Launch = Readonly<{
  at: files.ServerDirectory;
  programs: PostgresPrograms;
  preferredPort: number | undefined;
  settings: Readonly<Record<string, string>>;
  notices: string[];
}>;

/** A server that is a child of this process; `exit` resolves with how it ended. */
export type Server = Readonly<{ child: ChildProcess; port: number; exit: Promise<string> }>;

/** How long a server may take to go: a shutdown writes out up to `shared_buffers`. */
export const patienceMs = 60_000;
/** Recovery after a crash replays up to `max_wal_size` and must not be cut short. */
const recoveryPatienceMs = 300_000;
const pollMs = 10;

/** Small enough for a laptop. Nothing here trades durability for speed. */
const defaultSettings = {
  shared_buffers: '64MB',
  max_connections: '100',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  // All contexts are on this server: see `take_message`.
  'plaza.reaction_commit': 'off',
  wal_compression: 'on',
  max_wal_size: '512MB',
  autovacuum: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_duration_statement: '500ms',
  // The values of a slow statement are people's data, which a log must not collect.
  log_parameter_max_length: '0',
  // Recognising "was not properly shut down" needs English.
  lc_messages: 'C',
};

/** Starts the server of a directory that has none, and waits until it accepts connections. */
export const launchServer = async (launch: Launch): Promise<Server> => {
  const { at, preferredPort, notices } = launch;
  const deadline = Date.now() + patienceMs;
  let from = preferredPort;
  for (;;) {
    const port = await freePort(from);
    const server = spawnServer(launch, port);
    const failure = await untilReady(at, server);
    const log = files.readLog(at, server.logStart);
    if (failure === undefined) {
      if (preferredPort !== undefined && port !== preferredPort) {
        notices.push(`Port ${preferredPort} is busy, using ${port}.`);
      }
      if (/was not properly shut down|was interrupted/.test(log)) {
        notices.push('The server was not stopped cleanly; it recovered.');
      }
      return server;
    }
    // Somebody took the port between the look and the use.
    const lostPort = log.includes('could not create any TCP/IP sockets');
    if (lostPort && from !== undefined) from = port + 1;
    // Processes of a server that was killed need a moment to notice.
    const notYet = log.includes('pre-existing shared memory block');
    if (!(lostPort || notYet) || Date.now() > deadline) throw new Error(failure);
    if (notYet) await sleep(100);
  }
};

const spawnServer = (
  { at, programs, settings: chosen }: Launch,
  port: number,
): Server & { logStart: number } => {
  const settings = {
    ...defaultSettings,
    ...chosen,
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: at.socket ?? '',
    unix_socket_permissions: '0700',
    password_encryption: 'scram-sha-256',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // A file, not a pipe: the server must be able to write its log when this process is gone.
  const log = files.openLog(at.log);
  const logStart = fstatSync(log).size;
  const child = programs.spawn('postgres', {
    args: ['-D', at.data, ...args],
    cwd: at.directory,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exit = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`PostgreSQL could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      const how = signal ? `by signal ${signal}` : `with exit code ${code}`;
      const lines = files.lastLines(files.readLog(at, logStart));
      resolve(`PostgreSQL (process ${child.pid}) ended ${how}. The end of ${at.log}:\n${lines}`);
    });
  });
  return { child, port, exit, logStart };
};

/** Resolves with undefined when the server accepts connections, else with what went wrong. */
const untilReady = async (
  at: files.ServerDirectory,
  { child, exit }: Server,
): Promise<string | undefined> => {
  let failure: string | undefined;
  void exit.then((reason) => (failure = reason));
  const deadline = Date.now() + recoveryPatienceMs;
  while (failure === undefined) {
    const file = files.readPidFile(at);
    if (file?.isReady && file.pid === child.pid) return undefined;
    if (Date.now() > deadline) child.kill('SIGQUIT');
    await sleep(pollMs);
  }
  return failure;
};

/** A free port, the first from the given one on, or any. */
const freePort = async (from: number | undefined): Promise<number> => {
  for (let port = from ?? 0; port <= Math.min((from ?? 0) + 100, 65_535); port += 1) {
    const free = await tryPort(port);
    if (free !== undefined) return free;
  }
  return (await tryPort(0))!;
};

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(new Error(`Port ${port} cannot be used: ${error.message}`, { cause: error }));
    });
    probe.listen(port, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo;
      probe.close(() => resolve(free));
    });
  });

/** Shuts the server down cleanly and resolves when it is gone. */
export const shutDownServer = async (
  { at, programs }: Launch,
  { child, exit }: Server,
): Promise<void> => {
  if (process.platform === 'win32') {
    const args = ['stop', '-m', 'fast', '-D', at.data];
    const stopper = programs.spawn('pg_ctl', { args, cwd: at.directory, stdio: 'ignore' });
    stopper.on('error', () => child.kill());
  } else {
    child.kill('SIGINT');
  }
  // Without a last checkpoint the next start recovers: slower, nothing lost.
  const impatience = setTimeout(() => child.kill('SIGQUIT'), patienceMs);
  await exit;
  clearTimeout(impatience);
};

/** Shuts down a server that is not a child of this process. */
export const endServer = async (at: files.ServerDirectory, pid: number): Promise<void> => {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') {
      throw new Error(`A server of ${at.data} runs as another user (process ${pid}).`, {
        cause: error,
      });
    }
  }
  const deadline = Date.now() + patienceMs;
  while (files.isServerOf(at, pid)) {
    if (Date.now() > deadline) {
      throw new Error(
        `A server of ${at.data} (process ${pid}) does not stop. The end of ${at.log}:\n` +
          files.lastLines(files.readLog(at, 0)),
      );
    }
    await sleep(pollMs);
  }
};
