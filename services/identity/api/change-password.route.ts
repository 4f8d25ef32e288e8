import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangePasswordHandler } from '../application/commands/change-password.ts';
import { circumstancesOf, newPassword, password, problems, tags } from './schemas.ts';

const schema = {
  operationId: 'changePassword',
  tags,
  summary: 'Change the password; ends all other sessions',
  body: strict({
    current_password: password,
    new_password: newPassword,
    confirm_password: password,
  }),
  response: { 204: Type.Null(), ...problems },
};

export const changePasswordRoute =
  (changePassword: ChangePasswordHandler): Routes =>
  async (app) => {
    app.put(
      '/auth/change-password',
      { config: { access: 'account' }, schema },
      async (request, reply) => {
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
    );
  };
