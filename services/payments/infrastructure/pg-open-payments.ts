import type { Pool } from 'pg';
import type { OpenPayments } from '../application/ports.ts';

const openSql = `
  select (select count(*) from payments where buyer_id = $1 and status in ('pending', 'authorized'))::int
    + (select count(*) from payments p join refunds r on r.payment_id = p.id
       where p.buyer_id = $1 and r.status = 'requested')::int as open`;

export const createPgOpenPayments = (pool: Pool): OpenPayments => ({
  async count(accountId) {
    const { rows } = await pool.query<{ open: number }>({
      name: 'open-payments',
      text: openSql,
      values: [accountId],
    });
    return rows[0]!.open;
  },
});
