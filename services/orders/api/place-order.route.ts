import { Type } from 'typebox';
import { readAmount } from '#shared/http/amounts.ts';
import { answerOnce } from '#shared/http/idempotency.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { amountInput, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { PlaceOrderHandler } from '../application/commands/place-order.ts';
import { causeOf } from './caller.ts';
import { guestOf, itemFields, oneOfBoth } from './cart.route.ts';
import { orderSchema, toOrderJson } from './order-json.ts';

const body = Type.Union([
  strict({
    items: Type.Optional(Type.Array(strict(itemFields, oneOfBoth), { minItems: 1, maxItems: 100 })),
    expected_total: Type.Optional(amountInput),
  }),
  Type.Null(),
]);

export const placeOrderRoute = (
  ports: Readonly<{
    pool: Platform['pool'];
    placeOrder: PlaceOrderHandler;
    currency: string;
  }>,
): Routes => {
  return async (app) => {
    app.post(
      '/orders',
      {
        config: { access: 'verified', scope: 'orders:write' },
        schema: {
          operationId: 'placeOrder',
          summary: 'Places an order from the cart, or from items',
          tags: ['orders'],
          body,
          response: { 201: orderSchema },
        },
      },
      async (request, reply) => {
        const { items, expected_total: expected } = request.body ?? {};
        const expectedTotalMinor =
          expected === undefined
            ? {}
            : { expectedTotalMinor: readAmount(expected, ports.currency, '/expected_total') };
        const guest = guestOf(request);
        return answerOnce(ports.pool, request, reply, {}, async (operation) => {
          const stored = await ports.placeOrder({
            orderId: operation.id,
            isResumed: operation.isResumed,
            buyerId: requirePrincipal(request).id,
            cause: causeOf(request),
            ...expectedTotalMinor,
            ...(guest ? { guest } : {}),
            ...(items
              ? {
                  items: items.map(
                    ({ quantity, product_id: productId, variant_id: variantId }) => ({
                      quantity,
                      ...(productId === undefined ? {} : { productId }),
                      ...(variantId === undefined ? {} : { variantId }),
                    }),
                  ),
                }
              : {}),
          });
          return {
            status: 201,
            headers: { location: `/api/v1/orders/${stored.order.orderId}` },
            body: JSON.stringify(toOrderJson(stored)),
          };
        });
      },
    );
  };
};
