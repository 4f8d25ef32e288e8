import type { Pool } from 'pg';
import type { AtRisk, StockAtRisk } from '../application/queries/list-stock-at-risk.ts';

/** Of so many that have the least, sales are counted. */
const countedMax = 500;

/** $1 from, $2 to, $3 time zone, $4 how many. */
const atRiskSql = `
  with low as materialized (
    select s.variant_id, s.product_id, s.on_hand - s.reserved as available, s.low_threshold,
      p.title, count(*) over ()::integer as count
    from stock s join products p on p.id = s.product_id
    where s.is_listed and p.status = 'active' and s.on_hand - s.reserved <= s.low_threshold
    order by s.on_hand - s.reserved, s.variant_id limit ${countedMax}
  )
  select low.variant_id as "variantId", low.product_id as "productId", low.title, v.sku,
    v.option_values as "optionValues", low.available, low.low_threshold as "lowThreshold",
    sold.quantity as sold, low.count
  from low join variants v on v.id = low.variant_id
  cross join lateral (
    select coalesce(-sum(m.quantity), 0)::integer as quantity from stock_movements m
    where m.variant_id = low.variant_id and m.kind = 'sale'
      and m.at >= $1::date::timestamp at time zone $3
      and m.at < ($2::date + 1)::timestamp at time zone $3) sold
  order by sold.quantity desc, low.available, low.variant_id limit $4`;

export const createPgStockAtRisk = (pool: Pool, timeZone: string): StockAtRisk => ({
  async list({ from, to }, limit) {
    const { rows } = await pool.query<AtRisk & { count: number }>(atRiskSql, [
      from,
      to,
      timeZone,
      limit,
    ]);
    return {
      count: rows[0]?.count ?? 0,
      variants: rows.map(({ count: _, ...variant }) => variant),
    };
  },
});
