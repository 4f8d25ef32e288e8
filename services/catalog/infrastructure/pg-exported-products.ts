import type { Pool } from 'pg';
import type { ExportedProducts } from '../application/queries/export-products.ts';
import { productColumns, toStored, type ProductRow } from './product-rows.ts';

const productsOfBatch = 300;

type Row = ProductRow &
  Readonly<{
    category_name: string | null;
    available: readonly Readonly<{ variant_id: string; available: number }>[];
  }>;

const exportSql = `
  select ${productColumns}, c.name as category_name,
    (select coalesce(json_agg(json_build_object('variant_id', s.variant_id,
        'available', s.on_hand - s.reserved)), '[]')
     from stock s where s.product_id = p.id and s.is_listed) as available
  from products p left join categories c on c.id = p.category_id
  where p.id > $1 and ($2::uuid is null or p.seller_id = $2)
  order by p.id limit ${productsOfBatch}`;

export const createPgExportedProducts = (pool: Pool): ExportedProducts => ({
  async *read(sellerId) {
    let last = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const { rows } = await pool.query<Row>(exportSql, [last, sellerId]);
      if (rows.length === 0) return;
      last = rows.at(-1)!.id;
      yield rows.map((row) => ({
        product: toStored(row).product,
        categoryName: row.category_name,
        available: new Map(
          row.available.map(({ variant_id, available }) => [variant_id, available]),
        ),
      }));
    }
  },
});
