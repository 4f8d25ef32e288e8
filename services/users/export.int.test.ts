import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { exportParts } from '#contracts/personal-data.ts';
import { writeExportPart } from '#shared/personal-data/export-part.ts';
import { assertProblem, startUsers, type User, type UsersPlaza } from './steps.test.ts';

type Shown = Readonly<{
  id: string;
  status: string;
  progress: { done: number; total: number };
  waiting_for: string[];
  archive: string | null;
}>;

const dayMs = 24 * 60 * 60_000;
/** The contexts that do not run here: the test answers for them. */
const elsewhere = Object.keys(exportParts).filter(
  (name) => name !== 'identity' && name !== 'users',
);

let plaza: UsersPlaza;
before(async () => {
  plaza = await startUsers();
});
after(() => plaza.stop());
const ask: UsersPlaza['ask'] = (...request) => plaza.ask(...request);

describe('an export', () => {
  let ana: User;
  beforeEach(async () => {
    plaza.files.clear();
    ana = await plaza.newUser();
  });
  const request = async (): Promise<Shown> => {
    const reply = await ask('POST', '/users/me/export', { as: ana.as });
    assert.equal(reply.statusCode, 202, reply.body);
    await plaza.settle();
    return reply.json<Shown>();
  };
  const show = async (): Promise<Shown> =>
    (await ask('GET', '/users/me/export', { as: ana.as })).json<Shown>();
  const download = ({ id }: Shown) => ask('GET', `/users/me/export/${id}/archive`, { as: ana.as });
  /** A part of a context that does not run here, as its message brings it. */
  const bring = async ({ id: exportId }: Shown, context: string): Promise<void> => {
    const manifest = `export-${exportId}-${context}.json`;
    const name = `export-${exportId}-${context}-1.json`;
    plaza.files.set(name, Buffer.from('[]'));
    plaza.files.set(
      manifest,
      Buffer.from(JSON.stringify([{ path: `${context}/x.json`, name, isOwn: true }])),
    );
    const users = plaza.contexts.find((one) => one.name === 'users')!;
    const reaction = users.module.reactions.find(
      (one) => one.name === `collect-part-of-${context}`,
    )!;
    await reaction.handle({
      id: crypto.randomUUID(),
      aggregate_version: 1,
      correlation_id: crypto.randomUUID(),
      traceparent: null,
      data: {
        exportId,
        accountId: ana.id,
        manifest,
        fileCount: 1,
        madeAt: plaza.clock().toISOString(),
      },
    } as never);
  };
  const finish = async (): Promise<Shown> => {
    const made = await request();
    for (const context of elsewhere) await bring(made, context);
    return show();
  };

  it('shows how far it is, and is whole with the last part', async () => {
    const made = await request();
    assert.partialDeepStrictEqual(await show(), {
      id: made.id,
      status: 'collecting',
      progress: { done: 2, total: 6 },
      waiting_for: elsewhere,
      archive: null,
    });
    assertProblem(await download(made), 409, 'users.export_not_ready');
    for (const context of elsewhere.slice(1)) await bring(made, context);
    await bring(made, elsewhere[1]!);
    assert.equal((await show()).status, 'collecting', 'one twice is not two');
    await bring(made, elsewhere[0]!);
    assert.partialDeepStrictEqual(await show(), { status: 'ready', progress: { done: 6 } });
    const archive = await download(made);
    assert.equal(archive.statusCode, 200);
    assert.equal(
      archive.headers['content-disposition'],
      `attachment; filename="plaza-${made.id}.tar.gz"`,
    );
  });

  it('fails after a quarter of an hour without a part, says which, and leaves no file', async () => {
    const made = await request();
    await bring(made, 'orders');
    await plaza.advance(14 * 60_000);
    assert.equal((await show()).status, 'collecting');
    await plaza.advance(2 * 60_000);
    const failed = await show();
    assert.equal(failed.status, 'failed');
    assert.ok(failed.waiting_for.includes('catalog'));
    assert.deepEqual([...plaza.files.keys()], []);
    await bring(made, 'catalog');
    assert.deepEqual([...plaza.files.keys()], [], 'what comes too late goes');
    assert.equal((await show()).status, 'failed');
    const next = await request();
    assert.notEqual(next.id, made.id);
  });

  it('expires after a week, or when another begins', async () => {
    const first = await finish();
    const second = await request();
    await plaza.advance(0);
    assertProblem(await download(first), 404, 'users.export_not_found');
    assert.ok([...plaza.files.keys()].every((name) => name.includes(second.id)));
    for (const context of elsewhere) await bring(second, context);
    await plaza.advance(6 * dayMs);
    const as = await plaza.account({ id: ana.id });
    const url = `/users/me/export/${second.id}/archive`;
    assert.equal((await ask('GET', url, { as })).statusCode, 200);
    await plaza.advance(1 * dayMs);
    await plaza.advance(60_000);
    const again = await plaza.account({ id: ana.id });
    assertProblem(await ask('GET', url, { as: again }), 404, 'users.export_not_found');
    assert.deepEqual([...plaza.files.keys()], []);
  });

  it('is begun once by two requests at once', async () => {
    const replies = await Promise.all([
      ask('POST', '/users/me/export', { as: ana.as }),
      ask('POST', '/users/me/export', { as: ana.as }),
    ]);
    const ids = replies.map((reply) => reply.json<Shown>().id);
    assert.equal(ids[0], ids[1]);
    await plaza.settle();
    const { rowCount } = await plaza
      .pool('users')
      .query('select from exports where account_id = $1', [ana.id]);
    assert.equal(rowCount, 1);
  });

  it('names in its archive what was deleted since', async () => {
    const made = await finish();
    plaza.files.delete(`export-${made.id}-orders-1.json`);
    const { gunzipSync } = await import('node:zlib');
    const text = gunzipSync((await download(made)).rawPayload).toString('utf8');
    assert.match(text, /README\.txt[\s\S]*\n- orders\/x\.json\n/);
  });

  it('is written in files of about a megabyte, whatever there is', async () => {
    const pool = plaza.pool('users');
    const part = await writeExportPart(
      {
        pool,
        context: 'users',
        files: {
          put: async (name, bytes) => void plaza.files.set(name, bytes),
          get: async (name) => plaza.files.get(name),
          delete: async (name) => void plaza.files.delete(name),
        },
      },
      {
        exportId: ana.id,
        accountId: ana.id,
        kept: [],
        sections: [
          {
            name: 'many',
            sql: `select jsonb_build_object('n', n, 'of', $1::uuid, 'text', repeat('x', 1000))
              from generate_series(1, 5000) n`,
          },
          {
            name: 'none',
            sql: 'select to_jsonb(p) from profiles p where account_id = $1 and false',
          },
        ],
      },
    );
    const sizes = [...plaza.files].map(([name, bytes]) => [name, bytes.length] as const);
    assert.equal(part.fileCount, 7);
    assert.ok(
      sizes.every(([, size]) => size < 1.2 * 1024 * 1024),
      JSON.stringify(sizes),
    );
    const numbers = [1, 2, 3, 4, 5, 6].flatMap((i) =>
      (
        JSON.parse(plaza.files.get(`export-${ana.id}-users-${i}.json`)!.toString()) as {
          n: number;
        }[]
      ).map(({ n }) => n),
    );
    assert.deepEqual(
      numbers,
      Array.from({ length: 5000 }, (_, i) => i + 1),
    );
    assert.equal(plaza.files.get(`export-${ana.id}-users-7.json`)?.toString(), '[\n\n]\n');
  });
});

describe('an erasure that cannot ask', () => {
  it('does nothing while orders does not answer', async () => {
    const ana = await plaza.newUser();
    // Orders does not run here: nobody knows whether something is under way.
    const reply = await ask('DELETE', '/users/me', {
      as: ana.as,
      payload: { confirm: ana.username },
    });
    assertProblem(reply, 503, 'http.unavailable');
    assert.equal((await ask('GET', '/users/me', { as: ana.as })).statusCode, 200);
  });
});

describe('an account older than users', () => {
  it('gets its profile from what the migration of identity tells', async () => {
    const ana = await plaza.newUser({ full_name: 'Ana Restrepo' });
    await plaza.pool('users').query('delete from profiles where account_id = $1', [ana.id]);
    const { readFileSync } = await import('node:fs');
    const sql = readFileSync(
      'services/identity/infrastructure/migrations/0005_profiles.sql',
      'utf8',
    );
    await plaza.pool('identity').query(sql.slice(sql.indexOf('insert into outbox')));
    await plaza.settle();
    const me = await ask('GET', '/users/me', { as: ana.as });
    assert.partialDeepStrictEqual(me.json(), { full_name: 'Ana Restrepo', username: ana.username });
  });
});
