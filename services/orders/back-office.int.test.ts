import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { ordersModule } from './module.ts';

type Order = { id: string; number: string; version: number; total: string };

describe('orders in the back office, over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let seller: TestAccount;
  let admin: TestAccount;
  const productId = crypto.randomUUID();
  const variantId = crypto.randomUUID();
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
  const call = (
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    options: { as?: TestAccount; payload?: object; headers?: Record<string, string> } = {},
  ) => plaza.request({ method, url: `/api/v1${path}`, ...options });
  const place = async (quantity = 1): Promise<Order> => {
    const payload = { items: [{ variant_id: variantId, quantity }] };
    return (await call('POST', '/orders', { as: buyer, payload })).json<Order>();
  };
  const placePaid = async (quantity = 1): Promise<Order> => {
    const { id, total } = await place(quantity);
    await receive('catalog.stock-reserved.v1', id, {
      orderId: id,
      expiresAt: new Date().toISOString(),
    });
    await receive('payments.payment-completed.v1', id, {
      paymentId: crypto.randomUUID(),
      orderId: id,
      buyerId: buyer.id,
      amount: { amountMinor: total.replace('.', ''), currency: 'COP' },
      provider: 'sandbox',
      completedAt: new Date().toISOString(),
    });
    return (await call('GET', `/orders/${id}`, { as: admin })).json<Order>();
  };
  const list = async (query: string): Promise<readonly string[]> => {
    const answer = await call('GET', `/orders?view=all&${query}`, { as: admin });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id);
  };

  before(async () => {
    plaza = await startTestPlaza({ modules: [ordersModule] });
    buyer = await plaza.account();
    seller = await plaza.account({ roles: ['customer', 'seller'] });
    admin = await plaza.account({ roles: ['admin'] });
    await receive('catalog.product-changed.v1', productId, {
      productId,
      version: 1,
      status: 'active',
      sellerId: seller.id,
      handle: 'taza',
      title: 'Taza',
      imageUrl: null,
      variants: [
        {
          variantId,
          sku: 'TAZA',
          name: 'Taza azul',
          price: { amountMinor: '1250', currency: 'COP' },
        },
      ],
    });
  });
  soundAfterEach(() => findFaults(plaza.pool('orders')));
  after(() => plaza.stop());

  it('are shipped with what a parcel is followed by, which their history keeps', async () => {
    const { id } = await placePaid();
    const tracking = { carrier: 'Servientrega', number: '2119 40-7' };
    const payload = { status: 'shipped', tracking };
    const shipped = await call('PUT', `/orders/${id}/status`, { as: admin, payload });
    assert.equal(shipped.statusCode, 200, shipped.body);
    const read = await call('GET', `/orders/${id}`, { as: buyer });
    const [shipment] = read.json<{ shipments: object[] }>().shipments;
    assert.partialDeepStrictEqual(shipment, { seller_ids: [seller.id], tracking });
    const history = await call('GET', `/orders/${id}/history`, { as: buyer });
    const { items } = history.json<{ items: { type: string; data: object }[] }>();
    assert.partialDeepStrictEqual(items.find(({ type }) => type === 'OrderShipped')!.data, {
      tracking,
    });
    const late = { status: 'delivered', tracking };
    const refused = await call('PUT', `/orders/${id}/status`, { as: admin, payload: late });
    assert.equal(refused.statusCode, 422, 'only what is handed over now is followed');
  });

  it('are left alone by who has seen another version', async () => {
    const { id, version } = await placePaid();
    const headers = { 'if-match': `"${version - 1}"` };
    for (const path of ['cancel', 'status']) {
      const method = path === 'cancel' ? 'POST' : 'PUT';
      const payload = path === 'cancel' ? {} : { status: 'shipped' };
      const stale = await call(method, `/orders/${id}/${path}`, { as: admin, payload, headers });
      assert.equal(stale.statusCode, 412, stale.body);
    }
    const payload = { status: 'shipped' };
    const right = { 'if-match': `"${version}"` };
    const done = await call('PUT', `/orders/${id}/status`, { as: admin, payload, headers: right });
    assert.equal(done.statusCode, 200);
  });

  it('are found by number, buyer and time, in either direction', async () => {
    const first = await placePaid();
    const second = await place();
    assert.deepEqual(await list(`q=${first.number.toLowerCase()}`), [first.id]);
    assert.deepEqual(await list('q=%25'), [], 'a sign of patterns is a letter');
    assert.deepEqual(await list(`buyer_id=${admin.id}`), []);
    const all = await list(`buyer_id=${buyer.id}`);
    assert.deepEqual(all.slice(0, 2), [second.id, first.id]);
    assert.deepEqual(await list(`buyer_id=${buyer.id}&sort=oldest`), all.toReversed());
    assert.deepEqual(await list('placed_before=2020-01-01T00:00:00Z'), []);
    assert.deepEqual(await list('placed_from=2020-01-01T00:00:00Z&limit=100'), all);
    const forbidden = await call('GET', `/orders?buyer_id=${buyer.id}`, { as: seller });
    assert.equal(forbidden.statusCode, 403);
  });

  it('come page by page in the other direction too', async () => {
    const all = await list('sort=oldest&limit=100');
    const seen: string[] = [];
    let cursor = '';
    do {
      const answer = await call('GET', `/orders?view=all&sort=oldest&limit=2${cursor}`, {
        as: admin,
      });
      const page = answer.json<{ items: { id: string }[]; next_cursor: string | null }>();
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor === null ? '' : `&cursor=${encodeURIComponent(page.next_cursor)}`;
    } while (cursor !== '');
    assert.deepEqual(seen, all);
  });

  it('are summed as their rows are: paid ones, by day and product', async () => {
    await placePaid(3);
    const dashboard = (await call('GET', '/admin/dashboard', { as: admin })).json<{
      currency: string;
      sales: { days: number; amount: string; orders: number; previous_orders: number }[];
      orders_by_status: { status: string; count: number }[];
    }>();
    const { rows } = await pool().query<{ sum: string; count: number }>(
      `select round(sum(total_minor) / 100.0, 2)::text as sum, count(*)::integer as count
       from orders where status in ('paid', 'shipped')`,
    );
    for (const part of dashboard.sales)
      assert.partialDeepStrictEqual(part, {
        amount: rows[0]!.sum,
        orders: rows[0]!.count,
        previous_orders: 0,
      });
    const { rows: counts } = await pool().query(
      'select status, count(*)::integer as count from orders group by status order by status',
    );
    const sold = await list('is_sold=true&limit=100');
    assert.equal(sold.length, rows[0]!.count, 'the list behind the figure');
    assert.deepEqual(
      dashboard.orders_by_status
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => (a.status < b.status ? -1 : 1)),
      counts,
    );
    const day = new Date();
    const dayOf = (offset: number): string =>
      new Date(day.getTime() + offset * 86_400_000).toISOString().slice(0, 10);
    type Parts = { items: { key: string; amount: string; quantity: number }[] };
    const range = `from=${dayOf(-2)}&to=${dayOf(1)}`;
    const days = (await call('GET', `/admin/analytics?${range}`, { as: admin })).json<Parts>();
    assert.equal(days.items.length, 4, 'days without sales are there too');
    const sum = days.items.reduce((total, { amount }) => total + Number(amount), 0);
    assert.equal(sum.toFixed(2), rows[0]!.sum);
    const products = await call('GET', `/admin/analytics?${range}&by=product`, { as: admin });
    assert.deepEqual(
      products.json<Parts>().items.map(({ key, amount }) => [key, amount]),
      [[productId, rows[0]!.sum]],
    );
    for (const bad of ['from=2026-02-02&to=2026-02-01', 'from=2024-01-01&to=2026-01-01'])
      assert.equal((await call('GET', `/admin/analytics?${bad}`, { as: admin })).statusCode, 422);
    for (const path of ['/admin/dashboard', `/admin/analytics?${range}`])
      assert.equal((await call('GET', path, { as: seller })).statusCode, 403);
  });
});
