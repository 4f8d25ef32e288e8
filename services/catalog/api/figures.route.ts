import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { StockCounts } from '../application/queries/count-low-stock.ts';

const schema = {
  operationId: 'getProductFigures',
  tags: ['catalog'],
  summary: 'How many variants on sale are at their threshold, or have nothing left',
  querystring: strict({}),
  response: { 200: Type.Object({ low_stock: Type.Integer(), out_of_stock: Type.Integer() }) },
};

export const productFiguresRoute =
  (counts: StockCounts): Routes =>
  async (app) => {
    const config = { access: { roles: ['admin'] }, scope: 'products:read' } as const;
    app.get('/products/figures', { config, schema }, async (_request, reply) => {
      const { low, none } = await counts.lowStock();
      return reply.header('cache-control', 'no-store').send({ low_stock: low, out_of_stock: none });
    });
  };
