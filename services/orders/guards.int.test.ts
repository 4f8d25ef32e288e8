import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { idParams } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { money } from '#shared/kernel/money.ts';
import type { OutboxMessage } from '#shared/messaging/outbox.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { warm, whileHeld } from '#shared/testing/races.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import type { Cause, Orders } from './application/ports.ts';
import {
  changeStatus,
  confirmStock,
  recordPayment,
  recordRefund,
  refusePayment,
  type Actor,
  type ManualStatus,
} from './domain/order-process.ts';
import { placeOrder, type Offer } from './domain/order.ts';
import { createPgOrders } from './infrastructure/pg-orders.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { ordersModule } from './module.ts';

type Variant = Readonly<{ variantId: string; available: number }>;

/** Stands for catalog: tells how many pieces there are, and remembers what it was asked. */
const createCatalog = () => {
  const stock = new Map<string, Variant>();
  const asked: string[] = [];
  const toProduct = (id: string, { variantId, available }: Variant) => ({
    id,
    title: 'Taza',
    version: 0,
    currency: 'COP',
    seller: { id },
    images: [],
    variants: [{ id: variantId, sku: 'taza', price: '12.50', available, options: {} }],
  });
  const routes: Routes = async (app) => {
    const options = { config: { access: 'public' }, schema: { params: idParams } } as const;
    app.get('/products/:id', options, async (request, reply) => {
      const { id } = request.params;
      asked.push(id);
      const found = stock.get(id);
      return found ? toProduct(id, found) : reply.code(404).send({});
    });
  };
  const module: ServiceModule = {
    name: 'catalog',
    migrations: [new URL('../../shared/messaging/migrations/', import.meta.url)],
    start: async () => ({ routes: [routes], reactions: [], deadlines: [] }),
  };
  return { module, stock, asked };
};

