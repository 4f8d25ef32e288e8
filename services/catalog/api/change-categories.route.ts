import { Type } from 'typebox';
import { idParams, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangeCategories } from '../application/commands/change-categories.ts';
import type { Category } from '../application/ports.ts';
import { category } from './list-categories.route.ts';
import { slug } from './product-schemas.ts';
import { administrators, preconditionOf } from './requests.ts';

const parent = Type.Union([uuid, Type.Null()]);
const body = strict({
  name: Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' }),
  slug: Type.Optional(slug),
  parent_id: Type.Optional(parent),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
});
const view = Type.Object({ ...category, parent_id: parent });
const add = {
  operationId: 'addCategory',
  tags: ['catalog'],
  summary: 'Add a category',
  body,
  response: { 201: view },
};
const replace = {
  operationId: 'replaceCategory',
  tags: ['catalog'],
  summary: 'Rename or move a category with all below it',
  description: 'Needs If-Match with its version. The slug stays unless a new one is given.',
  params: idParams,
  body,
  response: { 200: view },
};
const remove = {
  operationId: 'removeCategory',
  tags: ['catalog'],
  summary: 'Remove a category that has nothing in it',
  params: idParams,
  response: { 204: Type.Null() },
};

const toView = ({ parentId, ...rest }: Category) => ({ ...rest, parent_id: parentId });
const tagOf = ({ version }: Category): string => `"${version}"`;

export const changeCategoriesRoute =
  (changeCategories: ChangeCategories): Routes =>
  async (app) => {
    const config = { access: administrators, scope: 'products:write' } as const;
    app.post('/categories', { config, schema: add }, async (request, reply) => {
      const { parent_id: parentId, ...input } = request.body;
      const added = await changeCategories.add({ ...input, parentId });
      return reply
        .code(201)
        .header('etag', tagOf(added))
        .header('location', '/api/v1/categories')
        .send(toView(added));
    });
    app.put('/categories/:id', { config, schema: replace }, async (request, reply) => {
      const { parent_id: parentId, ...input } = request.body;
      const { id } = request.params;
      const precondition = preconditionOf(request);
      const changed = await changeCategories.replace(id, { ...input, parentId }, precondition);
      return reply.header('etag', tagOf(changed)).send(toView(changed));
    });
    app.delete('/categories/:id', { config, schema: remove }, async (request, reply) => {
      await changeCategories.remove(request.params.id);
      return reply.code(204).send(null);
    });
  };
