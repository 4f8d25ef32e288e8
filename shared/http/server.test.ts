import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Pool } from 'pg';
import { Type } from 'typebox';
import { startTestPlaza, type TestPlaza } from '../testing/test-plaza.ts';
import type { ServiceModule } from '../platform/module.ts';
import { answerOnce } from './idempotency.ts';
import { pruneIdempotencyKeys } from './prune-idempotency-keys.ts';
import { amountInput, idParams, pageQuery, strict } from './schemas.ts';
import { readAmount } from './amounts.ts';
import type { Routes } from './server.ts';

let made = 0;
let release: (() => void) | undefined;

const things: Routes = async (app) => {
  const body = strict({
    name: Type.String({ minLength: 1, maxLength: 100 }),
    code: Type.Optional(Type.String({ minLength: 3 })),
    quantity: Type.Optional(Type.Integer({ minimum: 1 })),
    price: Type.Optional(amountInput),
  });
  app.get(
    '/things',
    { config: { access: 'public' }, schema: { querystring: strict(pageQuery) } },
    async () => ({ items: [], next_cursor: null }),
  );
  app.get(
    '/things/:id',
    { config: { access: 'account' }, schema: { params: idParams } },
    async (request) => ({ id: request.params.id, owner: request.principal!.id }),
  );
  app.delete(
    '/things/:id',
    { config: { access: { roles: ['admin'] } }, schema: { params: idParams } },
    async () => ({}),
  );
  app.post('/things', { config: { access: 'verified' }, schema: { body } }, (request, reply) =>
    answerOnce(app.pool, request, reply, {}, async ({ id }) => {
      made += 1;
      if (request.body.price !== undefined) readAmount(request.body.price, 'COP', '/price');
      if (request.body.name === 'slow') await new Promise<void>((resolve) => (release = resolve));
      return { status: 201, body: JSON.stringify({ id }), headers: { location: `/things/${id}` } };
    }),
  );
};

declare module 'fastify' {
  interface FastifyInstance {
    pool: Pool;
  }
}

const thingsModule: ServiceModule = {
  name: 'analytics',
  migrations: [new URL('../messaging/migrations/', import.meta.url)],
  async start({ pool }) {
    const routes: Routes = async (app) => {
      app.decorate('pool', pool);
      await app.register(things);
    };
    return { routes: [routes], reactions: [], deadlines: [] };
  },
};

