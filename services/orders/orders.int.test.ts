import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { ordersHeldData } from './infrastructure/held-data.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { ordersModule } from './module.ts';
import { rebuildOrders } from './infrastructure/rebuild-orders.ts';

const minute = 60_000;

describe('orders over real PostgreSQL', () => {
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let seller: TestAccount;
  let admin: TestAccount;
  const mug = { productId: crypto.randomUUID(), variantId: crypto.randomUUID() };
  const shirt = {
    productId: crypto.randomUUID(),
    variantId: crypto.randomUUID(),
    other: crypto.randomUUID(),
  };
  let version = 0;

  before(async () => {
    plaza = await startTestPlaza({ modules: [ordersModule] });
    buyer = await plaza.account();
    seller = await plaza.account({ roles: ['customer', 'seller'] });
    admin = await plaza.account({ roles: ['admin'] });
    await offer(mug.productId, [[mug.variantId, '1250']]);
    await offer(shirt.productId, [
      [shirt.variantId, '4000'],
      [shirt.other, '4500'],
    ]);
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
  const offer = (
    productId: string,
    variants: readonly (readonly [id: string, price: string])[],
    more: object = {},
  ) =>
    receive('catalog.product-changed.v1', productId, {
      productId,
      version: ++version,
      status: 'active',
      sellerId: seller.id,
      handle: 'mug',
      title: 'Taza',
      imageUrl: null,
      variants: variants.map(([variantId, amountMinor]) => ({
        variantId,
        sku: variantId.slice(-6),
        name: 'Taza azul',
        price: { amountMinor, currency: 'COP' },
      })),
      ...more,
    });
  const call = (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options: { as?: TestAccount; payload?: object; headers?: Record<string, string> } = {},
  ) => plaza.request({ method, url: `/api/v1${path}`, ...options });
  const place = (payload: object, as: TestAccount = buyer, headers: Record<string, string> = {}) =>
    call('POST', '/orders', { as, payload, headers });
  const oneMug = { items: [{ variant_id: mug.variantId, quantity: 1 }] };
  const reserve = (orderId: string) =>
    receive('catalog.stock-reserved.v1', orderId, { orderId, expiresAt: new Date().toISOString() });
  const pay = (orderId: string, amountMinor = '1250', paymentId = crypto.randomUUID()) =>
    receive('payments.payment-completed.v1', orderId, {
      paymentId,
      orderId,
      buyerId: buyer.id,
      amount: { amountMinor, currency: 'COP' },
      provider: 'sandbox',
      completedAt: new Date().toISOString(),
    });
  const statusOf = async (id: string): Promise<string> =>
    (await call('GET', `/orders/${id}`, { as: admin })).json<{ status: string }>().status;
  const placePaid = async (): Promise<string> => {
    const { id } = (await place(oneMug)).json<{ id: string }>();
    await reserve(id);
    await pay(id);
    return id;
  };
  type CartJson = {
    cart_token: string | null;
    total: string;
    has_price_changes: boolean;
    items: { id: string; quantity: number; is_price_changed: boolean }[];
  };

  describe('the cart', () => {
    it('is a guest’s by its token, and nobody else’s', async () => {
      const added = await call('POST', '/cart/add', {
        payload: { product_id: mug.productId, quantity: 2 },
      });
      assert.equal(added.statusCode, 200);
      const { cart_token: token, total } = added.json<CartJson>();
      assert.equal(total, '25.00');
      const again = await call('GET', '/cart', { headers: { 'x-cart-token': token! } });
      assert.equal(again.json<CartJson>().items.length, 1);
      const stranger = await call('GET', '/cart', { headers: { 'x-cart-token': 'A'.repeat(43) } });
      assert.deepEqual(stranger.json<CartJson>().items, []);
      const lineId = again.json<CartJson>().items[0]!.id;
      const theft = await call('PUT', `/cart/${lineId}`, {
        payload: { quantity: 1 },
        headers: { 'x-cart-token': 'A'.repeat(43) },
      });
      assert.equal(theft.statusCode, 404);
      const { rowCount } = await pool().query('select from carts where token_hash = $1', [
        Buffer.from(token!),
      ]);
      assert.equal(rowCount, 0, 'the token itself is not stored');
    });

    it('merges into the account’s once, adding quantities, from twenty requests at once', async () => {
      const as = await plaza.account();
      const payload = { variant_id: mug.variantId, quantity: 2 };
      await call('POST', '/cart/add', { as, payload });
      const guest = await call('POST', '/cart/add', { payload: { ...payload, quantity: 3 } });
      const headers = { 'x-cart-token': guest.json<CartJson>().cart_token! };
      await call('POST', '/cart/add', {
        headers,
        payload: { variant_id: shirt.variantId, quantity: 1 },
      });
      await Promise.all(Array.from({ length: 10 }, () => pool().query('select pg_sleep(0.05)')));
      await Promise.all(Array.from({ length: 20 }, () => call('GET', '/cart', { as, headers })));
      const cart = (await call('GET', '/cart', { as })).json<CartJson>();
      assert.deepEqual(cart.items.map((item) => item.quantity).toSorted(), [1, 5]);
      assert.deepEqual((await call('GET', '/cart', { headers })).json<CartJson>().items, []);
    });

    it('becomes an order as a guest filled it, together with what the account had', async () => {
      const add = (quantity: number, as?: TestAccount) =>
        call('POST', '/cart/add', {
          ...(as ? { as } : {}),
          payload: { variant_id: mug.variantId, quantity },
        });
      const placed = async (as: TestAccount, headers: Record<string, string>) => {
        const answer = await place({}, as, headers);
        assert.equal(answer.statusCode, 201, answer.body);
        return answer.json<{ lines: { quantity: number }[] }>().lines.map((line) => line.quantity);
      };
      const as = await plaza.account();
      const alone = { 'x-cart-token': (await add(3)).json<CartJson>().cart_token! };
      assert.deepEqual(await placed(as, alone), [3]);
      assert.equal((await place({}, as, alone)).json<{ code: string }>().code, 'orders.cart_empty');
      await add(2, as);
      const beside = { 'x-cart-token': (await add(4)).json<CartJson>().cart_token! };
      assert.deepEqual(await placed(as, beside), [6]);
      for (const options of [{ as }, { headers: alone }, { headers: beside }])
        assert.deepEqual((await call('GET', '/cart', options)).json<CartJson>().items, []);
    });

    it('changes, removes and empties lines', async () => {
      const as = await plaza.account();
      await call('POST', '/cart/add', {
        as,
        payload: { variant_id: shirt.variantId, quantity: 1 },
      });
      const two = await call('POST', '/cart/add', {
        as,
        payload: { variant_id: mug.variantId, quantity: 1 },
      });
      const [first, second] = two.json<CartJson>().items;
      const changed = await call('PUT', `/cart/${first!.id}`, { as, payload: { quantity: 7 } });
      assert.equal(changed.json<CartJson>().items[0]!.quantity, 7);
      assert.equal((await call('DELETE', `/cart/${second!.id}`, { as })).statusCode, 204);
      assert.equal((await call('DELETE', `/cart/${second!.id}`, { as })).statusCode, 404);
      assert.equal((await call('DELETE', '/cart', { as })).statusCode, 204);
      assert.deepEqual((await call('GET', '/cart', { as })).json<CartJson>().items, []);
    });

    it('shows a changed price, and takes the order only when it is accepted', async () => {
      const productId = crypto.randomUUID();
      const variantId = crypto.randomUUID();
      await offer(productId, [[variantId, '1000']]);
      const as = await plaza.account();
      await call('POST', '/cart/add', { as, payload: { variant_id: variantId, quantity: 2 } });
      await offer(productId, [[variantId, '1100']]);
      const cart = (await call('GET', '/cart', { as })).json<CartJson>();
      assert.partialDeepStrictEqual(cart, { has_price_changes: true, total: '22.00' });
      const refused = await place({}, as);
      assert.partialDeepStrictEqual(refused.json(), {
        status: 409,
        code: 'orders.price_changed',
        new_total: '22.00',
      });
      assert.equal((await place({ expected_total: '20.00' }, as)).statusCode, 409);
      const accepted = await place({ expected_total: '22.00' }, as);
      assert.equal(accepted.statusCode, 201);
      assert.deepEqual((await call('GET', '/cart', { as })).json<CartJson>().items, []);
    });

    it('is placed once by a double click, with or without a key', async () => {
      for (const headers of [
        [{}, {}],
        [{ 'idempotency-key': 'x' }, { 'idempotency-key': 'x' }],
      ]) {
        const as = await plaza.account();
        await call('POST', '/cart/add', {
          as,
          payload: { variant_id: mug.variantId, quantity: 1 },
        });
        const replies = await Promise.all(headers.map((header) => place({}, as, header)));
        const made = replies.filter(
          ({ statusCode, headers: { 'idempotent-replayed': isReplayed } }) =>
            statusCode === 201 && isReplayed === undefined,
        );
        assert.equal(made.length, 1);
        const { rowCount } = await pool().query('select from orders where buyer_id = $1', [as.id]);
        assert.equal(rowCount, 1);
      }
    });

    it('refuses what it cannot hold', async () => {
      const add = async (payload: object) =>
        (await call('POST', '/cart/add', { payload })).json<{ status: number; code: string }>();
      const variant_id = mug.variantId;
      for (const [payload, code] of [
        [{ variant_id, quantity: 0 }, 'http.validation'],
        [{ variant_id, quantity: 1.5 }, 'http.validation'],
        [{ variant_id, quantity: 1000 }, 'http.validation'],
        [{ variant_id, quantity: '1' }, 'http.validation'],
        [{ quantity: 1 }, 'http.validation'],
        [{ variant_id, product_id: mug.productId, quantity: 1 }, 'http.validation'],
        [{ variant_id, quantity: 1, price: '0.01' }, 'http.validation'],
        [{ variant_id: crypto.randomUUID(), quantity: 1 }, 'orders.product_not_for_sale'],
        [{ product_id: shirt.productId, quantity: 1 }, 'orders.variant_needed'],
      ] as const)
        assert.equal((await add(payload)).code, code, JSON.stringify(payload));
    });

    it('is swept when nobody has touched it for its time', async () => {
      const guest = await call('POST', '/cart/add', {
        payload: { variant_id: mug.variantId, quantity: 1 },
      });
      const headers = { 'x-cart-token': guest.json<CartJson>().cart_token! };
      await pool().query(
        `update carts set touched_at = now() - interval '31 days' where account_id is null`,
      );
      const { createPgCarts } = await import('./infrastructure/pg-carts.ts');
      const taxes = { jurisdiction: 'CO', clock: plaza.clock };
      assert.ok((await createPgCarts(pool(), taxes).sweep(new Date())) >= 1);
      assert.deepEqual((await call('GET', '/cart', { headers })).json<CartJson>().items, []);
    });
  });

  describe('an order', () => {
    it('goes from placed to delivered, with its history', async () => {
      const id = await placePaid();
      assert.equal(await statusOf(id), 'paid');
      const set = (status: string) =>
        call('PUT', `/orders/${id}/status`, { as: seller, payload: { status } });
      assert.equal((await set('delivered')).statusCode, 409);
      assert.partialDeepStrictEqual((await set('delivered')).json(), {
        allowed: ['shipped', 'cancelled'],
      });
      assert.equal((await set('shipped')).json<{ status: string }>().status, 'shipped');
      assert.equal((await set('shipped')).statusCode, 200, 'again is no error');
      assert.equal((await set('delivered')).json<{ status: string }>().status, 'delivered');
      const history = await call('GET', `/orders/${id}/history`, { as: buyer });
      const { items } = history.json<{ items: { version: number; type: string }[] }>();
      assert.deepEqual(
        items.map((item) => [item.version, item.type]),
        [
          [1, 'OrderPlaced'],
          [2, 'StockConfirmed'],
          [3, 'PaymentRequested'],
          [4, 'OrderPaid'],
          [5, 'OrderShipped'],
          [6, 'OrderDelivered'],
        ],
      );
    });

    it('of a suspected fraud is cancelled once and its money goes back; shipped it stays', async () => {
      const [kept, shipped] = [await placePaid(), await placePaid()];
      const payload = { status: 'shipped' };
      await call('PUT', `/orders/${shipped}/status`, { as: seller, payload });
      const read = async (id: string) =>
        (await call('GET', `/orders/${id}`, { as: admin })).json<Record<string, unknown>>();
      for (const orderId of [kept, shipped, kept]) {
        const paymentId = (await read(orderId))['payment_id'];
        const alertedAt = new Date().toISOString();
        await receive('payments.fraud-alerted.v1', orderId, { orderId, paymentId, alertedAt });
      }
      assert.partialDeepStrictEqual(await read(kept), {
        status: 'cancelled',
        cancel_reason: 'fraud',
      });
      // Whoever bought or sold it is not told of a suspicion, neither in the order nor in its history.
      for (const [as, reason] of [
        [buyer, 'seller'],
        [seller, 'seller'],
        [admin, 'fraud'],
      ] as const) {
        const shown = await call('GET', `/orders/${kept}`, { as });
        assert.partialDeepStrictEqual(shown.json(), { cancel_reason: reason });
        if (as === seller) continue;
        const history = await call('GET', `/orders/${kept}/history`, { as });
        const events = history.json<{ items: { type: string; data: { reason?: string } }[] }>();
        const cancelled = events.items.find(({ type }) => type === 'OrderCancelled');
        assert.equal(cancelled?.data.reason, reason);
      }
      const { sql } = ordersHeldData.sections.find(({ name }) => name === 'orders')!;
      const exported = JSON.stringify((await pool().query(sql, [buyer.id])).rows);
      assert.match(exported, new RegExp(kept));
      assert.ok(!exported.includes('fraud'), 'neither does the copy of what we hold of them');
      assert.equal(await statusOf(shipped), 'shipped');
      const { rows } = await pool().query<{ subject: string; type: string; reason: string }>(
        `select subject, type, data ->> 'reason' as reason from outbox
         where subject = any($1) and type ~ 'cancelled|refund' order by seq`,
        [[kept, shipped]],
      );
      assert.deepEqual(rows, [
        { subject: kept, type: 'orders.order-cancelled.v1', reason: 'seller' },
        { subject: kept, type: 'orders.refund-requested.v1', reason: 'cancelled' },
      ]);
    });

    it('is one order for twenty equal requests at once', async () => {
      const as = await plaza.account();
      await Promise.all(Array.from({ length: 10 }, () => pool().query('select pg_sleep(0.05)')));
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => place(oneMug, as, { 'idempotency-key': 'same' })),
      );
      const made = replies.filter((reply) => reply.statusCode === 201);
      assert.equal(new Set(made.map((reply) => reply.body)).size, 1);
      assert.ok(replies.every((reply) => [201, 409].includes(reply.statusCode)));
      const { rows } = await pool().query(
        `select o.id, (select count(*)::int from outbox m where m.subject = o.id::text) as messages
         from orders o where buyer_id = $1`,
        [as.id],
      );
      assert.partialDeepStrictEqual(rows, [{ messages: 1 }]);
      assert.equal(rows.length, 1);
    });

    it('takes no number for a request that is refused', async () => {
      const numberOf = async () =>
        Number((await place(oneMug)).json<{ number: string }>().number.slice(3));
      const before = await numberOf();
      await place({ ...oneMug, expected_total: '1.00' });
      assert.equal(await numberOf(), before + 1);
    });

    it('expires unpaid, and money that comes later goes back', async () => {
      const { id } = (await place(oneMug)).json<{ id: string }>();
      await reserve(id);
      await plaza.advance(14 * minute);
      assert.equal(await statusOf(id), 'awaiting_payment');
      await plaza.advance(2 * minute);
      assert.equal(await statusOf(id), 'cancelled');
      await pay(id);
      const { rows } = await pool().query<{ type: string }>(
        `select type from outbox where subject = $1 and type like 'orders.%' order by seq`,
        [id],
      );
      assert.deepEqual(
        rows.map((row) => row.type),
        [
          'orders.order-placed.v1',
          'orders.payment-requested.v1',
          'orders.order-cancelled.v1',
          'orders.refund-requested.v1',
        ],
      );
    });

    it('has one winner when it is paid, cancelled and shipped at once', async () => {
      for (let round = 0; round < 5; round++) {
        const id = await placePaid();
        const replies = await Promise.all([
          call('POST', `/orders/${id}/cancel`, { as: buyer }),
          call('PUT', `/orders/${id}/status`, { as: seller, payload: { status: 'shipped' } }),
          call('POST', `/orders/${id}/cancel`, { as: admin }),
        ]);
        const status = await statusOf(id);
        assert.ok(['cancelled', 'shipped'].includes(status));
        assert.equal(replies[1].statusCode === 200, status === 'shipped');
        const { rows } = await pool().query<{ n: number }>(
          `select count(*)::int as n from outbox where subject = $1 and type = 'orders.refund-requested.v1'`,
          [id],
        );
        assert.equal(rows[0]!.n, status === 'cancelled' ? 1 : 0);
      }
    });

    it('is seen by its buyer, its seller and staff, and does not exist for others', async () => {
      const id = await placePaid();
      const stranger = await plaza.account({ roles: ['customer', 'seller'] });
      for (const [method, path, payload] of [
        ['GET', `/orders/${id}`],
        ['GET', `/orders/${id}/history`],
        ['POST', `/orders/${id}/cancel`],
        ['PUT', `/orders/${id}/status`, { status: 'shipped' }],
      ] as const) {
        const options = payload ? { payload } : {};
        const foreign = await call(method, path, { as: stranger, ...options });
        const missing = await call(method, path.replace(id, crypto.randomUUID()), {
          as: stranger,
          ...options,
        });
        assert.equal(foreign.statusCode, 404, path);
        const withoutId = (text: string): string => text.replace(/"request_id":"[^"]+"/, '');
        assert.equal(withoutId(foreign.body), withoutId(missing.body));
        assert.equal((await call(method, path, options)).statusCode, 401);
      }
      assert.equal((await call('GET', `/orders/${id}`, { as: seller })).statusCode, 200);
      const buyers = await call('PUT', `/orders/${id}/status`, {
        as: buyer,
        payload: { status: 'shipped' },
      });
      assert.equal(buyers.statusCode, 403);
      assert.equal((await call('GET', '/orders/not-an-id', { as: buyer })).statusCode, 422);
    });

    it('is listed newest first, page by page, each once', async () => {
      const as = await plaza.account();
      for (let n = 0; n < 5; n++) await place(oneMug, as);
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const reply = await call('GET', `/orders?limit=2${cursor && `&cursor=${cursor}`}`, { as });
        const page = reply.json<{ items: { number: string }[]; next_cursor: string | null }>();
        seen.push(...page.items.map((item) => item.number));
        cursor = page.next_cursor;
      }
      assert.equal(seen.length, 5);
      assert.deepEqual(seen, seen.toSorted().toReversed());
      assert.equal((await call('GET', '/orders?view=all', { as })).statusCode, 403);
      assert.equal((await call('GET', '/orders?view=sold', { as })).statusCode, 403);
      const sold = await call('GET', '/orders?view=sold&status=pending', { as: seller });
      assert.ok(sold.json<{ items: object[] }>().items.length >= 5);
      assert.equal((await call('GET', '/orders?status=nothing', { as })).statusCode, 422);
    });

    it('needs a proven e-mail and a body that fits', async () => {
      const unproven = await plaza.account({ isEmailVerified: false });
      assert.partialDeepStrictEqual((await place(oneMug, unproven)).json(), { status: 403 });
      assert.partialDeepStrictEqual((await place({})).json(), {
        status: 422,
        code: 'orders.cart_empty',
      });
      for (const payload of [
        { items: [] },
        { items: [{ variant_id: mug.variantId, quantity: 1, price: '1' }] },
        { ...oneMug, buyer_id: seller.id },
        { ...oneMug, expected_total: '12.505' },
      ])
        assert.equal((await place(payload)).statusCode, 422, JSON.stringify(payload));
    });

    it('takes each product message for what it is, whatever the order they come in', async () => {
      const productId = crypto.randomUUID();
      const variantId = crypto.randomUUID();
      const sell = () => place({ items: [{ variant_id: variantId, quantity: 1 }] });
      version += 10;
      await offer(productId, [[variantId, '500']]);
      const newest = version;
      version -= 5;
      await offer(productId, [[variantId, '100']]);
      assert.equal(
        (await sell()).json<{ total: string }>().total,
        '5.00',
        'the older one is ignored',
      );
      version = newest;
      await offer(productId, [[variantId, '500']], { status: 'inactive' });
      assert.equal((await sell()).statusCode, 409);
    });

    it('replays to exactly what is stored', async () => {
      const before = await pool().query('select * from orders order by id');
      const states = await pool().query('select * from streams order by id');
      const { eventCount, differences } = await rebuildOrders(pool());
      assert.ok(eventCount > 50);
      assert.deepEqual(differences, []);
      assert.deepEqual((await pool().query('select * from orders order by id')).rows, before.rows);
      assert.deepEqual((await pool().query('select * from streams order by id')).rows, states.rows);
    });

    it('finds an order whose stored state is not what its events say', async () => {
      const { id } = (await place(oneMug)).json<{ id: string }>();
      await pool().query(`update orders set status = 'paid' where id = $1`, [id]);
      const { differences } = await rebuildOrders(pool());
      assert.deepEqual(differences, [id]);
      assert.equal(await statusOf(id), 'pending');
      const { rows } = await pool().query('select status from orders where id = $1', [id]);
      assert.deepEqual(rows, [{ status: 'pending' }], 'and mends it');
    });
  });
});
