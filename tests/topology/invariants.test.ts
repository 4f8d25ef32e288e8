import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { startTestPlaza, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { catalogModule } from '../../services/catalog/module.ts';
import { ordersModule } from '../../services/orders/module.ts';
import { paymentsModule } from '../../services/payments/module.ts';
import { catalogOracles, findFaults, messagingOracles, ordersOracles } from './invariants.ts';

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

  it('finds a paid order without a capture', async () => {
    // Identity is not here, and has nothing to answer.
    const pools: Parameters<typeof findFaults>[0] = (context) =>
      plaza.pool(context === 'identity' ? 'payments' : context);
    assert.deepEqual(await findFaults(pools, async () => []), []);
    await owner.query('set search_path = orders, extensions');
    await owner.query(orderIn('paid'));
    const faults = await findFaults(pools, async () => []);
    assert.ok(faults.includes(`order ${order} is paid with 0 payments`), faults.join());
    assert.ok(faults.includes(`order ${order} is paid without stock`), faults.join());
  });
});
