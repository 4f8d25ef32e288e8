import { Type } from 'typebox';
import type { Routes } from '#shared/http/server.ts';
import { uuid } from '#shared/http/schemas.ts';
import type { PublicAnswers } from '../application/ports.ts';
import type { ListCategories } from '../application/queries/list-categories.ts';
import { answerFromMemory, sendFinished } from './public-answers.ts';

export const category = {
  id: uuid,
  slug: Type.String(),
  name: Type.String(),
  position: Type.Integer(),
  version: Type.Integer({ description: 'for If-Match' }),
} as const;

const schema = {
  operationId: 'listCategories',
  tags: ['catalog'],
  summary: 'The tree of categories',
  response: {
    200: Type.Object({
      items: Type.Array(
        Type.Object({
          ...category,
          children: Type.Array(Type.Unknown(), { description: 'categories as this one' }),
        }),
      ),
    }),
  },
};

export const listCategoriesRoute =
  (listCategories: ListCategories, answers: PublicAnswers): Routes =>
  async (app) => {
    app.get(
      '/categories',
      {
        config: { access: 'public', scope: 'products:read' },
        schema,
        onRequest: answerFromMemory(answers),
      },
      async (request, reply) => sendFinished(request, reply, await listCategories(request.url)),
    );
  };
