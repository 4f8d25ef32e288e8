import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { useAuthentication, useAuthorisation } from '#shared/http/authenticate.ts';
import { useDrain } from '#shared/http/drain.ts';
import { authError } from '#shared/http/errors.ts';
import type { Principal } from '#shared/http/principal.ts';
import { useRateLimits } from '#shared/http/rate-limits.ts';
import { createHttpServer, type Answered } from '#shared/http/server.ts';
import type { TokenVerifier } from '#shared/http/tokens.ts';
import { createDiscovery } from '#shared/platform/discovery.ts';
import { proxyRoutes } from './proxy.ts';
import { sendRaw, silent, startService, type Handler, type Seen } from './test-services.ts';
import { createUpstreams } from './upstreams.ts';

const path = '/api/v1/orders';
const limit = 20;
const buyer: Principal = {
  id: 'buyer',
  roles: ['customer'],
  isEmailVerified: true,
  expiresAt: Number.MAX_SAFE_INTEGER,
};

/** Knows `a.b.c` once it was verified, and no other. */
const createVerifier = (): TokenVerifier => {
  let isKnown = false;
  return {
    known: (token) => (isKnown && token === 'a.b.c' ? buyer : undefined),
    verify: async (token) => {
      if (token !== 'a.b.c') throw authError('invalid_token');
      isKnown = true;
      return buyer;
    },
  };
};

