import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { SalesFigures } from '../application/figures.ts';

/**
 * Paid, and not cancelled. One that was cancelled ends as refunded too, once its money is back: only its history
 * tells it from one that was given back after a sale.
 */
export const isSoldAs = (orders: string): string =>
  `(${orders}.status in ('paid', 'shipped', 'delivered', 'partially_refunded')
    or (${orders}.status = 'refunded' and not exists (
      select from streams past
      where past.id = ${orders}.id and past.state ->> 'cancelReason' is not null)))`;
export const isSold = isSoldAs('o');

/** $1 days, $2 currency, $3 now, $4 time zone. */
const ofDaysSql = `
  with today as (select ($3::timestamptz at time zone $4)::date as day),
  spans as (
    select d.days, (t.day - d.days + 1)::timestamp at time zone $4 as starts_at,
      (t.day + 1)::timestamp at time zone $4 as ends_at,
      (t.day - 2 * d.days + 1)::timestamp at time zone $4 as previous_at
    from today t, unnest($1::integer[]) as d (days)
  )
  select s.days,
    coalesce(sum(o.total_minor) filter (where o.placed_at >= s.starts_at), 0)::text as sales,
    count(o.id) filter (where o.placed_at >= s.starts_at)::integer as orders,
    coalesce(sum(o.total_minor) filter (where o.placed_at < s.starts_at), 0)::text as previous_sales,
    count(o.id) filter (where o.placed_at < s.starts_at)::integer as previous_orders
  from spans s left join orders o
    on o.placed_at >= s.previous_at and o.placed_at < s.ends_at and o.currency = $2 and ${isSold}
  group by s.days order by s.days`;

type DaysRow = Readonly<{
  days: number;
  sales: string;
  orders: number;
  previous_sales: string;
  previous_orders: number;
}>;
export const createPgSalesFigures = (pool: Pool, timeZone: string): SalesFigures => {
  return {
    async ofDays(days, currency, now) {
      const { rows } = await pool.query<DaysRow>(ofDaysSql, [days, currency, now, timeZone]);
      return rows.map((row) => ({
        days: row.days,
        sales: money(BigInt(row.sales), currency),
        orders: row.orders,
        previousSales: money(BigInt(row.previous_sales), currency),
        previousOrders: row.previous_orders,
      }));
    },
    async byStatus() {
      const { rows } = await pool.query<{ status: string; count: number }>(
        'select status, count(*)::integer as count from orders group by status',
      );
      return new Map(rows.map(({ status, count }) => [status, count]));
    },
  };
};
