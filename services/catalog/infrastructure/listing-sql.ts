import { attributeOf } from '../domain/product.ts';
import type { ListQuery, ListSort } from '../application/queries/list-products.ts';

export const wholeShop = '00000000-0000-0000-0000-000000000000';

/** Collects parameters while a statement is put together: `$(value)` is its place. */
export const createParameters = () => {
  const values: unknown[] = [];
  const $ = (value: unknown): string => `$${values.push(value)}`;
  return { values, $ };
};

type Parameter = (value: unknown) => string;

/** The sort columns of a listing `l`, and whether the walk goes up or down. */
const orders: Readonly<
  Record<Exclude<ListSort, 'relevance'>, readonly [column: string | null, type: string, isUp: boolean]>
> = {
  newest: [null, '', false],
  price_asc: ['l.price_min', 'bigint', true],
  price_desc: ['l.price_min', 'bigint', false],
  title: ['l.title_key', 'text collate "C"', true],
};

/** ORDER BY, keyset condition and cursor column of a sort over `listings l`. */
export const orderOf = (
  sort: Exclude<ListSort, 'relevance'>,
  after: ListQuery['after'],
  $: Parameter,
): Readonly<{ by: string; from: string; value: string }> => {
  const [column, type, isUp] = orders[sort];
  const direction = isUp ? '' : ' desc';
  const sign = isUp ? '>' : '<';
  if (column === null)
    return {
      by: `l.product_id${direction}`,
      from: after === null ? '' : `and l.product_id ${sign} ${$(after.at(-1))}::uuid`,
      value: 'null',
    };
  return {
    by: `${column}${direction}, l.product_id${direction}`,
    from:
      after === null
        ? ''
        : `and (${column}, l.product_id) ${sign} (${$(after[0])}::${type}, ${$(after.at(-1))}::uuid)`,
    value: `${column}::text`,
  };
};

/**
 * Conditions on a listing `l`. What the row itself tells is asked first; what must hold of one and
 * the same variant (options, price, stock) is asked of the variants.
 */
export const filtersOf = (query: ListQuery, sellerScoped: boolean, $: Parameter): string => {
  const conditions: string[] = [];
  const ofVariant: string[] = [];
  const { minPriceMinor: least, maxPriceMinor: most, attributes, inStock, seller } = query;
  if (seller !== null && !sellerScoped)
    conditions.push(
      `exists (select from listings own where own.scope = ${$(seller)} and own.product_id = l.product_id)`,
    );
  if (least !== null) {
    conditions.push(`l.price_max >= ${$(least.toString())}::bigint`);
    ofVariant.push(`v.price_minor >= ${$(least.toString())}::bigint`);
  }
  if (most !== null) {
    conditions.push(`l.price_min <= ${$(most.toString())}::bigint`);
    ofVariant.push(`v.price_minor <= ${$(most.toString())}::bigint`);
  }
  if (inStock) conditions.push('l.in_stock');
  for (const { name, values } of attributes)
    ofVariant.push(`v.attributes && ${$(values.map((value) => attributeOf(name, value)))}::text[]`);
  if (ofVariant.length > 0) {
    const stocked = inStock
      ? 'join stock s on s.variant_id = v.id and s.on_hand > s.reserved'
      : '';
    conditions.push(
      `exists (select from variants v ${stocked} where v.product_id = l.product_id and ${ofVariant.join(' and ')})`,
    );
  }
  return conditions.map((condition) => `and ${condition}`).join('\n');
};

/** What a query word became: any of these lexemes will do. */
export type Token = Readonly<{ lexemes: readonly string[]; postings: number }>;

/**
 * Products of `listings l` that have every token, best first: an ordered walk of the rarest token's
 * postings, one branch a lexeme, with the other tokens as probes. A product with several of the
 * lexemes comes once, at its best score.
 */
export const searchWalk = (
  options: Readonly<{
    tokens: readonly Token[];
    scope: string;
    filters: string;
    after: ListQuery['after'];
    limit: number;
    $: Parameter;
  }>,
): string => {
  const { scope, filters, after, limit, $ } = options;
  const [driver, ...others] = options.tokens.toSorted((a, b) => a.postings - b.postings);
  const lexemes = $(driver!.lexemes);
  const from =
    after === null
      ? ''
      : `and (o.score, o.product_id) < (${$(after[0])}::int, ${$(after.at(-1))}::uuid)`;
  const probes = others.map(
    (token) => `and exists (select from search_postings t
        where t.product_id = o.product_id and t.lexeme = any(${$(token.lexemes)}::text[]))`,
  );
  return `
    select walk.* from unnest(${lexemes}::text[]) x(lexeme) cross join lateral (
      select o.product_id, o.score, l.price_min, l.title_key, l.in_stock
      from search_postings o
      join listings l on l.scope = ${scope} and l.product_id = o.product_id
      where o.lexeme = x.lexeme ${from}
        and not exists (select from search_postings b
          where b.product_id = o.product_id and b.lexeme = any(${lexemes}::text[])
            and (b.score > o.score or (b.score = o.score and b.lexeme < o.lexeme)))
        ${probes.join('\n')}
        ${filters}
      order by o.score desc, o.product_id desc limit ${limit}
    ) walk
    order by walk.score desc, walk.product_id desc limit ${limit}`;
};
