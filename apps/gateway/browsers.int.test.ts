import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestPlaza } from '#shared/testing/test-plaza.ts';
import { catalogModule } from '../../services/catalog/module.ts';
import { startGateway } from './test-gateway.ts';

const shop = 'https://tienda.example';
const strangers = [
  'https://otra.example',
  'http://tienda.example',
  'https://tienda.example:8443',
  'https://tienda.example.otra.example',
  'https://sub.tienda.example',
  'null',
];
/** What api.md promises in headers that a script cannot read unless it is told so. */
const promised = [
  'ETag',
  'Location',
  'X-Request-Id',
  'X-Cart-Token',
  'RateLimit',
  'RateLimit-Policy',
  'Retry-After',
  'Idempotent-Replayed',
];

const words = (header: unknown): readonly string[] =>
  typeof header === 'string' ? header.toLowerCase().split(/\s*,\s*/) : [];

describe('browsers of other origins', () => {
  let plaza: TestPlaza;
  before(async () => {
    plaza = await startGateway({
      modules: [catalogModule],
      corsOrigins: ['https://admin.example', shop],
      environment: { PLAZA_REQUESTS_PER_MINUTE: '100' },
    });
  });
  after(() => plaza.stop());

  let callers = 0;
  /** Each from an address of its own, that the limit of requests stays out of it. */
  const call = (
    url: string,
    origin: string | undefined,
    rest: Readonly<{ method?: 'GET' | 'POST' | 'OPTIONS'; from?: string; payload?: object }> = {},
    headers: Readonly<Record<string, string>> = {},
  ) => {
    callers += 1;
    const { from: remoteAddress = `2001:db8::${callers}`, ...request } = rest;
    const all = { ...headers, ...(origin === undefined ? {} : { origin }) };
    return plaza.app.inject({ url, remoteAddress, ...request, headers: all });
  };
  const preflight = (url: string, origin: string | undefined, method = 'POST') =>
    call(
      url,
      origin,
      { method: 'OPTIONS' },
      {
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type,idempotency-key',
      },
    );

  it('may ask first when they are named', async () => {
    for (const url of ['/api/v1/products', '/products', '/api/v1/products/import']) {
      const { statusCode, headers, body } = await preflight(url, shop);
      assert.deepEqual([statusCode, body], [204, ''], url);
      assert.equal(headers['access-control-allow-origin'], shop);
      assert.deepEqual(words(headers['access-control-allow-methods']).toSorted(), [
        'delete',
        'get',
        'head',
        'patch',
        'post',
        'put',
      ]);
      assert.deepEqual(words(headers['access-control-allow-headers']), [
        'authorization',
        'content-type',
        'idempotency-key',
      ]);
      assert.equal(headers['access-control-max-age'], '600');
      assert.ok(words(headers.vary).includes('origin'));
    }
  });

  it('are told nothing when they are not', async () => {
    for (const origin of [...strangers, undefined])
      for (const reply of [
        await preflight('/api/v1/products', origin),
        await call('/api/v1/products', origin),
        await call('/api/v1/nothing', origin),
        await call('/api/v1/products', origin, {}, { authorization: 'Bearer a.b.c' }),
      ]) {
        const at = `${reply.raw.req.url} from ${origin}`;
        assert.equal(reply.headers['access-control-allow-origin'], undefined, at);
        assert.equal(reply.headers['access-control-allow-credentials'], undefined, at);
        // A cache must not hand this answer to those who may.
        assert.ok(words(reply.headers.vary).includes('origin'), at);
      }
  });

  it('read every answer and its headers when they are named, refusals too', async () => {
    const products = '/api/v1/products';
    const { headers: first } = await call(products, shop);
    const busy = { from: '198.51.100.1' };
    for (let i = 0; i < 100; i++) await call('/health/live', undefined, busy);
    const payload = {};
    const signedIn = (await plaza.account()).headers;
    for (const [status, reply] of [
      [200, await call(products, shop)],
      [200, await call('/health', shop)],
      [304, await call(products, shop, {}, { 'if-none-match': String(first.etag) })],
      [401, await call(products, shop, { method: 'POST', payload })],
      [401, await call(products, shop, {}, { authorization: 'Bearer a.b.c' })],
      [403, await call(products, shop, { method: 'POST', payload }, signedIn)],
      [404, await call('/api/v1/nothing', shop)],
      [405, await call('/health', shop, { method: 'POST', payload })],
      [422, await call(`${products}?offset=1`, shop)],
      [429, await call(products, shop, busy)],
    ] as const) {
      assert.equal(reply.statusCode, status);
      assert.equal(reply.headers['access-control-allow-origin'], shop, `${status}`);
      const exposed = words(reply.headers['access-control-expose-headers']);
      for (const name of promised) assert.ok(exposed.includes(name.toLowerCase()), name);
    }
  });

  it('never send cookies along', async () => {
    for (const reply of [await preflight('/products', shop), await call('/products', shop)])
      assert.equal(reply.headers['access-control-allow-credentials'], undefined);
  });

  it('leave what caches must know of an answer as it was', async () => {
    const { headers } = await call('/api/v1/products', shop);
    assert.deepEqual(words(headers.vary).toSorted(), ['authorization', 'origin']);
    assert.equal(headers['cache-control'], 'public, max-age=0, must-revalidate');
  });

  it('do not make unknown addresses known', async () => {
    const { statusCode, headers } = await call('/api/v1/nothing', undefined);
    assert.deepEqual([statusCode, headers.allow], [404, undefined]);
    const known = await call('/health', undefined, { method: 'POST', payload: {} });
    assert.deepEqual([known.statusCode, known.headers.allow], [405, 'GET, HEAD']);
    const document = await call('/openapi.json', undefined);
    const { paths } = document.json<{ paths: Record<string, object> }>();
    assert.ok(Object.values(paths).every((path) => !('options' in path)));
  });
});

describe('without origins', () => {
  it('no browser is answered, and none asked for', async () => {
    const plaza = await startGateway({ modules: [] });
    const headers = { origin: shop, 'access-control-request-method': 'GET' };
    const asked = await plaza.app.inject({ method: 'OPTIONS', url: '/health', headers });
    assert.equal(asked.statusCode, 405);
    const reply = await plaza.app.inject({ url: '/health/live', headers });
    assert.equal(reply.statusCode, 200);
    for (const name of Object.keys({ ...asked.headers, ...reply.headers }))
      assert.doesNotMatch(name, /^access-control-|^vary$/);
    await plaza.stop();
  });
});
