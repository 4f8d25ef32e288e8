import { Type } from 'typebox';
import { idParams } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { ChangeStatusHandler } from '../application/commands/change-status.ts';
import type { ShowProduct } from '../application/queries/show-product.ts';
import { answerManaged } from './change-product.route.ts';
import { product } from './product-schemas.ts';
import { causeOf, managers } from './requests.ts';

const common = { tags: ['catalog'], params: idParams };
const activate = {
  ...common,
  operationId: 'activateProduct',
  summary: 'Put a product on sale',
  response: { 200: product },
};
const deactivate = {
  ...common,
  operationId: 'deactivateProduct',
  summary: 'Take a product off sale for now',
  response: { 200: product },
};
const archive = {
  ...common,
  operationId: 'archiveProduct',
  summary: 'Take a product off sale for good; orders keep what they show of it',
  response: { 204: Type.Null() },
};

export const changeStatusRoute =
  (
    ports: Readonly<{
      changeStatus: ChangeStatusHandler;
      showProduct: ShowProduct;
      clock: Clock;
    }>,
  ): Routes =>
  async (app) => {
    const { changeStatus, showProduct, clock } = ports;
    const config = { access: managers, scope: 'products:write' } as const;
    for (const [path, to, schema] of [
      ['activate', 'active', activate],
      ['deactivate', 'inactive', deactivate],
    ] as const)
      app.post(`/products/:id/${path}`, { config, schema }, async (request, reply) => {
        const { id } = request.params;
        await changeStatus({ id, to }, causeOf(request, clock));
        return answerManaged(showProduct, id, request, reply);
      });
    app.delete('/products/:id', { config, schema: archive }, async (request, reply) => {
      await changeStatus({ id: request.params.id, to: 'archived' }, causeOf(request, clock));
      return reply.code(204).send(null);
    });
  };
