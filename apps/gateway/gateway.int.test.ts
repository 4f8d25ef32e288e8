import assert from 'node:assert/strict';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it, mock } from 'node:test';
import { errorCatalogue } from '#shared/kernel/errors.ts';
import type { TestPlaza } from '#shared/testing/test-plaza.ts';
import { modules } from '../server/targets.ts';
import { startedAt, startGateway, version } from './test-gateway.ts';

const contexts = modules.map(({ name }) => name);
const problemType = 'application/problem+json; charset=utf-8';
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/i;

let plaza: TestPlaza;
let productId: string;
before(async () => {
  plaza = await startGateway();
  const reply = await plaza.request({
    method: 'POST',
    url: '/products',
    as: await plaza.account({ roles: ['seller'] }),
    payload: { title: 'Taza', price: 1000, status: 'active' },
  });
  assert.equal(reply.statusCode, 201, reply.body);
  productId = reply.json<{ id: string }>().id;
  assert.equal(reply.headers.location, `/api/v1/products/${productId}`);
});
after(() => plaza.stop());

const get = (url: string) => plaza.app.inject({ url });

describe('the addresses of the gateway', () => {
  it('are three for one resource, with its query and its bytes', async () => {
    for (const path of ['/products', `/products/${productId}`, '/products?limit=1&q=taza']) {
      const { statusCode, body, headers } = await get(`/api/v1${path}`);
      assert.equal(statusCode, 200, path);
      assert.ok(body.includes(productId), path);
      for (const alias of [`/api${path}`, path]) {
        const reply = await get(alias);
        assert.equal(reply.body, body, alias);
        assert.equal(reply.headers.etag, headers.etag, alias);
      }
    }
    assert.equal((await get('/products?offset=1')).statusCode, 422);
  });

  it('have a bare form for every resource that was promised one', async () => {
    for (const [method, path, status] of [
      ['GET', '/auth/me', 401],
      ['GET', '/products', 200],
      ['GET', '/categories', 200],
      ['GET', '/cart', 200],
      ['GET', '/orders', 401],
      ['POST', '/payments', 401],
      ['PUT', `/users/${productId}/roles`, 401],
      ['GET', '/admin/events', 401],
    ] as const)
      for (const prefix of ['/api/v1', '/api', '']) {
        const reply = await plaza.app.inject({ method, url: `${prefix}${path}` });
        assert.equal(reply.statusCode, status, `${prefix}${path}`);
      }
  });

  it('have none for others, but may leave the version out', async () => {
    assert.equal((await get('/api/v1/ledger/verify')).statusCode, 401);
    assert.equal((await get('/api/ledger/verify')).statusCode, 401);
    assert.equal((await get('/ledger/verify')).statusCode, 404);
  });

  it('stand at the root for what is no resource, and only there', async () => {
    for (const path of ['/health', '/metrics', '/status', '/openapi.json', '/docs/'])
      for (const [prefix, status] of [
        ['', 200],
        ['/api', 404],
        ['/api/v1', 404],
      ] as const)
        assert.equal((await get(`${prefix}${path}`)).statusCode, status, `${prefix}${path}`);
    assert.equal((await get('/.well-known/jwks.json')).statusCode, 200);
    assert.equal((await get('/oauth2/jwks')).statusCode, 200);
  });

  for (const url of [
    '/api/v2/products',
    '/api/v0/products',
    '/api/v10/products',
    '/api/v1/v1/products',
    '/v1/products',
    '/api/v2',
    '/api/v1',
    '/api',
    '/',
  ])
    it(`do not hold ${url}`, async () => {
      const reply = await get(url);
      assert.equal(reply.headers['content-type'], problemType);
      assert.partialDeepStrictEqual(reply.json(), { status: 404, code: 'http.not_found' });
    });

  it('say by an alias, too, which methods there are', async () => {
    for (const url of ['/api/v1/orders', '/api/orders', '/orders']) {
      const reply = await plaza.app.inject({ method: 'DELETE', url });
      assert.equal(reply.statusCode, 405);
      assert.equal(reply.headers.allow, 'GET, HEAD, POST');
    }
  });
});

