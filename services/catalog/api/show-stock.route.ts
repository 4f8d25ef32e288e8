import { Type } from 'typebox';
import { idParams, instant, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ShowStock } from '../application/queries/show-stock.ts';
import { actorOf, managers, sendPrivate } from './requests.ts';

const optional = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const movement = Type.Object({
  kind: Type.String(),
  quantity: Type.Integer({ description: 'negative when units left' }),
  on_hand_after: Type.Integer(),
  reason: optional(Type.String()),
  actor: optional(uuid),
  order_id: optional(uuid),
  at: instant,
});
const variant = Type.Object({
  variant_id: uuid,
  sku: Type.String(),
  on_hand: Type.Integer(),
  reserved: Type.Integer({ description: 'set aside for orders that are not paid yet' }),
  available: Type.Integer(),
  low_stock_threshold: Type.Integer(),
  movements: Type.Array(movement, { description: 'the latest fifty, newest first' }),
});

const schema = {
  operationId: 'showStock',
  tags: ['catalog'],
  summary: 'Stock of each variant, with its movements',
  params: idParams,
  response: { 200: Type.Object({ product_id: uuid, variants: Type.Array(variant) }) },
};

export const showStockRoute =
  (showStock: ShowStock): Routes =>
  async (app) => {
    app.get(
      '/products/:id/stock',
      { config: { access: managers, scope: 'products:read' }, schema },
      async (request, reply) =>
        sendPrivate(reply, await showStock(request.params.id, actorOf(request))),
    );
  };
