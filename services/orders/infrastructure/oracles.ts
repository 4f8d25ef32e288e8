import type { Pool } from 'pg';
import { askOracles, type Oracle } from '#shared/testing/oracles.ts';
import { rebuildOrders } from './rebuild-orders.ts';

/** What is true of orders at every moment (reliability 2.5). */
export const ordersOracles: readonly Oracle[] = [
  {
    rule: 'streams_have_no_gap',
    sql: `select 'stream ' || stream_id || ' has a gap' from events group by stream_id
      having max(version) <> count(*)`,
  },
  {
    rule: 'orders_wait_for_a_deadline',
    sql: `select 'order ' || id || ' is stuck in ' || status from orders o
      where status in ('pending', 'awaiting_payment')
        and not exists (select from deadlines d where d.kind = 'pay-order' and d.key = o.id::text)`,
  },
];

/** What is wrong with orders, in words: nothing. Each is also what its events say. */
export const findFaults = async (pool: Pool): Promise<readonly string[]> => {
  const [found, { differences }] = await Promise.all([
    askOracles(pool, ordersOracles),
    rebuildOrders(pool),
  ]);
  return [...found, ...differences.map((id) => `order ${id} is not what its events say`)];
};
