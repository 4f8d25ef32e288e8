import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { rebuildOrders } from './infrastructure/rebuild-orders.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { ordersModule } from './module.ts';

const day = 86_400_000;

type OrderJson = Readonly<{
  id: string;
  total: string;
  tax_total: string;
  taxes: readonly object[];
  lines: readonly Readonly<{ tax: object | null }>[];
}>;

describe('taxes over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let admin: TestAccount;
  let version = 0;
  const sellers = [crypto.randomUUID(), crypto.randomUUID()];

  before(async () => {
    plaza = await startTestPlaza({ modules: [ordersModule] });
    buyer = await plaza.account();
    admin = await plaza.account({ roles: ['admin'] });
  });
  soundAfterEach(() => findFaults(plaza.pool('orders')));
  after(() => plaza.stop());

  const pool = () => plaza.pool('orders');
  const receive = async (type: string, subject: string, data: object) => {
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const offer = async (amountMinor: string, more: object = {}): Promise<string> => {
    const [productId, variantId] = [crypto.randomUUID(), crypto.randomUUID()];
    await receive('catalog.product-changed.v1', productId, {
      productId,
      version: ++version,
      status: 'active',
      sellerId: sellers[0],
      handle: 'taza',
      title: 'Taza',
      imageUrl: null,
      variants: [{ variantId, sku: 'TAZA', name: 'Taza', price: { amountMinor, currency: 'COP' } }],
      ...more,
    });
    return variantId;
  };
  const place = async (...lines: readonly (readonly [string, number])[]): Promise<OrderJson> => {
    const items = lines.map(([variant_id, quantity]) => ({ variant_id, quantity }));
    const reply = await plaza.request({
      method: 'POST',
      url: '/api/v1/orders',
      as: buyer,
      payload: { items },
    });
    assert.equal(reply.statusCode, 201, reply.body);
    return reply.json<OrderJson>();
  };
  const ask = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, more: object = {}) =>
    plaza.request({ method, url: `/api/v1/tax-rates${path}`, as: admin, ...more });
  const addRate = async (taxClass: string, rate: number, code: string, more: object = {}) => {
    const payload = {
      jurisdiction: 'CO',
      tax_class: taxClass,
      code,
      rate_basis_points: rate,
      ...more,
    };
    const reply = await ask('POST', '', { payload });
    assert.equal(reply.statusCode, 201, reply.body);
    return reply;
  };

  it('are none where the operator has no rate', async () => {
    const order = await place([await offer('1190'), 1]);
    assert.partialDeepStrictEqual(order, { total: '11.90', tax_total: '0.00', taxes: [] });
    assert.equal(order.lines[0]!.tax, null);
  });

  it('are in the price of each line by its class, and add up by rate', async () => {
    await addRate('standard', 1_900, 'IVA-19');
    await addRate('reduced', 500, 'IVA-5');
    await addRate('exempt', 0, 'IVA-0');
    await addRate('standard', 2_100, 'IVA-21', { jurisdiction: 'AR' });
    const standard = await offer('11900');
    const reduced = await offer('333', { taxClass: 'reduced' });
    const exempt = await offer('1000', { taxClass: 'exempt' });
    const other = await offer('500', { taxClass: 'books' });
    const order = await place([standard, 1], [reduced, 3], [exempt, 1], [other, 1]);
    const at = (code: string, rate: number, net: string, tax: string) => ({
      code,
      jurisdiction: 'CO',
      rate_basis_points: rate,
      net,
      tax,
    });
    assert.deepEqual(
      order.lines.map((line) => line.tax),
      [
        at('IVA-19', 1_900, '100.00', '19.00'),
        at('IVA-5', 500, '9.51', '0.48'),
        at('IVA-0', 0, '10.00', '0.00'),
        null,
      ],
    );
    assert.deepEqual(order.taxes, [
      { ...at('IVA-19', 1_900, '100.00', '19.00'), gross: '119.00' },
      { ...at('IVA-5', 500, '9.51', '0.48'), gross: '9.99' },
      { ...at('IVA-0', 0, '10.00', '0.00'), gross: '10.00' },
    ]);
    assert.partialDeepStrictEqual(order, { total: '143.99', tax_total: '19.48' });
    const { rows } = await pool().query<{ data: { lines: object[]; taxes: object[] } }>(
      `select data from outbox where subject = $1 and type = 'orders.order-placed.v1'`,
      [order.id],
    );
    assert.equal(rows[0]!.data.taxes.length, 3);
    assert.ok(!('categoryIds' in rows[0]!.data.lines[0]!), 'that is for payments');
  });

  it('stay as they were when a rate changes, and orders from then on have the new one', async () => {
    const variant = await offer('12100');
    const before = await place([variant, 1]);
    const { items } = (await ask('GET', '')).json<{ items: { id: string; code: string }[] }>();
    const { id } = items.find(({ code }) => code === 'IVA-19')!;
    const shown = await ask('GET', `/${id}`);
    const { valid_from } = shown.json<{ valid_from: string }>();
    const terms = { jurisdiction: 'CO', tax_class: 'standard', code: 'IVA-21', valid_from };
    const headers = { 'if-match': String(shown.headers['etag']) };
    const payload = { ...terms, rate_basis_points: 2_100 };
    assert.equal((await ask('PUT', `/${id}`, { payload })).statusCode, 428);
    assert.equal((await ask('PUT', `/${id}`, { payload, headers })).statusCode, 200);
    assert.equal((await ask('PUT', `/${id}`, { payload, headers })).statusCode, 412);
    assert.equal((await place([variant, 1])).tax_total, '21.00');
    const again = await plaza.request({ url: `/api/v1/orders/${before.id}`, as: buyer });
    assert.deepEqual(again.json<OrderJson>().taxes, before.taxes);
    assert.equal(before.tax_total, '19.32');
  });

  it('follow a rate from its day on', async () => {
    const variant = await offer('12500');
    const from = new Date(plaza.clock().getTime() + day).toISOString();
    await addRate('standard', 2_500, 'IVA-25', { valid_from: from });
    assert.equal((await place([variant, 1])).tax_total, '21.69');
    await plaza.advance(day + 1_000);
    // The product is found in a cart too.
    const added = await plaza.request({
      method: 'POST',
      url: '/api/v1/cart/add',
      as: buyer,
      payload: { variant_id: variant, quantity: 1 },
    });
    assert.equal(added.statusCode, 200, added.body);
    const placed = await plaza.request({ method: 'POST', url: '/api/v1/orders', as: buyer });
    assert.equal(placed.json<OrderJson>().tax_total, '25.00');
  });

  it('are told to payments line by line, with the categories that decide its commission', async () => {
    const tree = [crypto.randomUUID(), crypto.randomUUID()];
    const one = await offer('12500', { categoryIds: tree });
    const other = await offer('1000', { sellerId: sellers[1], taxClass: 'exempt' });
    const { id } = await place([one, 2], [other, 1]);
    await receive('catalog.stock-reserved.v1', id, {
      orderId: id,
      expiresAt: plaza.clock().toISOString(),
    });
    const { rows } = await pool().query<{ data: object }>(
      `select data from outbox where subject = $1 and type = 'orders.payment-requested.v1'`,
      [id],
    );
    const money = (amountMinor: string) => ({ amountMinor, currency: 'COP' });
    assert.partialDeepStrictEqual(rows[0]!.data, {
      shares: [
        { sellerId: sellers[0], amount: money('25000') },
        { sellerId: sellers[1], amount: money('1000') },
      ],
      lines: [
        {
          variantId: one,
          sellerId: sellers[0],
          categoryIds: tree,
          quantity: 2,
          gross: money('25000'),
          tax: money('5000'),
        },
        { variantId: other, categoryIds: [], gross: money('1000'), tax: money('0') },
      ],
    });
  });

  it('of an order of an older release are not there, and it still replays', async () => {
    const { id } = await place([await offer('12500'), 1]);
    for (const [table, column, path] of [
      ['events', 'data', "'{lines,0}'"],
      ['streams', 'state', "'{lines,0}'"],
    ] as const)
      await pool().query(
        `update ${table} set ${column} = jsonb_set(${column}, ${path},
           (${column} #> ${path}) - 'tax' - 'categoryIds')
         where ${table === 'events' ? 'stream_id' : 'id'} = $1 and ${column} ? 'lines'`,
        [id],
      );
    assert.deepEqual((await rebuildOrders(pool())).differences, []);
    await receive('catalog.stock-reserved.v1', id, {
      orderId: id,
      expiresAt: plaza.clock().toISOString(),
    });
    const shown = await plaza.request({ url: `/api/v1/orders/${id}`, as: admin });
    assert.equal(shown.statusCode, 200, shown.body);
    // The process still had the order in memory as it was placed, and stored that: put as its events say.
    await rebuildOrders(pool());
  });

  it('are set by administrators alone, each rate once, over the version that was read', async () => {
    const seller = await plaza.account({ roles: ['seller', 'support'] });
    const terms = {
      jurisdiction: 'CO',
      tax_class: 'books',
      code: 'IVA-0',
      rate_basis_points: 0,
      valid_from: '2026-01-01T00:00:00Z',
    };
    assert.equal((await ask('POST', '', { as: seller, payload: terms })).statusCode, 403);
    assert.equal((await ask('GET', '', { as: buyer })).statusCode, 403);
    const added = await ask('POST', '', { payload: terms });
    const { id } = added.json<{ id: string }>();
    assert.equal((await ask('POST', '', { payload: terms })).statusCode, 409);
    for (const wrong of [
      { rate_basis_points: 10_001 },
      { rate_basis_points: -1 },
      { jurisdiction: 'co' },
      { tax_class: 'A b' },
      { is_default: true },
    ])
      assert.equal(
        (await ask('POST', '', { payload: { ...terms, ...wrong } })).statusCode,
        422,
        JSON.stringify(wrong),
      );
    const remove = (etag: string) => ask('DELETE', `/${id}`, { headers: { 'if-match': etag } });
    assert.equal((await ask('DELETE', `/${id}`)).statusCode, 428);
    assert.equal((await remove('"7"')).statusCode, 412);
    assert.equal((await remove('"1"')).statusCode, 204);
    assert.equal((await remove('"1"')).statusCode, 404);
    assert.equal((await ask('GET', `/${id}`)).statusCode, 404);
    const page = await ask('GET', '?limit=2');
    const { items, next_cursor } = page.json<{ items: object[]; next_cursor: string }>();
    assert.equal(items.length, 2);
    const next = await ask('GET', `?cursor=${next_cursor}`);
    assert.ok(next.json<{ items: object[] }>().items.length >= 2);
  });
});
