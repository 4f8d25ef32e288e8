import { Type } from 'typebox';
import { answerOnce } from '#shared/http/idempotency.ts';
import { idParams, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock, Platform } from '#shared/platform/module.ts';
import type { ChangeStockHandler } from '../application/commands/change-stock.ts';
import type { StockKind } from '../application/ports.ts';
import { causeOf, managers } from './requests.ts';

const bodyOf = (kinds: readonly StockKind[]) =>
  strict({
    variant_id: Type.Optional(uuid),
    quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    kind: Type.Optional(Type.String({ enum: [...kinds], default: kinds[0] })),
    reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
  });
const level = Type.Object({
  variant_id: uuid,
  on_hand: Type.Integer(),
  reserved: Type.Integer(),
  available: Type.Integer(),
});
const schemaOf = (operationId: string, summary: string, kinds: readonly StockKind[]) => ({
  operationId,
  tags: ['catalog'],
  summary,
  description: '`variant_id` may be left out while the product has one variant.',
  params: idParams,
  body: bodyOf(kinds),
  response: { 200: level },
});

const routes = [
  ['add', 1, schemaOf('addStock', 'Add units', ['received', 'correction', 'return'])],
  ['remove', -1, schemaOf('removeStock', 'Take units away', ['correction', 'damaged', 'lost'])],
] as const;

export const changeStockRoute =
  (
    ports: Readonly<{ changeStock: ChangeStockHandler; pool: Platform['pool']; clock: Clock }>,
  ): Routes =>
  async (app) => {
    const { changeStock, pool, clock } = ports;
    for (const [path, sign, schema] of routes)
      app.post(
        `/products/:id/stock/${path}`,
        { config: { access: managers, scope: 'stock:write' }, schema },
        async (request, reply) =>
          answerOnce(pool, request, reply, {}, async (operation) => {
            const { variant_id: variantId, quantity, kind, reason } = request.body;
            const { onHand, reserved, ...changed } = await changeStock(
              {
                operationId: operation.id,
                productId: request.params.id,
                ...(variantId === undefined ? {} : { variantId }),
                difference: sign * quantity,
                kind: kind as StockKind,
              },
              causeOf(request, clock, reason),
            );
            const body = JSON.stringify({
              variant_id: changed.variantId,
              on_hand: onHand,
              reserved,
              available: onHand - reserved,
            });
            return { status: 200, body };
          }),
      );
  };
