import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Split, SplitProcess } from '../../deploy/split/split.ts';
import { cutNetwork, mendNetwork, type Cut } from './network.ts';

/** Something that goes wrong, and is well again when `strike` resolves. */
export type Fault = Readonly<{
  name: string;
  /** Processes that it ends with SIGKILL, or a server's like. */
  kills: number;
  strike: () => Promise<void>;
}>;

/** How long what does not come back by itself lasts. */
export type Durations = Readonly<{ brokerAwayMs: number; frozenMs: number; cutMs: number }>;

export const longDurations: Durations = { brokerAwayMs: 60_000, frozenMs: 30_000, cutMs: 15_000 };
export const shortDurations: Durations = { brokerAwayMs: 8_000, frozenMs: 6_000, cutMs: 5_000 };

const killAndStart = async (...processes: readonly SplitProcess[]): Promise<void> => {
  await Promise.all(processes.map((one) => one.end('SIGKILL')));
  await Promise.all(processes.map((one) => one.start()));
};

const killOf = (...processes: readonly SplitProcess[]): Fault => ({
  name: `kill -9 of ${processes.map(({ name }) => name).join(' and ')}`,
  kills: processes.length,
  strike: () => killAndStart(...processes),
});

const freezeOf = (one: SplitProcess, ms: number): Fault => ({
  name: `${one.name} frozen for ${ms / 1_000} s`,
  kills: 0,
  strike: async () => {
    process.kill(one.pid()!, 'SIGSTOP');
    await sleep(ms);
    process.kill(one.pid()!, 'SIGCONT');
  },
});

const cutOf = (to: string, port: number, cut: Cut, ms: number): Fault => ({
  name: `network to ${to}: ${cut} lost for ${ms / 1_000} s`,
  kills: 0,
  strike: async () => {
    cutNetwork(port, cut);
    try {
      await sleep(ms);
    } finally {
      mendNetwork();
    }
  },
});

const brokerFaults = (
  { servers }: Split,
  { brokerAwayMs }: Durations,
): readonly [restart: Fault, kill: Fault, away: Fault] => {
  const { rabbitmq } = servers;
  return [
    {
      name: 'RabbitMQ restarted',
      kills: 0,
      strike: async () => {
        await rabbitmq.stop('clean');
        await rabbitmq.start();
      },
    },
    {
      name: 'kill -9 of RabbitMQ',
      kills: 1,
      strike: async () => {
        await rabbitmq.kill('SIGKILL', 'tree');
        await rabbitmq.start();
      },
    },
    {
      name: `RabbitMQ away for ${brokerAwayMs / 1_000} s`,
      kills: 0,
      strike: async () => {
        await rabbitmq.stop('clean');
        await sleep(brokerAwayMs);
        await rabbitmq.start();
      },
    },
  ];
};

const postgresFaults = ({ servers }: Split): readonly Fault[] => [
  {
    name: 'PostgreSQL ended with -m immediate',
    kills: 1,
    strike: async () => {
      await servers.postgres.stop('immediate');
      await servers.postgres.start();
    },
  },
  {
    name: 'PostgreSQL restarted',
    kills: 0,
    strike: async () => {
      await servers.postgres.stop('clean');
      await servers.postgres.start();
    },
  },
];

const redisFaults = ({ servers }: Split): readonly Fault[] => [
  {
    name: 'kill -9 of Redis',
    kills: 1,
    strike: async () => {
      await servers.redis.kill('SIGKILL', 'tree');
      await servers.redis.start();
    },
  },
  {
    name: 'Redis flushed',
    kills: 0,
    strike: async () => {
      const { password, port } = new URL(servers.connections.redis.url);
      const args = ['-p', port, 'flushall'];
      const env = { ...process.env, REDISCLI_AUTH: password };
      if (spawnSync('redis-cli', args, { env, stdio: 'ignore' }).status !== 0)
        throw new Error('redis-cli flushall failed');
    },
  },
];

/** So many of them, each at most once. */
export const drawn = <Item>(
  items: readonly Item[],
  count: number,
  pick: (items: readonly Item[]) => Item,
): readonly Item[] => {
  const rest = [...items];
  return Array.from({ length: Math.min(count, rest.length) }, () => {
    const one = pick(rest);
    rest.splice(rest.indexOf(one), 1);
    return one;
  });
};

/**
 * Every fault of the catalogue once: each process killed, some frozen, each kind of cut. `few` kills one
 * replica of each of four services and two more together, cuts one service off in one of the four ways,
 * and takes the broker away once; which ones, `pick` says.
 */
export const allFaults = (
  split: Split,
  durations: Durations,
  pick: <Item>(items: readonly Item[]) => Item,
  few: boolean,
): readonly Fault[] => {
  const processes = [...split.processes.values()];
  const byTarget = Map.groupBy(processes, ({ target }) => target);
  const killed = few ? drawn([...byTarget.values()], 4, pick).map(pick) : processes;
  const first = pick(processes);
  const second = pick(processes.filter((one) => one !== first));
  const { cutMs, frozenMs } = durations;
  const { postgres, rabbitmq } = split.servers;
  const service = (): SplitProcess => pick(processes.filter(({ target }) => target !== 'gateway'));
  const cuts: readonly Cut[] = ['requests', 'answers', 'both', 'lossy'];
  const chosenCuts = few ? [pick(cuts)] : cuts;
  const [restart, kill, away] = brokerFaults(split, durations);
  const ofBroker = few ? [kill, pick([restart, away])] : [restart, kill, away];
  return [
    ...killed.map((one) => killOf(one)),
    killOf(first, second),
    ...ofBroker,
    ...postgresFaults(split),
    ...redisFaults(split),
    freezeOf(service(), frozenMs),
    ...chosenCuts.map((cut) => {
      const one = service();
      return cutOf(one.name, one.port, cut, cutMs);
    }),
    cutOf('RabbitMQ', rabbitmq.port, pick(cuts), cutMs),
    cutOf('PostgreSQL', postgres.port, pick(cuts), cutMs),
  ];
};
