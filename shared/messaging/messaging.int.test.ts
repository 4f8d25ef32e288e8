import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type pg from 'pg';
import { Type } from 'typebox';
import { createContextPool } from '../platform/databases.ts';
import type { ServiceModule } from '../platform/module.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createTestDatabase, testPassword } from '../testing/test-postgres.ts';
import { createDeadLetters } from './dead-letters.ts';
import { DeadlineRunner } from './deadlines.ts';
import { createMemoryBus } from './memory-bus.ts';
import { reaction, type Bus, type Message, type Reaction } from './message.ts';
import { createElectedReader } from './outbox-reader.ts';
import { OutboxRelay } from './outbox-relay.ts';
import { insertIntoOutboxSql, toOutbox } from './outbox.ts';
import { subscribeReactions } from './subscribe.ts';

const module: ServiceModule = {
  name: 'analytics',
  migrations: [new URL('./migrations/', import.meta.url)],
  start: () => Promise.reject(new Error('not started here')),
};
const contract = Type.Object({ n: Type.Integer() }, { $id: 'test.counted.v1' });
const log = createLogger({ level: 'silent' });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const until = async (what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + 10_000;
  while (!(await isTrue())) {
    assert.ok(performance.now() < end, `never: ${what}`);
    await pause(5);
  }
};

