/**
 * Events between contexts over RabbitMQ. (a) From the commit of an event to the commit of its effect,
 * open loop, beside the in-process bus with the same outbox, inbox and effect. (b) 50,000 committed
 * rows drained to the broker, beside the broker's own confirms of the same messages in the same
 * window. Alternated in one run. `SERVERS` is the servers.json of `node scripts/servers.ts up`.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomUUIDv7 } from 'node:crypto';
import type pg from 'pg';
import { Connection } from 'rabbitmq-client';
import { createMemoryBus } from '#shared/messaging/memory-bus.ts';
import type { Bus } from '#shared/messaging/message.ts';
import { createElectedReader } from '#shared/messaging/outbox-reader.ts';
import { OutboxRelay } from '#shared/messaging/outbox-relay.ts';
import { insertIntoOutboxSql, toOutbox } from '#shared/messaging/outbox.ts';
import { eventsExchange, queueOf } from '#shared/messaging/rabbit-topology.ts';
import { median } from './lib/cpu.ts';
import * as system from './lib/event-system.ts';

const rates = (process.env['RATES'] ?? '100,1000').split(',').map(Number).filter(Boolean);
const seconds = Number(process.env['SECONDS'] ?? 8);
const rounds = Number(process.env['ROUNDS'] ?? 3);
const rows = Number(process.env['ROWS'] ?? 50_000);
const subjects = 200;
const text = 'x'.repeat(600);
const tickMs = 5;

const servers = system.readServers();
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let counter = 0;

/** How an event gets from its commit to the bus: by the reader of the table, or from memory. */
type Way = 'read' | 'handed over';

const insertSql = (way: Way) =>
  `with changed as (select) ${insertIntoOutboxSql(1, 'changed', way === 'handed over')}`;

/** Commits events at a steady rate, whatever becomes of them; answers when each was committed. */
const commitAt = async (rate: number, pool: pg.Pool, relay: OutboxRelay, way: Way) => {
  const committed = new Map<number, number>();
  const commit = async (n: number): Promise<void> => {
    const event = { id: randomUUIDv7(), type: system.type, subject: `s${n % subjects}` };
    const trace = { correlationId: randomUUIDv7() };
    const outbox = toOutbox(
      [{ ...event, aggregateVersion: n, data: { n, text } }],
      trace,
      new Date(),
    );
    const values = [JSON.stringify(outbox)];
    await pool.query({ name: `bench-commit-${way}`, text: insertSql(way), values });
    committed.set(n, system.now());
    relay.wake(way === 'handed over' ? outbox : undefined);
  };
  const began = performance.now();
  const commits: Promise<void>[] = [];
  for (let sent = 0; sent < rate * seconds; await sleep(tickMs)) {
    const due = Math.min(rate * seconds, ((performance.now() - began) / 1_000) * rate);
    for (; sent < due; sent++) commits.push(commit(++counter));
  }
  await Promise.all(commits);
  return committed;
};

const startRelay = (pool: pg.Pool, bus: Bus): OutboxRelay => {
  const connection = system.connectionOf(servers);
  const reader = createElectedReader({ connection, context: system.context, log: system.log });
  const relay = new OutboxRelay({ pool, bus, source: '/bench', log: system.log, reader });
  relay.start();
  return relay;
};

const quantiles = (committed: ReadonlyMap<number, number>, done: ReadonlyMap<number, number>) => {
  const ms = Float64Array.from(committed, ([n, at]) => done.get(n)! - at).toSorted();
  const at = (share: number): number => ms[Math.floor(ms.length * share)]!;
  return { p50: at(0.5), p99: at(0.99) };
};

/** One round over one bus; the first second warms and does not count. */
const latency = async (
  rate: number,
  way: Way,
  pool: pg.Pool,
  bus: Bus,
  done: Map<number, number>,
) => {
  const relay = startRelay(pool, bus);
  await sleep(500);
  const committed = await commitAt(rate, pool, relay, way);
  for (const [n] of committed) while (!done.has(n)) await sleep(20);
  await relay.stop();
  const [first] = committed.values();
  for (const [n, at] of committed) if (at < first! + 1_000) committed.delete(n);
  return quantiles(committed, done);
};