describe('the HTTP base', () => {
  let plaza: TestPlaza;
  let headers: { authorization: string };
  before(async () => {
    plaza = await startTestPlaza({ modules: [thingsModule] });
    ({ headers } = await plaza.account());
  });
  after(() => plaza.stop());

  const post = (payload: string | object, more: Record<string, string> = {}) =>
    plaza.request({
      method: 'POST',
      url: '/api/v1/things',
      headers: { 'content-type': 'application/json', ...headers, ...more },
      payload,
    });

  for (const [what, payload, status, code] of [
    ['half a body', '{', 400, 'http.malformed_json'],
    ['a list', '[]', 422, 'http.validation'],
    ['an infinite number', '{"name":"a","quantity": 1e309}', 422, 'http.validation'],
    ['deep JSON', '['.repeat(100_000) + ']'.repeat(100_000), 422, 'http.validation'],
    ['2 MB', JSON.stringify({ name: 'a'.repeat(2_000_000) }), 413, 'http.too_large'],
    ['a NUL in a string', '{"name":"a\\u0000b"}', 422, 'http.validation'],
    ['half a surrogate pair', '{"name":"\\ud800"}', 422, 'http.validation'],
    ['__proto__', '{"name":"a","__proto__":{"admin":true}}', 400, 'http.forbidden_key'],
    ['constructor.prototype', '{"constructor":{"prototype":{}}}', 400, 'http.forbidden_key'],
    ['an unknown field', '{"name":"a","role":"admin"}', 422, 'http.validation'],
    ['three decimals', '{"name":"a","price":"1.999"}', 422, 'http.validation'],
    ['three decimals as a number', '{"name":"a","price":1.999}', 422, 'http.validation'],
    ['a number beyond a double', '{"name":"a","price":12345678901234567}', 422, 'http.validation'],
    ['no body', '', 422, 'http.validation'],
  ] as const) {
    it(`answers ${what} with its problem and does nothing`, async () => {
      const before = made;
      const reply = await post(payload);
      assert.equal(reply.headers['content-type'], 'application/problem+json; charset=utf-8');
      assert.partialDeepStrictEqual(reply.json(), { status, code });
      assert.equal(reply.statusCode, status);
      if (!payload.includes('price')) assert.equal(made, before);
    });
  }

  it('says of an empty field that it is needed, and of a short one that it is short', async () => {
    const errorsOf = async (payload: object) => (await post(payload)).json<object>();
    assert.partialDeepStrictEqual(await errorsOf({ name: '', code: 'abc' }), {
      errors: [{ pointer: '#/name', code: 'required', detail: 'must not be empty' }],
    });
    assert.partialDeepStrictEqual(await errorsOf({ name: 'a', code: '' }), {
      errors: [{ pointer: '#/code', code: 'required' }],
    });
    assert.partialDeepStrictEqual(await errorsOf({ name: 'a', code: 'ab' }), {
      errors: [{ pointer: '#/code', code: 'too_short' }],
    });
  });

  it('reads names with escapes as they are written, whatever was read before', async () => {
    // What makes V8 take the second name of a like object for this one.
    JSON.parse(String.raw`{"before":0,"\\":1}`);
    const hidden = String.raw`{"before":0,"\u005f_proto__":{"admin":true}}`;
    assert.equal((await post(hidden)).json<{ code: string }>().code, 'http.forbidden_key');
    const unknown = String.raw`{"before":0,"na\"me":"a"}`;
    const reply = await post(unknown);
    assert.ok(reply.body.includes('/na\\"me'), reply.body);
  });

  it('refuses other charsets and other types', async () => {
    assert.equal(
      (await post('{}', { 'content-type': 'application/json; charset=latin1' })).statusCode,
      415,
    );
    assert.equal(
      (await post('a=1', { 'content-type': 'application/x-www-form-urlencoded' })).statusCode,
      415,
    );
    const latin1 = await plaza.app.inject({
      method: 'POST',
      url: '/api/v1/things',
      headers: { 'content-type': 'application/json', ...headers },
      payload: Buffer.from('{"name":"caf\xe9"}', 'latin1'),
    });
    assert.partialDeepStrictEqual(latin1.json(), { status: 400, code: 'http.malformed_json' });
  });

  it('points at each wrong field', async () => {
    const reply = await post({ quantity: 0, extra: 1 });
    assert.deepEqual(
      reply
        .json<{ errors: { pointer: string; code: string }[] }>()
        .errors.map((e) => [e.pointer, e.code]),
      [
        ['#/name', 'required'],
        ['#/extra', 'unknown_field'],
        ['#/quantity', 'too_small'],
      ],
    );
  });

  it('tells an unknown address from a wrong method', async () => {
    assert.equal((await plaza.app.inject({ url: '/api/v1/nothing' })).statusCode, 404);
    const reply = await plaza.app.inject({
      method: 'PATCH',
      url: `/api/v1/things/${crypto.randomUUID()}`,
    });
    assert.equal(reply.statusCode, 405);
    assert.equal(reply.headers.allow, 'DELETE, GET, HEAD');
  });

  it('refuses an unknown query parameter and a limit out of range', async () => {
    assert.equal((await plaza.app.inject({ url: '/api/v1/things?offset=1' })).statusCode, 422);
    assert.equal((await plaza.app.inject({ url: '/api/v1/things?limit=101' })).statusCode, 422);
    assert.equal((await plaza.app.inject({ url: '/api/v1/things?limit=5' })).statusCode, 200);
  });

  it('lets in who may and nobody else', async () => {
    const url = `/api/v1/things/${crypto.randomUUID()}`;
    const status = async (method: 'GET' | 'DELETE', authorization?: string) => {
      const reply = await plaza.app.inject({
        method,
        url,
        headers: authorization ? { authorization } : {},
      });
      return [reply.statusCode, reply.headers['www-authenticate']];
    };
    assert.deepEqual(await status('GET'), [401, 'Bearer']);
    assert.deepEqual(await status('GET', 'Bearer a.b.c'), [401, 'Bearer error="invalid_token"']);
    // The first character of a signature: the last ones of Ed25519 may be zeros as they are.
    const [signed, signature] = headers.authorization.split(/\.(?=[^.]*$)/) as [string, string];
    const forged = `${signed}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    assert.deepEqual(await status('GET', forged), [401, 'Bearer error="invalid_token"']);
    assert.deepEqual(await status('GET', headers.authorization), [200, undefined]);
    assert.deepEqual(await status('DELETE', headers.authorization), [403, undefined]);
    const admin = await plaza.account({ roles: ['admin'] });
    assert.deepEqual(await status('DELETE', admin.headers.authorization), [200, undefined]);
    // A bad token is refused where none is needed, too.
    const bad = await plaza.app.inject({
      url: '/api/v1/things',
      headers: { authorization: 'Bearer x.y.z' },
    });
    assert.equal(bad.statusCode, 401);
    const unproven = await plaza.account({ isEmailVerified: false });
    const refused = await plaza.request({
      method: 'POST',
      url: '/api/v1/things',
      as: unproven,
      payload: { name: 'a' },
    });
    assert.partialDeepStrictEqual(refused.json(), { status: 403, code: 'auth.email_not_verified' });
  });

  it('keeps a given request id and makes one otherwise', async () => {
    const given = await plaza.app.inject({
      url: '/api/v1/things',
      headers: { 'x-request-id': 'checkout-42' },
    });
    assert.equal(given.headers['x-request-id'], 'checkout-42');
    const made_ = await plaza.app.inject({
      url: '/api/v1/things',
      headers: { 'x-request-id': 'a b\n' },
    });
    assert.match(String(made_.headers['x-request-id']), /^[0-9a-f-]{36}$/);
  });

  describe('Idempotency-Key', () => {
    it('gives the first answer again, byte for byte', async () => {
      const before = made;
      const first = await post({ name: 'a', quantity: 1 }, { 'idempotency-key': 'k1' });
      const again = await post({ quantity: 1, name: 'a' }, { 'idempotency-key': 'k1' });
      assert.equal(made, before + 1);
      assert.equal(again.body, first.body);
      assert.equal(again.headers.location, first.headers.location);
      assert.equal(again.headers['idempotent-replayed'], 'true');
      assert.equal(first.headers['idempotent-replayed'], undefined);
    });

    it('refuses another body, and knows callers apart', async () => {
      await post({ name: 'a' }, { 'idempotency-key': 'k2' });
      const other = await post({ name: 'b' }, { 'idempotency-key': 'k2' });
      assert.partialDeepStrictEqual(other.json(), {
        status: 422,
        code: 'http.idempotency_key_reused',
      });
      const stranger = await plaza.account();
      const own = await post({ name: 'b' }, { 'idempotency-key': 'k2', ...stranger.headers });
      assert.equal(own.statusCode, 201);
    });

    it('answers 409 while the first still runs, also to twenty at once', async () => {
      const before = made;
      const first = post({ name: 'slow' }, { 'idempotency-key': 'k3' });
      while (!release) await new Promise((resolve) => setTimeout(resolve, 5));
      const others = await Promise.all(
        Array.from({ length: 20 }, () => post({ name: 'slow' }, { 'idempotency-key': 'k3' })),
      );
      assert.deepEqual(new Set(others.map((reply) => reply.statusCode)), new Set([409]));
      release();
      assert.equal((await first).statusCode, 201);
      assert.equal(made, before + 1);
    });

    it('takes over from a try that died, with the same operation id', async () => {
      const first = await post({ name: 'a' }, { 'idempotency-key': 'k4' });
      await plaza
        .pool('analytics')
        .query(
          `update idempotency_keys set status = null, body = null, started_at = now() - interval '1 minute' where key = 'k4'`,
        );
      const next = await post({ name: 'a' }, { 'idempotency-key': 'k4' });
      assert.equal(next.body, first.body);
      assert.equal(next.headers['idempotent-replayed'], undefined);
    });

    it('forgets a key after its day, and never one that moved money', async () => {
      await post({ name: 'a' }, { 'idempotency-key': 'old' });
      await post({ name: 'a' }, { 'idempotency-key': 'paid' });
      const pool = plaza.pool('analytics');
      await pool.query(`update idempotency_keys set started_at = now() - interval '25 hours',
        forever = key = 'paid' where key in ('old', 'paid')`);
      assert.equal(await pruneIdempotencyKeys(pool), 1);
      const { rows } = await pool.query(
        `select key from idempotency_keys where key in ('old', 'paid')`,
      );
      assert.deepEqual(rows, [{ key: 'paid' }]);
    });

    it('stores nothing of a request that was refused', async () => {
      const refused = await post({ name: 'a', price: '1.999' }, { 'idempotency-key': 'k5' });
      assert.equal(refused.statusCode, 422);
      const { rowCount } = await plaza
        .pool('analytics')
        .query(`select from idempotency_keys where key = 'k5'`);
      assert.equal(rowCount, 0);
    });
  });
});
