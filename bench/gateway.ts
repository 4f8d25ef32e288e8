/**
 * The gateway beside NGINX, each on the first core alone, in front of the same service process. The
 * service and the load are on the second core: what they can do together bounds both, so CPU of a
 * request is measured as well, which nothing bounds. `SERVERS` is the servers.json of `node scripts/servers.ts up`.
 */
import { execFileSync, fork, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { contextNames } from '#shared/platform/config.ts';
import { readServers } from './lib/event-system.ts';
import { median, treeCpuMs } from './lib/cpu.ts';
import { load } from './lib/load.ts';
import { startNginx } from './lib/nginx.ts';

const rounds = Number(process.env['ROUNDS'] ?? 7);
const roundMs = Number(process.env['ROUND_MS'] ?? 2_000);
const ports = { upstream: 18190, gateway: 18191, nginx: 18192 };
const path = '/api/v1/products';
const [proxyCore, restCore] = [0, 1];

/** A page of twenty products, as long as a real one. */
const products = JSON.stringify({
  items: Array.from({ length: 20 }, (_, i) => ({
    id: `0199f3a2-7b1c-7d7e-8a55-0242ac1200${10 + i}`,
    slug: `taza-de-barro-${i}`,
    title: `Taza de barro ${i}`,
    price: '12500.00',
    currency: 'COP',
    stock: 7,
    seller_id: '0199f3a2-7b1c-7d7e-8a55-0242ac120012',
    images: [],
    created_at: '2026-01-02T03:04:05.000Z',
  })),
  next_cursor: null,
});

if (process.send && process.argv[2] === 'upstream') {
  // Who stops the bench by hand leaves nobody on the port.
  process.once('disconnect', () => process.exit());
  const body = Buffer.from(products);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    etag: '"1"',
  };
  createServer((_, response) => response.writeHead(200, headers).end(body)).listen(
    ports.upstream,
    '127.0.0.1',
    () => process.send!('ready'),
  );
}

const startUpstream = async () => {
  const child = fork(new URL(import.meta.url), ['upstream']);
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) =>
      reject(new Error(`the service ended (${code}) before it listened`)),
    );
  });
  return { url: `http://127.0.0.1:${ports.upstream}`, pid: child.pid!, stop: () => child.kill() };
};

const startGateway = async () => {
  const data = await mkdtemp(join(tmpdir(), 'plaza-bench-'));
  const upstream = `http://127.0.0.1:${ports.upstream}`;
  const child = spawn(
    'taskset',
    ['-c', String(proxyCore), process.execPath, 'apps/server/main.ts'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        PLATFORM: 'distributed',
        TARGET: 'gateway',
        PLAZA_DATA: data,
        PLAZA_PORT: String(ports.gateway),
        PLAZA_LOG_LEVEL: 'error',
        PLAZA_REQUESTS_PER_MINUTE: '900000000',
        PLAZA_REDIS_URL: readServers().redis.url,
        PLAZA_SERVICES: contextNames.map((name) => `${name}=${upstream}`).join(','),
      },
    },
  );
  return {
    url: `http://127.0.0.1:${ports.gateway}`,
    pid: child.pid!,
    stop: async (): Promise<void> => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
};

const ready = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 100; tries++) {
    const reply = await fetch(url + path).catch(() => undefined);
    if (reply?.status === 200 && (await reply.text()) === products) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
};

type Numbers = { perSecond: number[]; cpuMicros: number[]; p50Ms: number[]; p99Ms: number[] };

export const benchGateway = async () => {
  execFileSync('taskset', ['-acp', String(restCore), String(process.pid)]);
  const upstream = await startUpstream();
  const gateway = await startGateway();
  const nginx = await startNginx(ports.nginx, ports.upstream, proxyCore);
  const targets = { direct: upstream, nginx, gateway };
  const names = ['direct', 'nginx', 'gateway'] as const;
  const results = Object.fromEntries(
    names.map((name) => [name, { perSecond: [], cpuMicros: [], p50Ms: [], p99Ms: [] }]),
  ) as unknown as Record<(typeof names)[number], Numbers>;
  try {
    for (const { url } of Object.values(targets)) await ready(url);
    for (let round = 0; round <= rounds; round++)
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        const { url, pid } = targets[name];
        const before = treeCpuMs(pid);
        const started = performance.now();
        // Code that has not been compiled yet costs several times as much: the first round is long.
        const many = await load(url, [path], 50, round === 0 ? roundMs * 3 : roundMs);
        const seconds = (performance.now() - started) / 1000;
        const cpuMs = treeCpuMs(pid) - before;
        const one = await load(url, [path], 1, roundMs / 2);
        if (round === 0) continue; // Warms all.
        results[name].perSecond.push(many.perSecond);
        results[name].cpuMicros.push((cpuMs * 1000) / (many.perSecond * seconds));
        results[name].p50Ms.push(one.p50Ms);
        results[name].p99Ms.push(one.p99Ms);
      }
    const of = (name: (typeof names)[number], key: keyof Numbers): number =>
      median(results[name][key]);
    const ratios = (key: 'perSecond' | 'cpuMicros'): number =>
      median(results.gateway[key].map((value, i) => value / results.nginx[key][i]!));
    const added = (key: 'p50Ms' | 'p99Ms', beside: 'direct' | 'nginx'): number =>
      median(results.gateway[key].map((value, i) => value - results[beside][key][i]!));
    return {
      'direct, per second at 50': of('direct', 'perSecond'),
      'nginx, per second at 50': of('nginx', 'perSecond'),
      'gateway, per second at 50': of('gateway', 'perSecond'),
      'gateway of nginx, throughput': ratios('perSecond'),
      'nginx, CPU µs of a request': of('nginx', 'cpuMicros'),
      'gateway, CPU µs of a request': of('gateway', 'cpuMicros'),
      'gateway of nginx, requests per CPU second': 1 / ratios('cpuMicros'),
      'direct, p50 ms at 1': of('direct', 'p50Ms'),
      'nginx, p50 ms at 1': of('nginx', 'p50Ms'),
      'gateway, p50 ms at 1': of('gateway', 'p50Ms'),
      'gateway adds to direct, p50 ms': added('p50Ms', 'direct'),
      'gateway adds to direct, p99 ms': added('p99Ms', 'direct'),
      'nginx, p99 ms at 1': of('nginx', 'p99Ms'),
    };
  } finally {
    upstream.stop();
    await Promise.all([gateway.stop(), nginx.stop()]);
  }
};

if (import.meta.main && process.argv[2] !== 'upstream') console.table(await benchGateway());
