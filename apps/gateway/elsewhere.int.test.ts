import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createDiscovery } from '#shared/platform/discovery.ts';
import { createMetrics } from '#shared/telemetry/metrics.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { createEdge } from './edge.ts';
import { silent, startService, type Handler, type Seen, type Service } from './test-services.ts';

const noMailbox = {
  send: async () => {},
  list: async () => [],
  get: async () => undefined,
  remove: async () => {},
};
const event = (id: number, time: string) => ({
  id: `0199f3a2-7b1c-7d7e-8a55-0242ac12001${id}`,
  source: '/orders',
  type: 'orders.order-placed.v1',
  subject: 'x',
  time,
  aggregate_version: 1,
  correlation_id: '0199f3a2-7b1c-7d7e-8a55-0242ac120099',
  causation_id: null,
  data: {},
  sent_at: null,
});
const mail = (id: string, sentAt: string) => ({
  id,
  to: 'a@b',
  subject: 's',
  text: 't',
  html: null,
  sent_at: sentAt,
});

describe('a gateway of its own', () => {
  const seen: Seen[] = [];
  const answers = new Map<string, object>();
  const handlerOf =
    (name: string): Handler =>
    ({ url }) => {
      const path = url!.split('?', 1)[0]!;
      const answer = answers.get(`${name} ${path}`);
      return answer ? { body: JSON.stringify(answer) } : { status: 404 };
    };
  const discoveryOf = (services: readonly Service[]) =>
    createDiscovery(
      new Map([
        ['orders', [services[0]!.url]],
        ['catalog', [services[1]!.url]],
        ['payments', ['http://127.0.0.1:9']],
      ]),
      silent,
    );
  let services: Service[];
  let plaza: TestPlaza;
  let admin: TestAccount;
  before(async () => {
    services = await Promise.all(
      ['orders', 'catalog'].map((name) => startService(name, seen, handlerOf(name))),
    );
    const metrics = createMetrics();
    const edge = createEdge({
      log: silent,
      corsOrigins: ['https://shop.example'],
      metrics,
      version: '1.2.3',
      startedAt: new Date(),
      mailbox: noMailbox,
      elsewhere: { discovery: discoveryOf(services), log: silent },
    });
    plaza = await startTestPlaza({ modules: [], metrics, ...edge });
    admin = await plaza.account({ roles: ['admin'] });
  });
  beforeEach(() => {
    seen.length = 0;
    answers.clear();
  });
  after(async () => {
    await plaza.stop();
    await Promise.all(services.map((service) => service.stop()));
  });
  const ask = (url: string, as?: TestAccount, method: 'GET' | 'POST' = 'GET') =>
    plaza.request({ url, method, ...(as ? { as } : {}) });

  it('gathers the events of all services as the caller, and names who is away', async () => {
    answers.set('orders /api/v1/admin/events', {
      items: [event(1, '2026-01-02T00:00:02.000Z')],
      next_cursor: null,
    });
    answers.set('catalog /api/v1/admin/events', {
      items: [event(2, '2026-01-02T00:00:01.000Z'), event(3, '2026-01-02T00:00:03.000Z')],
      next_cursor: null,
    });
    const reply = await ask('/api/v1/admin/events?type=orders.*&limit=2', admin);
    assert.equal(reply.statusCode, 200, reply.body);
    const { items, missing } = reply.json<{ items: { time: string }[]; missing: string[] }>();
    assert.deepEqual(
      items.map(({ time }) => time.slice(17, 19)),
      ['03', '02'],
      'the newest, of both',
    );
    assert.deepEqual(missing, ['payments']);
    for (const { request } of seen) {
      assert.equal(request.headers.authorization, admin.headers.authorization);
      assert.equal(new URL(request.url!, 'http://x').searchParams.get('type'), 'orders.*');
    }
    seen.length = 0;
    assert.equal((await ask('/api/v1/admin/events')).statusCode, 401);
    assert.equal((await ask('/api/v1/admin/events', await plaza.account())).statusCode, 403);
    assert.equal(seen.length, 0, 'nobody is asked for who may not know');
  });

  it('hands a dead letter back where it lies, and is honest when it cannot know', async () => {
    const { id } = event(1, '');
    const url = `/api/v1/admin/events/dead-letters/${id}/replay`;
    assert.equal((await ask(url, admin, 'POST')).statusCode, 503, 'payments may have it');
    answers.set(`catalog ${url}`, { result: 'taken', error: null });
    const reply = await ask(url, admin, 'POST');
    assert.deepEqual(reply.json(), { result: 'taken', error: null });
    assert.equal(seen.at(-1)!.name, 'catalog');
  });

  it('shows the captured mails of all services, whoever sends by SMTP', async () => {
    answers.set('orders /api/v1/admin/mails', { items: [mail('1', '2026-01-02T00:00:01.000Z')] });
    const { items } = (await ask('/api/v1/admin/mails', admin)).json<{ items: object[] }>();
    assert.deepEqual(items, [mail('1', '2026-01-02T00:00:01.000Z')]);
  });

  it('describes what all services serve, keeps what it knew of one, and names who is away', async () => {
    type Document = { paths: object; 'x-missing-services'?: string[] };
    const read = async () => (await ask('/openapi.json')).json<Document>();
    const path = (name: string) => ({
      paths: { [name]: { get: {} }, '/health': { get: { is: 'of a service' } } },
    });
    answers.set('orders /openapi.json', path('/api/v1/orders/{id}'));
    answers.set('catalog /openapi.json', path('/api/v1/orders/not-its-own'));
    const document = await read();
    assert.ok('/api/v1/orders/{id}' in document.paths);
    assert.ok('/api/v1/admin/events' in document.paths, 'and its own');
    assert.ok(!('/api/v1/orders/not-its-own' in document.paths), 'of each only what goes there');
    assert.ok(!JSON.stringify(document).includes('of a service'));
    assert.deepEqual(document['x-missing-services'], ['payments']);
    answers.clear();
    assert.ok('/api/v1/orders/{id}' in (await read()).paths);
    assert.equal((await ask('/docs/')).statusCode, 200);
  });

  it('shows breakers and addresses, in /status and to Prometheus', async () => {
    answers.set('orders /status', {
      services: { orders: { outbox_pending: 7, dead_letters: 1, outbox_age_seconds: 0.5 } },
    });
    for (let i = 0; i < 6; i++) assert.equal((await ask('/api/v1/payments')).statusCode, 503);
    const { services: states } = (await ask('/status')).json<{
      services: Record<string, object>;
    }>();
    assert.deepEqual(states['orders'], {
      outbox_pending: 7,
      dead_letters: 1,
      outbox_age_seconds: 0.5,
      breaker: 'closed',
      addresses: { [services[0]!.url]: 'up' },
    });
    assert.partialDeepStrictEqual(states['payments'], {
      addresses: { 'http://127.0.0.1:9': 'aside' },
    });
    const metrics = (await ask('/metrics')).body;
    assert.match(metrics, /plaza_gateway_breaker_state\{service="payments"\} [12]/);
    assert.match(metrics, /plaza_gateway_breaker_state\{service="orders"\} 0/);
    assert.match(metrics, /plaza_gateway_addresses\{service="payments",state="aside"\} 1/);
  });

  it('says to browsers whose answers they may read, also of services', async () => {
    answers.set('orders /api/v1/orders', {});
    await plaza.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = plaza.app.server.address() as { port: number };
    const reply = await fetch(`http://127.0.0.1:${port}/api/v1/orders`, {
      headers: { origin: 'https://shop.example' },
    });
    assert.equal(reply.status, 200);
    assert.equal(reply.headers.get('access-control-allow-origin'), 'https://shop.example');
    assert.equal(reply.headers.get('vary'), 'Origin');
    assert.match(
      (await ask('/metrics')).body,
      /http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/orders",status="200"\} 1/,
    );
  });
});