const benchLatency = async (pool: pg.Pool) => {
  const done = new Map<number, number>();
  const child: ChildProcess = fork(new URL('./lib/event-consumer.ts', import.meta.url));
  await once(child, 'message');
  child.on('message', (list: [number, number][]) => {
    for (const [n, at] of list) done.set(n, at);
  });
  const found: Record<string, { p50: number[]; p99: number[] }> = {};
  for (let round = 0; round < rounds; round++)
    for (const rate of rates)
      for (const [name, way] of [
        ['in process', 'handed over'],
        ['RabbitMQ', 'handed over'],
        ['RabbitMQ', 'read'],
      ] as const) {
        const bus =
          name === 'RabbitMQ' ? system.startBus(servers) : createMemoryBus({ log: system.log });
        if (name === 'in process') system.consume(bus, pool, (n) => void done.set(n, system.now()));
        else await (bus as ReturnType<typeof system.startBus>).ready();
        if (name === 'RabbitMQ') await sleep(3_500); // The approval of a new channel.
        const { p50, p99 } = await latency(rate, way, pool, bus, done);
        await bus.stop();
        const row = (found[`${name}, ${way}, ${rate}/s`] ??= { p50: [], p99: [] });
        row.p50.push(p50);
        row.p99.push(p99);
      }
  child.disconnect();
  return Object.fromEntries(
    Object.entries(found).map(([name, { p50, p99 }]) => [
      name,
      { 'p50 ms': median(p50), 'p99 ms': median(p99), 'p99 worst ms': Math.max(...p99) },
    ]),
  );
};

/** The broker's own rate: the same bytes to the same queue, so many under way as the relay has. */
const rawRate = async (channelOf: Connection, window: number): Promise<number> => {
  const channel = await channelOf.acquire();
  await channel.confirmSelect();
  const message = { id: randomUUIDv7(), type: system.type, subject: 's1', data: { n: 1, text } };
  const body = Buffer.from(
    JSON.stringify({ ...message, correlation_id: randomUUIDv7() }).padEnd(1_050),
  );
  const to = { exchange: eventsExchange, routingKey: system.type, mandatory: true, durable: true };
  let left = rows;
  const work = async (): Promise<void> => {
    while (left-- > 0) await channel.basicPublish(to, body);
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: window }, work));
  const perSecond = (rows / (performance.now() - began)) * 1_000;
  await channel.queuePurge({ queue: queueOf(system.consumer) });
  await channel.close();
  return perSecond;
};

const drainRate = async (pool: pg.Pool): Promise<number> => {
  await pool.query('delete from outbox');
  await pool.query(
    `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
     select uuidv7(), $1, 's' || n % 2000, n, now(), uuidv7(), jsonb_build_object('n', n, 'text', $2::text)
     from generate_series(1, $3::int) n`,
    [system.type, text, rows],
  );
  const bus = system.startBus(servers);
  await bus.ready();
  await sleep(3_500);
  const began = performance.now();
  const relay = startRelay(pool, bus);
  const sql = 'select exists (select from outbox where sent_at is null) as is_pending';
  for (;;) {
    const {
      rows: [row],
    } = await pool.query<{ is_pending: boolean }>(sql);
    if (!row!.is_pending) break;
    await sleep(50);
  }
  const perSecond = (rows / (performance.now() - began)) * 1_000;
  await bus.stop();
  await relay.stop();
  return perSecond;
};

const benchDrain = async (pool: pg.Pool) => {
  const connection = new Connection({ url: servers.rabbitmq.url, noDelay: true });
  const queue = queueOf(system.consumer);
  const found = { raw: [] as number[], drain: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    found.raw.push(await rawRate(connection, 2_000));
    found.drain.push(await drainRate(pool));
    const channel = await connection.acquire();
    await channel.queuePurge({ queue });
    await channel.close();
  }
  await connection.close();
  const share = median(found.drain.map((rate, i) => rate / found.raw[i]!));
  return { 'drain /s': median(found.drain), 'broker /s': median(found.raw), share };
};

export const benchEvents = async () => {
  await system.makeDatabase(servers);
  const pool = system.openPool(servers);
  try {
    return { ...(await benchLatency(pool)), drain: await benchDrain(pool) };
  } finally {
    await pool.end();
  }
};

if (import.meta.main) console.table(await benchEvents());
