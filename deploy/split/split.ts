/**
 * The whole split system on one machine: the real servers, a process per context, and the gateway.
 * Everything is kept in one folder; every process ends with the one that started it or by `stop`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contextNames } from '#shared/platform/config.ts';
import type { ContextName } from '#shared/platform/module.ts';
import type { Ports } from '../servers/folder.ts';
import { startServers, stopServers, type Servers } from '../servers/servers.ts';

export type ProcessName = ContextName | 'gateway' | 'web';

/** One process of the split system; `port` stays the same over restarts. */
export type SplitProcess = Readonly<{
  /** What it runs; the first replica of it has this name too, the second `orders-2`. */
  target: ProcessName;
  name: string;
  port: number;
  url: string;
  pid: () => number | undefined;
  /** Starts it unless it runs, and resolves when it is ready. */
  start: () => Promise<void>;
  /** Resolves when it has ended. */
  end: (signal?: NodeJS.Signals) => Promise<void>;
}>;

export type Split = Readonly<{
  data: string;
  /** The gateway's address; people's is that of the process `web`, where there is one. */
  url: string;
  servers: Servers;
  /** By name. */
  processes: ReadonlyMap<string, SplitProcess>;
  stop: () => Promise<void>;
}>;

const readyWithinMs = 60_000;

/** The secret that all processes share; made once. */
const secretFile = (data: string): string => {
  const path = join(data, 'secret');
  if (!existsSync(path))
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return path;
};

/** A process to be: the first replica of a target is 1. */
type Place = Readonly<{ target: ProcessName; replica: number; name: string; port: number }>;

const environmentOf = (
  place: Place,
  options: Readonly<{ data: string; servers: Servers; places: readonly Place[] }>,
): Record<string, string> => {
  const { data, servers, places } = options;
  const { postgres, rabbitmq, redis } = servers.connections;
  const { target } = place;
  const portOf = (name: ProcessName): number | undefined =>
    places.find((it) => it.target === name)?.port;
  const common = {
    PLATFORM: 'distributed',
    TARGET: target,
    PLAZA_PORT: String(place.port),
    PLAZA_DATA: join(data, place.name),
    PLAZA_DEMO: 'off',
    PLAZA_DRAIN_SECONDS: '2',
    PLAZA_TRUSTED_PROXIES: '127.0.0.1',
    // Where people are: at the pages, or at the gateway where there are none.
    PLAZA_PUBLIC_URL: `http://localhost:${(portOf('web') ?? portOf('gateway'))!}`,
    PLAZA_REDIS_URL: redis.url,
    PLAZA_SERVICES: places
      .filter((it) => it.target !== 'gateway' && it.target !== 'web')
      .map((it) => `${it.target}=http://127.0.0.1:${it.port}`)
      .join(','),
  };
  if (target === 'gateway') return common;
  if (target === 'web')
    return {
      ...common,
      PLAZA_SECRET_FILE: secretFile(data),
      PLAZA_API_URL: `http://127.0.0.1:${portOf('gateway')!}`,
    };
  const { url, ownerUrl } = postgres.contexts[target as keyof typeof postgres.contexts];
  return {
    ...common,
    // What one process keeps the others must find: replicas, and users the parts of an export.
    PLAZA_FILES: join(data, 'files'),
    PLAZA_SECRET_FILE: secretFile(data),
    PLAZA_RABBITMQ_URL: rabbitmq.url,
    [`PLAZA_${target.toUpperCase()}_DATABASE_URL`]: url,
    [`PLAZA_${target.toUpperCase()}_OWNER_DATABASE_URL`]: ownerUrl,
  };
};

/** What of a person's environment a process needs; nothing of `PLAZA_` leaks in. */
const inherited = (own: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(own).filter(([name]) => !/^(PLAZA_|TARGET$|PLATFORM$)/.test(name)),
  );

