import type { Pool } from 'pg';
import type { ProductViews } from '../application/queries/show-product.ts';
import type { DomainError } from '#shared/kernel/errors.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import { catalogError } from '../domain/errors.ts';
import { detailJson, type ViewRow } from './product-json.ts';
import { finish } from './response-cache.ts';

const columns = `p.id, p.seller_id, p.handle, p.slug, p.status, p.title, p.description, p.vendor,
  p.tags, p.options, p.images, p.seo_title, p.seo_description, p.currency, p.tax_class, p.price_min, p.price_max,
  p.compare_at_min, p.version, p.created_at, p.updated_at,
  (select coalesce(json_agg(json_build_object('id', a.id, 'slug', a.slug, 'name', a.name)
      order by array_position(c.path, a.id)), '[]')
   from categories c join categories a on a.id = any(c.path) where c.id = p.category_id) as category_path,
  (select coalesce(json_agg(json_build_object('id', v.id, 'sku', v.sku,
      'option_values', v.option_values, 'price_minor', v.price_minor::text,
      'compare_at_minor', v.compare_at_minor::text, 'weight_grams', v.weight_grams,
      'barcode', v.barcode, 'image_id', v.image_id, 'on_hand', s.on_hand,
      'reserved', s.reserved, 'low_threshold', s.low_threshold) order by v.position), '[]')
   from variants v join stock s on s.variant_id = v.id where v.product_id = p.id) as variants`;

/** The id of a variant finds its product too: that is what a cart or an order line knows. */
const publicSql = (key: 'id' | 'slug'): string =>
  `select ${columns} from products p where p.status = 'active' and ${
    key === 'id'
      ? 'p.id in ($1, (select v.product_id from variants v where v.id = $1))'
      : 'p.slug = $1'
  }`;
/** What was sold here once, and where products like it are. */
const goneSql = (key: 'id' | 'slug'): string =>
  `select c.slug, c.name from products p left join categories c on c.id = p.category_id
  where p.status = 'archived' and p.published_at is not null and p.${key} = $1`;
const managedSql = (key: 'id' | 'slug'): string =>
  `select ${columns} from products p where p.${key} = $1 and ($2::uuid is null or p.seller_id = $2)`;

export const createPgProductViews = (pool: Pool): ProductViews => {
  const find = async (
    scope: 'public' | 'managed',
    idOrSlug: string,
    more: readonly unknown[],
  ): Promise<ViewRow> => {
    const key = isUuid(idOrSlug) ? 'id' : 'slug';
    const { rows } = await pool.query<ViewRow>({
      name: `${scope}-product-by-${key}`,
      text: (scope === 'public' ? publicSql : managedSql)(key),
      values: [idOrSlug, ...more],
    });
    if (!rows[0]) throw catalogError('product_not_found');
    return rows[0];
  };

  /** A product that is gone says so; one that never was for sale is not known at all. */
  const explainAbsence = async (idOrSlug: string, absence: unknown): Promise<never> => {
    if ((absence as Partial<DomainError>).code !== 'catalog.product_not_found') throw absence;
    const key = isUuid(idOrSlug) ? 'id' : 'slug';
    const { rows } = await pool.query<{ slug: string | null; name: string | null }>({
      name: `gone-product-by-${key}`,
      text: goneSql(key),
      values: [idOrSlug],
    });
    if (!rows[0]) throw absence;
    const { slug, name } = rows[0];
    throw catalogError('product_gone', {
      extra: { category: slug === null ? null : { slug, name } },
    });
  };

  return {
    async loadPublic(idOrSlug) {
      const row = await find('public', idOrSlug, []).catch((error: unknown) =>
        explainAbsence(idOrSlug, error),
      );
      return { answer: finish(detailJson(row, false), row.version), productId: row.id };
    },
    async loadManaged(idOrSlug, { id, isAdmin }) {
      const row = await find('managed', idOrSlug, [isAdmin ? null : id]);
      const body = detailJson(row, true);
      return { body, etag: finish(body, row.version).etag };
    },
  };
};
