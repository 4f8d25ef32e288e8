import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type {
  ConfirmEmailChangeHandler,
  RequestEmailChangeHandler,
} from '../application/commands/change-email.ts';
import { accepted, circumstancesOf, code, email, problems, tags } from './schemas.ts';

const requestSchema = {
  operationId: 'requestEmailChange',
  tags,
  summary: 'Send a code to the address of the account and one to the new address',
  body: strict({ new_email: email }),
  response: { 202: accepted, ...problems },
};

const confirmSchema = {
  operationId: 'confirmEmailChange',
  tags,
  summary: 'Move the account to the new address, with both codes; ends all other sessions',
  body: strict({ code_from_old: code, code_from_new: code }),
  response: { 204: Type.Null(), ...problems },
};

export const changeEmailRoutes =
  (
    handlers: Readonly<{
      requestEmailChange: RequestEmailChangeHandler;
      confirmEmailChange: ConfirmEmailChangeHandler;
    }>,
  ): Routes =>
  async (app) => {
    app.post(
      '/auth/email-change',
      { config: { access: 'account', isStepUp: true, isSignIn: true }, schema: requestSchema },
      async (request, reply) => {
        const command = { accountId: requirePrincipal(request).id, email: request.body.new_email };
        await handlers.requestEmailChange(command, circumstancesOf(request));
        return reply.code(202).send({ status: 'accepted' });
      },
    );

    app.post(
      '/auth/email-change/confirm',
      { config: { access: 'account', isSignIn: true }, schema: confirmSchema },
      async (request, reply) => {
        const { id, sessionId } = requirePrincipal(request);
        const { code_from_old: codeFromOld, code_from_new: codeFromNew } = request.body;
        const command = { accountId: id, sessionId, codeFromOld, codeFromNew };
        await handlers.confirmEmailChange(command, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
  };