const createProcess = (
  { target, name, port }: Place,
  environment: NodeJS.ProcessEnv,
  data: string,
): SplitProcess => {
  const url = `http://127.0.0.1:${port}`;
  const log = join(data, `${name}.log`);
  let child: ChildProcess | undefined;
  let ended: Promise<void> = Promise.resolve();

  const isReady = async (): Promise<boolean> => {
    try {
      const reply = await fetch(
        `${url}/health/${target === 'gateway' || target === 'web' ? 'live' : 'ready'}`,
        {
          signal: AbortSignal.timeout(1_000),
        },
      );
      await reply.body?.cancel();
      return reply.ok;
    } catch {
      return false;
    }
  };
  return {
    target,
    name,
    port,
    url,
    pid: () => child?.pid,
    async start() {
      if (!child) {
        const output = openSync(log, 'a', 0o600);
        const started = spawn(process.execPath, ['apps/server/main.ts'], {
          cwd: resolve(import.meta.dirname, '../..'),
          stdio: ['ignore', output, output, 'ipc'],
          env: environment,
        });
        closeSync(output);
        child = started;
        ended = new Promise((done) => {
          started.once('exit', () => {
            if (child === started) child = undefined;
            done();
          });
        });
      }
      const deadline = Date.now() + readyWithinMs;
      while (!(await isReady())) {
        if (!child || Date.now() > deadline)
          throw new Error(
            `${name} did not start; the end of ${log}:\n${readFileSync(log, 'utf8').slice(-3_000)}`,
          );
        await new Promise((done) => setTimeout(done, 100));
      }
    },
    async end(signal = 'SIGTERM') {
      child?.kill(signal);
      await ended;
    },
  };
};

/**
 * Starts servers, services and gateway, and resolves when all are ready. `environment` is given to
 * every process. Raises with the end of its log when one does not start.
 */
export const startSplit = async (
  options: Readonly<{
    data: string;
    /** Of the gateway; the contexts take the next ones, and second replicas those after. */
    firstPort?: number;
    /** A server of pages in front of the gateway, as a process of its own. */
    withWeb?: boolean;
    /** How many processes of each context, and of the gateway: 1. */
    replicas?: number;
    /** Of the servers; those that are not given are `defaultPorts`. */
    serverPorts?: Partial<Ports>;
    environment?: Readonly<Record<string, string>>;
    /** The caller's environment, of which `PATH` and the like are passed on. */
    own: NodeJS.ProcessEnv;
    log?: (line: string) => void;
  }>,
): Promise<Split> => {
  const { firstPort = 8_000, replicas = 1, serverPorts = {}, environment = {}, own, log } = options;
  const data = resolve(options.data);
  mkdirSync(data, { recursive: true, mode: 0o711 });
  const { servers } = await startServers({
    data: join(data, 'servers'),
    ports: serverPorts,
    ...(log ? { log } : {}),
  });
  const targets: readonly ProcessName[] = [
    'gateway',
    ...contextNames,
    ...(options.withWeb ? (['web'] as const) : []),
  ];
  const places = Array.from({ length: replicas }, (_, i) =>
    targets.map((target, j): Place => {
      const name = i === 0 ? target : `${target}-${i + 1}`;
      return { target, replica: i + 1, name, port: firstPort + i * targets.length + j };
    }),
  ).flat();
  const processes = new Map(
    places.map((place) => {
      const settings = environmentOf(place, { data, servers, places });
      const env = { ...inherited(own), ...settings, ...environment };
      return [place.name, createProcess(place, env, data)];
    }),
  );
  const stop = async (): Promise<void> => {
    const all = [...processes.values()];
    // Those in front first, so that nothing new begins.
    const isFirst = ({ target }: SplitProcess): boolean => target === 'gateway' || target === 'web';
    await Promise.all(all.filter(isFirst).map((one) => one.end()));
    await Promise.all(all.filter((one) => !isFirst(one)).map((one) => one.end()));
    await stopServers({ data: join(data, 'servers') });
  };
  try {
    // Two at a time is what two cores carry. The first of a context makes its tables.
    for (let i = 0; i < places.length; i += 2)
      await Promise.all(places.slice(i, i + 2).map(({ name }) => processes.get(name)!.start()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { data, url: processes.get('gateway')!.url, servers, processes, stop };
};
