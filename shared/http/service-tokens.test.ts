import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { SignJWT } from 'jose';
import { createLogger } from '../telemetry/logger.ts';
import { useAuthentication, useAuthorisation } from './authenticate.ts';
import { useRateLimits } from './rate-limits.ts';
import { createHttpServer } from './server.ts';
import { createServiceTokens } from './service-tokens.ts';
import { createTokenVerifier } from './tokens.ts';

const key = Buffer.alloc(32, 1);
const orders = (now = Date.now) => createServiceTokens({ keys: [key], here: ['orders'], now });
const catalog = (now = Date.now) => createServiceTokens({ keys: [key], here: ['catalog'], now });
const tokenFor = async (to: 'catalog' | 'payments', by = orders()): Promise<string> =>
  (await by.authorizationFor(to)).replace('Bearer ', '');
const isRefused = (verified: Promise<string>): Promise<void> =>
  assert.rejects(verified, { code: 'auth.invalid_token' });

describe('a service token', () => {
  it('says to its audience who asks', async () => {
    assert.equal(await catalog().verify(await tokenFor('catalog')), 'orders');
  });

  it('holds while the secret is replaced, whichever of the two processes has the new one', async () => {
    const [before, after] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const by =
      (...keys: [Buffer, ...Buffer[]]) =>
      (here: 'orders' | 'catalog') =>
        createServiceTokens({ keys, here: [here], now: Date.now });
    const [old, ready, replaced, done] = [
      by(before),
      by(before, after),
      by(after, before),
      by(after),
    ];
    for (const [from, to] of [
      [old, ready],
      [ready, old],
      [ready, replaced],
      [replaced, ready],
      [replaced, done],
      [done, replaced],
    ] as const)
      assert.equal(await to('catalog').verify(await tokenFor('catalog', from('orders'))), 'orders');
    await isRefused(done('catalog').verify(await tokenFor('catalog', old('orders'))));
    await isRefused(ready('catalog').verify(await tokenFor('payments', replaced('orders'))));
  });

  it('is no use to another context', async () => {
    await isRefused(catalog().verify(await tokenFor('payments')));
  });

  it('ends after two minutes, and is renewed before', async () => {
    let ms = Date.now();
    const clock = (): number => ms;
    const by = orders(clock);
    const first = await tokenFor('catalog', by);
    ms += 59_000;
    assert.equal(await tokenFor('catalog', by), first);
    ms += 2_000;
    assert.notEqual(await tokenFor('catalog', by), first);
    await catalog(clock).verify(first);
    ms += 120_000;
    await isRefused(catalog(clock).verify(first));
  });

  it('is believed only of our own key, algorithm, issuer and type', async () => {
    const sign = ({ by = key, alg = 'HS256', typ = 'service+jwt', iss = 'plaza-services' } = {}) =>
      new SignJWT()
        .setProtectedHeader({ alg, typ })
        .setSubject('orders')
        .setIssuer(iss)
        .setAudience('plaza:catalog')
        .setIssuedAt()
        .setExpirationTime('2m')
        .sign(by);
    assert.equal(await catalog().verify(await sign()), 'orders');
    await isRefused(catalog().verify(await sign({ by: Buffer.alloc(32, 2) })));
    await isRefused(catalog().verify(await sign({ alg: 'HS384', by: Buffer.alloc(48, 1) })));
    await isRefused(catalog().verify(await sign({ typ: 'at+jwt' })));
    await isRefused(catalog().verify(await sign({ iss: 'plaza' })));
    const [, payload] = (await sign()).split('.');
    const none = Buffer.from('{"alg":"none","typ":"service+jwt"}').toString('base64url');
    await isRefused(catalog().verify(`${none}.${payload}.`));
  });
});

describe('a context that asks another', () => {
  let app: FastifyInstance;
  let authorization: string;
  before(async () => {
    app = createHttpServer({ log: createLogger({ level: 'silent' }) });
    useAuthentication(app, {
      tokens: createTokenVerifier(async () => ({ keys: [] })),
      services: catalog(),
    });
    useRateLimits(app, { requestsPerMinute: 2, signInsPerMinute: 2 }, { isEdge: true });
    useAuthorisation(app);
    app.get('/products', { config: { access: 'public' } }, async (request) => request.service);
    app.post('/products', { config: { access: 'account' } }, async () => 'made');
    app.get('/products/counts', { config: { access: 'service' } }, async () => 'counted');
    authorization = await orders().authorizationFor('catalog');
  });
  after(() => app.close());
  const ask = (
    method: 'GET' | 'POST',
    headers: Record<string, string>,
    remoteAddress = '203.0.113.1',
  ) => app.inject({ method, url: '/products', headers, remoteAddress });

  it('is known, and not counted as one client, since it asks for all of them', async () => {
    for (let i = 0; i < 4; i++) {
      const { statusCode, body } = await ask('GET', { authorization });
      assert.deepEqual([statusCode, body], [200, 'orders']);
    }
    const others = [await ask('GET', {}), await ask('GET', {}), await ask('GET', {})];
    assert.deepEqual(
      others.map(({ statusCode }) => statusCode),
      [200, 200, 429],
    );
  });

  it('alone is served by routes for services: for others there are none', async () => {
    const counts = (headers: Record<string, string>) =>
      app.inject({ url: '/products/counts', headers, remoteAddress: '203.0.113.3' });
    assert.equal((await counts({ authorization })).body, 'counted');
    const stranger = await counts({});
    assert.equal(stranger.statusCode, 404);
    assert.equal(stranger.json<{ code: string }>().code, 'http.not_found');
  });

  it('has no account: what is not public stays closed', async () => {
    const reply = await ask('POST', { authorization });
    assert.equal(reply.statusCode, 401);
    assert.equal(reply.json<{ code: string }>().code, 'auth.required');
  });

  it('is refused with a token that is not good, on public routes too', async () => {
    // A stranger is counted before the token is looked at.
    const forged = `${authorization.slice(0, -3)}AAA`;
    const reply = await ask('GET', { authorization: forged }, '203.0.113.2');
    assert.equal(reply.statusCode, 401);
    assert.equal(reply.json<{ code: string }>().code, 'auth.invalid_token');
  });
});
