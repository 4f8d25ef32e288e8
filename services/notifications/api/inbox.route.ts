import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { idOfCursor, pageById } from '#shared/http/page-by-id.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, instant, page, pageQuery, problem, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { preferredLanguage, type Language } from '#shared/kernel/preferred-language.ts';
import type { MarkRead } from '../application/commands/mark-read.ts';
import type {
  ListNotifications,
  Worded,
  WordListed,
} from '../application/queries/list-notifications.ts';
import { cause } from './causes.ts';

const tags = ['notifications'];
const problems = { '4xx': problem };

const notification = Type.Object({
  id: uuid,
  kind: Type.String({ examples: ['order_shipped'] }),
  cause,
  title: Type.String(),
  text: Type.String(),
  order_id: Type.Union([uuid, Type.Null()]),
  created_at: instant,
  read_at: Type.Union([instant, Type.Null()]),
});

const toJson = ({ orderId, createdAt, readAt, ...worded }: Worded) => ({
  ...worded,
  order_id: orderId,
  created_at: createdAt,
  read_at: readAt,
});

const list = {
  operationId: 'listNotifications',
  tags,
  summary: 'What I was told, newest first, in the language that is asked for',
  querystring: strict({
    ...pageQuery,
    unread: Type.Optional(Type.Boolean({ description: 'true: only what I have not read' })),
  }),
  response: {
    200: Type.Object({
      ...page(notification).properties,
      unread_count: Type.Integer({ description: 'of all, not of this page' }),
    }),
    ...problems,
  },
};
const read = {
  operationId: 'readNotification',
  tags,
  summary: 'I have read it; again changes nothing',
  params: idParams,
  body: Type.Union([strict({}), Type.Null()]),
  response: { 200: notification, ...problems },
};
const readAll = {
  operationId: 'readAllNotifications',
  tags,
  summary: 'I have read all, or all up to one that I saw',
  body: Type.Union([
    strict({ up_to: Type.Optional(Type.Union([uuid, Type.Null()])) }),
    Type.Null(),
  ]),
  response: { 204: Type.Null(), ...problems },
};

export const inboxRoutes =
  (
    ports: Readonly<{
      listNotifications: ListNotifications;
      markRead: MarkRead;
      word: WordListed;
      language: Language;
    }>,
  ): Routes =>
  async (app) => {
    const config = { access: 'account' } as const;
    const languageOf = (request: Pick<FastifyRequest, 'headers'>): Language =>
      preferredLanguage(request.headers['accept-language'], ports.language);
    app.addHook('onRequest', (_request, reply, done) => {
      reply.header('cache-control', 'private, no-store');
      done();
    });
    app.get('/notifications', { config, schema: list }, async (request, reply) => {
      const { limit = 20, cursor, unread: isUnread = false } = request.query;
      const asked = { after: idOfCursor(cursor), limit: limit + 1, isUnread };
      const language = languageOf(request);
      const { id } = requirePrincipal(request);
      const { items, unreadCount } = await ports.listNotifications(id, asked, language);
      reply.header('content-language', language).header('vary', 'Accept-Language');
      return { ...pageById(items, limit, toJson), unread_count: unreadCount };
    });
    app.post('/notifications/:id/read', { config, schema: read }, async (request) => {
      const marked = await ports.markRead.one(requirePrincipal(request).id, request.params.id);
      return toJson(ports.word(marked, languageOf(request)));
    });
    app.post('/notifications/read-all', { config, schema: readAll }, async (request, reply) => {
      const { id } = requirePrincipal(request);
      await ports.markRead.all(id, request.body?.up_to ?? undefined);
      return reply.code(204).send(null);
    });
  };
