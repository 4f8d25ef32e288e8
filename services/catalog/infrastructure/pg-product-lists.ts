import type { Pool } from 'pg';
import { isUuid } from '#shared/kernel/ids.ts';
import { encodeCursor } from '#shared/http/cursor.ts';
import type { ListQuery, ProductLists } from '../application/queries/list-products.ts';
import { catalogError } from '../domain/errors.ts';
import { attributeOf } from '../domain/product.ts';
import { facetsOf } from './pg-facets.ts';
import { loadManagedList } from './pg-managed-list.ts';
import {
  ask,
  createParameters,
  filtersOf,
  orderOf,
  searchWalk,
  wholeShop,
  type PageRequest,
  type Token,
} from './listing-sql.ts';
import { cardColumns, cardJson, type CardRow } from './product-json.ts';
import { finish } from './response-cache.ts';

/** Sorted by anything but relevance, a search looks at its best this many. */
const sortedSearchMax = 1_000;

type Page = Readonly<{ sql: string; values: readonly string[] }>;
type Understood = Readonly<{ tokens: readonly Token[]; corrected: string | null }>;
type PageRow = CardRow & Readonly<{ cursor_value: string | number | null }>;

type WordRow = Readonly<{
  typed: string;
  read_as: string | null;
  lexemes: readonly string[];
  postings: number;
}>;

/** What the words of a query mean. Words nobody sells anything by are left out, and said so. */
const understand = async (pool: Pool, q: string): Promise<Understood> => {
  const { rows } = await pool.query<WordRow>({
    name: 'read-query',
    text: 'select typed, read_as, lexemes, postings from read_query($1) order by place',
    values: [q],
  });
  const found = rows.filter(({ postings }) => postings > 0);
  // Null: nothing is like it.
  const isCorrected = rows.some(({ typed, read_as }) => read_as !== typed);
  return {
    tokens: found.map(({ lexemes, postings }) => ({ lexemes, postings })),
    corrected:
      isCorrected && found.length > 0 ? found.map(({ read_as }) => read_as).join(' ') : null,
  };
};

const findCategory = async (pool: Pool, idOrSlug: string): Promise<string> => {
  const { rows } = await pool.query<{ id: string }>(
    `select id from categories where ${isUuid(idOrSlug) ? 'id' : 'slug'} = $1`,
    [idOrSlug],
  );
  if (rows[0]) return rows[0].id;
  const detail = 'is not a category';
  throw catalogError('unknown_category', {
    errors: [{ pointer: '#/querystring/category', code: 'unknown', detail }],
  });
};

/** Fewer variants than this with an option: better to begin at them than to look for them. */
const rareBelow = 300;

const asksForRareOption = async (pool: Pool, { attributes }: ListQuery): Promise<boolean> => {
  for (const { name, values } of attributes) {
    const parameters = createParameters();
    const wanted = parameters.$(values.map((value) => attributeOf(name, value)));
    const [row] = await ask<{ count: number }>(
      pool,
      `select count(*)::int as count from (
         select from variants where attributes && ${wanted}::text[] limit ${rareBelow}) bounded`,
      parameters.values,
    );
    if (row!.count < rareBelow) return true;
  }
  return false;
};

/** Rows `product_id, cursor_value, position` of one page, one more than asked for. */
const pageSql = ({ query, scope, tokens, hasRareOption }: PageRequest): Page => {
  const { values, $ } = createParameters();
  const place = `${$(scope)}::uuid`;
  const filters = filtersOf(query, {
    isSellerScoped: scope === query.seller,
    hasRareOption,
    $,
  });
  const limit = query.limit + 1;
  if (tokens !== null && query.sort === 'relevance') {
    const walk = searchWalk({ tokens, scope: place, filters, after: query.after, limit, $ });
    return {
      values,
      sql: `select product_id, score as cursor_value, in_stock,
      row_number() over (order by score desc, product_id desc) as place from (${walk}) w`,
    };
  }
  const sort = query.sort === 'relevance' ? 'newest' : query.sort;
  const order = orderOf(sort, query.after, $);
  const source =
    tokens === null
      ? `listings l where l.scope = ${place} ${filters}`
      : `(${searchWalk({ tokens, scope: place, filters, after: null, limit: sortedSearchMax, $ })}) l
         where true`;
  return {
    values,
    sql: `select l.product_id, ${order.value} as cursor_value, l.in_stock,
    row_number() over (order by ${order.by}) as place
    from ${source} ${order.from} order by ${order.by} limit ${limit}`,
  };
};

const nextCursor = (query: ListQuery, rows: readonly PageRow[]): string | null => {
  const last = rows[query.limit - 1];
  if (rows.length <= query.limit || !last) return null;
  return encodeCursor([query.sort, last.cursor_value, last.id]);
};

const loadPage = (pool: Pool, { sql, values }: Page): Promise<readonly PageRow[]> =>
  ask<PageRow>(
    pool,
    `select ${cardColumns}, page.in_stock, page.cursor_value
     from (${sql}) page join products p on p.id = page.product_id order by page.place`,
    values,
  );

/** Words alone: what a filter leaves out is not missing in the shop. */
const asksWholeShop = (query: ListQuery): boolean =>
  query.q !== null &&
  query.after === null &&
  query.category === null &&
  query.seller === null &&
  query.minPriceMinor === null &&
  query.maxPriceMinor === null &&
  query.attributes.length === 0 &&
  !query.inStock;

export const createPgProductLists = (pool: Pool): ProductLists => ({
  async loadPublic(query) {
    const understood = query.q === null ? null : await understand(pool, query.q);
    const category = query.category === null ? null : await findCategory(pool, query.category);
    const scope = category ?? query.seller ?? wholeShop;
    const isHopeless = understood !== null && understood.tokens.length === 0;
    const tokens = understood?.tokens ?? null;
    const hasRareOption = tokens === null && (await asksForRareOption(pool, query));
    const request = { query, scope, tokens, hasRareOption };
    const page = isHopeless ? null : pageSql(request);
    const rows = page ? await loadPage(pool, page) : [];
    const answer = finish({
      items: rows.slice(0, query.limit).map((row) => cardJson(row, false)),
      next_cursor: nextCursor(query, rows),
      corrected_query: understood?.corrected ?? null,
      ...(query.withFacets ? await facetsOf(pool, request) : {}),
    });
    return rows.length === 0 && asksWholeShop(query) ? { ...answer, isMissed: true } : answer;
  },
  loadManaged: (query, actor) => loadManagedList(pool, query, actor),
});
