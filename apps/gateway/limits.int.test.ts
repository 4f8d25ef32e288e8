import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestAccount, TestPlaza } from '#shared/testing/test-plaza.ts';
import { identityModule } from '../../services/identity/module.ts';
import { startGateway } from './test-gateway.ts';

const proxy = '10.0.0.1';

describe('the limits of a client', () => {
  let plaza: TestPlaza;
  before(async () => {
    plaza = await startGateway({
      modules: [identityModule],
      environment: {
        PLAZA_REQUESTS_PER_MINUTE: '3',
        PLAZA_SIGN_INS_PER_MINUTE: '2',
        PLAZA_TRUSTED_PROXIES: proxy,
      },
    });
  });
  after(() => plaza.stop());

  const call = (
    from: string,
    rest: Readonly<{ url?: string; as?: TestAccount; headers?: Record<string, string> }> = {},
  ) => plaza.request({ url: '/health/live', remoteAddress: from, ...rest });
  const signIn = (from: string) =>
    plaza.app.inject({
      method: 'POST',
      url: '/auth/login',
      remoteAddress: from,
      payload: { username: 'nadie', password: 'una clave cualquiera' },
    });
  type Reply = Awaited<ReturnType<typeof call>>;
  const statusesOf = (replies: readonly Reply[]) => replies.map(({ statusCode }) => statusCode);
  const four = async (ask: (i: number) => Promise<Reply>) => {
    const replies: Reply[] = [];
    for (let i = 0; i < 4; i++) replies.push(await ask(i));
    return replies;
  };
  const passed = [200, 200, 200, 429];

  const isRefused = (reply: Reply, name: string): void => {
    assert.equal(reply.statusCode, 429);
    assert.equal(reply.headers['content-type'], 'application/problem+json; charset=utf-8');
    assert.equal(reply.headers['cache-control'], 'no-store');
    assert.deepEqual(reply.json(), {
      type: '/docs/errors/http.too_many_requests',
      title: 'Too many requests; wait and try again.',
      status: 429,
      code: 'http.too_many_requests',
      request_id: reply.headers['x-request-id'],
    });
    const wait = Number(reply.headers['retry-after']);
    assert.ok(Number.isInteger(wait) && wait > 50 && wait <= 60, `${wait} s`);
    assert.equal(reply.headers['ratelimit'], `"${name}";r=0;t=${wait}`);
  };

  it('are told with every answer, and the one too many is refused', async () => {
    const replies = await four(() => call('203.0.113.1'));
    assert.deepEqual(statusesOf(replies), passed);
    replies.forEach((reply, i) => {
      assert.equal(reply.headers['ratelimit-policy'], '"all";q=3;w=60');
      const left = Math.max(0, 2 - i);
      assert.match(String(reply.headers['ratelimit']), new RegExp(`^"all";r=${left};t=(60|5\\d)$`));
    });
    for (const reply of replies.slice(0, 3)) assert.ok(!('retry-after' in reply.headers));
    isRefused(replies[3]!, 'all');
    const page = await call('203.0.113.250', { url: replies[3]!.json<{ type: string }>().type });
    assert.equal(page.statusCode, 200);
  });

  it('hold for one address and not for the next, at every address of ours', async () => {
    const urls = ['/nothing', '/api/v2/products', '/health', '/health/live'];
    const replies = await four((i) => call('203.0.113.2', { url: urls[i]! }));
    assert.deepEqual(statusesOf(replies), [404, 404, 200, 429]);
    assert.equal((await call('203.0.113.3')).statusCode, 200);
  });

  it('count who is refused for their token, too', async () => {
    const headers = { authorization: 'Bearer not.a.token' };
    const replies = await four(() => call('203.0.113.4', { headers }));
    assert.deepEqual(statusesOf(replies), [401, 401, 401, 429]);
    assert.equal((await four(() => call('203.0.113.5', { url: '/auth/me' })))[3]!.statusCode, 429);
  });

  it('follow an account wherever it calls from, and nobody else', async () => {
    const [as, other] = [await plaza.account(), await plaza.account()];
    assert.deepEqual(statusesOf(await four((i) => call(`203.0.113.${10 + i}`, { as }))), passed);
    assert.equal((await call('203.0.113.10', { as: other })).statusCode, 200);
    assert.equal((await call('203.0.113.10')).statusCode, 200);
  });

  it('believe the address that a named proxy tells, and no other', async () => {
    const told = (i: number) => ({ headers: { 'x-forwarded-for': `198.51.100.${i}` } });
    const behind = await four((i) => call(proxy, told(i)));
    assert.deepEqual(statusesOf(behind), [200, 200, 200, 200]);
    const lying = await four((i) => call('203.0.113.20', told(20 + i)));
    assert.deepEqual(statusesOf(lying), passed);
    // What a client wrote before its proxy did is its own word.
    const mixed = await four((i) =>
      call(proxy, { headers: { 'x-forwarded-for': `192.0.2.${i}, 198.51.100.99` } }),
    );
    assert.deepEqual(statusesOf(mixed), passed);
  });

  it('are smaller for sign-ins, and counted apart', async () => {
    const from = '203.0.113.30';
    const [first, second, third] = [await signIn(from), await signIn(from), await signIn(from)];
    assert.deepEqual(statusesOf([first, second, third]), [401, 401, 429]);
    assert.equal(first.headers['ratelimit-policy'], '"sign-in";q=2;w=60');
    assert.match(String(first.headers['ratelimit']), /^"sign-in";r=1;t=(60|5\d)$/);
    isRefused(third, 'sign-in');
    assert.deepEqual(statusesOf(await four(() => call(from))), passed);
    assert.equal((await signIn('203.0.113.31')).statusCode, 401);
  });
});
