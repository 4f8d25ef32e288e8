import type { Pool } from 'pg';
import type { SellerProducts } from '../application/ports.ts';

export const createPgSellerProducts = (pool: Pool): SellerProducts => ({
  async notArchived(sellerId) {
    const { rows } = await pool.query<{ id: string }>({
      name: 'seller-products',
      text: `select id from products where seller_id = $1 and status <> 'archived' order by id`,
      values: [sellerId],
    });
    return rows.map(({ id }) => id);
  },
});
