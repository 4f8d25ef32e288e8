import { Type } from 'typebox';
import { decodeCursor, isDigits } from '#shared/http/cursor.ts';
import { idParams, instant, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { StockLists } from '../application/queries/list-stock.ts';
import { actorOf, managers, sendPrivate } from './requests.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const kinds = [
  'initial',
  'received',
  'correction',
  'damaged',
  'lost',
  'sale',
  'return',
  'import',
  'removed',
];

const levelsSchema = {
  operationId: 'listStock',
  tags: ['catalog'],
  summary: 'Stock by variant: on hand, reserved, available',
  querystring: strict({
    ...pageQuery,
    q: Type.Optional(Type.String({ maxLength: 200, description: 'in the title, or a whole SKU' })),
    seller: Type.Optional(uuid),
    level: Type.Optional(
      Type.Union([Type.Literal('low'), Type.Literal('out')], {
        description: '`low`: at or below its threshold; `out`: nothing is for sale',
      }),
    ),
  }),
  response: {
    200: page(
      Type.Object({
        variant_id: uuid,
        product_id: uuid,
        seller_id: uuid,
        title: Type.String(),
        status: Type.String(),
        sku: Type.String(),
        option_values: Type.Array(Type.String()),
        on_hand: Type.Integer(),
        reserved: Type.Integer({ description: 'set aside for orders that are not paid yet' }),
        available: Type.Integer(),
        low_stock_threshold: Type.Integer(),
      }),
    ),
  },
};

const movementsSchema = {
  operationId: 'listStockMovements',
  tags: ['catalog'],
  summary: 'Every movement of stock of a product, newest first',
  params: idParams,
  querystring: strict({
    ...pageQuery,
    variant_id: Type.Optional(uuid),
    kind: Type.Optional(Type.String({ enum: kinds })),
  }),
  response: {
    200: page(
      Type.Object({
        variant_id: uuid,
        kind: Type.String({ enum: kinds }),
        quantity: Type.Integer({ description: 'negative when units left' }),
        on_hand_after: Type.Integer(),
        reason: orNull(Type.String()),
        actor: orNull(uuid),
        order_id: orNull(uuid),
        at: instant,
      }),
    ),
  },
};

const config = { access: managers, scope: 'products:read' } as const;
const isStock = (value: unknown): boolean => value === 'stock';
const isId = (value: unknown): boolean => typeof value === 'string' && isUuid(value);

export const listStockRoutes =
  (lists: StockLists): Routes =>
  async (app) => {
    app.get('/products/stock', { config, schema: levelsSchema }, async (request, reply) => {
      const { q, seller, level, cursor, limit = 20 } = request.query;
      const text = q?.replaceAll('\0', '').trim() ?? '';
      const filter = {
        q: text === '' ? null : text,
        seller: seller ?? null,
        level: level ?? null,
        after: cursor === undefined ? null : String(decodeCursor(cursor, [isStock, isId])[1]),
        limit,
      };
      return sendPrivate(reply, await lists.levels(filter, actorOf(request)));
    });

    app.get(
      '/products/:id/stock/movements',
      { config, schema: movementsSchema },
      async (request, reply) => {
        const { variant_id: variantId, kind, cursor, limit = 20 } = request.query;
        const filter = {
          productId: request.params.id,
          variantId: variantId ?? null,
          kind: kind ?? null,
          after: cursor === undefined ? null : String(decodeCursor(cursor, [isDigits])[0]),
          limit,
        };
        return sendPrivate(reply, await lists.movements(filter, actorOf(request)));
      },
    );
  };
