import { Type } from 'typebox';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { DemoData } from '../demo/demo-data.ts';
import { colombia } from '../demo/countries/colombia.ts';
import { demoCountryWith } from '../demo/countries/demo-countries.ts';
import { simulateOrder } from './simulated-order.ts';

/**
 * Only where everything runs in one process and no money is real. The buyer lives where the currency of
 * the shop is at home.
 */
export const simulatedOrderRoutes =
  (currency = colombia.currency, demo?: DemoData): Routes =>
  async (app) => {
    const country = demoCountryWith(currency) ?? colombia;
    app.post(
      '/api/v1/admin/simulated-orders',
      {
        config: { access: { roles: ['admin'] } },
        schema: {
          operationId: 'simulateOrder',
          summary: 'Buys something as a guest with the sandbox card, to be watched',
          tags: ['operation'],
          body: Type.Union([strict({}), Type.Null()]),
          response: {
            201: Type.Object({
              id: uuid,
              number: Type.String(),
              total: Type.String(),
              currency: Type.String(),
              title: Type.String(),
              correlation_id: uuid,
            }),
          },
        },
      },
      async (_, reply) => {
        const { correlationId, ...order } = await simulateOrder(app, country);
        await demo?.noteOrder(order.id);
        return reply.code(201).send({ ...order, correlation_id: correlationId });
      },
    );
  };