describe('messages over real PostgreSQL', () => {
  let pool: pg.Pool;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  before(async () => {
    database = await createTestDatabase([module]);
    const { address, database: name } = database;
    const password = testPassword('analytics');
    pool = createContextPool({
      address,
      database: name,
      context: 'analytics',
      password,
      max: 10,
      log,
    });
  });
  after(async () => {
    await pool.end();
    await database.stop();
  });

  const insertSql = `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
    values (uuidv7(), 'test.counted.v1', $1, $2, now(), uuidv7(), $3)`;
  const send = (subject: string, n: number, client: pg.Pool | pg.PoolClient = pool) =>
    client.query(insertSql, [subject, n, { n }]);
  const pending = async (): Promise<number> =>
    (await pool.query<{ n: number }>('select count(*)::int as n from outbox where sent_at is null'))
      .rows[0]!.n;

  /** A relay and a bus with the given reactions; `stop` ends both. */
  const start = (reactions: readonly Reaction[], pollMs = 50) => {
    const bus = createMemoryBus({ log });
    subscribeReactions({ bus, context: 'analytics', pool, reactions });
    const relay = new OutboxRelay({ pool, bus, source: '/analytics', log, pollMs });
    relay.start();
    return {
      relay,
      stop: async () => {
        await bus.stop();
        await relay.stop();
      },
    };
  };
  const collect = (into: Message[], work: (message: Message) => Promise<void> = async () => {}) =>
    reaction('collect', contract, async (message) => {
      await work(message);
      into.push(message);
    });

  it('reach every consumer, and are marked only then', async () => {
    const taken: Message[] = [];
    const gate = Promise.withResolvers<void>();
    const slow = reaction('slow', contract, () => gate.promise);
    const running = start([collect(taken), slow]);
    await send('a', 1);
    running.relay.wake();
    await until('one consumer has it', () => taken.length === 1);
    await pause(60);
    assert.equal(await pending(), 1, 'the other has not');
    gate.resolve();
    await until('marked', async () => (await pending()) === 0);
    await running.stop();
  });

  it('of a transaction that commits late are not skipped', async () => {
    const taken: Message[] = [];
    const running = start([collect(taken)]);
    const late = await pool.connect();
    await late.query('begin');
    await send('late', 1, late); // Takes the lower sequence number …
    for (let n = 1; n <= 20; n++) await send('early', n);
    running.relay.wake();
    await until('the others are marked', async () => (await pending()) === 0);
    await late.query('commit'); // … and commits after all that came behind it.
    late.release();
    await until('it came', () => taken.some((message) => message.subject === 'late'));
    assert.equal(taken.length, 21);
    await running.stop();
  });

  it('that are handed over are not read back, come once, and are marked', async () => {
    const taken: Message[] = [];
    const running = start([collect(taken, () => pause(40))], 60_000);
    await until('the first look is over', async () => (await pending()) === 0);
    const message = { type: 'test.counted.v1', subject: 'handed', aggregateVersion: 1 };
    const rows = toOutbox(
      [{ ...message, id: crypto.randomUUID(), data: { n: 1 } }],
      { correlationId: crypto.randomUUID() },
      new Date(),
    );
    await pool.query(`with changed as (select) ${insertIntoOutboxSql(1, 'changed')}`, [
      JSON.stringify(rows),
    ]);
    running.relay.wake();
    await new Promise((resolve) => setImmediate(resolve));
    running.relay.wake(rows); // While the table, where they stand, is being read.
    await until('it came', () => taken.length > 0);
    await until('marked', async () => (await pending()) === 0);
    running.relay.wake();
    await pause(50);
    assert.deepEqual(
      taken.map(({ id, time, data }) => ({ id, time, data })),
      rows.map(({ id, time }) => ({ id, time, data: { n: 1 } })),
    );
    await running.stop();
  });

  it('that were taken just before the server went away come again', async () => {
    const taken: Message[] = [];
    const running = start([collect(taken)]);
    await send('lost', 1);
    running.relay.wake();
    await until('taken', () => taken.length === 1);
    const client = await pool.connect();
    client.release();
    pool.emit('error', new Error('terminating connection'), client);
    await until('taken again', () => taken.length === 2);
    await until('marked', async () => (await pending()) === 0);
    await running.stop();
  });

  it('of one subject come in order, whatever their consumer’s pace', async () => {
    const taken: Message[] = [];
    const running = start([collect(taken, () => pause(Math.random() * 4))]);
    await Promise.all(
      ['x', 'y', 'z'].map(async (subject) => {
        for (let n = 1; n <= 30; n++) await send(subject, n);
      }),
    );
    running.relay.wake();
    await until('all came', () => taken.length === 90);
    for (const subject of ['x', 'y', 'z']) {
      const versions = taken.filter((m) => m.subject === subject).map((m) => m.aggregate_version);
      assert.deepEqual(
        versions,
        Array.from({ length: 30 }, (_, i) => i + 1),
      );
    }
    await running.stop();
    assert.equal(await pending(), 0, 'what was taken is marked at the stop');
  });

  it('that are poison end in dead letters and hold up nobody, and replay after the mend', async () => {
    const taken: Message[] = [];
    let isMended = false;
    const picky = collect(taken, async (message) => {
      if (message.subject === 'poison' && !isMended) throw new Error('cannot digest');
    });
    const running = start([picky]);
    await send('poison', 1);
    await send('food', 1);
    running.relay.wake();
    const began = performance.now();
    await until('the other subject came', () => taken.length === 1);
    assert.ok(performance.now() - began < 1_000);
    const letters = createDeadLetters({ pool, context: 'analytics', reactions: [picky] });
    await until('it is buried', async () => (await letters.list({ limit: 5 })).length === 1);
    await until('and marked', async () => (await pending()) === 0);
    const [letter] = await letters.list({ limit: 5 });
    assert.match(letter!.error, /cannot digest/);
    assert.deepEqual(await letters.replay(letter!.id), { error: 'cannot digest' });
    isMended = true;
    assert.equal(await letters.replay(letter!.id), 'taken');
    assert.equal(await letters.replay(crypto.randomUUID()), 'not_found');
    assert.deepEqual(await letters.list({ limit: 5 }), []);
    await running.stop();
  });

  it('that break their contract never reach the handler', async () => {
    const taken: Message[] = [];
    const running = start([collect(taken)]);
    await pool.query(insertSql, ['broken', 1, { n: 'one' }]);
    running.relay.wake();
    const letters = createDeadLetters({ pool, context: 'analytics', reactions: [] });
    await until('buried', async () => (await letters.list({ limit: 5 })).length === 1);
    assert.deepEqual(taken, []);
    assert.match(
      (await letters.list({ limit: 5 }))[0]!.error,
      /ContractBroken: test.counted.v1 \/n/,
    );
    await pool.query('delete from dead_letters');
    await running.stop();
  });

  it('are not buried because the database is away', async () => {
    let tries = 0;
    const away = reaction('away', contract, async () => {
      tries += 1;
      if (tries < 9) throw Object.assign(new Error('terminating connection'), { code: '57P01' });
    });
    const bus = createMemoryBus({ log });
    subscribeReactions({ bus, context: 'analytics', pool, reactions: [away] });
    const { rows } = await pool.query<{ id: string }>('select uuidv7() as id');
    const message = { id: rows[0]!.id, type: 'test.counted.v1', subject: 'q', data: { n: 1 } };
    void bus.publish(message as Message).catch(() => {});
    await until('it is tried again and again', () => tries >= 5);
    const { rowCount } = await pool.query('select from dead_letters');
    assert.equal(rowCount, 0);
    await bus.stop();
  });

  it('under way when the bus stops go out again after a restart', async () => {
    const stuck = start([collect([], () => Promise.reject(new Error('not now')))]);
    await send('again', 1);
    stuck.relay.wake();
    await pause(80);
    await stuck.stop();
    assert.equal(await pending(), 1);
    const taken: Message[] = [];
    const running = start([collect(taken)]);
    await until('it came', () => taken.length === 1);
    await running.stop();
  });

  describe('of a context that runs twice', () => {
    const connection = () => ({
      ...database.address,
      database: database.database,
      user: 'plaza_analytics',
      password: testPassword('analytics'),
    });
    /** A process: what it sends is in `sent`. */
    const replica = () => {
      const sent: Message[] = [];
      const bus: Bus = {
        publish: async (message) => void sent.push(message),
        subscribe: () => {},
        stop: async () => {},
      };
      const reader = createElectedReader({ connection: connection(), context: 'analytics', log });
      const relay = new OutboxRelay({ pool, bus, source: '/analytics', log, pollMs: 100, reader });
      relay.start();
      return { sent, reader, relay };
    };
    const handOver = async (ageSeconds = 0) => {
      const rows = toOutbox(
        [
          {
            id: crypto.randomUUID(),
            type: 'test.counted.v1',
            subject: 'twice',
            aggregateVersion: 1,
            data: { n: 1 },
          },
        ],
        { correlationId: crypto.randomUUID() },
        new Date(Date.now() - ageSeconds * 1_000),
      );
      await pool.query(`with changed as (select) ${insertIntoOutboxSql(1, 'changed', true)}`, [
        JSON.stringify(rows),
      ]);
      return rows;
    };

    it('are each sent by one of the two, whoever reads, and taken over when it dies', async () => {
      const [a, b] = [replica(), replica()];
      const all = (): number => a.sent.length + b.sent.length;
      await until('one reads', () => a.reader.isReader() || b.reader.isReader());
      const [reading, other] = a.reader.isReader() ? [a, b] : [b, a];
      assert.ok(!other.reader.isReader());

      other.relay.wake(await handOver());
      await until('the other sent its own', () => other.sent.length === 1);
      await send('twice', 2);
      other.relay.wake(); // It tells the one that reads.
      await until('that one sent it', () => reading.sent.length === 1);
      await until('marked', async () => (await pending()) === 0);
      assert.equal(all(), 2);

      await handOver(60); // Its writer died before it sent it.
      await until('the reader sent it', () => reading.sent.length === 2);

      await pool.query(
        `select pg_terminate_backend(l.pid) from pg_locks l
         where l.locktype = 'advisory' and l.objid = hashtext('plaza_outbox_analytics')::oid
           and l.database = (select oid from pg_database where datname = current_database())
           and l.granted`,
      );
      await until('it is known', () => !reading.reader.isReader() || other.reader.isReader());
      await until('one reads again', () => a.reader.isReader() !== b.reader.isReader());
      await send('twice', 3);
      a.relay.wake();
      await until('it was sent', () => all() === 4);
      await until('all is marked', async () => (await pending()) === 0);
      assert.equal(all(), 4);
      await Promise.all([a.relay.stop(), b.relay.stop()]);
    });
  });

  describe('deadlines', () => {
    const now = { at: new Date() };
    const runner = (fired: string[], fail = false) =>
      new DeadlineRunner({
        pool,
        clock: () => now.at,
        log,
        handlers: [
          {
            kind: 'test',
            handle: async ({ key }) => {
              fired.push(key);
              if (fail) throw new Error('not yet');
            },
          },
        ],
      });
    const set = (key: string, inMs: number) =>
      pool.query(
        `insert into deadlines (kind, key, due_at) values ('test', $1, $2)
         on conflict (kind, key) do update set due_at = excluded.due_at`,
        [key, new Date(now.at.getTime() + inMs)],
      );

    it('fire once when due, shared by two runners', async () => {
      const fired: string[] = [];
      for (let n = 0; n < 50; n++) await set(`d${n}`, n < 40 ? 0 : 60_000);
      await Promise.all([runner(fired).fire(), runner(fired).fire(), runner(fired).fire()]);
      assert.equal(fired.length, 40);
      assert.equal(new Set(fired).size, 40);
      now.at = new Date(now.at.getTime() + 61_000);
      await runner(fired).fire();
      assert.equal(fired.length, 50);
    });

    it('wait for each other, and not for a slow one', async () => {
      const first = Promise.withResolvers<void>();
      let running = 0;
      let most = 0;
      let ended = 0;
      const handle = async ({ key }: { key: string }): Promise<void> => {
        running += 1;
        most = Math.max(most, running);
        await (key === 'd00' ? first.promise : pool.query('select pg_sleep(0.005)'));
        running -= 1;
        ended += 1;
        if (ended === 69) first.resolve();
      };
      const many = new DeadlineRunner({
        pool,
        clock: () => now.at,
        log,
        handlers: [{ kind: 'test', handle }],
      });
      for (let n = 0; n < 70; n++) await set(`d${String(n).padStart(2, '0')}`, n - 100);
      assert.equal(await many.fire(), 70);
      assert.equal(ended, 70);
      assert.equal(most, 16);
      assert.equal(await many.fire(), 0);
    });

    it('come again when their handler failed or died', async () => {
      const fired: string[] = [];
      await set('hard', 0);
      await runner(fired, true).fire();
      await runner(fired).fire();
      assert.deepEqual(fired, ['hard'], 'not before its minute is over');
      now.at = new Date(now.at.getTime() + 61_000);
      await runner(fired).fire();
      await runner(fired).fire();
      assert.deepEqual(fired, ['hard', 'hard']);
    });

    it('that are set again while they fire stay set', async () => {
      const later = new DeadlineRunner({
        pool,
        clock: () => now.at,
        log,
        handlers: [{ kind: 'test', handle: async ({ key }) => void (await set(key, 5_000)) }],
      });
      await set('again', 0);
      await later.fire();
      const { rowCount } = await pool.query(`select from deadlines where key = 'again'`);
      assert.equal(rowCount, 1);
      await pool.query('delete from deadlines');
    });
  });
});
