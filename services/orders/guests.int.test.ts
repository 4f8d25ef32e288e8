import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { warm } from '#shared/testing/races.ts';
import { startTestPlaza, type TestAccount, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { guestOrdersMax } from './application/commands/place-guest-order.ts';
import { linksMax } from './application/commands/request-link.ts';
import { rebuildOrders } from './infrastructure/rebuild-orders.ts';
import { findFaults } from './infrastructure/oracles.ts';
import { ordersModule } from './module.ts';

type Json = Record<string, unknown>;

/** Stands for users: says which e-mail an account has proven. */
const createUsers = () => {
  const emails = new Map<string, Readonly<{ email: string; is_proven: boolean }>>();
  const routes: Routes = async (app) => {
    const options = {
      config: { access: 'service' },
      schema: { params: strict({ id: uuid }) },
    } as const;
    app.get('/users/accounts/:id/email', options, async (request, reply) => {
      const found = emails.get(request.params.id);
      return found ?? reply.code(404).send({});
    });
  };
  const module: ServiceModule = {
    name: 'users',
    migrations: [new URL('../../shared/messaging/migrations/', import.meta.url)],
    start: async () => ({ routes: [routes], reactions: [], deadlines: [] }),
  };
  return { module, emails };
};

describe('orders without an account, over real PostgreSQL', () => {
  const users = createUsers();
  let plaza: TestPlaza;
  const seller = crypto.randomUUID();
  const variantId = crypto.randomUUID();
  let people = 0;

  before(async () => {
    plaza = await startTestPlaza({ modules: [ordersModule, users.module] });
    const productId = crypto.randomUUID();
    await receive('catalog.product-changed.v1', productId, {
      productId,
      version: 1,
      sellerId: seller,
      handle: 'taza',
      title: 'Taza azul',
      status: 'active',
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
  after(async () => {
    const { differences } = await rebuildOrders(pool());
    await plaza.stop();
    assert.deepEqual(differences, []);
  });

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
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    options: {
      as?: TestAccount;
      payload?: object;
      headers?: Record<string, string>;
      remoteAddress?: string;
    } = {},
  ) => {
    const reply = await plaza.request({ method, url: `/api/v1${path}`, ...options });
    const isJson = String(reply.headers['content-type']).includes('json');
    return { ...reply, status: reply.statusCode, body: isJson ? reply.json<Json>() : {} };
  };
  /** Time is moved on here, and a token lives a day. */
  const newAdmin = () => plaza.account({ roles: ['admin'] });
  const newEmail = (): string => `invitada${++people}@example.com`;
  const newCart = async (): Promise<string> => {
    const payload = { variant_id: variantId, quantity: 2 };
    return String((await call('POST', '/cart/add', { payload })).body['cart_token']);
  };
  const guest = (email: string) => ({ contact: { email, full_name: 'Ana Restrepo' } });
  /** Addresses differ, so that only the test of the limits meets one. */
  const placeGuest = async (
    email = newEmail(),
    headers: Record<string, string> = {},
    more: object = {},
  ) => {
    people += 1;
    const cart = await newCart();
    const reply = await call('POST', '/orders', {
      headers: { 'x-cart-token': cart, ...headers },
      payload: { ...guest(email), ...more },
      remoteAddress: `10.1.${people >> 8}.${people & 255}`,
    });
    assert.equal(reply.status, 201, JSON.stringify(reply.body));
    const token = String(reply.headers['x-order-token']);
    return {
      email,
      cart,
      token,
      id: String(reply.body['id']),
      number: String(reply.body['number']),
      order: reply.body,
    };
  };
  const opening = (token: string) => ({ headers: { 'x-order-token': token } });
  const payOrder = async (id: string, buyerId: string) => {
    await receive('catalog.stock-reserved.v1', id, {
      orderId: id,
      expiresAt: new Date().toISOString(),
    });
    await receive('payments.payment-completed.v1', id, {
      paymentId: crypto.randomUUID(),
      orderId: id,
      buyerId,
      amount: { amountMinor: '2500', currency: 'COP' },
      provider: 'sandbox',
      completedAt: new Date().toISOString(),
    });
    await plaza.settle();
  };
  const mailsTo = (email: string) => plaza.mails.filter(({ to }) => to === email);
  const tokenIn = (text: string): string => /#([\w-]{43})/.exec(text)![1]!;
  const proven = async (email: string): Promise<TestAccount> => {
    const account = await plaza.account();
    users.emails.set(account.id, { email, is_proven: true });
    return account;
  };

  describe('are placed', () => {
    it('with a cart’s token and a contact, and open to their own token only', async () => {
      const { id, token, email, order } = await placeGuest();
      assert.match(token, /^[\w-]{43}$/);
      assert.equal(order['is_guest'], true);
      assert.match(String(order['buyer_id']), /^[\da-f]{8}-[\da-f]{4}-8/);
      for (const path of [`/orders/${id}`, `/orders/${id}/history`, `/orders/${id}/contact`]) {
        assert.equal((await call('GET', path, opening(token))).status, 200, path);
        assert.equal((await call('GET', path, opening('A'.repeat(43)))).status, 404, path);
        assert.equal((await call('GET', path, opening('short'))).status, 404, path);
        assert.equal((await call('GET', path)).status, 401, path);
        const other = await placeGuest();
        assert.equal((await call('GET', path, opening(other.token))).status, 404, path);
        const as = await plaza.account();
        assert.equal((await call('GET', path, { as })).status, 404, path);
        // Somebody who is signed in and follows the link sees it too.
        assert.equal((await call('GET', path, { as, ...opening(token) })).status, 200, path);
      }
      const contact = (await call('GET', `/orders/${id}/contact`, opening(token))).body;
      assert.partialDeepStrictEqual(contact, { email, full_name: 'Ana Restrepo', address: null });
      const list = await call('GET', '/orders', opening(token));
      assert.equal(list.status, 401, 'a token is of one order');
    });

    it('by nobody without a contact that can be written to, or with a cart’s token that is none', async () => {
      const headers = { 'x-cart-token': await newCart() };
      const fails = async (
        payload: object,
        more: object,
        status: number,
        ...pointers: string[]
      ) => {
        const reply = await call('POST', '/orders', { headers, payload, ...more });
        assert.equal(reply.status, status, JSON.stringify(reply.body));
        const errors = (reply.body['errors'] ?? []) as { pointer: string }[];
        assert.deepEqual(
          errors.map(({ pointer }) => pointer).filter((pointer) => pointer !== '#'),
          pointers,
        );
      };
      await fails({}, {}, 422, '#/contact/email', '#/contact/full_name');
      await fails(guest('no address'), {}, 422, '#/contact/email');
      await fails(
        { contact: { email: newEmail(), full_name: 'x@y' } },
        {},
        422,
        '#/contact/full_name',
      );
      await fails(
        { contact: { email: newEmail(), full_name: 'a'.repeat(121) } },
        {},
        422,
        '#/contact/full_name',
      );
      await fails({ ...guest(newEmail()), is_guest: true }, {}, 422, '#/is_guest');
      await fails(guest(newEmail()), { headers: {} }, 401);
      await fails(guest(newEmail()), { headers: { 'x-cart-token': 'short' } }, 401);
      await fails(guest(newEmail()), { headers: { 'x-cart-token': 'A'.repeat(43) } }, 422);
      const as = await plaza.account();
      await fails(guest(newEmail()), { as }, 422, '#/contact/email');
      const latin = await plaza.app.inject({
        method: 'POST',
        url: '/api/v1/orders',
        headers: { ...headers, 'content-type': 'application/json' },
        payload: Buffer.from(
          '{"contact":{"email":"a@example.com","full_name":"Jos\xe9"}}',
          'latin1',
        ),
      });
      assert.equal(latin.statusCode, 400);
      const large = { contact: { email: newEmail(), full_name: 'a'.repeat(1_100_000) } };
      await fails(large, {}, 413);
    });

    it('once a key, from twenty requests at once, and no row holds the token', async () => {
      const cart = await newCart();
      const email = newEmail();
      await warm(pool());
      const replies = await Promise.all(
        Array.from({ length: 20 }, () =>
          call('POST', '/orders', {
            headers: { 'x-cart-token': cart, 'idempotency-key': 'una' },
            payload: guest(email),
          }),
        ),
      );
      const placed = replies.filter(({ status }) => status === 201);
      const ids = new Set(placed.map(({ body }) => body['id']));
      assert.equal(ids.size, 1);
      const again = await call('POST', '/orders', {
        headers: { 'x-cart-token': cart, 'idempotency-key': 'una' },
        payload: guest(email),
      });
      assert.equal(again.headers['idempotent-replayed'], 'true');
      assert.equal(again.headers['x-order-token'], placed[0]!.headers['x-order-token']);
      assert.equal(
        (
          await call(
            'GET',
            `/orders/${String([...ids][0])}`,
            opening(String(again.headers['x-order-token'])),
          )
        ).status,
        200,
      );
      const { rows } = await pool().query<{ text: string }>(
        `select (select string_agg(k::text, '') from idempotency_keys k)
          || (select string_agg(o::text, '') from outbox o)
          || (select string_agg(a::text, '') from order_access a)
          || (select string_agg(e::text, '') from events e) as text`,
      );
      assert.ok(rows[0]!.text.length > 1_000);
      assert.ok(!rows[0]!.text.includes(String(again.headers['x-order-token'])));
      assert.ok(!rows[0]!.text.includes(email), 'who it is stands beside the events only');
      // The same key of another cart is another's.
      const other = await call('POST', '/orders', {
        headers: { 'x-cart-token': await newCart(), 'idempotency-key': 'una' },
        payload: guest(newEmail()),
      });
      assert.notEqual(other.body['id'], [...ids][0]);
    });

    it('a few an hour with one e-mail, and some more from one address', async () => {
      const email = newEmail();
      for (let i = 0; i < guestOrdersMax.email; i++) await placeGuest(email.toUpperCase());
      const headers = { 'x-cart-token': await newCart() };
      const refused = await call('POST', '/orders', { headers, payload: guest(email) });
      assert.equal(refused.body['code'], 'orders.too_many_guest_orders');
      assert.equal(refused.status, 429);
      await plaza.advance(3_601_000);
      const later = await call('POST', '/orders', { headers, payload: guest(email) });
      assert.equal(later.status, 201);
      const from = { remoteAddress: '192.0.2.77', headers };
      for (let i = 0; i < guestOrdersMax.address; i++)
        await call('POST', '/orders', { ...from, payload: guest(newEmail()) });
      const last = await call('POST', '/orders', { ...from, payload: guest(newEmail()) });
      assert.equal(last.status, 429);
      const elsewhere = { ...from, remoteAddress: '192.0.2.78' };
      const free = await call('POST', '/orders', { ...elsewhere, payload: guest(newEmail()) });
      assert.equal(free.body['code'], 'orders.cart_empty');
    });

    it('and cancelled by their token, for a day', async () => {
      const { id, token } = await placeGuest();
      const stolen = await call('POST', `/orders/${id}/cancel`, opening('B'.repeat(43)));
      assert.equal(stolen.status, 404);
      const done = await call('POST', `/orders/${id}/cancel`, opening(token));
      assert.equal(done.body['status'], 'cancelled');
      const late = await placeGuest();
      await plaza.advance(24 * 3_600_000 + 1_000);
      assert.equal((await call('GET', `/orders/${late.id}`, opening(late.token))).status, 404);
    });
  });

  describe('are found again', () => {
    it('by a link that is mailed when they are paid, and not before', async () => {
      const { id, email, order } = await placeGuest(newEmail(), { 'accept-language': 'en' });
      await plaza.settle();
      assert.deepEqual(mailsTo(email), []);
      await payOrder(id, String(order['buyer_id']));
      const [mail, ...others] = mailsTo(email);
      assert.equal(others.length, 0);
      assert.match(mail!.subject, /^Order PZ-\d{6}: payment received$/);
      const found = await call('GET', `/orders/${id}`, opening(tokenIn(mail!.text)));
      assert.equal(found.body['status'], 'paid');
      const as = await plaza.account({ id: seller, roles: ['customer', 'seller'] });
      const packed = (await call('GET', `/orders/${id}/contact`, { as })).body;
      assert.partialDeepStrictEqual(packed, { full_name: 'Ana Restrepo', email: null });
    });

    it('by number and e-mail, with one answer for all and a mail for who has both', async () => {
      const { email, number, id } = await placeGuest();
      const track = (payload: object) => call('POST', '/orders/track', { payload });
      const answers = [
        await track({ number, email: newEmail() }),
        await track({ number: 'PZ-999999', email }),
        await track({ number, email: 'no address' }),
        await track({ number: number.toLowerCase(), email: email.toUpperCase() }),
      ];
      assert.deepEqual(
        answers.map(({ status }) => status),
        [202, 202, 202, 202],
      );
      await plaza.settle();
      const [mail, ...others] = mailsTo(email);
      assert.equal(others.length, 0);
      assert.equal((await call('GET', `/orders/${id}`, opening(tokenIn(mail!.text)))).status, 200);
      for (let i = 0; i < linksMax + 3; i++)
        assert.equal((await track({ number, email })).status, 202);
      await plaza.settle();
      assert.ok(mailsTo(email).length <= linksMax, `${mailsTo(email).length} mails`);
      const { rows } = await pool().query<{ text: string }>(
        `select string_agg(o::text, '') as text from outbox o`,
      );
      assert.ok(!rows[0]!.text.includes(tokenIn(mail!.text)));
    });

    it('with as many statements and one write, whether or not there is one', async () => {
      const { email, number } = await placeGuest();
      const asked: string[] = [];
      const query = pool().query.bind(pool()) as (...args: unknown[]) => unknown;
      pool().query = ((...args: unknown[]) => {
        const [first] = args as [{ name?: string }];
        if (first.name?.startsWith('guest-link')) asked.push(first.name);
        return query(...args);
      }) as ReturnType<typeof pool>['query'];
      await call('POST', '/orders/track', { payload: { number, email } });
      await call('POST', '/orders/track', { payload: { number, email: newEmail() } });
      assert.deepEqual(asked, ['guest-link', 'guest-link']);
    });
  });

  describe('are claimed', () => {
    const claim = (id: string, as: TestAccount, token?: string) =>
      call('POST', `/orders/${id}/claim`, { as, ...(token ? opening(token) : {}) });

    it('by who shows the token, and the token ends', async () => {
      const { id, token, email, order } = await placeGuest();
      const as = await plaza.account();
      assert.equal((await claim(id, as)).status, 404);
      assert.equal((await claim(id, as, 'C'.repeat(43))).status, 404);
      const other = await placeGuest();
      assert.equal((await claim(id, as, other.token)).status, 404, 'the token of another order');
      const unproven = await plaza.account({ isEmailVerified: false });
      assert.equal((await claim(id, unproven, token)).status, 403);
      const claimed = await claim(id, as, token);
      assert.equal(claimed.status, 200, JSON.stringify(claimed.body));
      assert.partialDeepStrictEqual(claimed.body, { buyer_id: as.id, is_guest: false });
      assert.equal((await claim(id, as)).status, 200, 'the same again changes nothing');
      assert.equal((await call('GET', `/orders/${id}`, opening(token))).status, 404);
      const mine = (await call('GET', '/orders', { as })).body['items'] as Json[];
      assert.deepEqual(
        mine.map((item) => item['id']),
        [id],
      );
      const history = (await call('GET', `/orders/${id}/history`, { as })).body['items'] as Json[];
      assert.partialDeepStrictEqual(history.at(-1)!, { type: 'OrderClaimed', data: {} });
      // What was on its way to the guest goes nowhere, nor is the address told to anybody any more.
      const { number } = order;
      await call('POST', '/orders/track', { payload: { number, email } });
      await payOrder(id, as.id);
      assert.deepEqual(mailsTo(email), []);
      assert.equal((await call('GET', `/orders/${id}/contact`, { as })).body['email'], null);
    });

    it('by who has proven the e-mail, and by nobody whose equal e-mail is not proven', async () => {
      const { id, email } = await placeGuest();
      const thief = await plaza.account();
      users.emails.set(thief.id, { email, is_proven: false });
      const idsFor = async (as: TestAccount) =>
        ((await call('GET', '/orders/claimable', { as })).body['items'] as Json[]).map(
          (o) => o['id'],
        );
      assert.deepEqual(await idsFor(thief), []);
      assert.equal((await claim(id, thief)).status, 404);
      assert.equal((await claim(id, await proven(newEmail()))).status, 404, 'another address');
      const owner = await proven(email);
      assert.deepEqual(await idsFor(owner), [id]);
      assert.equal((await claim(id, owner)).status, 200);
      assert.deepEqual(await idsFor(owner), []);
      assert.deepEqual(await idsFor(await proven(email)), []);
    });

    it('once, by one of twenty accounts at once', async () => {
      const { id, email, token } = await placeGuest();
      const accounts = await Promise.all(Array.from({ length: 20 }, () => proven(email)));
      await warm(pool());
      const replies = await Promise.all(
        accounts.map((as, i) => claim(id, as, i % 2 === 0 ? token : undefined)),
      );
      const won = replies.filter(({ status }) => status === 200);
      assert.equal(won.length, 1);
      assert.ok(replies.every(({ status }) => status === 200 || status === 404));
      const { rows } = await pool().query<{ n: number }>(
        `select count(*)::int as n from outbox where type = 'orders.order-claimed.v1' and subject = $1`,
        [id],
      );
      assert.equal(rows[0]!.n, 1);
      const order = (await call('GET', `/orders/${id}`, { as: await newAdmin() })).body;
      assert.equal(order['buyer_id'], won[0]!.body['buyer_id']);
    });

    it('before their link is made, and then no link is', async () => {
      const { id, token, email, order } = await placeGuest();
      await payOrder(id, String(order['buyer_id']));
      const as = await plaza.account();
      assert.equal((await claim(id, as, token)).status, 200);
      const mailed = tokenIn(mailsTo(email)[0]!.text);
      assert.equal((await call('GET', `/orders/${id}`, opening(mailed))).status, 404);
      const { rows } = await pool().query<{ data: Json }>(
        `select data from outbox where type = 'orders.guest-contact-given.v1' and subject = $1`,
        [id],
      );
      assert.partialDeepStrictEqual(rows[0]!.data, { email: '', fullName: null });
    });
  });

  it('are forgotten with the account that claimed them, and after 400 days with nobody', async () => {
    const email = newEmail();
    const { id, token, cart } = await placeGuest(
      email,
      { 'idempotency-key': 'k' },
      { contact: { email, full_name: 'Rosalba Distinta' } },
    );
    const as = await plaza.account();
    assert.equal(
      (await call('POST', `/orders/${id}/claim`, { as, ...opening(token) })).status,
      200,
    );
    await receive('identity.account-erased.v1', as.id, {
      erasureId: crypto.randomUUID(),
      accountId: as.id,
      erasedAt: new Date().toISOString(),
    });
    await plaza.settle();
    const holds = async (text: string): Promise<boolean> => {
      const { rows } = await pool().query<{ found: boolean }>(
        `select exists (select from order_contacts c where c::text like '%' || $1 || '%')
          or exists (select from outbox o where o::text like '%' || $1 || '%')
          or exists (select from idempotency_keys k where k.operation_id::text = $2) as found`,
        [text, id],
      );
      return rows[0]!.found;
    };
    for (const text of [email, 'Rosalba']) assert.equal(await holds(text), false, text);
    assert.equal(
      (await call('GET', `/orders/${id}`, { as: await newAdmin() })).status,
      200,
      `${cart} is a book`,
    );

    const unclaimed = await placeGuest();
    await payOrder(unclaimed.id, String(unclaimed.order['buyer_id']));
    assert.equal(await holds(unclaimed.email), true);
    const { createPgGuests } = await import('./infrastructure/pg-guests.ts');
    const guests = createPgGuests({
      pool: pool(),
      clock: plaza.clock,
      newId: () => crypto.randomUUID(),
      wakeOutbox: () => {},
    });
    await guests.sweep(new Date(plaza.clock().getTime() + 399 * 86_400_000));
    assert.equal(await holds(unclaimed.email), true);
    await guests.sweep(new Date(plaza.clock().getTime() + 401 * 86_400_000));
    assert.equal(await holds(unclaimed.email), false);
  });
});
