import type { Pool } from 'pg';
import type { OpenOrders } from '../application/ports.ts';

const openSql = `
  select count(*)::int as open from orders
  where status in ('pending', 'awaiting_payment', 'paid', 'shipped')
    and (buyer_id = $1 or seller_ids @> array[$1::uuid])`;

export const createPgOpenOrders = (pool: Pool): OpenOrders => ({
  async count(accountId) {
    const { rows } = await pool.query<{ open: number }>({
      name: 'open-orders',
      text: openSql,
      values: [accountId],
    });
    return rows[0]!.open;
  },
});
