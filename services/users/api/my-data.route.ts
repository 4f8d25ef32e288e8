import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { EraseAccountHandler } from '../application/commands/erase-account.ts';
import type { ExportData } from '../application/commands/export-data.ts';
import type { ErasureView, ExportView } from '../application/ports.ts';
import { contextsWithData } from '../application/reactions/gather-personal-data.ts';
import { keepPrivate, problems, tags, traceOf } from './schemas.ts';

const exported = Type.Object({
  id: uuid,
  status: Type.Union([
    Type.Literal('collecting'),
    Type.Literal('ready'),
    Type.Literal('failed'),
    Type.Literal('expired'),
  ]),
  progress: Type.Object({ done: Type.Integer(), total: Type.Integer() }),
  waiting_for: Type.Array(Type.String()),
  file_count: Type.Integer(),
  requested_at: instant,
  ready_at: Type.Union([instant, Type.Null()]),
  expires_at: instant,
  archive: Type.Union([Type.String(), Type.Null()], { description: 'where it is, when ready' }),
});

export const erasure = Type.Object({
  id: uuid,
  account_id: uuid,
  requested_by: uuid,
  status: Type.Union([
    Type.Literal('requested'),
    Type.Literal('erasing'),
    Type.Literal('completed'),
    Type.Literal('refused'),
  ]),
  refusal: Type.Union([Type.String(), Type.Null()]),
  confirmed: Type.Array(Type.String()),
  waiting_for: Type.Array(Type.String()),
  requested_at: instant,
  completed_at: Type.Union([instant, Type.Null()]),
});

export const confirmBody = strict({
  confirm: Type.String({
    minLength: 1,
    maxLength: 64,
    description: 'the user name of the account: this cannot be taken back',
  }),
});

const missingOf = (present: readonly string[]): string[] =>
  contextsWithData.filter((context) => !present.includes(context));

const toExportJson = (view: ExportView) => {
  const isOpen = view.status === 'collecting' || view.status === 'failed';
  return {
    id: view.id,
    status: view.status,
    progress: {
      done: view.status === 'ready' ? contextsWithData.length : view.parts.length,
      total: contextsWithData.length,
    },
    waiting_for: isOpen ? missingOf(view.parts) : [],
    file_count: view.file_count,
    requested_at: view.requested_at,
    ready_at: view.ready_at,
    expires_at: view.ends_at,
    archive: view.status === 'ready' ? `/api/v1/users/me/export/${view.id}/archive` : null,
  };
};

export const toErasureJson = (view: ErasureView) => ({
  ...view,
  confirmed: [...view.confirmed],
  waiting_for: view.status === 'refused' ? [] : missingOf(view.confirmed),
});

const request = {
  operationId: 'requestMyExport',
  tags,
  summary: 'Collect everything that the platform holds of me; one at a time',
  body: Type.Union([strict({}), Type.Null()]),
  response: { 202: exported, ...problems },
};
const show = {
  operationId: 'getMyExport',
  tags,
  summary: 'How far my newest export is, and where its archive',
  response: { 200: exported, ...problems },
};
const download = {
  operationId: 'downloadMyExport',
  tags,
  summary: 'The archive (tar.gz): JSON by context, and my pictures',
  params: idParams,
  response: {
    200: { description: 'gzip', content: { 'application/gzip': { schema: {} } } },
    ...problems,
  },
};
const erase = {
  operationId: 'eraseMyAccount',
  tags,
  summary: 'Close my account and forget me everywhere; books are kept by its id',
  body: confirmBody,
  response: { 202: erasure, ...problems },
};

export const myDataRoutes =
  (ports: Readonly<{ exportData: ExportData; eraseAccount: EraseAccountHandler }>): Routes =>
  async (app) => {
    const { exportData, eraseAccount } = ports;
    const config = { access: 'account' } as const;
    // A thief of a session must neither read everything nor end the account.
    const guarded = { ...config, isStepUp: true } as const;
    app.addHook('onRequest', keepPrivate);

    app.post('/users/me/export', { config, schema: request }, async (given, reply) => {
      const view = await exportData.request(requirePrincipal(given).id, traceOf(given));
      return reply.code(202).header('location', '/api/v1/users/me/export').send(toExportJson(view));
    });
    app.get('/users/me/export', { config, schema: show }, async (given) =>
      toExportJson(await exportData.show(requirePrincipal(given).id)),
    );
    app.get(
      '/users/me/export/:id/archive',
      { config: guarded, schema: download },
      async (given, reply) => {
        const archive = await exportData.download(requirePrincipal(given).id, given.params.id);
        return reply
          .type('application/gzip')
          .header('content-disposition', `attachment; filename="plaza-${given.params.id}.tar.gz"`)
          .send(Readable.from(archive, { objectMode: false }));
      },
    );
    app.delete('/users/me', { config: guarded, schema: erase }, async (given, reply) => {
      const { id } = requirePrincipal(given);
      const command = { accountId: id, confirm: given.body.confirm, requestedBy: id };
      return reply.code(202).send(toErasureJson(await eraseAccount(command, traceOf(given))));
    });
  };
