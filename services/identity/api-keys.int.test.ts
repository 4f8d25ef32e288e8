import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { deriveKeysFrom } from '#shared/platform/secret.ts';
import { catalogModule } from '../catalog/module.ts';
import { ordersModule } from '../orders/module.ts';
import { createOperatorTokens, identityModule } from './module.ts';
import {
  bearer,
  newPerson,
  startIdentity,
  times,
  type IdentityPlaza,
  type Tokens,
} from './steps.test.ts';

type Made = Readonly<{ id: string; key: string; prefix: string; expires_at: string }>;
type Listed = Readonly<{ id: string; last_used_at: string | null }>;
const minuteMs = 60_000;

describe('API keys', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity({ modules: [identityModule, catalogModule, ordersModule] });
  });
  after(() => plaza.stop());

  const create = (tokens: Tokens, body: object) =>
    plaza.post('/auth/api-keys', body, bearer(tokens.access_token));
  const make = async (tokens: Tokens, ...scopes: readonly string[]): Promise<Made> => {
    const reply = await create(tokens, { name: 'Bodega', scopes });
    assert.equal(reply.statusCode, 201, reply.body);
    return reply.json<Made>();
  };
  const listed = async (tokens: Tokens): Promise<readonly Listed[]> =>
    (await plaza.send('GET', '/auth/api-keys', undefined, bearer(tokens.access_token))).json<{
      items: Listed[];
    }>().items;
  const revoke = (tokens: Tokens, id: string) =>
    plaza.send('DELETE', `/auth/api-keys/${id}`, undefined, bearer(tokens.access_token));
  const get = (url: string, key: string) =>
    plaza.send('GET', `/api/v1${url}`, undefined, bearer(key));

  it('are shown once, kept as a hash, listed without their text, and open what they were given', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const reply = await create(tokens, { name: ' Bodega ', scopes: ['orders:read'] });
    const made = reply.json<Made>();
    assert.partialDeepStrictEqual(reply.json(), {
      name: 'Bodega',
      scopes: ['orders:read'],
      last_used_at: null,
    });
    const days = (Date.parse(made.expires_at) - Date.now()) / 86_400_000;
    assert.ok(days > 89.9 && days < 90.1, `${days} days`);
    assert.equal(reply.headers['cache-control'], 'no-store');

    assert.equal((await get('/orders', made.key)).statusCode, 200);
    assert.equal((await get('/cart', made.key)).statusCode, 200);
    const list = await plaza.send('GET', '/auth/api-keys', undefined, bearer(tokens.access_token));
    assert.ok(!list.body.includes(made.key.slice(-64)));
    const { rows } = await plaza
      .pool('identity')
      .query<{ row: string }>('select k::text as row from api_keys k');
    assert.ok(rows.length > 0);
    for (const { row } of rows) assert.ok(!row.includes(made.key.slice(-64)));
    const history = await plaza
      .pool('identity')
      .query('select type, detail from account_events where account_id = $1 and type like $2', [
        tokens.account.id,
        'ApiKey%',
      ]);
    assert.deepEqual(history.rows, [
      { type: 'ApiKeyCreated', detail: `${made.prefix} orders:read` },
    ]);
  });

  it('are refused where a route asks for another scope or for none, and say why', async () => {
    const tokens = await plaza.signUp(newPerson());
    const { key } = await make(tokens, 'orders:read', 'account:read');
    assert.equal((await get('/auth/me', key)).statusCode, 200);
    const refused = await get('/products', key);
    assert.partialDeepStrictEqual(refused.json(), {
      status: 403,
      code: 'auth.insufficient_scope',
      scope: 'products:read',
    });
    assert.equal(
      refused.headers['www-authenticate'],
      'Bearer error="insufficient_scope", scope="products:read"',
    );
    const cart = await plaza.send('DELETE', '/api/v1/cart', undefined, bearer(key));
    assert.equal(cart.json<{ code: string }>().code, 'auth.insufficient_scope');
    for (const [method, url, payload] of [
      ['GET', '/auth/api-keys', undefined],
      ['GET', '/auth/verify', undefined],
      ['POST', '/auth/logout-all', undefined],
      ['POST', '/auth/api-keys', { name: 'otra', scopes: ['orders:read'] }],
    ] as const) {
      const reply = await plaza.send(method, url, payload, bearer(key));
      assert.equal(reply.json<{ code: string }>().code, 'auth.insufficient_scope', url);
      assert.equal(reply.headers['www-authenticate'], 'Bearer error="insufficient_scope"');
    }
  });

  it('give no more than their holder has, also when a role goes later', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const refused = await create(tokens, { name: 'x', scopes: ['orders:read', 'stock:write'] });
    assert.partialDeepStrictEqual(refused.json(), {
      status: 422,
      code: 'identity.key_scopes_refused',
      errors: [{ pointer: '#/scopes/1', code: 'not_allowed' }],
    });
    const roles = (list: string) =>
      plaza
        .pool('identity')
        .query('update accounts set roles = $2 where id = $1', [tokens.account.id, list]);
    await roles('{customer,seller}');
    const { key } = await make(tokens, 'products:write', 'products:read');
    assert.notEqual(
      (await plaza.post('/api/v1/products', {}, bearer(key))).json<{ code: string }>().code,
      'auth.insufficient_scope',
    );
    await roles('{customer}');
    await plaza.advance(minuteMs);
    assert.equal(
      (await plaza.post('/api/v1/products', {}, bearer(key))).json<{ code: string }>().code,
      'auth.insufficient_role',
    );
    assert.equal((await get('/products', key)).statusCode, 200);
    await plaza
      .pool('identity')
      .query(`update accounts set status = 'deactivated' where id = $1`, [tokens.account.id]);
    await plaza.advance(minuteMs);
    assert.equal((await get('/products', key)).statusCode, 401);
  });

  it('stop within a minute of being revoked, by nobody but their holder', async () => {
    const tokens = await plaza.signUp(newPerson());
    const stranger = await plaza.signUp(newPerson());
    const { id, key } = await make(tokens, 'orders:read');
    assert.equal((await get('/orders', key)).statusCode, 200);
    assert.partialDeepStrictEqual((await revoke(stranger, id)).json(), {
      status: 404,
      code: 'identity.key_not_found',
    });
    assert.equal((await revoke(tokens, id)).statusCode, 204);
    assert.equal((await revoke(tokens, id)).statusCode, 404);
    assert.equal((await get('/orders', key)).json<{ code: string }>().code, 'auth.session_ended');
    await plaza.advance(minuteMs);
    const refused = await get('/orders', key);
    assert.equal(refused.json<{ code: string }>().code, 'auth.invalid_token');
    assert.equal(refused.headers['www-authenticate'], 'Bearer error="invalid_token"');
    assert.deepEqual(await listed(tokens), []);
  });

  it('end by themselves, and go', async () => {
    const tokens = await plaza.signUp(newPerson());
    const reply = await create(tokens, { name: 'x', scopes: ['orders:read'], expires_in_days: 1 });
    const { key } = reply.json<Made>();
    assert.equal((await get('/orders', key)).statusCode, 200);
    await plaza.advance(24 * 60 * minuteMs);
    assert.equal((await get('/orders', key)).statusCode, 401);
    await plaza.advance(24 * 60 * minuteMs + 1);
    const { rowCount } = await plaza
      .pool('identity')
      .query('select from api_keys where account_id = $1', [tokens.account.id]);
    assert.equal(rowCount, 0);
  });

  it('are marked when used, once a minute at most', async () => {
    const tokens = await plaza.signUp(newPerson());
    const { key } = await make(tokens, 'orders:read');
    const lastUse = async (): Promise<string | null> => {
      await plaza.advance(0);
      return (await listed(tokens))[0]!.last_used_at;
    };
    assert.equal(await lastUse(), null);
    await get('/orders', key);
    const first = await lastUse();
    assert.ok(first !== null);
    await get('/orders', key);
    assert.equal(await lastUse(), first);
    await plaza.advance(minuteMs + 1_000);
    await get('/orders', key);
    assert.ok(Date.parse((await lastUse())!) - Date.parse(first) >= minuteMs);
  });

  it('are twenty an account, also when thirty are asked for at once', async () => {
    const tokens = await plaza.signUp(newPerson());
    await plaza.warm();
    const replies = await times(30, (i) =>
      create(tokens, { name: `clave ${i}`, scopes: ['orders:read'] }),
    );
    const made = replies.filter(({ statusCode }) => statusCode === 201);
    assert.equal(made.length, 20);
    assert.equal(new Set(made.map((reply) => reply.json<Made>().key)).size, 20);
    for (const reply of replies)
      if (reply.statusCode !== 201)
        assert.equal(reply.json<{ code: string }>().code, 'identity.too_many_keys');
    assert.equal((await listed(tokens)).length, 20);
    await revoke(tokens, made[0]!.json<Made>().id);
    await make(tokens, 'orders:read');
  });

  it('are made only by who proved lately who they are', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    const { access_token: token } = (await plaza.login(person)).json<Tokens>();
    await plaza
      .pool('identity')
      .query(`update sessions set authenticated_at = now() - interval '1 hour'`);
    const session = (await plaza.login(person)).json<Tokens>();
    await plaza
      .pool('identity')
      .query(`update sessions set authenticated_at = now() - interval '1 hour'`);
    const late = (await plaza.refresh(session.refresh_token)).json<Tokens>();
    const body = { name: 'x', scopes: ['orders:read'] };
    const refused = await create(late, body);
    assert.equal(refused.json<{ code: string }>().code, 'auth.step_up_required');
    assert.equal((await plaza.post('/auth/api-keys', body, bearer(token))).statusCode, 201);
  });

  it('are of the account that the operator at the machine names, and of no other', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const { id } = tokens.account;
    const operator = bearer(
      await createOperatorTokens({
        pool: plaza.pool('identity'),
        deriveKeys: deriveKeysFrom([Buffer.alloc(32, 7)], 'identity'),
        clock: plaza.clock,
      }).issue(60),
    );
    const path = `/auth/accounts/${id}/api-keys`;
    const body = { name: 'Bodega', scopes: ['orders:read'], expires_in_days: 7 };
    // Not even for oneself, nor for an administrator: only for who has the machine.
    assert.equal((await plaza.post(path, body, bearer(tokens.access_token))).statusCode, 403);
    assert.equal((await plaza.post(path, body)).statusCode, 401);
    const grant = { roles: ['customer', 'admin'] };
    assert.equal((await plaza.send('PUT', `/users/${id}/roles`, grant, operator)).statusCode, 200);
    const { access_token: admin } = (await plaza.login(person)).json<Tokens>();
    for (const [method, url] of [
      ['POST', path],
      ['GET', path],
      ['DELETE', `${path}/${id}`],
    ] as const) {
      const sent = method === 'POST' ? body : undefined;
      const refused = await plaza.send(method, url, sent, bearer(admin));
      assert.equal(refused.statusCode, 403, `${method} ${refused.body}`);
    }

    const reply = await plaza.post(path, body, operator);
    assert.equal(reply.statusCode, 201, reply.body);
    const made = reply.json<Made>();
    assert.equal((await get('/auth/me', made.key)).statusCode, 403, 'no scope for it');
    assert.equal((await get('/orders', made.key)).statusCode, 200);
    const own = await listed({ ...tokens, access_token: admin });
    assert.deepEqual(
      own.map((key) => key.id),
      [made.id],
    );
    const theirs = await plaza.send('GET', path, undefined, operator);
    assert.equal(theirs.json<{ items: Listed[] }>().items[0]!.id, made.id);
    assert.ok(!theirs.body.includes(made.key));
    const { rows } = await plaza
      .pool('identity')
      .query('select actor_id from account_events where account_id = $1 and type = $2', [
        id,
        'ApiKeyCreated',
      ]);
    assert.deepEqual(rows, [{ actor_id: '00000000-0000-7000-8000-000000000001' }]);

    const none = `/auth/accounts/${crypto.randomUUID()}/api-keys`;
    assert.equal((await plaza.post(none, body, operator)).statusCode, 404);
    const strange = await plaza.send('DELETE', `${none}/${made.id}`, undefined, operator);
    assert.equal(strange.statusCode, 404);
    const gone = await plaza.send('DELETE', `${path}/${made.id}`, undefined, operator);
    assert.equal(gone.statusCode, 204);
    assert.equal((await get('/orders', made.key)).statusCode, 401);
  });

  it('are checked for services of this installation only', async () => {
    const tokens = await plaza.signUp(newPerson());
    const body = { key_hash: '0'.repeat(64) };
    for (const headers of [{}, bearer(tokens.access_token)])
      assert.equal((await plaza.post('/auth/api-keys/check', body, headers)).statusCode, 404);
  });
});
