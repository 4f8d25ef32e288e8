import type { Pool } from 'pg';
import type { StockViews } from '../application/queries/show-stock.ts';
import { catalogError } from '../domain/errors.ts';

const movementsMax = 50;

const stockSql = `
  select coalesce(json_agg(json_build_object(
    'variant_id', v.id, 'sku', v.sku, 'on_hand', s.on_hand, 'reserved', s.reserved,
    'available', s.on_hand - s.reserved, 'low_stock_threshold', s.low_threshold,
    'movements', (select coalesce(json_agg(m), '[]') from (
       select kind, quantity, on_hand_after, reason, actor, order_id,
         to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
       from stock_movements where variant_id = v.id order by seq desc limit ${movementsMax}) m))
    order by v.position), '[]') as variants
  from products p
  left join variants v on v.product_id = p.id
  left join stock s on s.variant_id = v.id
  where p.id = $1 and ($2::uuid is null or p.seller_id = $2)
  group by p.id`;

export const createPgStockViews = (pool: Pool): StockViews => ({
  async load(productId, { id, isAdmin }) {
    const { rows } = await pool.query<{ variants: readonly object[] }>({
      name: 'show-stock',
      text: stockSql,
      values: [productId, isAdmin ? null : id],
    });
    if (!rows[0]) throw catalogError('product_not_found');
    return { product_id: productId, variants: rows[0].variants };
  },
});
