import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { SalesFigures, SalesPart } from '../application/figures.ts';

/** Paid, and not taken back before it was shipped. */
export const isSold = `o.status in ('paid', 'shipped', 'delivered', 'partially_refunded', 'refunded')`;

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

/** $1 from, $2 to, $3 currency, $4 time zone. */
const byDaySql = `
  select d.day::date::text as key, null as name, coalesce(sum(o.total_minor), 0)::text as sales,
    count(o.id)::integer as orders, 0 as quantity
  from generate_series($1::date, $2::date, interval '1 day') as d (day)
  left join orders o on o.placed_at >= d.day::timestamp at time zone $4
    and o.placed_at < (d.day + interval '1 day')::timestamp at time zone $4
    and o.currency = $3 and ${isSold}
  group by d.day order by d.day`;

/** $1 from, $2 to, $3 currency, $4 time zone, $5 how many. */
const byProductSql = `
  select l.line ->> 'productId' as key, max(l.line ->> 'name') as name,
    sum((l.line #>> '{total,amountMinor}')::bigint)::text as sales,
    count(distinct o.id)::integer as orders, sum((l.line ->> 'quantity')::integer)::integer as quantity
  from orders o join streams s using (id), jsonb_array_elements(s.state -> 'lines') as l (line)
  where o.placed_at >= $1::date::timestamp at time zone $4
    and o.placed_at < ($2::date + 1)::timestamp at time zone $4 and o.currency = $3 and ${isSold}
  group by 1 order by sum((l.line #>> '{total,amountMinor}')::bigint) desc, 1 limit $5`;

type DaysRow = Readonly<{
  days: number;
  sales: string;
  orders: number;
  previous_sales: string;
  previous_orders: number;
}>;
type PartRow = Readonly<{
  key: string;
  name: string | null;
  sales: string;
  orders: number;
  quantity: number;
}>;

export const createPgSalesFigures = (pool: Pool, timeZone: string): SalesFigures => {
  const parts = async (
    text: string,
    values: readonly unknown[],
    currency: string,
  ): Promise<readonly SalesPart[]> => {
    const { rows } = await pool.query<PartRow>(text, [...values]);
    return rows.map(({ sales, ...row }) => ({ ...row, sales: money(BigInt(sales), currency) }));
  };
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
    byDay: ({ from, to }, currency) => parts(byDaySql, [from, to, currency, timeZone], currency),
    byProduct: ({ from, to }, currency, limit) =>
      parts(byProductSql, [from, to, currency, timeZone, limit], currency),
  };
};
