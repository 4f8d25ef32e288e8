import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tellGuestStory } from './guest-story.ts';
import { cards, startStory, type Reply, type Runner, type Story } from './runners.ts';
import { tellWebStory } from './web-story.ts';

const minute = 60_000;

/** The stories of a purchase, the same in every topology. */
export const tellPurchases = (runner: Runner): void => {
  describe(`a purchase, ${runner}`, () => {
    let story: Story;
    before(async () => {
      story = await startStory(runner);
    });
    after(() => story.stop());

    it('goes from a misspelt word to delivery, and everything agrees', async () => {
      const { variantId } = await story.makeProduct('Camiseta de algodón orgánico', 10);
      const found = await story.must(200, story.call('GET', '/products?q=camizeta%20algodon'));
      const [hit] = found['items'] as { id: string; title: string }[];
      assert.equal(hit?.title, 'Camiseta de algodón orgánico');

      // At once: orders asks catalog for what no message has told it yet.
      const body = { product_id: hit.id, quantity: 2 };
      const cart = await story.must(200, story.call('POST', '/cart/add', { body }));
      const headers = { 'x-cart-token': String(cart['cart_token']) };
      const buyer = await story.signUp();
      const { token } = buyer;
      const merged = await story.must(200, story.call('GET', '/cart', { token, headers }));
      assert.equal((merged['items'] as object[]).length, 1);

      const order = await story.must(201, story.call('POST', '/orders', { token, body: {} }));
      const id = String(order['id']);
      assert.match(String(order['number']), /^PZ-\d{6}$/);
      assert.equal((await story.payWhenAsked(token, id)).status, 201);
      await story.waitFor(id, 'paid');
      for (const status of ['shipped', 'delivered'])
        await story.must(
          200,
          story.call('PUT', `/orders/${id}/status`, { token: story.admin, body: { status } }),
        );
      await story.settle();

      assert.deepEqual(await story.stockOf(variantId), { onHand: 8, reserved: 0 });
      const history = await story.must(200, story.call('GET', `/orders/${id}/history`, { token }));
      assert.deepEqual(
        (history['items'] as { type: string }[]).map((item) => item.type),
        [
          'OrderPlaced',
          'StockConfirmed',
          'PaymentRequested',
          'OrderPaid',
          'OrderShipped',
          'OrderDelivered',
        ],
      );
      await story.until('three mails about the order', async () => {
        const mails = story.mails.filter(
          ({ to, subject }) => to === buyer.email && subject.includes(String(order['number'])),
        );
        return mails.length === 3 ? mails : undefined;
      });
      await story.assertSound();
    });

    it('sells the last five of fifty buyers at once five times, and refuses the rest', async () => {
      const { variantId } = await story.makeProduct('Hamaca de San Jacinto', 5);
      const buyer = await story.signUp();
      const items = [{ variant_id: variantId, quantity: 1 }];
      // Opens the connections first, so that the fifty truly race.
      await Promise.all(
        (['catalog', 'orders'] as const).flatMap((context) =>
          Array.from({ length: 10 }, () => story.pool(context).query('select pg_sleep(0.05)')),
        ),
      );
      const replies = await Promise.all(
        Array.from({ length: 50 }, () => story.place(buyer.token, items)),
      );
      assert.ok(replies.every((reply) => reply.status === 201));
      const ids = replies.map((reply) => String(reply.body['id']));
      const statuses = await Promise.all(
        ids.map((id) => story.waitFor(id, 'awaiting_payment', 'failed')),
      );
      const winners = ids.filter((_, i) => statuses[i] === 'awaiting_payment');
      assert.equal(winners.length, 5);
      const paid = await Promise.all(winners.map((id) => story.payWhenAsked(buyer.token, id)));
      assert.deepEqual(
        paid.map((reply) => reply.status),
        [201, 201, 201, 201, 201],
      );
      await Promise.all(winners.map((id) => story.waitFor(id, 'paid')));
      const refused = await story.orderOf(ids.find((id) => !winners.includes(id))!);
      assert.equal(refused['failure'], 'stock');
      await story.assertSound();
      assert.deepEqual(await story.stockOf(variantId), { onHand: 0, reserved: 0 });
    });

    it('makes one order and one payment of the same request twenty times at once', async () => {
      const { variantId } = await story.makeProduct('Mochila wayuu', 30);
      const { token, id: buyerId } = await story.signUp();
      const items = [{ variant_id: variantId, quantity: 1 }];
      const key = { 'idempotency-key': 'pedido-1' };
      const placed = await Promise.all(
        Array.from({ length: 20 }, () => story.place(token, items, key)),
      );
      const ids = new Set(
        placed.filter(({ status }) => status === 201).map(({ body }) => String(body['id'])),
      );
      assert.equal(ids.size, 1);
      const [id] = [...ids];
      await story.waitFor(id!, 'awaiting_payment');
      await story.settle();
      const payKey = { 'idempotency-key': 'pago-1' };
      const payments = await Promise.all(
        Array.from({ length: 20 }, () => story.pay(token, id!, cards.approved, payKey)),
      );
      const made = new Set(
        payments.filter(({ status }) => status === 201).map(({ body }) => body['id']),
      );
      assert.equal(made.size, 1);
      const { rowCount } = await story
        .pool('payments')
        .query('select from payments where buyer_id = $1', [buyerId]);
      assert.equal(rowCount, 1);
      await story.assertSound();
      assert.deepEqual(await story.stockOf(variantId), { onHand: 29, reserved: 0 });
    });

    const buyOne = async (title: string) => {
      const { variantId } = await story.makeProduct(title, 3);
      const buyer = await story.signUp();
      const { token } = buyer;
      const order = await story.until(
        'the order is placed',
        async (): Promise<Reply | undefined> => {
          const reply = await story.place(token, [{ variant_id: variantId, quantity: 1 }]);
          return reply.body['code'] === 'orders.product_not_for_sale' ? undefined : reply;
        },
      );
      assert.equal(order.status, 201);
      return { ...buyer, id: String(order.body['id']), variantId };
    };

    it('releases the stock of a declined card', async () => {
      const { token, id, variantId } = await buyOne('Ruana de lana');
      const refused = await story.payWhenAsked(token, id, cards.declined);
      assert.equal(refused.status, 402);
      await story.waitFor(id, 'failed');
      await story.assertSound();
      assert.deepEqual(await story.stockOf(variantId), { onHand: 3, reserved: 0 });
    });

    it('refunds by itself what completes after the order was cancelled', async () => {
      const { token, id, variantId } = await buyOne('Poncho de hilo');
      const pending = await story.payWhenAsked(token, id, cards.late);
      assert.equal(pending.body['status'], 'pending');
      await story.must(200, story.call('POST', `/orders/${id}/cancel`, { token }));
      await story.settle();
      await story.advance(minute);
      await story.settle();
      await story.until('the payment is refunded', async () => {
        const payment = await story.must(
          200,
          story.call('GET', `/payments/${String(pending.body['id'])}`, { token }),
        );
        return payment['status'] === 'refunded' ? true : undefined;
      });
      await story.assertSound();
      assert.deepEqual(await story.stockOf(variantId), { onHand: 3, reserved: 0 });
    });

    it('takes a payment whose answer was lost, and one that is told twice, once', async () => {
      for (const card of [cards.lost, cards.twice]) {
        const { token, id } = await buyOne(`Sombrero vueltiao ${card.slice(-2)}`);
        await story.payWhenAsked(token, id, card);
        await story.advance(5_000);
        await story.waitFor(id, 'paid');
      }
      await story.assertSound();
    });

    it('cancels a paid order with its money and its stock', async () => {
      const { token, id, variantId } = await buyOne('Jarra de La Chamba');
      await story.payWhenAsked(token, id);
      await story.waitFor(id, 'paid');
      await story.settle();
      assert.deepEqual(await story.stockOf(variantId), { onHand: 2, reserved: 0 });
      await story.must(200, story.call('POST', `/orders/${id}/cancel`, { token }));
      await story.waitFor(id, 'refunded');
      await story.assertSound();
      assert.deepEqual(await story.stockOf(variantId), { onHand: 3, reserved: 0 });
    });

    it('expires unpaid and gives the stock back', async () => {
      const { id, variantId } = await buyOne('Canasto de werregue');
      await story.waitFor(id, 'awaiting_payment');
      await story.advance(16 * minute);
      await story.waitFor(id, 'cancelled');
      await story.assertSound();
      assert.deepEqual(await story.stockOf(variantId), { onHand: 3, reserved: 0 });
    });

    it('sells to a guest, who finds the order again and makes it an account’s', () =>
      tellGuestStory(story));

    if (runner === 'split') tellWebStory(() => story);

    it('gives a buyer all that is held of them, and forgets them when the order has ended', async () => {
      const { token, id, username, email } = await buyOne('Sombrero vueltiao');
      await story.payWhenAsked(token, id);
      await story.waitFor(id, 'paid');
      await story.must(202, story.call('POST', '/users/me/export', { token }));
      const archive = await story.until('the export is ready', async () => {
        const state = await story.must(200, story.call('GET', '/users/me/export', { token }));
        return state['status'] === 'ready' ? String(state['archive']) : undefined;
      });
      const headers = { authorization: `Bearer ${token}` };
      const file = await story.inject({ method: 'GET', url: archive, headers });
      assert.equal(file.statusCode, 200);
      assert.equal(file.headers['content-type'], 'application/gzip');
      assert.ok(file.body.length > 1_000, `${file.body.length} characters`);

      const erase = () => story.call('DELETE', '/users/me', { token, body: { confirm: username } });
      assert.equal((await erase()).body['code'], 'users.orders_open');
      for (const status of ['shipped', 'delivered'])
        await story.must(
          200,
          story.call('PUT', `/orders/${id}/status`, { token: story.admin, body: { status } }),
        );
      await story.settle();
      const erasure = await story.must(202, erase());
      await story.until('every context has forgotten', async () => {
        const path = `/users/erasures/${String(erasure['id'])}`;
        const state = await story.must(200, story.call('GET', path, { token: story.admin }));
        return state['status'] === 'completed' ? state : undefined;
      });
      for (const [context, sql] of [
        ['identity', 'select from accounts where email = $1'],
        ['identity', `select from outbox where data::text like '%' || $1 || '%'`],
        ['users', 'select from profiles where email = $1'],
        ['notifications', 'select from recipients where email = $1'],
      ] as const)
        assert.equal((await story.pool(context).query(sql, [email])).rowCount, 0, sql);
      await story.assertSound();
    });
  });
};
