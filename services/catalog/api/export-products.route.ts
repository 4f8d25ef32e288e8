import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ExportProducts } from '../application/queries/export-products.ts';
import { actorOf, managers } from './requests.ts';

const schema = {
  operationId: 'exportProducts',
  tags: ['catalog'],
  summary: 'All products as a Shopify product CSV; importing it again changes nothing',
  querystring: strict({
    seller: Type.Optional({ ...uuid, description: 'for administrators; sellers get their own' }),
  }),
  response: { 200: { description: 'CSV', content: { 'text/csv': { schema: {} } } } },
};

export const exportProductsRoute =
  (exportProducts: ExportProducts): Routes =>
  async (app) => {
    app.get(
      '/products/export',
      { config: { access: managers, scope: 'products:read' }, schema },
      async (request, reply) => {
        const lines = exportProducts(actorOf(request), request.query.seller ?? null);
        reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="products.csv"')
          .header('cache-control', 'private, no-store');
        return reply.send(Readable.from(lines));
      },
    );
  };
