import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangePasswordHandler } from '../application/commands/change-password.ts';
import { circumstancesOf, newPassword, password, problems, tags } from './schemas.ts';

const schema = {
  tags,
  summary: 'Change the password; ends all other sessions',
  body: strict({
    current_password: password,
    new_password: newPassword,
    confirm_password: password,
  }),
  response: { 204: Type.Null(), ...problems },
};

/** Beside sign-in, and beside the other things that people change of themselves. */
const addresses = [
  ['PUT', '/auth/change-password', 'changePassword'],
  ['POST', '/users/me/change-password', 'changeMyPassword'],
] as const;

export const changePasswordRoute =
  (changePassword: ChangePasswordHandler): Routes =>
  async (app) => {
    for (const [method, url, operationId] of addresses)
      app.route({
        method,
        url,
        config: { access: 'account' },
        schema: { ...schema, operationId },
        handler: async (request, reply) => {
          const { body } = request;
          const { id, sessionId } = requirePrincipal(request);
          await changePassword(
            {
              accountId: id,
              sessionId,
              currentPassword: body.current_password,
              password: body.new_password,
              confirmation: body.confirm_password,
            },
            circumstancesOf(request),
          );
          return reply.code(204).send(null);
        },
      });
  };