const start = async (seen: Seen[], handler: () => Handler) => {
  const service = await startService('orders', seen, (...of) => handler()(...of));
  const answered: Answered[] = [];
  const app = createHttpServer({
    log: silent,
    trustedProxies: ['127.0.0.1'],
    observe: (one) => answered.push(one),
  });
  const drain = useDrain(app);
  useAuthentication(app, { tokens: createVerifier() });
  const limits = { requestsPerMinute: limit, signInsPerMinute: 5 };
  useRateLimits(app, limits, { isEdge: true });
  useAuthorisation(app);
  let byFastify = 0;
  app.addHook('onRequest', async () => void (byFastify += 1));
  const services = new Map([['orders', [service.url]]]) as never;
  const discovery = createDiscovery(services, silent);
  const upstreams = createUpstreams(discovery, silent);
  await app.register(proxyRoutes({ upstreams, limits: { silentMs: 600, doubtMs: 100 } }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return {
    app,
    port,
    service,
    answered,
    drain,
    byFastify: () => byFastify,
    stop: async () => {
      await app.close();
      discovery.stop();
      await service.stop();
    },
  };
};

describe('the way past Fastify', () => {
  const seen: Seen[] = [];
  let handler: Handler;
  let gateway: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    seen.length = 0;
    handler = () => ({ headers: { etag: '"1"', 'cache-control': 'no-cache' }, body: '{"a":1}' });
    gateway = await start(seen, () => handler);
  });
  afterEach(() => gateway.stop());

  type Reply = Readonly<{ status: number; headers: IncomingMessage['headers']; text: string }>;
  const ask = async (
    at: string,
    headers: Record<string, string> = {},
    method = 'GET',
  ): Promise<Reply> => {
    const request = send({ port: gateway.port, path: at, headers, method }).end();
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    const text = Buffer.concat((await reply.toArray()) as Buffer[]).toString();
    return { status: reply.statusCode!, headers: reply.headers, text };
  };

  it('is taken by plain reads of services only', async () => {
    const plain = [path, `${path}?q=%20a`, `${path}/1`, `${path}/a-b_c.d~e`, `${path}/a/../b`];
    for (const at of plain) assert.equal((await ask(at)).status, 200, at);
    assert.equal((await ask(path, {}, 'HEAD')).status, 200);
    assert.equal(gateway.byFastify(), 0);
    const others = [`${path}/`, `${path}/%41`, `${path}//`, '/api/v1/ordersx', '/', '/health'];
    for (const at of others) await ask(at);
    await ask(path, {}, 'DELETE');
    await ask(path, { 'content-length': '0' });
    assert.equal(gateway.byFastify(), others.length + 2);
    assert.deepEqual(
      seen.map(({ request }) => request.url),
      [...plain, path, ...others.slice(0, 3), path, path],
    );
    assert.equal((await ask(`${path}?q=%00`)).status, 400);
  });

  it('answers, and asks the service, word for word as Fastify does', async () => {
    handler = () => ({
      status: 404,
      headers: { 'set-cookie': ['a=1', 'b=2'], 'x-content-type-options': 'own', vary: 'Accept' },
      body: '{"code":"x"}',
    });
    const headers = {
      'x-request-id': 'chosen-by-me',
      'x-forwarded-for': '198.51.100.7, 203.0.113.9',
      'x-forwarded-proto': 'http, https',
      'x-forwarded-host': 'shop.example',
      'x-user-id': 'somebody',
      te: 'trailers',
    };
    const [early, late] = [await ask(path, headers), await ask(`${path}/`, headers)];
    assert.equal(gateway.byFastify(), 1);
    const of = ({ ratelimit: _, date: __, ...rest }: IncomingMessage['headers']) => rest;
    assert.deepEqual(of(early.headers), of(late.headers));
    assert.deepEqual([early.status, early.text], [late.status, late.text]);
    assert.match(String(early.headers['ratelimit']), /r=19;/);
    assert.match(String(late.headers['ratelimit']), /r=18;/);
    const [one, two] = seen.map(({ request }) => request.headers);
    assert.deepEqual(one, two);
    assert.equal(one!['x-forwarded-for'], '203.0.113.9');
  });

  it('counts each request once, and refuses as Fastify does', async () => {
    const from = { 'x-forwarded-for': '203.0.113.1' };
    for (let i = 0; i < limit; i++) {
      const { status, headers } = await ask(i % 2 ? path : `${path}/`, from);
      assert.equal(status, 200);
      assert.match(String(headers['ratelimit']), new RegExp(`r=${limit - 1 - i};`));
    }
    const over = await ask(path, { ...from, 'x-request-id': 'the-one-too-many' });
    assert.equal(over.status, 429);
    assert.match(String(over.headers['content-type']), /problem\+json/);
    assert.match(String(over.headers['ratelimit']), /r=0;/);
    assert.ok(Number(over.headers['retry-after']) > 0);
    assert.equal(over.headers['x-request-id'], 'the-one-too-many');
    assert.equal((JSON.parse(over.text) as { request_id: string }).request_id, 'the-one-too-many');
    assert.equal(seen.length, limit);
    assert.equal((await ask(path, { 'x-forwarded-for': '203.0.113.2' })).status, 200);
  });

  it('knows who has been here, and leaves everybody else to Fastify', async () => {
    const good = { authorization: 'Bearer a.b.c' };
    assert.equal((await ask(path, good)).status, 200);
    assert.equal(gateway.byFastify(), 1, 'who is new has to be looked at');
    const again = await ask(path, { ...good, 'x-forwarded-for': '203.0.113.3' });
    assert.equal(gateway.byFastify(), 1);
    assert.match(String(again.headers['ratelimit']), /r=18;/, 'counted by account');
    for (const authorization of ['Bearer x.y.z', 'Basic a.b.c']) {
      const { status, headers } = await ask(path, { authorization });
      assert.equal(status, 401);
      assert.match(String(headers['www-authenticate']), /invalid_token/);
    }
    assert.equal(seen.length, 2);
  });

  it('tells every answer once, by its pattern, with refusals and the time they took', async () => {
    await ask(path);
    await ask(`${path}/7`, {}, 'HEAD');
    handler = () => undefined;
    const silence = await ask(`${path}/7`);
    assert.equal(silence.status, 503);
    assert.ok(silence.headers['retry-after']);
    assert.equal(seen.length, 3, 'asked once');
    assert.match(String(silence.headers['ratelimit']), /r=17;/);
    const told = seen[2]!.request.headers['x-request-id'];
    assert.equal(told, silence.headers['x-request-id'], 'one id to the service and to the client');
    while (gateway.answered.length < 3) await wait(5);
    assert.deepEqual(
      gateway.answered.map(({ method, route, status }) => [method, route, status]),
      [
        ['GET', path, 200],
        ['HEAD', `${path}/*`, 200],
        ['GET', `${path}/*`, 503],
      ],
    );
    assert.equal(gateway.answered[2]!.id, silence.headers['x-request-id']);
    assert.ok(gateway.answered[2]!.seconds > 0.5, 'from the head on, not from the refusal');
    await wait(20);
    assert.equal(gateway.answered.length, 3);
  });

  it('has no body where there is none', async () => {
    const head = await ask(path, {}, 'HEAD');
    assert.deepEqual([head.status, head.text, head.headers.etag], [200, '', '"1"']);
    handler = () => ({ status: 304, headers: { etag: '"1"' } });
    const same = await ask(path, { 'if-none-match': '"1"' });
    assert.deepEqual([same.status, same.text, same.headers.etag], [304, '', '"1"']);
    handler = () => ({ status: 204 });
    assert.deepEqual([(await ask(path)).status, (await ask(path)).text], [204, '']);
    assert.equal(gateway.byFastify(), 0);
  });

  it('answers those who ask on before they were answered in their order', async () => {
    handler = (request, _body, response) => {
      const { url } = request;
      // The first is the last to be ready.
      setTimeout(() => response.end(url), url!.endsWith('/1') ? 60 : 5);
      return undefined;
    };
    const get = (at: string, more = '') => `GET ${path}/${at} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
    const last = get('3', 'Connection: close\r\n');
    const text = await sendRaw(gateway.port, get('1') + get('2') + last);
    const bodies = [...text.matchAll(/orders\/(\d)/g)].map(([, n]) => n);
    assert.deepEqual(bodies, ['1', '2', '3']);
    assert.equal(gateway.byFastify(), 0);
  });

  it('speaks HTTP/1.0 to those who do', async () => {
    const text = await sendRaw(gateway.port, `GET ${path} HTTP/1.0\r\nHost: x\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 200 [^]*connection: close\r\n[^]*\{"a":1\}$/i);
  });

  it('is over for a service whose client has gone, and for a client whose service has', async () => {
    let closed: Promise<unknown> | undefined;
    handler = (_request, _body, response) => {
      closed = once(response, 'close');
      response.write('half');
      return undefined;
    };
    const client = connect(gateway.port, '127.0.0.1').on('error', () => {});
    client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    await once(client, 'data');
    client.destroy();
    const goneAt = performance.now();
    await closed;
    assert.ok(performance.now() - goneAt < 300, 'long before anybody would look');
    handler = (_request, _body, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      setTimeout(() => response.destroy(), 20);
      return undefined;
    };
    const text = await sendRaw(gateway.port, `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    assert.match(text, /^HTTP\/1\.1 200 [^]*half$/);
    assert.equal(gateway.byFastify(), 0);
    await wait(20);
    assert.deepEqual(gateway.answered, [], 'neither was answered');
  });

  it('ends connections with the answer while the gateway drains', async () => {
    handler = (_request, _body, response) => {
      setTimeout(() => response.end('late'), 100);
      return undefined;
    };
    const underWay = ask(path);
    while (seen.length === 0) await wait(5);
    const drained = gateway.drain(50);
    assert.equal((await ask(path)).headers.connection, 'close');
    await drained;
    await underWay;
  });

  it('ends connections with the answer when the gateway closes', async () => {
    handler = (_request, _body, response) => {
      setTimeout(() => response.end('late'), 100);
      return undefined;
    };
    const last = ask(path, { connection: 'keep-alive' });
    while (seen.length === 0) await wait(5);
    const closing = gateway.app.close();
    const { text, headers } = await last;
    assert.deepEqual([text, headers.connection], ['late', 'close']);
    await closing;
  });
});
