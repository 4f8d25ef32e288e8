import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, page, pageQuery, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { EraseAccountHandler } from '../application/commands/erase-account.ts';
import type { ReadErasures } from '../application/queries/read-erasures.ts';
import { confirmBody, erasure, toErasureJson } from './my-data.route.ts';
import { keepPrivate, problems, tags, traceOf } from './schemas.ts';

const list = {
  operationId: 'listErasures',
  tags,
  summary: 'Accounts that are or were erased, the newest first',
  querystring: strict(pageQuery),
  response: { 200: page(erasure), ...problems },
};
const show = {
  operationId: 'getErasure',
  tags,
  summary: 'How far an erasure is: which contexts have confirmed it',
  params: idParams,
  response: { 200: erasure, ...problems },
};
const erase = {
  operationId: 'eraseUser',
  tags,
  summary: 'Erase the account of a user who has asked for it',
  params: idParams,
  body: confirmBody,
  response: { 202: erasure, ...problems },
};

export const manageErasuresRoutes =
  (ports: Readonly<{ eraseAccount: EraseAccountHandler; readErasures: ReadErasures }>): Routes =>
  async (app) => {
    const { eraseAccount, readErasures } = ports;
    const config = { access: { roles: ['admin'] } } as const;
    app.addHook('onRequest', keepPrivate);

    app.get('/users/erasures', { config, schema: list }, async (request) => {
      const { limit = 20, cursor } = request.query;
      const [requestedAt, id] = cursor
        ? decodeCursor(cursor, [isInstant, (value) => typeof value === 'string' && isUuid(value)])
        : [];
      const found = await readErasures.list({
        limit: limit + 1,
        ...(requestedAt && id
          ? { after: { requestedAt: String(requestedAt), id: String(id) } }
          : {}),
      });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      const isMore = found.length > limit && last;
      return {
        items: items.map(toErasureJson),
        next_cursor: isMore ? encodeCursor([last.requested_at, last.id]) : null,
      };
    });
    app.get('/users/erasures/:id', { config, schema: show }, async (request) =>
      toErasureJson(await readErasures.show(request.params.id)),
    );
    app.delete('/users/:id', { config, schema: erase }, async (request, reply) => {
      const command = {
        accountId: request.params.id,
        confirm: request.body.confirm,
        requestedBy: requirePrincipal(request).id,
      };
      const view = await eraseAccount(command, traceOf(request));
      return reply.code(202).send(toErasureJson(view));
    });
  };
