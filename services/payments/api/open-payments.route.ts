import { Type } from 'typebox';
import { idParams } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { OpenPayments } from '../application/ports.ts';

const schema = {
  operationId: 'countOpenPayments',
  tags: ['payments'],
  summary: 'Payments and refunds of an account that have not ended; for other contexts',
  hide: true,
  params: idParams,
  response: { 200: Type.Object({ open: Type.Integer() }) },
};

export const openPaymentsRoute =
  (openPayments: OpenPayments): Routes =>
  async (app) => {
    const config = { access: 'service' } as const;
    app.get('/payments/accounts/:id/open', { config, schema }, async (request) => ({
      open: await openPayments.count(request.params.id),
    }));
  };
