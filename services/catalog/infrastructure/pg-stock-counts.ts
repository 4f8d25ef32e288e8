import type { Pool } from 'pg';
import type { LowStock, StockCounts } from '../application/queries/count-low-stock.ts';

const lowSql = `
  select count(*)::integer as low,
    count(*) filter (where s.on_hand - s.reserved <= 0)::integer as none
  from stock s join products p on p.id = s.product_id
  where s.is_listed and p.status = 'active' and s.on_hand - s.reserved <= s.low_threshold`;

export const createPgStockCounts = (pool: Pool): StockCounts => ({
  async lowStock() {
    const { rows } = await pool.query<LowStock>(lowSql);
    return rows[0]!;
  },
});
