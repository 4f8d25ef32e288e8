import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Type } from 'typebox';
import { createContextPool, createDatabase, prepareSchemas } from '../../platform/databases.ts';
import { startEmbeddedPostgres } from '../../platform/embedded-postgres.ts';
import type { ServiceModule } from '../../platform/module.ts';
import { testPassword } from '../../testing/test-postgres.ts';
import { log, type TestRabbit } from '../../testing/test-rabbit.ts';
import { createDeadLetters } from '../dead-letters.ts';
import { reaction, type Message } from '../message.ts';
import { createElectedReader } from '../outbox-reader.ts';
import { OutboxRelay } from '../outbox-relay.ts';
import { subscribeReactions } from '../subscribe.ts';

const module: ServiceModule = {
  name: 'analytics',
  migrations: [new URL('../migrations/', import.meta.url)],
  start: () => Promise.reject(new Error('not started here')),
};
const database = 'outbox_over_rabbit';
const password = testPassword('analytics');

/** A PostgreSQL of its own, since cases stop it: outbox, inbox, and a table of effects. */
export const startOutboxDatabase = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plaza-test-'));
  const settings = { fsync: 'off' };
  let server = await startEmbeddedPostgres({ directory, settings });
  const { host, port, user } = server;
  const admin = { host, port, user, password: server.password };
  await createDatabase(admin, database);
  await prepareSchemas(admin, database, [module], () => password);
  const client = new pg.Client({ ...admin, database });
  await client.connect();
  await client.query(`create table analytics.effects (consumer text, message_id uuid, subject text,
    n integer, at timestamptz not null default clock_timestamp())`);
  await client.end();
  const pool = createContextPool({
    address: { host, port },
    database,
    context: 'analytics',
    password,
    max: 12,
    log,
  });
  return {
    pool,
    connection: { host, port, database, user: 'plaza_analytics', password },
    stopServer: () => server.stop(),
    startServer: async () => {
      server = await startEmbeddedPostgres({ directory, settings, preferredPort: port });
    },
    close: async () => {
      await pool.end();
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

export type OutboxDatabase = Awaited<ReturnType<typeof startOutboxDatabase>>;

/** Inbox and effect in one statement, and so in one transaction. */
export const effectSql = `
  with taken as (select where take_message($1, $2))
  insert into effects (consumer, message_id, subject, n) select $1, $2, $3, $4 from taken`;

export type Event = Readonly<{ subject: string; n: number; data?: object }>;

/** A system of one context that sends to itself: outbox, relay, broker, consumer, inbox, effect. */
export const createOutboxRig = (rabbit: TestRabbit, { pool, connection }: OutboxDatabase) => {
  const test = rabbit.rig('count');
  const { context, type } = test;
  const contract = Type.Object(
    { n: Type.Integer(), text: Type.Optional(Type.String()) },
    { $id: type },
  );
  const counting = (before: (message: Message<{ n: number }>) => Promise<void>) =>
    reaction('count', contract, async (message) => {
      await before(message);
      await pool.query(effectSql, [context, message.id, message.subject, message.data.n]);
    });
  const relays: OutboxRelay[] = [];

  return {
    ...test,
    contract,
    /** A process; `before` runs in front of each effect. */
    run: async (before: Parameters<typeof counting>[0] = async () => {}) => {
      const bus = await test.start();
      const reactions = [counting(before)];
      subscribeReactions({ bus, context, pool, reactions });
      const reader = createElectedReader({ connection, context, log });
      const relay = new OutboxRelay({ pool, bus, source: `/${context}`, log, reader });
      relays.push(relay);
      relay.start();
      await bus.ready();
      return { bus, relay, deadLetters: createDeadLetters({ pool, context, reactions }) };
    },
    /** Commits events in one transaction, as a writer does that leaves the sending to the relay. */
    commit: async (events: readonly Event[], client: pg.Pool | pg.PoolClient = pool) => {
      const rows = events.map(({ subject, n, data }) => ({ subject, n, data: data ?? { n } }));
      await client.query(
        `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
         select uuidv7(), $1, e.subject, e.n, clock_timestamp(), uuidv7(), e.data
         from jsonb_to_recordset($2::jsonb) as e (subject text, n integer, data jsonb)`,
        [type, JSON.stringify(rows)],
      );
    },
    countEffects: async (): Promise<number> => {
      const sql = 'select count(*)::int as n from effects where consumer = $1';
      return (await pool.query<{ n: number }>(sql, [context])).rows[0]!.n;
    },
    /** Events in their order, with the milliseconds from commit to effect. */
    effects: async () => {
      const { rows } = await pool.query<{ subject: string; n: number; ms: number; copies: number }>(
        `select e.subject, e.n, (extract(epoch from e.at - o.time) * 1000)::float as ms,
           count(*) over (partition by e.message_id)::int as copies
         from effects e left join outbox o on o.id = e.message_id
         where e.consumer = $1 order by e.at`,
        [context],
      );
      return rows;
    },
    countPending: async (): Promise<number> => {
      const sql = 'select count(*)::int as n from outbox where type = $1 and sent_at is null';
      return (await pool.query<{ n: number }>(sql, [type])).rows[0]!.n;
    },
    end: async () => {
      await test.stop();
      await Promise.all(relays.map((relay) => relay.stop()));
      await pool.query('delete from dead_letters');
    },
  };
};
