import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { useRateLimits } from '../http/rate-limits.ts';
import { createHttpServer } from '../http/server.ts';
import { createLogger } from '../telemetry/logger.ts';
import { openTestRedis, skipWithoutRedis, until, type TestRedis } from '../testing/test-redis.ts';
import type { SharedByRedis } from './redis.ts';

const log = createLogger({ level: 'silent' });
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('limits over replicas', { skip: skipWithoutRedis }, () => {
  let redis: TestRedis;
  const apps: FastifyInstance[] = [];
  before(async () => void (redis = await openTestRedis()));
  afterEach(async () => {
    redis.thaw();
    await redis.areAllThere();
  });
  after(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await redis?.stop();
  });

  const limits = { requestsPerMinute: 400, signInsPerMinute: 10 };
  /** A process as it stands at the edge, or behind a gateway. */
  const replica = async (options: { isEdge?: boolean; shared?: SharedByRedis } = {}) => {
    const shared = options.shared ?? (await redis.connect());
    const app = createHttpServer({ log, trustedProxies: ['127.0.0.1'] });
    useRateLimits(app, limits, { isEdge: options.isEdge ?? true, shared: shared.counts });
    app.post('/login', { config: { access: 'public', isSignIn: true } }, async () => 'in');
    app.get('/products', { config: { access: 'public' } }, async () => 'read');
    const base = await app.listen({ host: '127.0.0.1', port: 0 });
    apps.push(app);
    // Over sockets: requests that never leave the process would not let Redis' answers in between.
    const call = async (path: string, method: 'GET' | 'POST', from: string) => {
      const reply = await fetch(base + path, { method, headers: { 'x-forwarded-for': from } });
      return { status: reply.status, headers: reply.headers, body: await reply.text() };
    };
    return {
      signIn: (from: string) => call('/login', 'POST', from),
      read: (from: string) => call('/products', 'GET', from),
    };
  };
  type Reply = Awaited<ReturnType<Awaited<ReturnType<typeof replica>>['read']>>;
  const count = (replies: readonly Reply[], wanted: number): number =>
    replies.filter(({ status }) => status === wanted).length;
  let addresses = 0;
  const newAddress = (): string => `2001:db8:0:${(addresses += 1).toString(16)}::1`;
  const msOf = async (work: () => Promise<unknown>): Promise<number> => {
    const begin = performance.now();
    await work();
    return performance.now() - begin;
  };
  const isDenied = (reply: Reply): void => {
    assert.equal(reply.status, 503);
    assert.equal(reply.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    assert.equal(reply.headers.get('retry-after'), '2');
    assert.equal((JSON.parse(reply.body) as { code: string }).code, 'http.unavailable');
  };

  it('allow exactly as many sign-ins as one process would, one after another', async () => {
    const [a, b] = [await replica(), await replica()];
    const from = newAddress();
    for (const n of upTo(20)) {
      const reply = await (n % 2 ? a : b).signIn(from);
      assert.equal(reply.status, n <= 10 ? 200 : 429, `sign-in ${n}`);
      assert.match(
        String(reply.headers.get('ratelimit')),
        new RegExp(`^"sign-in";r=${Math.max(0, 10 - n)};t=(60|5\\d)$`),
      );
    }
    assert.equal((await a.signIn(newAddress())).status, 200);
  });

  it('allow exactly as many sign-ins at once', async () => {
    const replicas = [await replica(), await replica(), await replica()];
    for (let round = 0; round < 5; round++) {
      const from = newAddress();
      const replies = await Promise.all(upTo(60).map((n) => replicas[n % 3]!.signIn(from)));
      assert.deepEqual([count(replies, 200), count(replies, 429)], [10, 50]);
    }
  });

  it('count requests together, over the limit by no more than one in a hundred', async () => {
    const [a, b] = [await replica(), await replica()];
    const from = newAddress();
    const replies: Reply[] = [];
    for (const n of upTo(600)) replies.push(await (n % 2 ? a : b).read(from));
    const passed = count(replies, 200);
    assert.ok(passed >= 400 && passed <= 404, `${passed} passed`);
    assert.equal((await a.read(newAddress())).status, 200);
    // A replica that has seen nothing of it yet learns it before it gives away a second limit.
    const late = await replica();
    const more = count(await Promise.all(upTo(50).map(() => late.read(from))), 200);
    assert.ok(more < 50, `${more} more`);
    const again = [];
    for (const _ of upTo(10)) again.push(await late.read(from));
    assert.equal(count(again, 200), 0);
  });

  it('count a request once: at the edge, and a sign-in where it is handled', async () => {
    const [edge, service] = [await replica(), await replica({ isEdge: false })];
    const from = newAddress();
    const behind = await Promise.all(upTo(500).map(() => service.read(from)));
    assert.deepEqual([count(behind, 200), behind[0]!.headers.get('ratelimit')], [500, null]);
    const first = await edge.read(from);
    assert.match(String(first.headers.get('ratelimit')), /^"all";r=399;/);
  });

  it('keep installations apart that share a server', async () => {
    const other = await redis.connect(`${redis.prefix}-other`);
    const [a, b] = [await replica(), await replica({ shared: other })];
    const from = newAddress();
    for (const _ of upTo(10)) assert.equal((await a.signIn(from)).status, 200);
    assert.equal((await a.signIn(from)).status, 429);
    assert.equal((await b.signIn(from)).status, 200);
  });

  it('begin anew when Redis was emptied, and hold again', async () => {
    const [a, b] = [await replica(), await replica()];
    const from = newAddress();
    for (const _ of upTo(10)) await a.signIn(from);
    assert.equal((await b.signIn(from)).status, 429);
    await redis.admin.flushall();
    const replies = await Promise.all(upTo(30).map((n) => (n % 2 ? a : b).signIn(from)));
    assert.deepEqual([count(replies, 200), count(replies, 429)], [10, 20]);
  });

  it('deny sign-ins while Redis hangs, and let everything else go on at once', async () => {
    const [a, b] = [await replica(), await replica()];
    const from = newAddress();
    await a.signIn(from);
    await redis.freeze();
    const firstMs = await msOf(async () => isDenied(await a.signIn(from)));
    assert.ok(firstMs < 250, `the first waited ${firstMs} ms`);
    const nextMs = await msOf(async () => {
      for (const _ of upTo(100)) isDenied(await a.signIn(newAddress()));
    });
    assert.ok(nextMs < 500, `a hundred after it took ${nextMs} ms`);
    const reads: number[] = [];
    const statuses: Reply[] = [];
    for (const _ of upTo(500))
      reads.push(await msOf(async () => statuses.push(await b.read(from))));
    assert.ok(Math.max(...reads) < 100, `a read waited ${Math.max(...reads)} ms`);
    assert.deepEqual([count(statuses, 200), count(statuses, 429)], [400, 100], 'its own limit');
    redis.thaw();
    await until('sign-ins pass again', async () => (await a.signIn(from)).status === 200, 3_000);
  });

  it('deny sign-ins while Redis is dead, and find it again by themselves', async () => {
    const [a, b] = [await replica(), await replica()];
    const from = newAddress();
    await redis.kill();
    await until('it is noticed', async () => (await a.signIn(from)).status === 503);
    isDenied(await b.signIn(from));
    assert.equal((await b.read(from)).status, 200);
    await redis.start();
    await until('sign-ins pass again', async () => (await a.signIn(from)).status === 200);
    await redis.restart();
    await redis.areAllThere();
    assert.equal((await b.signIn(newAddress())).status, 200);
  });
});
