import { Type } from 'typebox';
import { authError } from '#shared/http/errors.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangeStandingHandler } from '../application/commands/change-standing.ts';
import type { LogoutHandler } from '../application/commands/logout.ts';
import { circumstancesOf, opaqueToken, problems, tags } from './schemas.ts';

const done = { 204: Type.Null(), ...problems };

const logoutSchema = {
  operationId: 'logout',
  tags,
  summary: 'End the session of a refresh token, or of the access token when none is given',
  body: Type.Union([strict({ refresh_token: Type.Optional(opaqueToken) }), Type.Null()]),
  response: done,
};

/** Public, since a client whose access token has ended must still be able to sign out. */
export const logoutRoute =
  (logout: LogoutHandler): Routes =>
  async (app) => {
    app.post(
      '/auth/logout',
      { config: { access: 'public' }, schema: logoutSchema },
      async (request, reply) => {
        const refreshToken = request.body?.refresh_token;
        const sessionId = request.principal?.sessionId;
        if (refreshToken !== undefined) await logout({ refreshToken });
        else if (sessionId !== undefined) await logout({ sessionId });
        else throw authError('required');
        return reply.code(204).send(null);
      },
    );
  };

const logoutAllSchema = {
  operationId: 'logoutAll',
  tags,
  summary: 'End every session of the signed-in account',
  body: Type.Union([strict({}), Type.Null()]),
  response: done,
};

export const logoutAllRoute =
  (changeStanding: ChangeStandingHandler): Routes =>
  async (app) => {
    app.post(
      '/auth/logout-all',
      { config: { access: 'account', isStepUp: true }, schema: logoutAllSchema },
      async (request, reply) => {
        const { id } = requirePrincipal(request);
        await changeStanding({ accountId: id, to: 'signed_out' }, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
  };
