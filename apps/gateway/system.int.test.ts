import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createLogger } from '#shared/telemetry/logger.ts';
import type { TestAccount, TestPlaza } from '#shared/testing/test-plaza.ts';
import { startGateway } from './test-gateway.ts';

type System = Readonly<{
  services: readonly {
    name: string;
    status: string;
    requests: number;
    error_rate: number;
    p95_ms: number | null;
    p95_series: unknown[];
    last_seen_at: string | null;
  }[];
  processes: readonly {
    memory_bytes: number;
    publishers: { service: string; per_minute: number }[];
    consumers: { service: string; per_minute: number; failed_per_minute: number }[];
    failures: { type: string; consumer: string; attempts: number }[];
  }[];
  alerts: readonly { kind: string; name: string; since: string }[];
}>;
type Logged = Readonly<{
  items: readonly { level: string; service: string; correlation_id: string | null }[];
}>;

describe('what an operator sees', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plaza-system-'));
  let plaza: TestPlaza;
  let admin: TestAccount;
  let seller: TestAccount;
  before(async () => {
    const log = createLogger({ level: 'info', destination: join(folder, 'log') });
    plaza = await startGateway({ log });
    admin = await plaza.account({ roles: ['admin'] });
    seller = await plaza.account({ roles: ['seller'] });
  });
  after(async () => {
    await plaza.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const see = async (): Promise<System> =>
    (await plaza.request({ url: '/api/v1/admin/system', as: admin })).json<System>();
  const serviceOf = (system: System, name: string) =>
    system.services.find((service) => service.name === name)!;
  const sell = (title: string, requestId?: string) =>
    plaza.request({
      method: 'POST',
      url: '/api/v1/products',
      as: seller,
      payload: { title, price: 1000, status: 'active' },
      ...(requestId === undefined ? {} : { headers: { 'x-request-id': requestId } }),
    });

  for (const path of ['system', 'system/process', 'logs', 'events/types'])
    it(`/admin/${path} is for administrators only`, async () => {
      const url = `/api/v1/admin/${path}`;
      assert.equal((await plaza.request({ url })).statusCode, 401);
      for (const roles of [['customer'], ['seller'], ['support']] as const) {
        const as = await plaza.account({ roles: [...roles] });
        assert.equal((await plaza.request({ url, as })).statusCode, 403, roles[0]);
      }
      const keyed = await plaza.account({ roles: ['admin'], scope: 'orders:read' });
      assert.equal((await plaza.request({ url, as: keyed })).statusCode, 403);
      assert.equal((await plaza.request({ url, as: admin })).statusCode, 200);
      assert.equal((await plaza.request({ url: `${url}?x=1`, as: admin })).statusCode, 422);
    });

  it('counts requests for the service that answers, and failures apart', async () => {
    const before = serviceOf(await see(), 'catalog').requests;
    await sell('Taza');
    await plaza.request({ url: '/api/v1/products' });
    const system = await see();
    const catalog = serviceOf(system, 'catalog');
    assert.equal(catalog.requests, before + 2);
    assert.deepEqual([catalog.status, catalog.error_rate], ['healthy', 0]);
    assert.ok(catalog.p95_ms! > 0);
    assert.equal(catalog.p95_series.length, 45);
    assert.ok(serviceOf(system, 'gateway').requests >= catalog.requests);
    assert.ok(system.processes[0]!.memory_bytes > 1_000_000);
  });

  it('counts messages for who tells them and who takes them', async () => {
    await sell('Jarra');
    await plaza.settle();
    const [here] = (await see()).processes;
    const published = here!.publishers.find(({ service }) => service === 'catalog');
    assert.ok(published!.per_minute >= 1);
    const taken = here!.consumers.find(({ service }) => service === 'orders');
    assert.ok(taken!.per_minute >= 1);
    assert.equal(taken!.failed_per_minute, 0);
    const metrics = await plaza.request({ url: '/metrics' });
    assert.match(
      metrics.body,
      /plaza_messages_total\{consumer="orders\.keep-offers-when-product-changed",result="taken"\} [1-9]/,
    );
  });

  it('names a delivery that fails until it is taken', async () => {
    const pool = plaza.pool('orders');
    const query = pool.query.bind(pool) as (...given: unknown[]) => Promise<unknown>;
    Object.assign(pool, {
      query: (...given: unknown[]) =>
        JSON.stringify(given[0]).includes('offers')
          ? Promise.reject(new Error('offers cannot be kept'))
          : query(...given),
    });
    await sell('Cuenco');
    for (const end = performance.now() + 5_000; ;) {
      const [failure] = (await see()).processes[0]!.failures;
      if (failure) {
        assert.equal(failure.consumer, 'orders.keep-offers-when-product-changed');
        assert.equal(failure.type, 'catalog.product-changed.v1');
        break;
      }
      assert.ok(performance.now() < end, 'no failure was told');
    }
    Object.assign(pool, { query });
    await plaza.settle();
    assert.deepEqual((await see()).processes[0]!.failures, []);
  });

  it('says which service is down since when, and goes on with the others', async () => {
    const pool = plaza.pool('payments');
    const query = pool.query.bind(pool);
    Object.assign(pool, { query: () => Promise.reject(new Error('away')) });
    try {
      const system = await see();
      const payments = serviceOf(system, 'payments');
      assert.equal(payments.status, 'unhealthy');
      assert.ok(payments.last_seen_at, 'it was seen before');
      assert.equal(serviceOf(system, 'orders').status, 'healthy');
      const [alert] = system.alerts;
      assert.deepEqual([alert!.kind, alert!.name], ['down', 'payments']);
      assert.equal((await see()).alerts[0]!.since, alert!.since);
    } finally {
      Object.assign(pool, { query });
    }
    assert.deepEqual((await see()).alerts, []);
  });

  it('shows records by service, level and the request that they tell of', async () => {
    const id = crypto.randomUUID();
    await sell('Plato', id);
    const ask = async (query: string): Promise<Logged['items']> =>
      (await plaza.request({ url: `/api/v1/admin/logs?${query}`, as: admin })).json<Logged>().items;
    const [record] = await ask(`correlation_id=${id}`);
    assert.deepEqual(
      [record?.service, record?.level, record?.correlation_id],
      ['catalog', 'info', id],
    );
    const ofCatalog = await ask('service=catalog');
    assert.ok(ofCatalog.length > 0 && ofCatalog.every(({ service }) => service === 'catalog'));
    const warnings = await ask('level=warn');
    assert.ok(warnings.length > 0 && warnings.every(({ level }) => level !== 'info'));
    assert.equal((await ask('limit=1')).length, 1);
    assert.deepEqual(await ask(`correlation_id=${crypto.randomUUID()}`), []);
  });

  it('knows who takes each event', async () => {
    const reply = await plaza.request({ url: '/api/v1/admin/events/types', as: admin });
    const { items } = reply.json<{
      items: { type: string; owner: string; consumers: string[] }[];
    }>();
    const paid = items.find(({ type }) => type === 'orders.order-paid.v1');
    assert.equal(paid?.owner, 'orders');
    assert.ok(paid.consumers.includes('catalog.commit-stock-when-order-paid'));
  });

  it('simulates an order for administrators, as one chain from the order to the mail', async () => {
    const url = '/api/v1/admin/simulated-orders';
    const simulate = (as?: TestAccount) =>
      plaza.request({ method: 'POST', url, payload: {}, ...(as ? { as } : {}) });
    assert.equal((await simulate()).statusCode, 401);
    assert.equal((await simulate(seller)).statusCode, 403);
    const none = await simulate(admin);
    assert.deepEqual(
      [none.statusCode, none.json<{ code: string }>().code],
      [409, 'http.nothing_to_sell'],
    );

    const sold = await sell('Olla de barro');
    const { variants } = sold.json<{ variants: { id: string }[] }>();
    const stocked = await plaza.request({
      method: 'POST',
      url: `/api/v1/products/${sold.json<{ id: string }>().id}/stock/add`,
      as: seller,
      payload: { variant_id: variants[0]!.id, quantity: 5 },
    });
    assert.equal(stocked.statusCode, 200, stocked.body);
    await plaza.settle();
    const made = await simulate(admin);
    assert.equal(made.statusCode, 201, made.body);
    const order = made.json<{ id: string; title: string; correlation_id: string }>();
    assert.equal(order.title, 'Olla de barro');
    await plaza.settle();
    const found = await plaza.request({ url: `/api/v1/orders/${order.id}`, as: admin });
    assert.equal(found.json<{ status: string }>().status, 'paid');
    const chain = await plaza.request({
      url: `/api/v1/admin/events?correlation_id=${order.correlation_id}`,
      as: admin,
    });
    const types = chain.json<{ items: { type: string }[] }>().items.map(({ type }) => type);
    for (const type of [
      'orders.order-placed.v1',
      'catalog.stock-reserved.v1',
      'payments.payment-completed.v1',
      'orders.order-paid.v1',
    ])
      assert.ok(types.includes(type), `${type} is not among ${types.join(', ')}`);
    assert.ok(plaza.mails.some(({ to }) => to.endsWith('@example.com')));
  });
});
