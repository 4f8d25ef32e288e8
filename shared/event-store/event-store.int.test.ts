import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type pg from 'pg';
import { createContextPool } from '../platform/databases.ts';
import type { ServiceModule } from '../platform/module.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createTestDatabase, testPassword } from '../testing/test-postgres.ts';
import { logStart, readLog, readStream, toEventsJson } from './event-store.ts';
import { rebuildProjection } from './projection.ts';

const module: ServiceModule = {
  name: 'analytics',
  migrations: [new URL('./migrations/', import.meta.url)],
  start: () => Promise.reject(new Error('not started here')),
};

type Counted = Readonly<{ type: 'Counted'; by: number }>;

describe('the event store over real PostgreSQL', () => {
  let pool: pg.Pool;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  before(async () => {
    database = await createTestDatabase([module]);
    const log = createLogger({ level: 'silent' });
    const { address, database: name } = database;
    const password = testPassword('analytics');
    pool = createContextPool({
      address,
      database: name,
      context: 'analytics',
      password,
      max: 20,
      log,
    });
  });
  after(async () => {
    await pool.end();
    await database.stop();
  });

  const append = async (
    streamId: string,
    expected: number,
    events: readonly Counted[],
    client: pg.Pool | pg.PoolClient = pool,
  ): Promise<boolean> => {
    const { rows } = await client.query<{ done: boolean }>(
      'select append_events($1, $2, $3, $4, $1, null, now()) as done',
      [streamId, expected, toEventsJson(events), { sum: 0 }],
    );
    return rows[0]!.done;
  };
  const one: Counted = { type: 'Counted', by: 1 };

  it('takes events after the version that the writer saw, and only then', async () => {
    const id = crypto.randomUUID();
    assert.equal(await append(id, 0, [one, one]), true);
    assert.equal(await append(id, 0, [one]), false, 'the stream is not new');
    assert.equal(await append(id, 1, [one]), false, 'stale');
    assert.equal(await append(id, 3, [one]), false, 'from the future');
    assert.equal(await append(id, 2, [one]), true);
    const events = await readStream<Counted>(pool, id);
    assert.deepEqual(
      events.map((event) => event.version),
      [1, 2, 3],
    );
  });

  it('loses no increment of sixteen racing writers', async () => {
    const id = crypto.randomUUID();
    await append(id, 0, [one]);
    await Promise.all(Array.from({ length: 16 }, () => pool.query('select pg_sleep(0.05)')));
    const write = async (): Promise<void> => {
      for (let done = 0; done < 10;) {
        const { rows } = await pool.query<{ version: number }>(
          'select version from streams where id = $1',
          [id],
        );
        if (await append(id, rows[0]!.version, [one])) done += 1;
      }
    };
    await Promise.all(Array.from({ length: 16 }, write));
    const events = await readStream<Counted>(pool, id);
    assert.equal(events.length, 161);
    assert.deepEqual(
      events.map((event) => event.version),
      Array.from({ length: 161 }, (_, i) => i + 1),
    );
  });

  it('gives a reader of the log every event, also those that commit late', async () => {
    let after_ = logStart;
    const seen = new Set<string>();
    const read = async (): Promise<void> => {
      for (;;) {
        const { events, next } = await readLog<Counted>(pool, after_, 50);
        for (const event of events) seen.add(`${event.streamId}/${event.version}`);
        after_ = next;
        if (events.length === 0) return;
      }
    };
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from events');
    const before = rows[0]!.n;
    await read();
    const late = await pool.connect();
    await late.query('begin');
    await append(crypto.randomUUID(), 0, [one], late);
    await Promise.all(Array.from({ length: 30 }, () => append(crypto.randomUUID(), 0, [one, one])));
    await read();
    await late.query('commit');
    late.release();
    // Transactions of other tests on this server hold the end of the log back for a moment.
    for (let tries = 0; seen.size < before + 61 && tries < 200; tries++) {
      await read();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    assert.equal(seen.size, before + 61);
  });

  it('rebuilds a projection to the same sums', async () => {
    let sum = 0;
    const count = await rebuildProjection<Counted>(
      pool,
      {
        reset: async () => void (sum = 0),
        apply: async (events) => {
          for (const { event } of events) sum += event.by;
        },
      },
      17,
    );
    const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from events');
    assert.deepEqual([count, sum], [rows[0]!.n, rows[0]!.n]);
  });
});