describe('what never becomes a request', () => {
  before(() => plaza.app.listen({ host: '127.0.0.1', port: 0 }));

  /** The bytes that the server answers, until it ends the connection. */
  const send = async (bytes: string): Promise<string> => {
    const { port } = plaza.app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(bytes);
    return text(socket);
  };
  const isProblem = (answer: string, status: number, code: string, type: string): void => {
    const [head, body] = answer.split('\r\n\r\n');
    const [first, ...headers] = head!.toLowerCase().split('\r\n');
    assert.match(first!, new RegExp(`^http/1.1 ${status} [a-z]`));
    const problem = JSON.parse(body!) as { request_id: string; title: string };
    assert.partialDeepStrictEqual(problem, { type, status, code });
    assert.ok(problem.title.length > 0);
    assert.match(problem.request_id, uuid);
    for (const header of [
      `content-type: ${problemType}`,
      `content-length: ${body!.length}`,
      `x-request-id: ${problem.request_id}`,
      'connection: close',
    ])
      assert.ok(headers.includes(header), answer);
  };

  it('is answered with a problem when it is no HTTP', async () => {
    const type = '/docs/errors/http.malformed_request';
    isProblem(await send('hola\r\n\r\n'), 400, 'http.malformed_request', type);
  });

  it('is answered with a problem when its headers are too large', async () => {
    const answer = await send(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`);
    isProblem(answer, 431, 'http.431', 'about:blank');
  });

  it('is answered with a problem when it does not come to its end', async () => {
    const { server } = plaza.app;
    const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    server.once('connection', (socket) => server.emit('clientError', late, socket));
    isProblem(await send('GET'), 408, 'http.408', 'about:blank');
  });

  it('still has its request id when only the address is broken', async () => {
    const reply = await plaza.app.inject({
      url: '/%zz',
      headers: { 'x-request-id': 'checkout-42' },
    });
    assert.equal(reply.headers['x-request-id'], 'checkout-42');
    assert.partialDeepStrictEqual(reply.json(), {
      status: 400,
      code: 'http.malformed_request',
      request_id: 'checkout-42',
    });
  });
});

describe('health', () => {
  it('is told of the gateway and of every context, and kept by nobody', async () => {
    const reply = await get('/health');
    assert.equal(reply.statusCode, 200);
    assert.equal(reply.headers['cache-control'], 'no-store');
    assert.deepEqual(reply.json(), {
      status: 'healthy',
      gateway: 'healthy',
      services: Object.fromEntries(contexts.map((name) => [name, 'healthy'])),
    });
    assert.deepEqual((await get('/health/live')).json(), { status: 'healthy' });
    assert.deepEqual((await get('/health/ready')).json(), { status: 'ready' });
  });

  it('is degraded without Redis, and still ready: only sign-ins wait for it', async () => {
    let isThere = true;
    const other = await startGateway({ modules: [], isRedisThere: () => isThere });
    const look = async () => {
      const [health, ready] = [
        await other.app.inject({ url: '/health' }),
        await other.app.inject({ url: '/health/ready' }),
      ];
      const { status, redis } = health.json<{ status: string; redis: string }>();
      return [health.statusCode, status, redis, ready.statusCode];
    };
    assert.deepEqual(await look(), [200, 'healthy', 'healthy', 200]);
    isThere = false;
    assert.deepEqual(await look(), [200, 'degraded', 'degraded', 200]);
    await other.stop();
  });

  it('asks a database once a second, however many ask', async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const query = mock.method(plaza.pool('catalog'), 'query');
    await Promise.all(
      Array.from({ length: 50 }, (_, i) => get(i % 2 ? '/health' : '/health/ready')),
    );
    query.mock.restore();
    const asked = query.mock.calls.filter(({ arguments: [sql] }) => sql === 'select 1');
    assert.equal(asked.length, 1);
  });

  it('names the context whose database does not answer, and the process lives', async () => {
    const pool = plaza.pool('catalog');
    const held = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    try {
      const start = performance.now();
      const [health, ready, live, status, metrics] = await Promise.all(
        ['/health', '/health/ready', '/health/live', '/status', '/metrics'].map(async (url) => ({
          reply: await get(url),
          ms: performance.now() - start,
        })),
      );
      assert.equal(health!.reply.statusCode, 503);
      assert.ok(health!.ms < 4_000, `${health!.ms} ms`);
      assert.deepEqual(health!.reply.json(), {
        status: 'unhealthy',
        gateway: 'healthy',
        services: Object.fromEntries(
          contexts.map((name) => [name, name === 'catalog' ? 'unhealthy' : 'healthy']),
        ),
      });
      assert.equal(ready!.reply.statusCode, 503);
      assert.deepEqual(ready!.reply.json(), { status: 'not_ready' });
      assert.equal(live!.reply.statusCode, 200);
      assert.ok(live!.ms < 1_000, `${live!.ms} ms`);
      assert.partialDeepStrictEqual(status!.reply.json(), {
        status: 503,
        code: 'http.unavailable',
      });
      assert.equal(status!.reply.headers['retry-after'], '2');
      assert.equal(metrics!.reply.statusCode, 200);
    } finally {
      for (const client of held) client.release();
    }
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    assert.equal((await get('/health')).statusCode, 200);
  });
});

type Status = Readonly<{
  version: string;
  node: string;
  started_at: string;
  uptime_seconds: number;
  services: Record<string, Record<string, number>>;
}>;

const killLetter = () =>
  plaza.pool('orders')
    .query(`insert into dead_letters (consumer, message_id, message, error, attempts)
    values ('test', gen_random_uuid(), '{}', 'broken', 5)`);

describe('/status', () => {
  it('tells release, age and what waits in every context', async () => {
    await plaza.settle();
    const before = (await get('/status')).json<Status>();
    await killLetter();
    const reply = await get('/status');
    assert.equal(reply.headers['cache-control'], 'no-store');
    const status = reply.json<Status>();
    assert.equal(status.version, version);
    assert.equal(status.node, process.versions.node);
    assert.equal(status.started_at, startedAt.toISOString());
    assert.ok(Number.isInteger(status.uptime_seconds) && status.uptime_seconds >= 0);
    const quiet = { outbox_pending: 0, dead_letters: 0, outbox_age_seconds: 0 };
    const deaths = before.services['orders']!['dead_letters']!;
    assert.deepEqual(
      status.services,
      Object.fromEntries(
        contexts.map((name) => [
          name,
          name === 'orders' ? { ...quiet, dead_letters: deaths + 1 } : quiet,
        ]),
      ),
    );
  });
});

describe('/metrics', () => {
  const scrape = async () => {
    const reply = await get('/metrics');
    assert.match(String(reply.headers['content-type']), /^text\/plain; version=0\.0\.4\b/);
    return reply.body.split('\n').filter((line) => line !== '');
  };
  const valueOf = (lines: readonly string[], series: string): number =>
    Number(lines.find((line) => line.startsWith(`${series} `))?.slice(series.length) ?? 0);

  it('are Prometheus text', async () => {
    const line = /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? (-?[\d.e+-]+|\+Inf|NaN))$/;
    assert.deepEqual(
      (await scrape()).filter((found) => !line.test(found)),
      [],
    );
  });

  it('count requests by the pattern of their route, whatever address they came by', async () => {
    const count = (labels: string) => `http_request_duration_seconds_count{${labels}}`;
    const shown = count('method="GET",route="/api/v1/products/:id",status="200"');
    const unknown = count('method="GET",route="unknown",status="404"');
    const before = await scrape();
    for (const prefix of ['/api/v1', '/api', '']) await get(`${prefix}/products/${productId}`);
    await get(`/nothing/${crypto.randomUUID()}`);
    await get(`/api/v2/products/${productId}`);
    const after = await scrape();
    assert.equal(valueOf(after, shown) - valueOf(before, shown), 3);
    assert.equal(valueOf(after, unknown) - valueOf(before, unknown), 2);
    const sum = shown.replace('_count', '_sum');
    assert.ok(valueOf(after, sum) > 0);
    assert.deepEqual(
      after.filter((line) => uuid.test(line)),
      [],
    );
  });

  it('have what waits in every context', async () => {
    await killLetter();
    const lines = await scrape();
    const { services } = (await get('/status')).json<Status>();
    for (const context of contexts) {
      assert.ok(
        lines.some((line) => line.startsWith(`plaza_outbox_pending{context="${context}"} `)),
      );
      assert.equal(
        valueOf(lines, `plaza_dead_letters{context="${context}"}`),
        services[context]!['dead_letters'],
      );
    }
    assert.ok(valueOf(lines, 'plaza_dead_letters{context="orders"}') > 0);
  });
});

describe('the documents', () => {
  it('are one for all contexts and the gateway, of this release, from where they are read', async () => {
    const reply = await get('/openapi.json');
    assert.equal(reply.headers['content-type'], 'application/json; charset=utf-8');
    const document = reply.json<{
      info: { version: string };
      servers: object[];
      paths: Record<string, Record<string, { tags?: string[] }>>;
    }>();
    assert.equal(document.info.version, version);
    assert.deepEqual(document.servers, [{ url: '/' }]);
    const tags = new Set(
      Object.values(document.paths)
        .flatMap((path) => Object.values(path))
        .flatMap((operation) => operation.tags ?? []),
    );
    const withRoutes = contexts.filter((name) => name !== 'notifications');
    for (const tag of ['operation', ...withRoutes]) assert.ok(tags.has(tag), tag);
    const foreign = Object.keys(document.paths).filter((path) => /docs|openapi|\*/.test(path));
    assert.deepEqual(foreign, []);
  });

  it('are shown by a page that asks for nothing outside', async () => {
    const { headers } = await get('/docs/api');
    assert.equal(headers.location, '/docs/api/');
    const { body: page } = await get('/docs/api/');
    const asked = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1]!);
    assert.deepEqual(asked, ['js/scalar.js']);
    assert.doesNotMatch(page, /\w:\/\/|["'(]\/\//);
    const script = await get('/docs/api/js/scalar.js');
    assert.equal(script.statusCode, 200);
    assert.match(String(script.headers['content-type']), /^application\/javascript/);

    // What the script itself would ask for: fonts, a proxy, and the services of its maker.
    const settings = /createApiReference\('#app', (\{.*?\})\)\s*<\/script>/s.exec(page)?.[1];
    assert.partialDeepStrictEqual(JSON.parse(settings ?? '{}'), {
      url: '/openapi.json',
      withDefaultFonts: false,
      telemetry: false,
      showDeveloperTools: 'never',
      hideClientButton: true,
      agent: { disabled: true },
      mcp: { disabled: true },
      proxyUrl: '',
    });
  });

  it('have a page for every error they name, and none for others', async () => {
    const { type } = (await get('/nothing')).json<{ type: string }>();
    const page = await get(type);
    assert.match(String(page.headers['content-type']), /^text\/html/);
    assert.match(String(page.headers['content-security-policy']), /^default-src 'none';/);
    assert.match(page.body, /<code>http\.not_found<\/code>.*<dd>404<\/dd>/s);
    for (const { code } of errorCatalogue())
      for (const path of ['errors', 'errores'])
        assert.equal((await get(`/docs/${path}/${code}`)).statusCode, 200, code);
    for (const path of ['errors', 'errores', 'events', 'eventos']) {
      const none = await get(`/docs/${path}/http.%3Cscript%3E`);
      assert.deepEqual([none.statusCode, none.headers['content-type']], [404, problemType]);
    }
  });

  it('have pages for developers in two languages, whose links lead somewhere', async () => {
    const ask = (url: string, language: string) =>
      plaza.app.inject({ url, headers: { 'accept-language': language } });
    const spanish = await ask('/docs', 'es-CO,es;q=0.9,en;q=0.8');
    assert.match(spanish.body, /<html lang="es">.*<h1>Documentación<\/h1>/s);
    const english = await ask('/docs', 'en-US,en;q=0.9');
    assert.match(english.body, /<html lang="en">.*<h1>Documentation<\/h1>/s);
    const seen = new Set<string>();
    for (const { body } of [spanish, english])
      for (const [, to] of body.matchAll(/href="([^"]+)"/g)) seen.add(to!);
    for (const list of ['/docs/eventos', '/docs/events'])
      for (const [, to] of (await get(list)).body.matchAll(/<li><a href="([^"]+)"/g)) seen.add(to!);
    assert.ok(seen.size > 60, `only ${seen.size} links`);
    for (const to of seen) assert.equal((await get(to)).statusCode, 200, to);

    const event = await get('/docs/eventos/orders.order-paid.v1');
    assert.match(event.body, /<html lang="es">.*catalog\.commit-stock-when-order-paid/s);
    assert.match(event.body, /amountMinor/);
    assert.match(event.body, /<p>El total de un pedido está pagado/);
    assert.doesNotMatch(event.body, /lang="en"/);
    const paid = await get('/docs/events/orders.order-paid.v1');
    assert.match(paid.body, /<p>The total of an order is paid/);
    for (const [, font] of spanish.body.matchAll(/url\((\/docs\/[^)]+\.woff2)\)/g)) {
      const answer = await get(font!);
      assert.equal(answer.headers['content-type'], 'font/woff2');
      assert.equal(answer.rawPayload.subarray(0, 4).toString(), 'wOF2');
    }
    assert.match((await get('/docs/errores/http.not_found')).body, /<p>Aquí no hay nada\.<\/p>/);
    assert.match((await ask('/docs/cli', 'es')).body, /plaza iniciar/);
  });
});
