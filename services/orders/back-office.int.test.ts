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
  const place = async (quantity = 1, as = buyer): Promise<Order> => {
    const payload = { items: [{ variant_id: variantId, quantity }] };
    return (await call('POST', '/orders', { as, payload })).json<Order>();
  };
  const placePaid = async (quantity = 1, as = buyer): Promise<Order> => {
    const { id, total } = await place(quantity, as);
    await receive('catalog.stock-reserved.v1', id, {
      orderId: id,
      expiresAt: new Date().toISOString(),
    });
    await receive('payments.payment-completed.v1', id, {
      paymentId: crypto.randomUUID(),
      orderId: id,
      buyerId: as.id,
      amount: { amountMinor: total.replace('.', ''), currency: 'COP' },
      provider: 'sandbox',
      completedAt: new Date().toISOString(),
    });
    return (await call('GET', `/orders/${id}`, { as: admin })).json<Order>();
  };
  const refund = async ({ id, total }: Order, amountMinor = total.replace('.', '')) => {
    const { rows } = await pool().query<{ payment: string }>(
      `select state ->> 'paymentId' as payment from streams where id = $1`,
      [id],
    );
    await receive('payments.refund-completed.v1', id, {
      refundId: crypto.randomUUID(),
      paymentId: rows[0]!.payment,
      orderId: id,
      amount: { amountMinor, currency: 'COP' },
      refundedTotal: { amountMinor, currency: 'COP' },
      capturedTotal: { amountMinor: total.replace('.', ''), currency: 'COP' },
      completedAt: new Date().toISOString(),
    });
  };
  const cancel = async ({ id }: Order) =>
    call('POST', `/orders/${id}/cancel`, { as: buyer, payload: {} });
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
    const givenBack = await placePaid(1);
    await refund(givenBack);
    // Cancelled before it was sent, and so no sale, whatever its money made of its status since.
    const cancelled = await placePaid(2);
    assert.equal((await cancel(cancelled)).statusCode, 200);
    await refund(cancelled);
    const { rows: ended } = await pool().query<{ status: string }>(
      'select status from orders where id = any($1)',
      [[givenBack.id, cancelled.id]],
    );
    assert.deepEqual(ended, [{ status: 'refunded' }, { status: 'refunded' }]);
    const dashboard = (await call('GET', '/admin/dashboard', { as: admin })).json<{
      currency: string;
      sales: { days: number; amount: string; orders: number; previous_orders: number }[];
      orders_by_status: { status: string; count: number }[];
    }>();
    const { rows } = await pool().query<{ sum: string; count: number }>(
      `select round(sum(total_minor) / 100.0, 2)::text as sum, count(*)::integer as count
       from orders where status in ('paid', 'shipped') or id = $1`,
      [givenBack.id],
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

  it('are counted by region, hour, step, buyer and reason as their rows say, beside the days before', async () => {
    const dayMs = 86_400_000;
    const startsAt = Date.now() + 12 * dayMs;
    const dayAt = (offset: number): string =>
      new Date(startsAt + offset * dayMs).toLocaleDateString('en-CA', {
        timeZone: 'America/Bogota',
      });
    const from = dayAt(-1);
    const contacts = async (orders: readonly Order[], region: string, email: string | null) =>
      pool().query(
        `insert into order_contacts (order_id, buyer_id, is_guest, email, language, address)
         select id, case when $2::text is null then buyer_id else uuidv7() end, $2 is not null, $2, 'es',
           jsonb_build_object('country', 'CO', 'fields', jsonb_build_object('department', $3::text))
         from orders where id = any($1)`,
        [orders.map(({ id }) => id), email, region],
      );
    await plaza.advance(10 * dayMs);
    const before = [await placePaid(2), await placePaid(1)];
    await contacts(before.slice(0, 1), 'ANTIOQUIA', 'invitada@example.com');
    await plaza.advance(2 * dayMs);
    const [first, second, third] = [
      await placePaid(4),
      await placePaid(5, await plaza.account()),
      await placePaid(6),
    ];
    await contacts([first], 'Antioquia', null);
    await contacts([second], ' antioquia', 'invitada@example.com');
    await cancel(await place());
    await call('POST', '/cart/add', {
      as: seller,
      payload: { variant_id: variantId, quantity: 2 },
    });
    // Carts have the time of the database, which no test moves.
    await pool().query(`update carts set touched_at = touched_at + interval '12 days'`);
    await refund(third, '1000');

    type Part = Record<'key' | 'amount' | 'previous_amount', string> &
      Record<'orders' | 'quantity' | 'previous_orders' | 'previous_quantity', number>;
    const query = `from=${from}&to=${dayAt(0)}`;
    const read = async (more: string) => {
      const answer = await call('GET', `/admin/analytics?${query}&${more}`, { as: admin });
      assert.equal(answer.statusCode, 200, answer.body);
      const { items } = answer.json<{ items: Part[] }>();
      return new Map(items.map((item) => [item.key, item]));
    };
    const of = async (more: string, key: string) => (await read(more)).get(key);
    /** In other words than the statement that is tested: day by day, and in whole units. */
    const counted = async (days: readonly string[], condition: string) => {
      const { rows } = await pool().query<{ amount: string; orders: number }>(
        `select round(coalesce(sum(o.total_minor), 0) / 100.0, 2)::text as amount, count(*)::integer as orders
         from orders o left join order_contacts c on c.order_id = o.id
         where to_char(o.placed_at at time zone 'America/Bogota', 'YYYY-MM-DD') = any($1)
           and o.status not in ('pending', 'awaiting_payment', 'failed', 'cancelled') and ${condition}`,
        [days],
      );
      return rows[0]!;
    };
    const same = async (part: Part | undefined, condition: string) => {
      const now = await counted([from, dayAt(0)], condition);
      const then = await counted([dayAt(-3), dayAt(-2)], condition);
      assert.ok(part);
      assert.deepEqual(
        [part.amount, part.orders, part.previous_amount, part.previous_orders],
        [now.amount, now.orders, then.amount, then.orders],
        condition,
      );
      return now.orders + then.orders;
    };

    const inAntioquia = `c.address #>> '{fields,department}' ilike '%antioquia'`;
    assert.equal(await same(await of('by=region', 'CO-antioquia'), inAntioquia), 3);
    assert.equal(await same(await of('by=region', ''), 'c.address is null'), 2);
    for (const [key, part] of await read('by=hour'))
      await same(
        part,
        `to_char(o.placed_at at time zone 'America/Bogota', 'ID-FMHH24') = '${key}'`,
      );
    assert.equal(await same(await of('by=product', productId), 'true'), 5);
    assert.equal(await same(await of('metric=funnel', 'paid'), 'true'), 5);
    const days = await read('');
    assert.deepEqual([...days.keys()], [from, dayAt(0)]);
    assert.deepEqual(
      [days.get(dayAt(0))!.orders, days.get(dayAt(0))!.previous_orders],
      [3, 2],
      'a day stands beside the one as many days before',
    );
    const months = [...(await read('interval=month')).values()];
    assert.equal(
      months.reduce((sum, { orders }) => sum + orders, 0),
      3,
    );

    const funnel = await read('metric=funnel');
    const steps = [...funnel.values()].map(({ key, quantity, previous_quantity: then }) => [
      key,
      quantity,
      then,
    ]);
    assert.deepEqual(steps, [
      ['cart', 5, 2],
      ['placed', 4, 2],
      ['paid', 3, 2],
    ]);
    const buyers = await read('metric=buyers');
    const people = (key: string) => [buyers.get(key)!.quantity, buyers.get(key)!.orders];
    assert.deepEqual(people('returning'), [2, 3], 'the account, and the guest of the same e-mail');
    assert.deepEqual(people('first'), [0, 0]);
    const reversals = await read('metric=reversals');
    const back = (key: string) => [reversals.get(key)!.amount, reversals.get(key)!.orders];
    assert.deepEqual(back('cancelled.buyer'), ['12.50', 1]);
    assert.deepEqual(back('refunded'), ['10.00', 1]);
    assert.deepEqual(back('failed.stock'), ['0.00', 0]);

    const file = await call('GET', `/admin/analytics/export?${query}&by=region`, { as: admin });
    assert.match(String(file.headers['content-type']), /^text\/csv; charset=utf-8/);
    const lines = file.body.split('\r\n');
    assert.match(lines[0]!, /^\uFEFFkey,name,amount,orders/);
    assert.equal(lines.length, 1 + 2 + 1);
    for (const bad of ['by=person', 'metric=visits', 'interval=hour', 'compare=1'])
      for (const path of ['', '/export']) {
        const answer = await call('GET', `/admin/analytics${path}?${query}&${bad}`, { as: admin });
        assert.equal(answer.statusCode, 422, bad);
      }
    const refused = await call('GET', `/admin/analytics/export?${query}`, { as: seller });
    assert.equal(refused.statusCode, 403);
  });
});
