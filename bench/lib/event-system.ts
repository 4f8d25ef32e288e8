import { readFileSync } from 'node:fs';
import pg from 'pg';
import { Type } from 'typebox';
import { createLogger } from '#shared/telemetry/logger.ts';
import { reaction, type Bus, type Message } from '#shared/messaging/message.ts';
import { createRabbitBus, type RabbitBus } from '#shared/messaging/rabbit-bus.ts';
import { subscribeReactions } from '#shared/messaging/subscribe.ts';
import { createContextPool, createDatabase, prepareSchemas } from '#shared/platform/databases.ts';
import type { ServiceModule } from '#shared/platform/module.ts';

type Servers = Readonly<{
  postgres: { adminUrl: string };
  rabbitmq: { url: string };
  redis: { url: string };
}>;

/** What `node scripts/servers.ts up` has written. */
export const readServers = (): Servers => {
  const path = process.env['SERVERS'];
  if (!path) throw new Error('SERVERS: the servers.json of `node scripts/servers.ts up`');
  return JSON.parse(readFileSync(path, 'utf8')) as Servers;
};

export const context = 'bench';
export const type = 'bench.happened.v1';
export const consumer = `${context}.count`;
export const log = createLogger({ level: 'warn' });
const database = 'plaza_bench_events';
const password = 'of-the-bench-only';
const module: ServiceModule = {
  name: 'analytics',
  migrations: [new URL('../../shared/messaging/migrations/', import.meta.url)],
  start: () => Promise.reject(new Error('not started here')),
};

const adminOf = (servers: Servers) => {
  const url = new URL(servers.postgres.adminUrl);
  return {
    host: url.hostname,
    port: Number(url.port),
    user: url.username,
    password: decodeURIComponent(url.password),
  };
};

/** A new database with outbox, inbox and a table for effects. */
export const makeDatabase = async (servers: Servers): Promise<void> => {
  const admin = adminOf(servers);
  const server = new pg.Client({ ...admin, database: 'postgres' });
  await server.connect();
  await server.query(`drop database if exists ${database} with (force)`);
  await server.end();
  await createDatabase(admin, database);
  await prepareSchemas(admin, database, [module], () => password);
  const client = new pg.Client({ ...admin, database });
  await client.connect();
  await client.query('create table analytics.effects (n integer, subject text)');
  await client.end();
};

export const openPool = (servers: Servers): pg.Pool =>
  createContextPool({
    address: adminOf(servers),
    database,
    context: 'analytics',
    password,
    max: 8,
    log,
  });

export const connectionOf = (servers: Servers): pg.ClientConfig => {
  const { host, port } = adminOf(servers);
  return { host, port, database, user: 'plaza_analytics', password };
};

export const startBus = (servers: Servers): RabbitBus =>
  createRabbitBus({ url: servers.rabbitmq.url, log, subscriptions: { [consumer]: type } });

/** Milliseconds that processes of one machine share. */
export const now = (): number => performance.timeOrigin + performance.now();

const effectSql = `with taken as (select where take_message($1, $2))
  insert into effects (n, subject) select $3, $4 from taken`;
const contract = Type.Object({ n: Type.Integer(), text: Type.String() }, { $id: type });

/** Inbox and effect in one transaction; `done` is told when that is committed. */
export const consume = (bus: Bus, pool: pg.Pool, done: (n: number) => void): void =>
  subscribeReactions({
    bus,
    context,
    pool,
    reactions: [
      reaction('count', contract, async ({ id, subject, data }: Message<{ n: number }>) => {
        const values = [consumer, id, data.n, subject];
        await pool.query({ name: 'bench-effect', text: effectSql, values });
        done(data.n);
      }),
    ],
  });
