import { Type, type Static } from 'typebox';
import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { httpError } from '#shared/http/errors.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import {
  amount,
  currency,
  idParams,
  instant,
  page,
  pageQuery,
  strict,
  uuid,
} from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { FavouritesQuery, KeepFavourites } from '../application/commands/keep-favourites.ts';
import { card } from './product-schemas.ts';
import { sendPrivate } from './requests.ts';

const tags = ['catalog'];
const idsMax = 100;
const priceNow = Type.Union([amount, Type.Null()], { description: 'null: not sold any more' });

const favourite = Type.Object({
  id: uuid,
  slug: Type.String(),
  title: Type.String(),
  image: card.properties.image,
  is_for_sale: Type.Boolean(),
  in_stock: Type.Boolean(),
  price: priceNow,
  price_max: priceNow,
  compare_at_price: Type.Union([amount, Type.Null()]),
  currency,
  variant_id: Type.Union([uuid, Type.Null()], {
    description: 'the one that goes into the cart; null: one has to be chosen, or none is sold',
  }),
  kept_at: instant,
});

const querystring = strict({
  ...pageQuery,
  product_ids: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: idsMax * 37,
      description: `only these of them: at most ${idsMax} ids with commas between`,
    }),
  ),
});

const list = {
  operationId: 'listMyFavourites',
  tags,
  summary: 'The products that I keep, the newest first',
  description: 'One that is not sold any more stays until it is removed, and says so.',
  querystring,
  response: { 200: page(favourite) },
};
const keep = {
  operationId: 'keepFavourite',
  tags,
  summary: 'Keep a product; one that is kept already stays as it is',
  description: 'At most 500. A product that never was for sale is not there.',
  params: idParams,
  response: { 204: Type.Null() },
};
const remove = {
  operationId: 'removeFavourite',
  tags,
  summary: 'Keep a product no longer, whether it was kept or not',
  params: idParams,
  response: { 204: Type.Null() },
};

const readIds = (text: string | undefined): readonly string[] | null => {
  if (text === undefined) return null;
  const ids = text.split(',');
  if (ids.length <= idsMax && ids.every((id) => isUuid(id))) return ids;
  throw httpError('validation', {
    errors: [
      {
        pointer: '#/querystring/product_ids',
        code: 'wrong_format',
        detail: `are not at most ${idsMax} ids`,
      },
    ],
  });
};

const readCursor = (cursor: string | undefined): FavouritesQuery['after'] => {
  if (cursor === undefined) return null;
  const isId = (value: unknown): boolean => typeof value === 'string' && isUuid(value);
  const [keptAt, productId] = decodeCursor(cursor, [isInstant, isId]);
  return { keptAt: String(keptAt), productId: String(productId) };
};

const toQuery = (query: Static<typeof querystring>): FavouritesQuery => ({
  productIds: readIds(query.product_ids),
  after: readCursor(query.cursor),
  limit: query.limit ?? 20,
});

export const favouritesRoutes =
  (keepFavourites: KeepFavourites, clock: Clock): Routes =>
  async (app) => {
    const config = { access: 'account' } as const;
    const url = '/users/me/favourites';
    app.get(url, { config, schema: list }, async (request, reply) => {
      const query = toQuery(request.query);
      const found = await keepFavourites.list(requirePrincipal(request).id, query);
      const items = found.slice(0, query.limit);
      const last = items.at(-1);
      const hasMore = found.length > query.limit && last !== undefined;
      return sendPrivate(reply, {
        items,
        next_cursor: hasMore ? encodeCursor([last.kept_at, last.id]) : null,
      });
    });
    app.put(`${url}/:id`, { config, schema: keep }, async (request, reply) => {
      await keepFavourites.keep(requirePrincipal(request).id, request.params.id, clock());
      return reply.code(204).send(null);
    });
    app.delete(`${url}/:id`, { config, schema: remove }, async (request, reply) => {
      await keepFavourites.remove(requirePrincipal(request).id, request.params.id);
      return reply.code(204).send(null);
    });
  };
