import type { Pool } from 'pg';
import { formatAmount } from '#shared/kernel/money.ts';
import { ask, createParameters, filtersOf, searchWalk, type PageRequest } from './listing-sql.ts';

/** Counting stops here: facets of more products are those of the first this many. */
const candidatesMax = 1_000;

type FacetRow = Readonly<{
  candidates: number;
  in_stock: number;
  price_min: string | null;
  price_max: string | null;
  currency: string | null;
  categories: readonly object[];
  sellers: readonly object[];
  options: readonly Readonly<{ name: string; value: string; count: number }>[];
}>;

const facetsSql = (candidates: string): string => `
  with found as materialized (${candidates}),
  counted as materialized (select product_id, in_stock from found limit ${candidatesMax}),
  p as materialized (
    select p.id, p.seller_id, p.vendor, p.category_id, p.options, p.currency, p.price_min,
      p.price_max, counted.in_stock
    from counted join products p on p.id = counted.product_id)
  select (select count(*)::int from found) as candidates,
    (select count(*)::int from p where in_stock) as in_stock,
    (select min(price_min)::text from p) as price_min, (select max(price_max)::text from p) as price_max,
    (select min(currency) from p) as currency,
    (select coalesce(json_agg(x order by x.count desc, x.name), '[]') from (
      select c.id, c.slug, c.name, count(*)::int as count
      from p join categories c on c.id = p.category_id group by c.id limit 100) x) as categories,
    (select coalesce(json_agg(x order by x.count desc, x.id), '[]') from (
      select seller_id as id, nullif(min(vendor), '') as name, count(*)::int as count
      from p group by seller_id limit 100) x) as sellers,
    (select coalesce(json_agg(x order by x.name, x.count desc, x.value), '[]') from (
      select name, value, count(*)::int as count from (
        select distinct p.id, o.name, o.value from p join variants v on v.product_id = p.id,
          unnest(p.options, v.option_values) o(name, value)) each
      group by name, value order by count(*) desc limit 300) x) as options`;

/** How many of the found products are where, for what, from whom. */
export const facetsOf = async (
  pool: Pool,
  { query, scope, tokens, hasRareOption }: PageRequest,
): Promise<object> => {
  const { values, $ } = createParameters();
  const place = `${$(scope)}::uuid`;
  const filters = filtersOf(query, {
    isSellerScoped: scope === query.seller,
    hasRareOption,
    $,
  });
  const limit = candidatesMax + 1;
  const candidates =
    tokens?.length === 0
      ? `select l.product_id, l.in_stock from listings l where l.scope = ${place} and false`
      : tokens === null
        ? `select l.product_id, l.in_stock from listings l where l.scope = ${place} ${filters}
           order by l.product_id desc limit ${limit}`
        : `select w.product_id, w.in_stock from (
           ${searchWalk({ tokens, scope: place, filters, after: null, limit, $ })}) w`;
  const [first] = await ask<FacetRow>(pool, facetsSql(candidates), values);
  const row = first!;
  const price = (minor: string | null): string | null =>
    minor === null ? null : formatAmount(BigInt(minor), row.currency!);
  const byName = Map.groupBy(row.options, ({ name }) => name);
  return {
    facets: {
      categories: row.categories,
      sellers: row.sellers,
      options: [...byName].map(([name, values]) => ({
        name,
        values: values.map(({ value, count }) => ({ value, count })),
      })),
      price: { min: price(row.price_min), max: price(row.price_max), currency: row.currency },
      in_stock: row.in_stock,
    },
    facets_are_capped: row.candidates > candidatesMax,
  };
};
