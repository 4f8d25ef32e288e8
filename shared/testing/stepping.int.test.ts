import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { everyInterleaving, type SteppedSession } from './stepping.ts';
import { createTestDatabase } from './test-postgres.ts';

describe('everyInterleaving', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let admin: pg.Pool;
  const connect = (): pg.Pool =>
    new pg.Pool({ ...database.address, database: database.database, max: 3 });

  before(async () => {
    database = await createTestDatabase([]);
    admin = connect();
    await admin.query('create table counters (id serial primary key, n integer not null)');
  });
  after(async () => {
    await admin.end();
    await database.stop();
  });

  const setUp = async (): Promise<number> => {
    const { rows } = await admin.query<{ id: number }>(
      'insert into counters (n) values (0) returning id',
    );
    return rows[0]!.id;
  };
  const read = async (id: number): Promise<number> =>
    (await admin.query<{ n: number }>('select n from counters where id = $1', [id])).rows[0]!.n;

  const careless = async ({ pool }: SteppedSession, id: number): Promise<void> => {
    const { rows } = await pool.query<{ n: number }>('select n from counters where id = $1', [id]);
    await pool.query('update counters set n = $2 where id = $1', [id, rows[0]!.n + 1]);
  };
  const locking = async ({ pool }: SteppedSession, id: number): Promise<void> => {
    const client = await pool.connect();
    await client.query('begin');
    const sql = 'select n from counters where id = $1 for update';
    const { rows } = await client.query<{ n: number }>(sql, [id]);
    await client.query('update counters set n = $2 where id = $1', [id, rows[0]!.n + 1]);
    await client.query('commit');
    client.release();
  };
  const countedTwo = async (id: number): Promise<void> => assert.equal(await read(id), 2);

  it('goes every way that two handlers of two statements can go', async () => {
    const judge = async (): Promise<void> => {};
    const runs = await everyInterleaving({ connect, setUp, sessions: [careless, careless], judge });
    assert.deepEqual(
      runs.map(({ schedule }) => schedule),
      ['0 0 1 1', '0 1 0 1', '0 1 1 0', '1 0 0 1', '1 0 1 0', '1 1 0 0'],
    );
  });

  it('finds the order in which an update is lost, and names it', async () => {
    const sessions = [careless, careless];
    await assert.rejects(
      everyInterleaving({ connect, setUp, sessions, judge: countedTwo }),
      /^Error: steps 0 1 0 1: /,
    );
  });

  it('finds none where a lock keeps it, and steps on while one waits for it', async () => {
    const sessions = [locking, locking];
    const runs = await everyInterleaving({ connect, setUp, sessions, judge: countedTwo });
    assert.ok(runs.length > 2, `only ${runs.length} orders`);
    assert.ok(runs.every(({ outcomes }) => outcomes.every(({ status }) => status === 'fulfilled')));
  });

  it('makes a step of what is no statement', async () => {
    const calls: string[] = [];
    const calling =
      (name: string) =>
      async ({ step }: SteppedSession): Promise<void> =>
        step(async () => void calls.push(name));
    const sessions = [calling('a'), calling('b')];
    await everyInterleaving({ connect, setUp, sessions, judge: async () => {} });
    assert.deepEqual(calls, ['a', 'b', 'b', 'a']);
  });

  it('refuses to look at some of very many only', async () => {
    const sessions = [careless, careless];
    await assert.rejects(
      everyInterleaving({ connect, setUp, sessions, judge: async () => {}, runsMax: 5 }),
      /more than 5 interleavings/,
    );
  });
});
