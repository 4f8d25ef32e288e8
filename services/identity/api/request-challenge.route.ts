import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { RequestChallengeHandler } from '../application/commands/request-challenge.ts';
import { accepted, circumstancesOf, email, problems, tags } from './schemas.ts';

const schemaOf = (operationId: string, summary: string) => ({
  operationId,
  tags,
  summary,
  body: strict({ email }),
  response: { 202: accepted, ...problems },
});

const routeOf =
  (url: string, schema: ReturnType<typeof schemaOf>) =>
  (request: RequestChallengeHandler): Routes =>
  async (app) => {
    app.post(url, { config: { access: 'public', isSignIn: true }, schema }, async (call, reply) => {
      await request(call.body, circumstancesOf(call));
      return reply.code(202).send({ status: 'accepted' });
    });
  };

export const resendCodeRoute = routeOf(
  '/auth/resend-code',
  schemaOf('resendCode', 'Send a new verification code, if the address waits for one'),
);
export const forgotPasswordRoute = routeOf(
  '/auth/forgot-password',
  schemaOf('forgotPassword', 'Send a link to choose a new password, if the address has an account'),
);
