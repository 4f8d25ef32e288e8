import { Type } from 'typebox';
import { idParams, instant, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ShowImport } from '../application/queries/show-import.ts';
import { actorOf, managers, sendPrivate } from './requests.ts';

const count = Type.Integer();
const text = Type.Union([Type.String(), Type.Null()]);

export const importView = Type.Object({
  id: uuid,
  status: Type.String({ enum: ['running', 'completed', 'failed'] }),
  failure: text,
  file_name: Type.String(),
  is_dry_run: Type.Boolean(),
  bytes_total: Type.Number(),
  bytes_read: Type.Number({ description: 'how far it is' }),
  rows_read: count,
  products_created: count,
  products_updated: count,
  products_unchanged: count,
  products_refused: count,
  errors_count: count,
  errors: Type.Array(
    Type.Object({
      line: Type.Integer({ description: 'where the row begins in the file; the header is 1' }),
      column: text,
      code: Type.String(),
      detail: Type.String(),
      handle: text,
    }),
    { description: 'the first thousand' },
  ),
  started_at: instant,
  ended_at: Type.Union([instant, Type.Null()]),
});

const schema = {
  operationId: 'showImport',
  tags: ['catalog'],
  summary: 'How far an import is, and which rows were refused',
  params: idParams,
  response: { 200: importView },
};

export const showImportRoute =
  (showImport: ShowImport): Routes =>
  async (app) => {
    app.get(
      '/products/import/:id',
      { config: { access: managers, scope: 'products:read' }, schema },
      async (request, reply) =>
        sendPrivate(reply, await showImport(request.params.id, actorOf(request))),
    );
  };
