import type { Pool } from 'pg';
import type { OpenPayments } from '../application/ports.ts';

const openSql = `
  select (select count(*) from payments where buyer_id = $1 and status in ('pending', 'authorized'))::int
    + (select count(*) from payments p join refunds r on r.payment_id = p.id
       where p.buyer_id = $1 and r.status = 'requested')::int
    + (select count(*) from escrows where $1 in (buyer_id, payee_id) and status in ('held', 'disputed'))::int
    + (select count(*) from payouts where seller_id = $1 and status in ('requested', 'sent', 'unknown'))::int
    -- What is available, awaited, disputed or owed: nobody leaves over a balance.
    + (select count(*) from ledger_accounts where balance_minor <> 0 and id in (
        'buyer:' || $1::uuid::text, 'seller:' || $1::uuid::text || ':pending',
        'seller:' || $1::uuid::text || ':available', 'seller:' || $1::uuid::text || ':owing',
        'seller:' || $1::uuid::text || ':disputed', 'seller:' || $1::uuid::text || ':collected'))::int as open`;

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
