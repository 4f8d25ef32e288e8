import type { Pool } from 'pg';
import { attributeOf } from '../domain/product.ts';
import type { ListQuery, ListSort } from '../application/queries/list-products.ts';

export const wholeShop = '00000000-0000-0000-0000-000000000000';

/**
 * Collects parameters while a statement for `ask` is put together: `$(value)` is its place, as text.
 * A list stands element by element, so that the planner sees the values.
 */
export const createParameters = () => {
  const values: string[] = [];
  const one = (value: string | number): string => `($1)[${values.push(String(value))}]`;
  const $: Parameter = (value) =>
    typeof value === 'object' ? `array[${value.map(one).join(', ')}]` : one(value);
  return { values, $ };
};

/** Asks a statement that is made for this one question; see the SQL function. */
export const ask = async <Row>(
  pool: Pool,
  sql: string,
  values: readonly string[],
): Promise<readonly Row[]> => {
  const { rows } = await pool.query<{ row: Row }>({
    name: 'ask',
    text: 'select ask($1, $2) as row',
    values: [sql, values],
  });
  return rows.map(({ row }) => row);
};

type Parameter = (value: string | number | readonly string[]) => string;

/** The sort columns of a listing `l`, and whether the walk goes up or down. */
const orders: Readonly<
  Record<
    Exclude<ListSort, 'relevance'>,
    readonly [column: string | null, type: string, isUp: boolean]
  >
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
      from: after === null ? '' : `and l.product_id ${sign} ${$(after.at(-1)!)}::uuid`,
      value: 'null',
    };
  return {
    by: `${column}${direction}, l.product_id${direction}`,
    from:
      after === null
        ? ''
        : `and (${column}, l.product_id) ${sign} (${$(after[0]!)}::${type}, ${$(after.at(-1)!)}::uuid)`,
    value: `${column}::text`,
  };
};

/**
 * A question asked row by row. The planner turns `exists` into a join when it thinks that better, and
 * then it reads all there is; this it cannot turn.
 */
const probe = (from: string): string => `(select true ${from} limit 1)`;

/**
 * Conditions on a listing `l`. What the row itself tells is asked first; what must hold of one and
 * the same variant (options, price, stock) is asked of the variants: row by row along the walk, or,
 * when an option is so rare that the walk would be long, once for all before it.
 */
export const filtersOf = (
  query: ListQuery,
  options: Readonly<{ isSellerScoped: boolean; hasRareOption: boolean; $: Parameter }>,
): string => {
  const { isSellerScoped, hasRareOption, $ } = options;
  const conditions: string[] = [];
  const ofVariant: string[] = [];
  const { minPriceMinor: least, maxPriceMinor: most, attributes, inStock, seller } = query;
  if (seller !== null && !isSellerScoped)
    conditions.push(
      probe(
        `from listings own where own.scope = ${$(seller)}::uuid and own.product_id = l.product_id`,
      ),
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
    const stocked = inStock ? 'join stock s on s.variant_id = v.id and s.on_hand > s.reserved' : '';
    const all = `from variants v ${stocked} where ${ofVariant.join(' and ')}`;
    conditions.push(
      hasRareOption
        ? `l.product_id = any(array(select v.product_id ${all}))`
        : probe(`${all} and v.product_id = l.product_id`),
    );
  }
  return conditions.map((condition) => `and ${condition}`).join('\n');
};

/** What a query word became: any of these lexemes will do. */
export type Token = Readonly<{ lexemes: readonly string[]; postings: number }>;

/** A question with everything about it found out. */
export type PageRequest = Readonly<{
  query: ListQuery;
  scope: string;
  /** Null: without words. */
  tokens: readonly Token[] | null;
  hasRareOption: boolean;
}>;

/** Words that are each common and hardly ever meet would walk for long: a page looks no further. */
const postingsMax = 10_000;

/**
 * Products of `listings l` that have every token, best first: an ordered walk of the rarest token's
 * postings, one branch a lexeme, with the other tokens as probes. The best `limit` of each branch
 * hold the best `limit` of all. On later pages a product whose better lexeme stood before the cursor
 * was shown there, and is passed over.
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
  const cursor = after === null ? null : belowCursor(after, lexemes, $);
  const probes = others.map(
    (token) =>
      `and ${probe(`from search_postings t
        where t.product_id = o.product_id and t.lexeme = any(${$(token.lexemes)}::text[])`)}`,
  );
  return `
    select walk.product_id, max(walk.score) as score, min(walk.price_min) as price_min,
      min(walk.title_key) as title_key, bool_or(walk.in_stock) as in_stock
    from unnest(${lexemes}::text[]) x(lexeme) cross join lateral (
      select o.product_id, o.score, l.price_min, l.title_key, l.in_stock
      from (
        select product_id, score from search_postings
        where lexeme = x.lexeme ${cursor?.place ?? ''}
        order by score desc, product_id desc limit ${postingsMax}) o
      cross join lateral (
        select * from listings where scope = ${scope} and product_id = o.product_id offset 0) l
      where true ${cursor?.isNew ?? ''}
        ${probes.join('\n')}
        ${filters}
      order by o.score desc, o.product_id desc limit ${limit}
    ) walk
    group by walk.product_id
    order by score desc, walk.product_id desc limit ${limit}`;
};

/** Where a walk goes on, and that a product did not stand before with a better lexeme. */
const belowCursor = (
  after: NonNullable<ListQuery['after']>,
  lexemes: string,
  $: Parameter,
): Readonly<{ place: string; isNew: string }> => {
  const [score, id] = [`${$(after[0]!)}::int`, `${$(after.at(-1)!)}::uuid`];
  const before = probe(`from search_postings b
        where b.product_id = o.product_id and b.lexeme = any(${lexemes}::text[])
          and (b.score > ${score} or (b.score = ${score} and b.product_id >= ${id}))`);
  return {
    place: `and (score, product_id) < (${score}, ${id})`,
    isNew: `and ${before} is null`,
  };
};
