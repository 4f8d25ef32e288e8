import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunFile } from '../../apps/server/start-plaza.ts';

/** A Plaza of its own, as `npm start` runs it, with limits out of the way. */
export const startPlazaProcess = async () => {
  const data = await mkdtemp(join(tmpdir(), 'plaza-bench-'));
  const child = spawn(process.execPath, ['apps/server/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PLAZA_DATA: data,
      PLAZA_PORT: '18100',
      PLAZA_DEMO: 'off',
      PLAZA_LOG_LEVEL: 'warn',
      PLAZA_REQUESTS_PER_MINUTE: '900000000',
      PLAZA_SIGN_INS_PER_MINUTE: '900000000',
    },
  });
  const readRun = async (): Promise<RunFile> => {
    for (let tries = 0; tries < 300; tries++) {
      try {
        return JSON.parse(await readFile(join(data, 'run', 'plaza.json'), 'utf8')) as RunFile;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
    throw new Error('Plaza did not start');
  };
  const run = await readRun();
  const secret = Buffer.from((await readFile(join(data, 'secret'), 'utf8')).trim(), 'base64url');
  return {
    pid: child.pid!,
    url: run.url,
    token: run.token,
    data,
    secret,
    /** Line 4 of the pid file is the port. */
    databasePort: Number(
      (await readFile(join(data, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[3],
    ),
    stop: async (): Promise<void> => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
};

export type PlazaProcess = Awaited<ReturnType<typeof startPlazaProcess>>;

/** One request; throws with the problem when the status is not `status`. */
export const request = async (
  plaza: Pick<PlazaProcess, 'url'>,
  status: number,
  method: string,
  path: string,
  options: { token?: string; body?: object; headers?: Record<string, string> } = {},
): Promise<Record<string, unknown>> => {
  const reply = await fetch(`${plaza.url}/api/v1${path}`, {
    method,
    headers: {
      ...(options.body ? { 'content-type': 'application/json' } : {}),
      ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
      ...options.headers,
    },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  });
  const text = await reply.text();
  if (reply.status !== status) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};