describe('the guards of orders over real PostgreSQL', () => {
  const catalog = createCatalog();
  let plaza: TestPlaza;
  let buyer: TestAccount;
  let seller: TestAccount;
  let other: TestAccount;
  let admin: TestAccount;
  const mug = { productId: crypto.randomUUID(), variantId: crypto.randomUUID() };
  const hat = { productId: crypto.randomUUID(), variantId: crypto.randomUUID() };
  const oneMug = { items: [{ variant_id: mug.variantId, quantity: 1 }] };
  let version = 0;

  before(async () => {
    plaza = await startTestPlaza({ modules: [ordersModule, catalog.module] });
    buyer = await plaza.account();
    seller = await plaza.account({ roles: ['customer', 'seller'] });
    other = await plaza.account({ roles: ['customer', 'seller'] });
    admin = await plaza.account({ roles: ['admin'] });
    await offer(mug.productId, [mug.variantId]);
    await offer(hat.productId, [hat.variantId], { sellerId: other.id });
  });
  after(() => plaza.stop());
  soundAfterEach(() => findFaults(plaza.pool('orders')));

  const pool = () => plaza.pool('orders');
  const receive = async (type: string, subject: string, data: object): Promise<void> => {
    await pool().query(
      `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
       values (uuidv7(), $1, $2::text, 1, now(), ($2::text)::uuid, $3)`,
      [type, subject, data],
    );
    await deliver();
  };
  const deliver = async (): Promise<void> => {
    plaza.contexts[0]!.relay.wake();
    await plaza.settle();
  };
  const offer = (
    productId: string,
    variantIds: readonly string[],
    { sellerId = seller.id, currency = 'COP' } = {},
  ) =>
    receive('catalog.product-changed.v1', productId, {
      productId,
      version: ++version,
      status: 'active',
      sellerId,
      handle: 'mug',
      title: 'Taza',
      imageUrl: null,
      variants: variantIds.map((variantId) => ({
        variantId,
        sku: variantId.slice(-6),
        name: 'Taza azul',
        price: { amountMinor: '1250', currency },
      })),
    });
  const money_ = (amountMinor: string) => ({ amountMinor, currency: 'COP' });
  const pay = (orderId: string, amountMinor: string, paymentId: string = crypto.randomUUID()) =>
    receive('payments.payment-completed.v1', orderId, {
      paymentId,
      orderId,
      buyerId: buyer.id,
      amount: money_(amountMinor),
      provider: 'sandbox',
      completedAt: new Date().toISOString(),
    });
  const refunded = (orderId: string, paymentId: string, amount: string, captured: string) =>
    receive('payments.refund-completed.v1', orderId, {
      refundId: crypto.randomUUID(),
      paymentId,
      orderId,
      amount: money_(amount),
      refundedTotal: money_(amount),
      capturedTotal: money_(captured),
      completedAt: new Date().toISOString(),
    });

  const call = (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options: { as?: TestAccount; payload?: object; headers?: Record<string, string> } = {},
  ) => plaza.request({ method, url: `/api/v1${path}`, ...options });
  const place = (payload: object, as: TestAccount = buyer, headers: Record<string, string> = {}) =>
    call('POST', '/orders', { as, payload, headers });
  const setStatus = (id: string, status: string, as: TestAccount) =>
    call('PUT', `/orders/${id}/status`, { as, payload: { status } });
  type OrderJson = {
    id: string;
    number: string;
    status: string;
    total: string;
    refunded_total: string;
    cancel_reason: string | null;
    lines: { variant_id: string; seller_id: string; quantity: number }[];
  };
  const orderOf = async (id: string, as: TestAccount = admin): Promise<OrderJson> =>
    (await call('GET', `/orders/${id}`, { as })).json<OrderJson>();
  /** An order of one mug, or of the given lines, that is paid by the payment answered with it. */
  const placePaid = async (variantIds: readonly string[] = [mug.variantId], as = buyer) => {
    const items = variantIds.map((variant_id) => ({ variant_id, quantity: 1 }));
    const { id } = (await place({ items }, as)).json<OrderJson>();
    await receive('catalog.stock-reserved.v1', id, { orderId: id, expiresAt: now() });
    const paymentId = crypto.randomUUID();
    await pay(id, String(1250 * variantIds.length), paymentId);
    assert.equal((await orderOf(id)).status, 'paid');
    return { id, paymentId };
  };
  const publishedOf = async (orderId: string): Promise<readonly OutboxMessage[]> => {
    const { rows } = await pool().query<OutboxMessage>(
      `select * from outbox where subject = $1 and type like 'orders.%' order by seq`,
      [orderId],
    );
    return rows;
  };
  const typesOf = (messages: readonly OutboxMessage[]): string[] =>
    messages.map(({ type }) => type.replace(/^orders\.|\.v1$/g, ''));

  /** The store as one process has it: a memory of its own, the same tables. */
  const startProcess = () => {
    const handed: OutboxMessage[] = [];
    const orders = createPgOrders({
      pool: pool(),
      clock: plaza.clock,
      newId: () => crypto.randomUUID(),
      wakeOutbox: (committed) => void handed.push(...(committed ?? [])),
    });
    return { orders, handed };
  };
  const now = (): string => plaza.clock().toISOString();
  const causeOf = (orderId: string): Cause => ({ trace: { correlationId: orderId } });
  const placeBy = (
    orders: Orders,
    orderId: string,
    buyerId: string = buyer.id,
    cartId?: string,
  ) => {
    const price = money(1_250n, 'COP');
    const untaxed = {
      taxClass: 'standard',
      categoryIds: [],
      listPrice: null,
      issuerId: null,
      taxRate: null,
    };
    const shown = { sku: 'taza', name: 'Taza', imageUrl: null };
    const what = { ...shown, sellerId: seller.id, price, ...untaxed };
    const offers = new Map<string, Offer>([[mug.variantId, { ...mug, ...what }]]);
    const items = [{ variantId: mug.variantId, quantity: 1 }];
    const facts = {
      offers,
      now: plaza.clock(),
      payWithinMinutes: 15,
      day: '2026-01-02',
      requiresShipping: false,
    };
    return orders.place(orderId, causeOf(orderId), cartId, (order) =>
      placeOrder(order, { orderId, buyerId, items }, facts),
    );
  };
  const confirmBy = (orders: Orders, id: string) =>
    orders.update(id, causeOf(id), (order) => confirmStock(order, now()));
  const payBy = (orders: Orders, id: string) => {
    const payment = { paymentId: crypto.randomUUID(), amount: money(1_250n, 'COP') };
    return orders.update(id, causeOf(id), (order) => recordPayment(order, payment, now()));
  };
  const changeBy = (orders: Orders, id: string, status: ManualStatus, actor: Actor) =>
    orders.update(id, causeOf(id), (order) => changeStatus(order, status, actor, now()));

  describe('a message', () => {
    it('has its effect once, however often it comes', async () => {
      const { id, paymentId } = await placePaid();
      await refunded(id, paymentId, '100', '1250');
      await pool().query(
        `update outbox set sent_at = null where subject = $1 and type like 'payments.%'`,
        [id],
      );
      await deliver();
      assert.equal((await orderOf(id)).refunded_total, '1.00');
      const { rowCount } = await pool().query('select from dead_letters');
      assert.equal(rowCount, 0);
    });

    it('is marked as taken when it changes nothing, and then never changes anything', async () => {
      const { orders } = startProcess();
      const id = crypto.randomUUID();
      await placeBy(orders, id);
      const delivery = { consumer: 'idle', messageId: crypto.randomUUID() };
      const cause = { ...causeOf(id), delivery: { ...delivery, ...causeOf(id) } };
      const countMarks = async (): Promise<number> => {
        const { rows } = await pool().query<{ n: number }>(
          'select count(*)::int as n from inbox where consumer = $1 and message_id = $2',
          [delivery.consumer, delivery.messageId],
        );
        return rows[0]!.n;
      };
      assert.equal((await orders.update(id, cause, () => []))?.version, 1);
      assert.equal(await countMarks(), 1);
      await orders.update(id, cause, () => []);
      // The same again, for which there would be something to do now.
      const payment = { paymentId: crypto.randomUUID(), amount: money(1_250n, 'COP') };
      await orders.update(id, cause, (order) => recordPayment(order, payment, now()));
      assert.equal((await startProcess().orders.find(id))?.version, 1);
      assert.equal(await countMarks(), 1);
    });

    it('changes one order at most, whichever of two is faster', async () => {
      const { orders } = startProcess();
      const id = crypto.randomUUID();
      await placeBy(orders, id);
      const delivery = { consumer: 'twice', messageId: crypto.randomUUID() };
      const cause = { ...causeOf(id), delivery: { ...delivery, ...causeOf(id) } };
      const refund = { paymentId: 'p', refundId: 'r', amount: money(1n, 'COP'), isFull: false };
      const update = (): Promise<string> =>
        orders
          .update(id, cause, (order) => recordRefund(order, refund, now()))
          .then(
            () => 'saved',
            (error: Error) => error.message,
          );
      const [outcome] = await whileHeld(
        pool(),
        (client) =>
          client.query('select take_message($1, $2)', [delivery.consumer, delivery.messageId]),
        () => [update()],
      );
      assert.match(outcome!, /was taken for another order/);
      assert.equal((await orders.find(id))?.version, 1);
    });
  });

  describe('a change that another process was faster than', () => {
    it('leaves nothing behind and hands nothing over', async () => {
      const here = startProcess();
      const elsewhere = startProcess();
      const id = crypto.randomUUID();
      await placeBy(here.orders, id);
      await changeBy(elsewhere.orders, id, 'cancelled', { is: 'buyer' });
      const cancelled = await changeBy(here.orders, id, 'cancelled', { is: 'admin' });
      assert.partialDeepStrictEqual(cancelled, {
        version: 2,
        order: { status: 'cancelled', cancelReason: 'buyer' },
      });
      // Decided on what is stored, and not on what was about to be.
      const paid = await payBy(here.orders, id);
      assert.partialDeepStrictEqual(paid, { version: 3, order: { cancelReason: 'buyer' } });

      const stored = await publishedOf(id);
      assert.deepEqual(typesOf(stored), ['order-placed', 'order-cancelled', 'refund-requested']);
      const isOf = (messages: readonly OutboxMessage[]) =>
        messages.map(({ id: messageId, data }) => ({ messageId, data }));
      const [first, second, third] = isOf(stored);
      assert.deepEqual(isOf(here.handed), [first, third], 'with the number that was taken');
      assert.deepEqual(isOf(elsewhere.handed), [second]);
      assert.match((first!.data as { number: string }).number, /^PZ-\d{6}$/);
    });

    it('is decided again when the remembered order would not change', async () => {
      const here = startProcess();
      const elsewhere = startProcess();
      const id = crypto.randomUUID();
      await placeBy(here.orders, id);
      await confirmBy(elsewhere.orders, id);
      const declined = { paymentId: crypto.randomUUID(), reason: 'card_declined' };
      const stored = await here.orders.update(id, causeOf(id), (order) =>
        refusePayment(order, declined, now()),
      );
      assert.equal(stored?.order.status, 'failed');
    });

    it('is decided again when the remembered order refuses', async () => {
      const here = startProcess();
      const elsewhere = startProcess();
      const id = crypto.randomUUID();
      await placeBy(here.orders, id);
      await confirmBy(elsewhere.orders, id);
      await payBy(elsewhere.orders, id);
      const stored = await changeBy(here.orders, id, 'shipped', { is: 'admin' });
      assert.equal(stored?.order.status, 'shipped');
    });

    it('takes no second number, and finds the order of its own buyer only', async () => {
      const here = startProcess();
      const elsewhere = startProcess();
      const id = crypto.randomUUID();
      const numberOf = async (orders: Orders, orderId: string): Promise<number> =>
        Number((await placeBy(orders, orderId)).order.number.slice(3));
      const taken = await numberOf(here.orders, id);
      assert.equal(await numberOf(elsewhere.orders, id), taken);
      assert.equal(await numberOf(here.orders, crypto.randomUUID()), taken + 1);
      await assert.rejects(placeBy(elsewhere.orders, id, crypto.randomUUID()), {
        code: 'orders.order_id_taken',
      });
    });
  });

  describe('the cart', () => {
    type CartJson = { cart_token: string; items: { id: string; quantity: number }[] };
    const add = (variant_id: string, quantity: number, who: TestAccount | string | undefined) =>
      call('POST', '/cart/add', {
        payload: { variant_id, quantity },
        ...(typeof who === 'string' ? { headers: { 'x-cart-token': who } } : who && { as: who }),
      });
    const addAsGuest = async (variantId: string, quantity: number): Promise<string> =>
      (await add(variantId, quantity, undefined)).json<CartJson>().cart_token;
    const show = (as: TestAccount, token?: string) =>
      call('GET', '/cart', { as, ...(token ? { headers: { 'x-cart-token': token } } : {}) });
    const quantitiesOf = async (as: TestAccount, token?: string): Promise<number[]> =>
      (await show(as, token))
        .json<CartJson>()
        .items.map(({ quantity }) => quantity)
        .toSorted((a, b) => a - b);
    const linesOf = (as: TestAccount): readonly [sql: string, values: string[]] => [
      `select from cart_lines where cart_id = (select id from carts where account_id = $1)
       for update`,
      [as.id],
    ];

    it('loses no line to somebody else', async () => {
      const as = await plaza.account();
      const { items } = (await add(mug.variantId, 1, as)).json<CartJson>();
      const path = `/cart/${items[0]!.id}`;
      await add(hat.variantId, 1, buyer);
      assert.equal((await call('DELETE', path, { as: buyer })).statusCode, 404);
      assert.equal((await call('DELETE', '/cart', { as: buyer })).statusCode, 204);
      assert.deepEqual(await quantitiesOf(as), [1]);
    });

    it('becomes one order of six requests that all have read it', async () => {
      const as = await plaza.account();
      await add(mug.variantId, 1, as);
      await warm(pool());
      const replies = await whileHeld(
        pool(),
        (client) => client.query(...linesOf(as)),
        () => Array.from({ length: 6 }, () => place({}, as)),
      );
      assert.deepEqual(
        replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b),
        [201, 409, 409, 409, 409, 409],
      );
      const { rowCount } = await pool().query('select from orders where buyer_id = $1', [as.id]);
      assert.equal(rowCount, 1);
    });

    it('stays as it is when a quantity changes while it is ordered', async () => {
      const as = await plaza.account();
      await add(mug.variantId, 2, as);
      const [reply] = await whileHeld(
        pool(),
        (client) =>
          client.query(
            `update cart_lines set quantity = 3
             where cart_id = (select id from carts where account_id = $1)`,
            [as.id],
          ),
        () => [place({}, as)],
      );
      assert.partialDeepStrictEqual(reply!.json(), { status: 409, code: 'orders.cart_changed' });
      assert.deepEqual(await quantitiesOf(as), [3]);
    });

    it('stays as it is when the order is there already', async () => {
      const as = await plaza.account();
      await add(mug.variantId, 1, as);
      const { rows } = await pool().query<{ id: string }>(
        'select id from carts where account_id = $1',
        [as.id],
      );
      const { orders } = startProcess();
      const id = crypto.randomUUID();
      await placeBy(orders, id, as.id);
      await placeBy(orders, id, as.id, rows[0]!.id);
      assert.deepEqual(await quantitiesOf(as), [1]);
    });

    it('is found ordered by a second try whose first one died', async () => {
      const as = await plaza.account();
      await add(mug.variantId, 1, as);
      const headers = { 'idempotency-key': 'died' };
      const first = await place({}, as, headers);
      await pool().query(
        `update idempotency_keys set status = null, body = null,
           started_at = now() - interval '1 minute' where principal = $1`,
        [as.id],
      );
      const again = await place({}, as, headers);
      assert.deepEqual([again.statusCode, again.body], [201, first.body]);
    });

    it('of a guest goes to one of two accounts that claim it at once', async () => {
      for (const hasOwn of [true, false]) {
        const [one, two] = [await plaza.account(), await plaza.account()];
        if (hasOwn) await Promise.all([one, two].map((as) => add(hat.variantId, 1, as)));
        const token = await addAsGuest(mug.variantId, 5);
        const { rows } = await pool().query<{ token_hash: Buffer }>(
          'select token_hash from carts where token_hash is not null order by touched_at desc limit 1',
        );
        await whileHeld(
          pool(),
          (client) =>
            client.query('select merge_carts($1, $2, null)', [rows[0]!.token_hash, one.id]),
          () => [show(two, token)],
        );
        assert.deepEqual(await quantitiesOf(one), hasOwn ? [1, 5] : [5]);
        assert.deepEqual(await quantitiesOf(two), hasOwn ? [1] : []);
      }
    });

    it('of a guest joins the one that the account fills at this moment', async () => {
      const as = await plaza.account();
      const token = await addAsGuest(mug.variantId, 5);
      await whileHeld(
        pool(),
        (client) =>
          client.query(
            `with made as (insert into carts (account_id) values ($1) returning id)
             insert into cart_lines (cart_id, variant_id, quantity, seen_price_minor, currency)
             select id, $2, 1, 1250, 'COP' from made`,
            [as.id, hat.variantId],
          ),
        () => [show(as, token)],
      );
      assert.deepEqual(await quantitiesOf(as), [1, 5]);
    });

    it('takes of a guest’s what catalog has, asked for what is in both', async () => {
      catalog.stock.set(mug.productId, { variantId: mug.variantId, available: 4 });
      const merge = async (own: number, guest: number): Promise<number[]> => {
        const as = await plaza.account();
        await add(mug.variantId, own, as);
        const token = await addAsGuest(mug.variantId, guest);
        await add(hat.variantId, 30, token);
        return quantitiesOf(as, token);
      };
      catalog.asked.length = 0;
      assert.deepEqual(await merge(2, 3), [4, 30]);
      assert.deepEqual(await merge(6, 3), [6, 30], 'what was chosen signed in stays');
      assert.deepEqual(catalog.asked, [mug.productId, mug.productId]);
      const as = await plaza.account();
      await add(hat.variantId, 1, as);
      await show(as, await addAsGuest(mug.variantId, 7));
      assert.equal(catalog.asked.length, 2, 'nothing is in both');
      catalog.stock.clear();
    });

    it('holds 999 pieces of a variant, added or merged', async () => {
      const as = await plaza.account();
      await add(mug.variantId, 600, as);
      const token = await addAsGuest(mug.variantId, 600);
      assert.deepEqual(await quantitiesOf(as, token), [999]);
      const more = await add(mug.variantId, 600, as);
      assert.equal(more.statusCode, 200);
      assert.deepEqual(await quantitiesOf(as), [999]);
    });

    it('is no order with more than a hundred lines, or in two currencies', async () => {
      const productId = crypto.randomUUID();
      const dollars = crypto.randomUUID();
      await offer(
        productId,
        Array.from({ length: 100 }, () => crypto.randomUUID()),
      );
      await offer(crypto.randomUUID(), [dollars], { currency: 'USD' });
      const as = await plaza.account();
      await add(mug.variantId, 1, as);
      await pool().query(
        `insert into cart_lines (cart_id, variant_id, quantity, seen_price_minor, currency)
         select c.id, o.variant_id, 1, o.price_minor, o.currency from carts c, offers o
         where c.account_id = $1 and o.product_id = $2`,
        [as.id, productId],
      );
      assert.partialDeepStrictEqual((await place({}, as)).json(), {
        code: 'orders.too_many_lines',
      });
      const items = [mug.variantId, dollars].map((variant_id) => ({ variant_id, quantity: 1 }));
      assert.partialDeepStrictEqual((await place({ items })).json(), {
        code: 'orders.currencies_mixed',
      });
    });
  });

  describe('an order', () => {
    it('has one line for a variant that is named twice', async () => {
      const items = [2, 3].map((quantity) => ({ variant_id: mug.variantId, quantity }));
      const { lines, total } = (await place({ items })).json<OrderJson>();
      assert.deepEqual([lines.map(({ quantity }) => quantity), total], [[5], '62.50']);
    });

    it('has no timer once it is paid', async () => {
      const timers = async (id: string): Promise<number | null> =>
        (await pool().query('select from deadlines where key = $1', [id])).rowCount;
      const { id } = (await place(oneMug)).json<OrderJson>();
      assert.equal(await timers(id), 1);
      assert.equal(await timers((await placePaid()).id), 0);
    });

    it('that is shipped is not taken back for want of stock', async () => {
      const { id } = await placePaid();
      await setStatus(id, 'shipped', seller);
      await receive('catalog.stock-rejected.v1', id, {
        orderId: id,
        reason: 'late',
        shortages: [],
      });
      assert.equal((await orderOf(id)).status, 'shipped');
    });

    it('is not refunded by the refund of a second payment', async () => {
      const { id } = await placePaid();
      const second = crypto.randomUUID();
      await pay(id, '1250', second);
      await refunded(id, second, '1250', '1250');
      assert.partialDeepStrictEqual(await orderOf(id), { status: 'paid', refunded_total: '0.00' });
      assert.deepEqual(typesOf(await publishedOf(id)).slice(-2), [
        'refund-requested',
        'order-refunded',
      ]);
    });

    it('of two sellers is shipped and delivered by each for itself', async () => {
      const { id } = await placePaid([mug.variantId, hat.variantId]);
      assert.equal((await setStatus(id, 'shipped', seller)).statusCode, 200);
      const early = await setStatus(id, 'delivered', admin);
      assert.partialDeepStrictEqual(early.json(), {
        status: 409,
        current_status: 'paid',
        allowed: ['shipped'],
      });
      assert.equal((await setStatus(id, 'delivered', other)).statusCode, 409);
    });

    it('that has ended is not cancelled, unless that is how it ended', async () => {
      const cancel = async (id: string): Promise<number> =>
        (await call('POST', `/orders/${id}/cancel`, { as: buyer })).statusCode;
      const failed = (await place(oneMug)).json<OrderJson>().id;
      await receive('catalog.stock-rejected.v1', failed, {
        orderId: failed,
        reason: 'insufficient',
        shortages: [],
      });
      assert.equal(await cancel(failed), 409);
      const { id, paymentId } = await placePaid();
      await refunded(id, paymentId, '1250', '1250');
      assert.equal(await cancel(id), 409, 'an operator gave all of it back');
      const cancelled = await placePaid();
      assert.equal(await cancel(cancelled.id), 200);
      await refunded(cancelled.id, cancelled.paymentId, '1250', '1250');
      assert.equal((await orderOf(cancelled.id)).status, 'refunded');
      assert.equal(await cancel(cancelled.id), 200, 'again is no error');
    });

    it('shows each seller its own lines, and its history to none', async () => {
      const { id } = await placePaid([mug.variantId, hat.variantId]);
      for (const as of [seller, other]) {
        const { lines, total } = await orderOf(id, as);
        assert.deepEqual([lines.map((line) => line.seller_id), total], [[as.id], '12.50']);
        assert.equal((await call('GET', `/orders/${id}/history`, { as })).statusCode, 404);
      }
      assert.equal((await orderOf(id, buyer)).lines.length, 2);
    });

    it('is no more of a seller that has lost its role, nor of support to move on', async () => {
      const { id } = await placePaid();
      const former = await plaza.account({ id: seller.id });
      assert.equal((await call('GET', `/orders/${id}`, { as: former })).statusCode, 404);
      assert.equal((await call('POST', `/orders/${id}/cancel`, { as: former })).statusCode, 404);
      const support = await plaza.account({ roles: ['support', 'seller'] });
      assert.equal((await setStatus(id, 'shipped', support)).statusCode, 404);
    });

    it('of a seller that buys from itself is shipped as its seller, cancelled as its buyer', async () => {
      const { id } = await placePaid([mug.variantId], seller);
      assert.equal((await setStatus(id, 'shipped', seller)).statusCode, 200);
      const cancelled = (await placePaid([mug.variantId], seller)).id;
      await setStatus(cancelled, 'cancelled', seller);
      assert.equal((await orderOf(cancelled)).cancel_reason, 'buyer');
    });
  });
});
