import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { createTestDatabase } from '../testing/test-postgres.ts';
import { checkSchema, migrateSchema } from './migrate.ts';

describe('migrations', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let folder: string;
  let source: URL;
  before(async () => {
    database = await createTestDatabase([]);
    folder = await mkdtemp(join(tmpdir(), 'plaza-migrations-'));
    const directory = join(folder, 'shop', 'migrations');
    await mkdir(directory, { recursive: true });
    source = pathToFileURL(`${directory}/`);
  });
  after(async () => {
    await database.stop();
    await rm(folder, { recursive: true });
  });

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ ...database.address, database: database.database });
    await client.connect();
    return client;
  };
  const migrate = async (schema: string): Promise<readonly string[]> => {
    const client = await connect();
    try {
      await client.query(`create schema if not exists ${schema}`);
      return await migrateSchema(client, schema, [source], 'postgres');
    } finally {
      await client.end();
    }
  };
  const write = (name: string, sql: string) => writeFile(new URL(`${name}.sql`, source), sql);

  it('run once each, in order, also when four starters come at once', async () => {
    await write('0001_things', 'create table things (id int); insert into things values (1)');
    await write('0002_more', 'insert into things values (2)');
    const client = await connect();
    await client.query('create schema a');
    const ran = await Promise.all(Array.from({ length: 4 }, () => migrate('a')));
    assert.deepEqual(ran.flat(), ['shop/0001_things', 'shop/0002_more']);
    const { rows } = await client.query('select id from a.things order by id');
    assert.deepEqual(rows, [{ id: 1 }, { id: 2 }]);
    await client.end();
    await write('0003_later', 'insert into things values (3)');
    assert.deepEqual(await migrate('a'), ['shop/0003_later']);
    assert.deepEqual(await migrate('a'), []);
  });

  it('leave nothing of a file that fails', async () => {
    await write('0004_bad', 'create table half (id int); select nothing');
    await assert.rejects(migrate('a'), /column "nothing" does not exist/);
    const client = await connect();
    const { rows } = await client.query(`select to_regclass('a.half') as half`);
    assert.deepEqual(rows, [{ half: null }]);
    await client.end();
    await rm(new URL('0004_bad.sql', source));
  });

  it('are checked, and never run, by a process that may not', async () => {
    const check = async (schema: string): Promise<void> => {
      const client = await connect();
      try {
        await client.query(`set search_path = ${schema}`);
        await checkSchema(client, schema, [source]);
      } finally {
        await client.end();
      }
    };
    await check('a');
    await assert.rejects(check('nowhere'), /older than this version.*shop\/0001_things/);
    await write('0005_newer', 'insert into things values (5)');
    await assert.rejects(
      check('a'),
      /Schema a is older than this version.*shop\/0005_newer did not/,
    );
    await rm(new URL('0005_newer.sql', source));
    await check('a');
  });

  it('refuse a file that was changed after it ran', async () => {
    await write('0002_more', 'insert into things values (22)');
    await assert.rejects(migrate('a'), /shop\/0002_more of schema a was changed after it ran/);
    await write('0002_more', 'insert into things values (2)');
    assert.deepEqual(await migrate('a'), []);
  });

  it('refuse a database that is newer than the code', async () => {
    await rm(new URL('0003_later.sql', source));
    await assert.rejects(migrate('a'), /newer than this version of Plaza/);
  });
});
