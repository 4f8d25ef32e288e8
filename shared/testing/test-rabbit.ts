import assert from 'node:assert/strict';
import { exec } from 'node:child_process';
import { promisify } from 'node:util';
import { Connection, type AsyncMessage, type Channel } from 'rabbitmq-client';
import type { Message, Subscription } from '../messaging/message.ts';
import { createRabbitBus, type RabbitBus } from '../messaging/rabbit-bus.ts';
import { deadQueueOf, queueOf } from '../messaging/rabbit-topology.ts';
import { createLogger } from '../telemetry/logger.ts';

/** Its address; a shell command that restarts it; one that begins a call of rabbitmqctl. */
const variables = ['URL', 'RESTART', 'CTL'].map((name) => `PLAZA_TEST_RABBITMQ_${name}`);
const [url, restartCommand, ctlCommand] = variables.map((name) => process.env[name] ?? '');
const missing = variables.filter((name) => !process.env[name]);

/** Why tests over a real broker cannot run here; false where they can, and in CI, where they must. */
export const rabbitSkip =
  missing.length > 0 && process.env['CI'] === undefined
    ? `there is no RabbitMQ to test with: ${missing.join(', ')} not set`
    : false;
export const rabbitUrl = url!;

const shell = promisify(exec);
export const log = createLogger({ level: process.env['TEST_LOG'] ?? 'silent' });
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms));
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

export const until = async (
  what: string,
  isTrue: () => boolean | Promise<boolean>,
  ms = 15_000,
): Promise<void> => {
  const end = performance.now() + ms;
  while (!(await isTrue())) {
    assert.ok(performance.now() < end, `never: ${what}`);
    await pause(10);
  }
};

/** `'waits'` when nothing comes of it in `ms`. */
export const outcome = (promise: Promise<unknown>, ms: number): Promise<unknown> =>
  Promise.race([
    promise.then(
      () => 'resolved',
      () => 'rejected',
    ),
    pause(ms).then(() => 'waits'),
  ]);

type BusOptions = Partial<Parameters<typeof createRabbitBus>[0]>;

/** The broker that was given, and what tests do with it behind the back of the bus. */
export const openTestRabbit = async () => {
  assert.deepEqual(missing, [], 'CI has a RabbitMQ');
  const admin = new Connection({ url: rabbitUrl, noDelay: true, retryLow: 100, retryHigh: 500 });
  admin.on('error', () => {});
  await admin.onConnect();
  const queues: string[] = [];

  const onChannel = async <T>(work: (channel: Channel) => Promise<T>): Promise<T> => {
    const channel = await admin.acquire();
    try {
      return await work(channel);
    } finally {
      await channel.close();
    }
  };
  const countOf = (queue: string): Promise<number> =>
    onChannel(async (channel) => {
      await pause(200); // What a stopped consumer gave back takes a moment.
      return (await channel.queueDeclare({ queue, passive: true })).messageCount;
    });

  /** A context, queues and a type that no other test has, and buses that know them. */
  const rig = (...reactions: string[]) => {
    const context = `test${crypto.randomUUID().slice(0, 8)}`;
    const type = `${context}.happened.v1`;
    const subscriptions = Object.fromEntries(reactions.map((name) => [`${context}.${name}`, type]));
    queues.push(...Object.keys(subscriptions).map(queueOf), deadQueueOf(context));
    const buses: RabbitBus[] = [];
    return {
      context,
      type,
      queue: (name: string) => queueOf(`${context}.${name}`),
      count: (name: string) => countOf(queueOf(`${context}.${name}`)),
      countDead: () => countOf(deadQueueOf(context)),
      start: async (more: BusOptions = {}): Promise<RabbitBus> => {
        const bus = createRabbitBus({ url: rabbitUrl, log, subscriptions, settleMs: 0, ...more });
        buses.push(bus);
        await bus.ready();
        return bus;
      },
      on: (
        bus: RabbitBus,
        name: string,
        handle: Subscription['handle'],
        bury: Subscription['bury'] = () => Promise.reject(new Error('nobody dies here')),
      ) => bus.subscribe({ consumer: `${context}.${name}`, type, handle, bury }),
      message: (subject: string, n: number): Message<{ n: number }> => ({
        specversion: '1.0',
        id: crypto.randomUUID(),
        source: `/${context}`,
        type,
        subject,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        aggregate_version: n,
        correlation_id: crypto.randomUUID(),
        causation_id: null,
        traceparent: null,
        data: { n },
      }),
      stop: () => Promise.all(buses.map((bus) => bus.stop())),
    };
  };

  return {
    rig,
    onChannel,
    /** Remembers a queue of the test's own for the end. */
    willDelete: (queue: string) => void queues.push(queue),
    /** Puts a message into a queue and every other of its binding, as anybody may. */
    publishRaw: (
      to: Readonly<{ exchange: string; routingKey: string; contentType?: string }>,
      body: string | Buffer,
    ) =>
      onChannel(async (channel) => {
        await channel.confirmSelect();
        await channel.basicPublish({ ...to, durable: true }, body);
      }),
    /** The next delivery of a queue, which is gone with it. */
    takeRaw: (queue: string): Promise<AsyncMessage> =>
      onChannel(async (channel) => {
        const { promise, resolve } = Promise.withResolvers<AsyncMessage>();
        await channel.basicConsume({ queue, noAck: true }, resolve);
        return promise;
      }),
    deleteQueue: (queue: string) => onChannel((channel) => channel.queueDelete({ queue })),
    /** `rabbitmqctl <words>`. */
    ctl: async (words: string): Promise<string> => (await shell(`${ctlCommand} ${words}`)).stdout,
    restart: () => shell(restartCommand!),
    /** Ends the broker without a word, and starts it again. */
    kill: async (): Promise<void> => {
      const { stdout } = await shell(`${ctlCommand} eval 'os:getpid().'`);
      process.kill(Number(/\d+/.exec(stdout)![0]), 'SIGKILL');
      await shell(restartCommand!);
    },
    close: async (): Promise<void> => {
      await onChannel(async (channel) => {
        for (const queue of queues) await channel.queueDelete({ queue });
      });
      admin.unsafeDestroy();
    },
  };
};

export type TestRabbit = Awaited<ReturnType<typeof openTestRabbit>>;
