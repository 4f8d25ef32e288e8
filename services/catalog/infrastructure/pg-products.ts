import type { Pool } from 'pg';
import type { DomainError } from '#shared/kernel/errors.ts';
import type { Cause, Products } from '../application/ports.ts';
import { catalogError } from '../domain/errors.ts';
import { evolve } from '../domain/product.ts';
import { productColumns, toSaveJson, toStored, type ProductRow } from './product-rows.ts';
import { causeSql, causeValues, type OnOwnChange } from './sql-cause.ts';

const attemptsMax = 5;
const loadSql = `select ${productColumns} from products p
  where p.id = $1 and ($2::uuid is null or p.seller_id = $2)`;
const saveSql = `select save_products($1, ${causeSql(2)})`;

type PgError = Readonly<{ code?: string; constraint?: string }>;

/** Constraints in the catalogue's words; undefined for what is no rule of ours. */
export const refusalOf = (error: unknown): DomainError | undefined => {
  const { code, constraint } = error as PgError;
  if (code === 'PZ001') return catalogError('variant_reserved');
  if (code === '23503' && constraint === 'products_category')
    return catalogError('unknown_category', {
      errors: [{ pointer: '#/category_id', code: 'unknown', detail: 'is not a category' }],
    });
  if (code === '23505' && constraint === 'variants_sku') return catalogError('sku_taken');
  if (code === '23505' && (constraint === 'products_slug' || constraint === 'products_handle'))
    return catalogError('slug_taken');
  if (code === '23514' && constraint === 'stock_size') return catalogError('stock_too_large');
  return undefined;
};

/** Stores products as `toSaveJson` makes them; raises PostgreSQL's own errors. */
export const saveProducts = async (
  pool: Pool,
  products: readonly object[],
  kind: string,
  { actor, trace, now, reason }: Cause,
): Promise<void> => {
  const values = causeValues({ kind, reason, actorId: actor.id, at: now, trace });
  await pool.query({
    name: 'save-products',
    text: saveSql,
    values: [JSON.stringify(products), ...values],
  });
};

export const createPgProducts = (
  options: Readonly<{ pool: Pool; onChange: OnOwnChange; wakeOutbox: () => void }>,
): Products => {
  const { pool, onChange, wakeOutbox } = options;

  const save = async (product: object, id: string, cause: Cause): Promise<void> => {
    await saveProducts(pool, [product], 'initial', cause);
    wakeOutbox();
    await onChange([{ product_id: id, changes_lists: true }]);
  };

  return {
    async create(product, firstStock, cause) {
      try {
        await save(toSaveJson(product, 1, cause.now, firstStock), product.id, cause);
      } catch (error) {
        throw refusalOf(error) ?? error;
      }
    },
    async update(id, decide, cause, firstStock) {
      const owner = cause.actor.isAdmin ? null : cause.actor.id;
      for (let attempt = 1; ; attempt++) {
        const { rows } = await pool.query<ProductRow>({
          name: 'load-product',
          text: loadSql,
          values: [id, owner],
        });
        if (!rows[0]) throw catalogError('product_not_found');
        const stored = toStored(rows[0]);
        const events = decide(stored);
        if (events.length === 0) return stored;

        const product = events.reduce(evolve, stored.product);
        const version = stored.version + 1;
        try {
          await save(toSaveJson(product, version, cause.now, firstStock), id, cause);
          return { product, version };
        } catch (error) {
          const isOvertaken = (error as PgError).code === '40001';
          if (!isOvertaken || attempt === attemptsMax) throw refusalOf(error) ?? error;
        }
      }
    },
    async exists(id) {
      return (await pool.query('select from products where id = $1', [id])).rowCount === 1;
    },
  };
};
