/**
 * A purchase in the split system beside the same purchase in one process, alternated: eight buyers at
 * once on the same two cores. Of the split all is counted: services, gateway, PostgreSQL, RabbitMQ and
 * Redis. Starts both by itself; Debian, as root, as scripts/split.ts.
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFilePath, type RunFile } from '../apps/server/run-file.ts';
import { listServers } from '../deploy/servers/servers.ts';
import { startSplit } from '../deploy/split/split.ts';
import { codeReader } from './lib/codes.ts';
import { median, treeCpuMs } from './lib/cpu.ts';
import { startPlazaProcess } from './lib/plaza-process.ts';
import { buy, measure, prepareShop } from './lib/purchase.ts';

const purchasesARound = Number(process.env['PURCHASES'] ?? 100);
const rounds = Number(process.env['ROUNDS'] ?? 5);
const unlimited = '900000000';

const startBenchSplit = async () => {
  // The servers run as users of their own, who must be able to enter.
  const data = join(tmpdir(), `plaza-bench-split-${process.pid}`);
  const split = await startSplit({
    data,
    firstPort: 18_500,
    serverPorts: { postgres: 15_732, amqp: 25_703, erlang: 25_704, epmd: 24_399, redis: 16_679 },
    own: process.env,
    environment: {
      PLAZA_LOG_LEVEL: 'warn',
      PLAZA_REQUESTS_PER_MINUTE: unlimited,
      PLAZA_SIGN_INS_PER_MINUTE: unlimited,
    },
  });
  const processes = [...split.processes.values()];
  const identity = split.processes.get('identity')!;
  const run = JSON.parse(readFileSync(runFilePath(join(data, 'identity')), 'utf8')) as RunFile;
  const pids = [
    ...processes.map((one) => one.pid()!),
    ...listServers(split.servers).map((server) => server.pid()!),
  ];
  return {
    url: split.url,
    token: run.token,
    mails: join(data, 'identity'),
    meter: {
      cpuMs: () => pids.reduce((sum, pid) => sum + treeCpuMs(pid), 0),
      hashingPid: identity.pid()!,
    },
    stop: async (): Promise<void> => {
      await split.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
};

const startLocal = async () => {
  const plaza = await startPlazaProcess();
  const { url, token, data, pid, stop } = plaza;
  return {
    url,
    token,
    mails: data,
    meter: { cpuMs: () => treeCpuMs(pid), hashingPid: pid },
    stop,
  };
};

export const benchSplit = async () => {
  const plazas = { local: await startLocal(), split: await startBenchSplit() };
  const names = ['local', 'split'] as const;
  try {
    const buyers = new Map(
      await Promise.all(
        names.map(async (name) => {
          const plaza = plazas[name];
          const variants = await prepareShop(plaza);
          const codeOf = codeReader(plaza.mails);
          const purchases = (times: number) =>
            measure(plaza.meter, times, () => buy(plaza, codeOf, variants));
          return [name, purchases] as const;
        }),
      ),
    );
    // A server runs for days: its code is compiled and warm.
    for (const name of names) await buyers.get(name)!(2 * purchasesARound);
    const results: Record<(typeof names)[number], Awaited<ReturnType<typeof measure>>[]> = {
      local: [],
      split: [],
    };
    for (let i = 0; i < rounds; i++)
      for (const name of i % 2 === 0 ? names : names.toReversed())
        results[name].push(await buyers.get(name)!(purchasesARound));
    const of = (name: (typeof names)[number], key: 'withoutHashMs' | 'perSecond' | 'p50Ms') =>
      median(results[name].map((result) => result[key]));
    return {
      local: {
        withoutHashCpuMs: of('local', 'withoutHashMs'),
        perSecond: of('local', 'perSecond'),
        p50Ms: of('local', 'p50Ms'),
      },
      split: {
        withoutHashCpuMs: of('split', 'withoutHashMs'),
        perSecond: of('split', 'perSecond'),
        p50Ms: of('split', 'p50Ms'),
      },
      'CPU of split to local': of('split', 'withoutHashMs') / of('local', 'withoutHashMs'),
      'purchases a second, split to local': of('split', 'perSecond') / of('local', 'perSecond'),
    };
  } finally {
    await Promise.all([plazas.local.stop(), plazas.split.stop()]);
  }
};

if (import.meta.main) console.table(await benchSplit());
