import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { subscriptions } from '#contracts/subscriptions.ts';
import { startTestPlaza, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { catalogOracles } from '../../services/catalog/infrastructure/oracles.ts';
import { catalogModule } from '../../services/catalog/module.ts';
import { ordersOracles } from '../../services/orders/infrastructure/oracles.ts';
import { ordersModule } from '../../services/orders/module.ts';
import { paymentsModule } from '../../services/payments/module.ts';
import { exceptions, findStaleOffers, findUntaken } from './deliveries.ts';
import { findFaults, messagingOracles } from './invariants.ts';

const order = '00000000-0000-7000-8000-000000000009';
const stock = (onHand: number, reserved: number) =>
  `insert into stock (variant_id, product_id, seller_id, on_hand, reserved)
   values (uuidv7(), uuidv7(), uuidv7(), ${onHand}, ${reserved})`;
const orderIn = (status: string) =>
  `insert into orders (id, number, buyer_id, seller_ids, status, total_minor, currency, line_count,
     version, placed_at, updated_at)
   values ('${order}', 'PZ-999999', uuidv7(), '{}', '${status}', 100, 'COP', 1, 1, now(), now())`;

/** One fault for each rule that is asked after stories over all contexts. */
const plants: Readonly<Record<string, string>> = {
  stock_is_what_is_held: stock(5, 1),
  stock_is_what_moved: stock(5, 0),
  streams_have_no_gap: `insert into events (stream_id, version, type, data, correlation_id, recorded_at)
    values ('${order}', 1, 'x', '{}', uuidv7(), now()), ('${order}', 3, 'x', '{}', uuidv7(), now())`,
  orders_wait_for_a_deadline: orderIn('awaiting_payment'),
  messages_are_taken: `insert into outbox (id, type, subject, aggregate_version, time, correlation_id, data)
    values (uuidv7(), 'orders.nothing.v1', 'x', 1, now(), uuidv7(), '{}')`,
  no_letter_is_dead: `insert into dead_letters (consumer, message_id, message, error, attempts)
    values ('x', uuidv7(), '{}', 'broken', 5)`,
};

describe('what is asked of all contexts', () => {
  let plaza: TestPlaza;
  let owner: pg.Client;
  before(async () => {
    plaza = await startTestPlaza({ modules: [catalogModule, ordersModule, paymentsModule] });
    owner = new pg.Client(plaza.admin);
    await owner.connect();
  });
  after(async () => {
    await owner.end();
    await plaza.stop();
  });

  for (const [context, oracles] of [
    ['catalog', catalogOracles],
    ['orders', [...ordersOracles, ...messagingOracles]],
  ] as const)
    for (const { rule, sql } of oracles)
      it(`finds a planted fault: ${rule}`, async () => {
        assert.ok(plants[rule], 'there is no fault for this oracle');
        await owner.query('begin');
        try {
          await owner.query(`set local search_path = ${context}, extensions`);
          await owner.query('set local session_replication_role = replica');
          assert.equal((await owner.query(sql)).rowCount, 0, 'before');
          await owner.query(plants[rule]);
          assert.ok((await owner.query(sql)).rowCount! > 0, 'it finds nothing');
        } finally {
          await owner.query('rollback');
        }
      });

  describe('outbox against inbox', () => {
    const here = ['catalog', 'orders', 'payments'] as const;
    const [id, productId] = [crypto.randomUUID(), crypto.randomUUID()];
    const publish = (schema: string, type: string, subject: string, data: object) =>
      owner.query(
        `insert into ${schema}.outbox (id, type, subject, aggregate_version, time, correlation_id, data,
           sent_at) values ($1, $2, $3, 1, now(), uuidv7(), $4, now())`,
        [id, type, subject, data],
      );
    const clean = () =>
      owner.query(
        `delete from orders.outbox; delete from catalog.outbox; delete from catalog.inbox`,
      );
    const untaken = () => findUntaken(plaza.pool, here);
    after(clean);

    it('finds a message that one of its consumers has not taken, whoever else has', async () => {
      await publish('orders', 'orders.order-failed.v1', order, {});
      const of = (consumer: string) =>
        `message ${id} (orders.order-failed.v1) was not taken by ${consumer}`;
      const catalog = of('catalog.release-stock-when-order-failed');
      const payments = of('payments.close-payable-when-order-failed');
      assert.deepEqual(await untaken(), [catalog, payments]);
      await owner.query(
        `insert into catalog.inbox values ('release-stock-when-order-failed', '${id}')`,
      );
      assert.deepEqual(await untaken(), [payments]);
      await clean();
    });

    it('finds a message that was taken and that nobody published', async () => {
      await owner.query(
        `insert into catalog.inbox values ('release-stock-when-order-failed', '${id}')`,
      );
      assert.deepEqual(await untaken(), [
        `catalog.release-stock-when-order-failed took ${id}, which is no orders.order-failed.v1 of anybody`,
      ]);
      await clean();
    });

    it('finds a guest’s link that was not sent, and wants none for others', async () => {
      await publish('orders', 'orders.order-paid.v1', order, {});
      const text = `message ${id} (orders.order-paid.v1) was not taken by orders.send-link-when-guest-paid`;
      assert.ok(!(await untaken()).includes(text));
      await owner.query(`update orders.outbox set data = '{"isGuest": true}'`);
      assert.ok((await untaken()).includes(text));
      await clean();
    });

    it('finds a product of which orders does not know the last version', async () => {
      await publish('catalog', 'catalog.product-changed.v1', productId, { version: 3 });
      const stale = () => findStaleOffers(plaza.pool('catalog'), plaza.pool('orders'));
      const found = [`orders does not know version 3 of product ${productId}`];
      assert.deepEqual(await stale(), found);
      await owner.query(
        `insert into orders.known_products (product_id, version) values ('${productId}', 2)`,
      );
      assert.deepEqual(await stale(), found);
      await owner.query(`update orders.known_products set version = 3`);
      assert.deepEqual(await stale(), []);
      await clean();
    });

    it('asks every consumer, but those that it names', () => {
      const unknown = Object.keys(exceptions).filter((name) => !(name in subscriptions));
      assert.deepEqual(unknown, []);
      assert.ok(Object.keys(exceptions).length < Object.keys(subscriptions).length / 3);
    });
  });

  it('finds a paid order without a capture', async () => {
    const here = ['catalog', 'orders', 'payments'] as const;
    assert.deepEqual(await findFaults(plaza.pool, async () => [], here), []);
    await owner.query('set search_path = orders, extensions');
    await owner.query(orderIn('paid'));
    const faults = await findFaults(plaza.pool, async () => [], here);
    assert.ok(faults.includes(`order ${order} is paid with 0 payments`), faults.join());
    assert.ok(faults.includes(`order ${order} is paid without stock`), faults.join());
  });
});
