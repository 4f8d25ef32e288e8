import { Type } from 'typebox';
import { idParams } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { OpenOrders } from '../application/ports.ts';

const schema = {
  operationId: 'countOpenOrders',
  tags: ['orders'],
  summary: 'Orders of an account, bought or sold, that have not ended; for other contexts',
  hide: true,
  params: idParams,
  response: { 200: Type.Object({ open: Type.Integer() }) },
};

export const openOrdersRoute =
  (openOrders: OpenOrders): Routes =>
  async (app) => {
    const config = { access: 'service' } as const;
    app.get('/orders/accounts/:id/open', { config, schema }, async (request) => ({
      open: await openOrders.count(request.params.id),
    }));
  };
