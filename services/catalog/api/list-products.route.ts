import { Type, type Static } from 'typebox';
import { readAmount } from '#shared/http/amounts.ts';
import { decodeCursor, isDigits } from '#shared/http/cursor.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import { page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { FastifyRequest } from 'fastify';
import type { MissedSearches } from '../application/missed-searches.ts';
import type { FinishedAnswer, PublicAnswers } from '../application/ports.ts';
import type {
  ListProducts,
  ListQuery,
  ListSort,
  ManagedListQuery,
} from '../application/queries/list-products.ts';
import { card } from './product-schemas.ts';
import { answerFromMemory, sendFinished } from './public-answers.ts';
import { actorOf, isManager, sendPrivate } from './requests.ts';
import { httpError } from '#shared/http/errors.ts';

const statuses = ['draft', 'active', 'inactive', 'archived'] as const;
const sorts = ['relevance', 'newest', 'price_asc', 'price_desc', 'title'] as const;

const querystring = strict({
  ...pageQuery,
  q: Type.Optional(
    Type.String({ maxLength: 200, description: 'words in Spanish or English, typos forgiven' }),
  ),
  category: Type.Optional(
    Type.String({ maxLength: 120, pattern: '^[a-z0-9-]+$', description: 'id or slug' }),
  ),
  seller: Type.Optional(uuid),
  min_price: Type.Optional(Type.String({ maxLength: 24 })),
  max_price: Type.Optional(Type.String({ maxLength: 24 })),
  in_stock: Type.Optional(Type.Boolean()),
  attributes: Type.Optional(
    Type.String({
      maxLength: 500,
      pattern: '^[^:]+:.+$',
      description:
        '`Color:Azul,Talla:M`: one variant must have all; a name given twice means either value',
    }),
  ),
  sort: Type.Optional(
    Type.String({
      enum: [...sorts],
      description: 'default relevance with q, else newest; a search sorts its best thousand',
    }),
  ),
  facets: Type.Optional(Type.Boolean()),
  status: Type.Optional(
    Type.String({
      enum: ['any', ...statuses],
      description: 'managers only: their products in this status, newest first',
    }),
  ),
});
type Query = Static<typeof querystring>;

const count = Type.Integer();
const facets = Type.Object({
  categories: Type.Array(
    Type.Object({ id: uuid, slug: Type.String(), name: Type.String(), count }),
  ),
  sellers: Type.Array(
    Type.Object({ id: uuid, name: Type.Union([Type.String(), Type.Null()]), count }),
  ),
  options: Type.Array(
    Type.Object({
      name: Type.String(),
      values: Type.Array(Type.Object({ value: Type.String(), count })),
    }),
  ),
  price: Type.Object({
    min: Type.Union([Type.String(), Type.Null()]),
    max: Type.Union([Type.String(), Type.Null()]),
    currency: Type.Union([Type.String(), Type.Null()]),
  }),
  in_stock: count,
});
const { properties } = page(card);

const schema = {
  operationId: 'listProducts',
  tags: ['catalog'],
  summary: 'Products on sale: list, filter, search',
  querystring,
  response: {
    200: Type.Object({
      ...properties,
      corrected_query: Type.Union([Type.String(), Type.Null()], {
        description: 'what was searched instead of what was typed',
      }),
      facets: Type.Optional(facets),
      facets_are_capped: Type.Optional(
        Type.Boolean({ description: 'more than 1,000 matched; the counts are of the first' }),
      ),
    }),
  },
};

const isId = (value: unknown): boolean => typeof value === 'string' && isUuid(value);
const isNull = (value: unknown): boolean => value === null;
const isText = (value: unknown): boolean => typeof value === 'string' && value.length <= 200;
const cursorValues: Readonly<Record<ListSort, (value: unknown) => boolean>> = {
  relevance: (value) => Number.isSafeInteger(value) && Math.abs(value as number) < 2 ** 31,
  newest: isNull,
  price_asc: isDigits,
  price_desc: isDigits,
  title: isText,
};

