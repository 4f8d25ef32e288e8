import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { runFilePath, type RunFile } from '../../../apps/server/run-file.ts';
import { environmentOf, repository, until } from './plaza-process.ts';
import { isAlive, treeOf } from './process-tree.ts';

const startMaxMs = 60_000;

/** An empty shop with every limit out of the way, in a folder of its own. */
export const shopEnvironment = (
  data: string,
  port: number,
  settings: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv =>
  environmentOf({
    PLAZA_DATA: data,
    PLAZA_PORT: String(port),
    PLAZA_DEMO: 'off',
    PLAZA_LOG_LEVEL: 'warn',
    PLAZA_REQUESTS_PER_MINUTE: '900000000',
    PLAZA_SIGN_INS_PER_MINUTE: '900000000',
    ...settings,
  });

const readRunFile = (data: string): RunFile | undefined => {
  try {
    return JSON.parse(readFileSync(runFilePath(data), 'utf8')) as RunFile;
  } catch {
    return undefined;
  }
};

const isHealthy = async (url: string): Promise<boolean> => {
  try {
    const answer = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) });
    return ((await answer.json()) as { status: string }).status === 'healthy';
  } catch {
    return false;
  }
};

/**
 * The back end as a supervisor runs it: one process, its PostgreSQL below it. Resolves when
 * `/health` is healthy. What it logs is appended to `<data>.log`.
 */
export const startServer = async (data: string, environment: NodeJS.ProcessEnv) => {
  const startedAt = performance.now();
  const logPath = `${data}.log`;
  const log = openSync(logPath, 'a');
  const child = spawn(process.execPath, ['apps/server/main.ts'], {
    cwd: repository,
    env: environment,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const exited = Promise.withResolvers<number | null>();
  child.once('exit', (code) => exited.resolve(code));
  const pid = child.pid!;
  let url = '';
  const answers = async (): Promise<boolean> => {
    assert.equal(child.exitCode, null, `Plaza ended:\n${readFileSync(logPath, 'utf8')}`);
    // The file of a killed process is still there: only that of this one counts.
    const run = readRunFile(data);
    if (run?.pid !== pid) return false;
    url = run.url;
    return isHealthy(url);
  };
  const killNow = (): readonly number[] => {
    const isOver = child.exitCode !== null || child.signalCode !== null;
    const pids = isOver ? [] : treeOf(pid);
    for (const one of pids) {
      try {
        process.kill(one, 'SIGKILL');
      } catch {
        // It went with its parent.
      }
    }
    return pids;
  };
  // However this process ends, it leaves nothing running.
  process.once('exit', killNow);
  child.once('exit', () => process.off('exit', killNow));
  const killTree = async (): Promise<void> => {
    const pids = killNow();
    await until(() => !pids.some(isAlive), 10_000, 'the end of the tree');
  };
  try {
    await until(answers, startMaxMs, 'health');
  } catch (error) {
    await killTree();
    throw error;
  }
  return {
    pid,
    url,
    /** From spawn to healthy. */
    readyMs: performance.now() - startedAt,
    /** The operator's; Plaza renews it in its file. */
    token: (): string => readRunFile(data)!.token,
    /** The whole tree at once, as a power cut would. */
    killTree,
    /** As a supervisor ends it; answers the exit code. */
    stop: async (): Promise<number | null> => {
      child.kill('SIGTERM');
      return exited.promise;
    },
  };
};

export type Server = Awaited<ReturnType<typeof startServer>>;

/** A pool on the server's own PostgreSQL, as its administrator, with a context's search path. */
export const adminPool = (data: string, context: string, max = 2): pg.Pool => {
  const postgres = join(data, 'postgres');
  const pidFile = readFileSync(join(postgres, 'data', 'postmaster.pid'), 'utf8').split('\n');
  const pool = new pg.Pool({
    host: '127.0.0.1',
    port: Number(pidFile[3]),
    user: 'plaza_admin',
    password: readFileSync(join(postgres, 'superuser-password'), 'utf8').trim(),
    database: 'plaza',
    max,
    options: `-c search_path=${context},extensions`,
  });
  // Without a listener, a server that goes away takes this process with it.
  pool.on('error', () => {});
  return pool;
};
