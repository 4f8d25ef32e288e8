import { Type } from 'typebox';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { PublicAnswers } from '../application/ports.ts';
import type { Suggest } from '../application/queries/suggest.ts';
import { answerFromMemory, sendFinished } from './public-answers.ts';
import { readText } from './list-products.route.ts';

const schema = {
  operationId: 'suggestProducts',
  tags: ['catalog'],
  summary: 'What somebody who has typed this far may be looking for',
  querystring: strict({
    q: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'the last word may be a beginning; accents and typos are forgiven',
    }),
    limit: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10, default: 6, description: 'products' }),
    ),
  }),
  response: {
    200: Type.Object({
      products: Type.Array(Type.Object({ id: uuid, slug: Type.String(), title: Type.String() })),
      categories: Type.Array(Type.Object({ id: uuid, slug: Type.String(), name: Type.String() })),
    }),
  },
};

export const suggestRoute =
  (suggest: Suggest, answers: PublicAnswers): Routes =>
  async (app) => {
    app.get(
      '/products/suggestions',
      {
        config: { access: 'public', scope: 'products:read' },
        schema,
        onRequest: answerFromMemory(answers),
      },
      async (request, reply) => {
        const { q, limit = 6 } = request.query;
        const asked = { text: readText(q) ?? '', limit };
        return sendFinished(request, reply, await suggest(asked, request.url));
      },
    );
  };
