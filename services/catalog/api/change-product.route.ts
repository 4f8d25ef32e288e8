import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { idParams, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { ChangeProductHandler } from '../application/commands/change-product.ts';
import type { ShowProduct } from '../application/queries/show-product.ts';
import { toDetails, toPrices, toWholeDetails } from './product-inputs.ts';
import { detailsInput, product, variantInput } from './product-schemas.ts';
import { actorOf, causeOf, managers, preconditionOf, sendPrivate } from './requests.ts';

const prices = {
  price: Type.Optional(variantInput.price),
  compare_at_price: variantInput.compare_at_price,
};
const put = {
  operationId: 'replaceProduct',
  tags: ['catalog'],
  summary: 'Replace the texts, category and tags of a product',
  description: 'Needs If-Match. Prices may be given while the product has one variant.',
  params: idParams,
  body: strict({ ...detailsInput, ...prices }),
  response: { 200: product },
};
const patch = {
  ...put,
  operationId: 'changeProduct',
  summary: 'Change some texts, category, tags or the price of a product',
  body: strict({ ...detailsInput, title: Type.Optional(detailsInput.title), ...prices }),
};

type Ports = Readonly<{
  changeProduct: ChangeProductHandler;
  showProduct: ShowProduct;
  clock: Clock;
  currency: string;
}>;

/** Answers a product as its managers see it, with the tag that its next change must match. */
export const answerManaged = async (
  showProduct: ShowProduct,
  id: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { body, etag } = await showProduct.toManager(id, actorOf(request));
  return sendPrivate(reply.header('etag', etag), body);
};

export const changeProductRoute =
  ({ changeProduct, showProduct, clock, currency }: Ports): Routes =>
  async (app) => {
    const config = { access: managers, scope: 'products:write' } as const;
    app.put('/products/:id', { config, schema: put }, async (request, reply) => {
      const { id } = request.params;
      await changeProduct(
        {
          id,
          precondition: preconditionOf(request),
          details: toWholeDetails(request.body),
          prices: toPrices(request.body, currency),
        },
        causeOf(request, clock),
      );
      return answerManaged(showProduct, id, request, reply);
    });
    app.patch('/products/:id', { config, schema: patch }, async (request, reply) => {
      const { id } = request.params;
      await changeProduct(
        {
          id,
          precondition: preconditionOf(request),
          details: toDetails(request.body),
          prices: toPrices(request.body, currency),
        },
        causeOf(request, clock),
      );
      return answerManaged(showProduct, id, request, reply);
    });
  };
