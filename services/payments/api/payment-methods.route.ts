import { Type } from 'typebox';
import type { Routes } from '#shared/http/server.ts';

const schema = {
  operationId: 'listPaymentMethods',
  summary: 'How an order can be paid here',
  tags: ['payments'],
  response: {
    200: Type.Object({
      items: Type.Array(
        Type.Object({
          type: Type.Union([Type.Literal('card'), Type.Literal('checkout')], {
            description:
              'card: POST /payments with one; checkout: a page of the provider, POST /mercadopago/create-preference',
          }),
          provider: Type.String({ examples: ['sandbox', 'mercadopago'] }),
          is_test: Type.Boolean({ description: 'no real money moves' }),
        }),
      ),
    }),
  },
};

type Method = Readonly<{ type: 'card' | 'checkout'; provider: string; is_test: boolean }>;

/** Where real money is taken, nobody is offered a card that is only played. */
export const paymentMethodsRoute = (
  mercadoPago: Readonly<{ isLive: boolean }> | undefined,
): Routes => {
  const sandbox: Method = { type: 'card', provider: 'sandbox', is_test: true };
  const items: readonly Method[] = mercadoPago
    ? [
        { type: 'checkout', provider: 'mercadopago', is_test: !mercadoPago.isLive },
        ...(mercadoPago.isLive ? [] : [sandbox]),
      ]
    : [sandbox];
  return async (app) => {
    app.get('/payment-methods', { config: { access: 'public' }, schema }, async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ items: [...items] }),
    );
  };
};
