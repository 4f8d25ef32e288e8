import type { Routes } from '#shared/http/server.ts';
import type { DomainError } from '#shared/kernel/errors.ts';
import type { PublicAnswers } from '../application/ports.ts';
import type { ShowProduct } from '../application/queries/show-product.ts';
import { answerManaged } from './change-product.route.ts';
import { idOrSlugParams, product } from './product-schemas.ts';
import { answerFromMemory, sendFinished } from './public-answers.ts';
import { isManager } from './requests.ts';

const schema = {
  operationId: 'showProduct',
  tags: ['catalog'],
  summary: 'A product by id or slug',
  description: 'Its managers see it in every status, with stock; all others while it is active.',
  params: idOrSlugParams,
  response: { 200: product },
};

export const showProductRoute =
  (showProduct: ShowProduct, answers: PublicAnswers): Routes =>
  async (app) => {
    app.get(
      '/products/:id',
      {
        config: { access: 'public', scope: 'products:read' },
        schema,
        onRequest: answerFromMemory(answers),
      },
      async (request, reply) => {
        const { id } = request.params;
        if (isManager(request)) {
          try {
            return await answerManaged(showProduct, id, request, reply);
          } catch (error) {
            // Another seller's product: a seller is a visitor there like any other.
            if ((error as DomainError).code !== 'catalog.product_not_found') throw error;
          }
        }
        return sendFinished(request, reply, await showProduct.toPublic(id, request.url));
      },
    );
  };