/** `Color:Azul,Color:Rojo,Talla:M` by name; a comma before no `name:` belongs to the value. */
const readAttributes = (text: string | undefined): ListQuery['attributes'] => {
  if (text === undefined) return [];
  const pairs = text.split(/,(?=[^,:]+:)/).map((pair) => {
    const colon = pair.indexOf(':');
    return [pair.slice(0, colon).trim(), pair.slice(colon + 1).trim()] as const;
  });
  const byName = Map.groupBy(pairs, ([name]) => name);
  return [...byName]
    .map(([name, all]) => ({
      name,
      values: [...new Set(all.map(([, value]) => value))].toSorted(),
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, 10);
};

export const readText = (text: string | undefined): string | null => {
  const tidy = text?.replaceAll('\0', '').trim().replaceAll(/\s+/g, ' ').toLowerCase() ?? '';
  return tidy === '' ? null : tidy;
};

const price = (value: string | undefined, currency: string, name: string): bigint | null =>
  value === undefined ? null : readAmount(value, currency, `/querystring/${name}`);

const toListQuery = (query: Query, currency: string): ListQuery => {
  const q = readText(query.q);
  const asked = (query.sort ?? (q === null ? 'newest' : 'relevance')) as ListSort;
  // Without words there is nothing to be relevant to.
  const sort = asked === 'relevance' && q === null ? 'newest' : asked;
  const isSort = (value: unknown): boolean => value === sort;
  return {
    q,
    category: query.category ?? null,
    seller: query.seller ?? null,
    minPriceMinor: price(query.min_price, currency, 'min_price'),
    maxPriceMinor: price(query.max_price, currency, 'max_price'),
    inStock: query.in_stock ?? false,
    attributes: readAttributes(query.attributes),
    sort,
    after:
      query.cursor === undefined
        ? null
        : decodeCursor(query.cursor, [isSort, cursorValues[sort], isId]).slice(1),
    limit: query.limit ?? 20,
    withFacets: query.facets ?? false,
  };
};

const toManagedQuery = (query: Query): ManagedListQuery => ({
  q: readText(query.q),
  category: query.category ?? null,
  seller: query.seller ?? null,
  status: statuses.find((status) => status === query.status) ?? null,
  after:
    query.cursor === undefined
      ? null
      : String(decodeCursor(query.cursor, [(value) => value === 'managed', isId])[1]),
  limit: query.limit ?? 20,
});

/** A filter that the managers' list does not have must not be taken for one that it applied. */
const publicOnly = ['min_price', 'max_price', 'in_stock', 'attributes', 'sort', 'facets'] as const;

const refuseStatus = (query: Query, mayManage: boolean): void => {
  const wrong = mayManage ? publicOnly.filter((name) => query[name] !== undefined) : ['status'];
  if (wrong.length === 0) return;
  throw httpError('validation', {
    errors: wrong.map((name) => ({
      pointer: `#/querystring/${name}`,
      code: 'not_allowed',
      detail: mayManage ? 'does not go with status' : 'is for those who manage products',
    })),
  });
};

type Ports = Readonly<{
  listProducts: ListProducts;
  answers: PublicAnswers;
  missedSearches: MissedSearches;
  currency: string;
}>;

export const listProductsRoute =
  ({ listProducts, answers, missedSearches, currency }: Ports): Routes =>
  async (app) => {
    const note = ({ isMissed }: FinishedAnswer, { query }: FastifyRequest): void => {
      if (!isMissed) return;
      const { q } = query as Query;
      missedSearches.note(readText(q) ?? '');
    };
    app.get(
      '/products',
      {
        config: { access: 'public', scope: 'products:read' },
        schema,
        onRequest: answerFromMemory(answers, note),
      },
      async (request, reply) => {
        const { query } = request;
        if (query.status !== undefined) {
          refuseStatus(query, isManager(request));
          const found = await listProducts.toManager(toManagedQuery(query), actorOf(request));
          return sendPrivate(reply, found);
        }
        const answer = await listProducts.toPublic(toListQuery(query, currency), request.url);
        note(answer, request);
        return sendFinished(request, reply, answer);
      },
    );
  };
