import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { ReadPaymentFigures } from '../application/figures.ts';

const countsSql = `
  select (select count(*) from refunds where status = 'requested')::integer as waiting,
    (select count(*) from refunds where status = 'failed')::integer as failed,
    (select count(*) from chargebacks where status = 'opened')::integer as disputes,
    (select count(*) from payment_alerts where resolved_at is null)::integer as alerts,
    coalesce((
      select jsonb_agg(jsonb_build_object('currency', currency, 'sum', sum::text, 'count', count)
                       order by currency)
      from (select currency, sum(amount_minor) as sum, count(*) as count from refunds
            where status = 'completed' and updated_at > now() - interval '30 days'
            group by currency) by_currency
    ), '[]') as refunded`;

type Row = Readonly<{
  waiting: number;
  failed: number;
  disputes: number;
  alerts: number;
  refunded: readonly Readonly<{ currency: string; sum: string; count: number }>[];
}>;

export const createPgPaymentFigures = (pool: Pool): ReadPaymentFigures => ({
  async read() {
    const { rows } = await pool.query<Row>(countsSql);
    const { waiting, failed, disputes, alerts, refunded } = rows[0]!;
    return {
      refundsWaiting: waiting,
      refundsFailed: failed,
      refunded: refunded.map(({ currency, sum, count }) => ({
        amount: money(BigInt(sum), currency),
        count,
      })),
      disputesOpen: disputes,
      alertsOpen: alerts,
    };
  },
});
