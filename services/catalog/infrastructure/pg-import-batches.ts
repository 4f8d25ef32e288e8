import type { Pool } from 'pg';
import type { ImportBatches, ImportState } from '../application/ports.ts';
import { refusalOf, saveProducts } from './pg-products.ts';
import { productColumns, toSaveJson, toStored, type ProductRow } from './product-rows.ts';
import { causeSql, causeValues, type OnOwnChange, type Touched } from './sql-cause.ts';

type Row = ProductRow &
  Readonly<{
    shelves: readonly Readonly<{
      variant_id: string;
      available: number;
      imported_quantity: number | null;
    }>[];
  }>;

/**
 * As text, so that the planner of an empty catalogue, where all indexes look alike, cannot take the
 * one by seller and read all that the seller has for every handle.
 */
const loadSql = `
  select ${productColumns},
    (select coalesce(json_agg(json_build_object('variant_id', s.variant_id,
        'available', s.on_hand - s.reserved, 'imported_quantity', s.imported_quantity)), '[]')
     from stock s where s.product_id = p.id) as shelves
  from unnest($1::uuid[], $2::text[]) k(seller_id, handle)
  join products p on p.handle = k.handle and p.seller_id::text = k.seller_id::text`;
const skusSql = `
  select v.seller_id || '/' || v.sku as key, v.product_id from variants v
  where v.seller_id = any($1::uuid[]) and v.sku = any($2::text[])`;
const slugsSql = 'select slug from products where slug = any($1::text[])';
const importStockSql = `select import_stock($1, ${causeSql(2)}) as touched`;

const toState = (row: Row): ImportState => ({
  ...toStored(row),
  shelves: new Map(
    row.shelves.map(({ variant_id, available, imported_quantity }) => [
      variant_id,
      { available, importedQuantity: imported_quantity },
    ]),
  ),
});

export const createPgImportBatches = (
  options: Readonly<{ pool: Pool; onChange: OnOwnChange; wakeOutbox: () => void }>,
): ImportBatches => {
  const { pool, onChange, wakeOutbox } = options;

  const saveStock = async (
    changes: Parameters<ImportBatches['save']>[0],
    { actor, now, trace }: Parameters<ImportBatches['save']>[1],
  ): Promise<void> => {
    const differences = changes.flatMap((change) =>
      [...change.importedQuantities].map(([variantId, quantity]) => ({
        variant_id: variantId,
        imported_quantity: quantity,
        difference: change.differences.get(variantId) ?? 0,
      })),
    );
    if (differences.length === 0) return;
    const { rows } = await pool.query<{ touched: readonly Touched[] }>({
      name: 'import-stock',
      text: importStockSql,
      values: [
        JSON.stringify(differences),
        ...causeValues({ kind: 'import', actorId: actor.id, at: now, trace }),
      ],
    });
    await onChange(rows[0]!.touched);
  };

  return {
    async load(keys, skus, slugs) {
      const sellers = [...new Set(keys.map(({ sellerId }) => sellerId))];
      const handles = keys.map(({ handle }) => handle);
      const [products, owners, taken] = await Promise.all([
        pool.query<Row>({
          name: 'import-load',
          text: loadSql,
          values: [keys.map(({ sellerId }) => sellerId), handles],
        }),
        pool.query<{ key: string; product_id: string }>(skusSql, [sellers, skus]),
        pool.query<{ slug: string }>(slugsSql, [slugs]),
      ]);
      return {
        products: new Map(
          products.rows.map((row) => [`${row.seller_id}/${row.handle}`, toState(row)]),
        ),
        skuOwners: new Map(owners.rows.map(({ key, product_id }) => [key, product_id])),
        takenSlugs: new Set(taken.rows.map(({ slug }) => slug)),
      };
    },
    async save(changes, cause) {
      const whole = changes.filter(({ version }) => version !== undefined);
      try {
        if (whole.length > 0) {
          const json = whole.map(({ product, version, differences, importedQuantities }) =>
            toSaveJson(product, version!, cause.now, differences, importedQuantities),
          );
          await saveProducts(pool, json, 'import', cause);
          await onChange(
            whole.map(({ product }) => ({ product_id: product.id, changes_lists: true })),
          );
        }
        await saveStock(
          changes.filter(({ version }) => version === undefined),
          cause,
        );
      } catch (error) {
        throw refusalOf(error) ?? error;
      }
      wakeOutbox();
    },
  };
};
