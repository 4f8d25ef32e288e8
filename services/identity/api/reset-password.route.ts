import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ResetPasswordHandler } from '../application/commands/reset-password.ts';
import { circumstancesOf, newPassword, opaqueToken, password, problems, tags } from './schemas.ts';

const schema = {
  operationId: 'resetPassword',
  tags,
  summary: 'Choose a new password by the mailed link; ends every session',
  body: strict({ token: opaqueToken, password: newPassword, confirm_password: password }),
  response: { 204: Type.Null(), ...problems },
};

export const resetPasswordRoute =
  (resetPassword: ResetPasswordHandler): Routes =>
  async (app) => {
    app.post(
      '/auth/reset-password',
      { config: { access: 'public', isSignIn: true }, schema },
      async (request, reply) => {
        const { token, password: chosen, confirm_password: confirmation } = request.body;
        const command = { token, password: chosen, confirmation };
        await resetPassword(command, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
  };
