import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, instant, page, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangeStandingHandler } from '../application/commands/change-standing.ts';
import type { EndSessionHandler } from '../application/commands/end-session.ts';
import type { CheckSessionQuery } from '../application/queries/check-session.ts';
import type { SessionSummary } from '../application/ports.ts';
import { circumstancesOf, problems, tags } from './schemas.ts';

const known = Type.Union([Type.String(), Type.Null()]);

const session = Type.Object({
  id: uuid,
  is_current: Type.Boolean({ description: 'the one that this request belongs to' }),
  device: Type.Object({
    browser: known,
    system: known,
    kind: Type.Union([Type.String(), Type.Null()], { description: 'desktop, mobile, tablet …' }),
  }),
  ip: Type.String({ description: 'where it began' }),
  created_at: instant,
  last_used_at: instant,
  expires_at: instant,
});

const toSession = (summary: SessionSummary, currentId: string | undefined) => ({
  id: summary.id,
  is_current: summary.id === currentId,
  device: summary.device,
  ip: summary.ip,
  created_at: summary.createdAt,
  last_used_at: summary.lastUsedAt,
  expires_at: summary.expiresAt,
});

const config = { access: 'account' } as const;
/** Only for who proved it lately: a thief with a token must not shut the holder out. */
const ending = { ...config, isStepUp: true } as const;
const done = { 204: Type.Null(), ...problems };

const listSchema = {
  operationId: 'listSessions',
  tags,
  summary: 'Where the account is signed in, the session used last first; a hundred at most',
  response: { 200: page(session), ...problems },
};
const endSchema = {
  operationId: 'endSession',
  tags,
  summary: 'End one session of the account',
  params: idParams,
  response: done,
};
const endOthersSchema = {
  operationId: 'endOtherSessions',
  tags,
  summary: 'End every session of the account but the one of this request',
  response: done,
};

export const sessionsRoutes =
  (
    handlers: Readonly<{
      listSessions: (accountId: string) => Promise<readonly SessionSummary[]>;
      endSession: EndSessionHandler;
      changeStanding: ChangeStandingHandler;
    }>,
  ): Routes =>
  async (app) => {
    app.get('/auth/sessions', { config, schema: listSchema }, async (request) => {
      const { id, sessionId } = requirePrincipal(request);
      const sessions = await handlers.listSessions(id);
      return { items: sessions.map((one) => toSession(one, sessionId)), next_cursor: null };
    });

    app.delete(
      '/auth/sessions/:id',
      { config: ending, schema: endSchema },
      async (request, reply) => {
        const command = { accountId: requirePrincipal(request).id, sessionId: request.params.id };
        await handlers.endSession(command, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/auth/sessions',
      { config: ending, schema: endOthersSchema },
      async (request, reply) => {
        const { id, sessionId } = requirePrincipal(request);
        const command = { accountId: id, to: 'signed_out', keepSession: sessionId } as const;
        await handlers.changeStanding(command, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
  };

const checkSchema = {
  operationId: 'checkSession',
  tags,
  summary: 'For other services: whether the session of a token has ended',
  body: strict({
    account_id: uuid,
    session_id: Type.Optional(uuid),
    epoch: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
  response: { 200: Type.Object({ is_ended: Type.Boolean() }), ...problems },
};

export const checkSessionRoute =
  (checkSession: CheckSessionQuery): Routes =>
  async (app) => {
    app.post(
      '/auth/sessions/check',
      { config: { access: 'service' }, schema: checkSchema },
      async (request) => {
        const { account_id: id, session_id: sessionId, epoch } = request.body;
        const of = {
          id,
          ...(sessionId === undefined ? {} : { sessionId }),
          ...(epoch === undefined ? {} : { epoch }),
        };
        return { is_ended: await checkSession(of) };
      },
    );
  };
