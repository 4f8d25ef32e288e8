import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { CreateAdminHandler, SetUpHandler } from '../application/commands/create-admin.ts';
import type { CreateSetupLinkHandler } from '../application/commands/create-setup-link.ts';
import { requireLoopback } from './loopback.ts';
import {
  accountSummary,
  circumstancesOf,
  email,
  enrolmentRequired,
  fullName,
  language,
  newPassword,
  opaqueToken,
  problems,
  tags,
  tokens,
  toTokensOrEnrolment,
  username,
} from './schemas.ts';

const admin = {
  email,
  username,
  password: newPassword,
  full_name: Type.Optional(fullName),
  language: Type.Optional(language),
};
type AdminBody = Readonly<{
  email: string;
  username: string;
  password: string;
  full_name?: string;
  language?: 'es' | 'en';
}>;
/** Typed once by a program, so it confirms itself. */
const toCommand = (body: AdminBody, defaultLanguage: 'es' | 'en') => ({
  email: body.email,
  username: body.username,
  password: body.password,
  confirmation: body.password,
  fullName: body.full_name ?? null,
  language: body.language ?? defaultLanguage,
});

const operators = { access: { roles: ['admin', 'service'] } } as const;

const createAdminSchema = {
  operationId: 'createAdmin',
  tags,
  summary: 'Create an administrator whose address the operator vouches for',
  body: strict(admin),
  response: { 201: accountSummary, ...problems },
};
const setupLinkSchema = {
  operationId: 'createSetupLink',
  tags,
  summary: 'A one-time token for the first administrator; while there is none',
  body: Type.Union([strict({}), Type.Null()]),
  response: {
    201: Type.Object({ token: Type.String(), expires_at: Type.String({ format: 'date-time' }) }),
    ...problems,
  },
};
const setUpSchema = {
  operationId: 'setUp',
  tags,
  summary: 'Create the first administrator with a setup token, from this machine; signs in',
  body: strict({ token: opaqueToken, ...admin }),
  response: { 201: Type.Union([tokens, enrolmentRequired]), ...problems },
};

export const createAdminRoutes =
  (
    handlers: Readonly<{
      createAdmin: CreateAdminHandler;
      createSetupLink: CreateSetupLinkHandler;
      setUp: SetUpHandler;
    }>,
    defaultLanguage: 'es' | 'en',
  ): Routes =>
  async (app) => {
    app.post(
      '/auth/admins',
      { config: { ...operators, isStepUp: true }, schema: createAdminSchema },
      async (request, reply) => {
        const command = toCommand(request.body, defaultLanguage);
        const made = await handlers.createAdmin(command, circumstancesOf(request));
        return reply.code(201).send(made);
      },
    );
    app.post(
      '/auth/setup-links',
      { config: operators, schema: setupLinkSchema },
      async (_request, reply) => {
        const { token, expiresAt } = await handlers.createSetupLink();
        return reply.code(201).send({ token, expires_at: expiresAt });
      },
    );
    app.post(
      '/auth/setup',
      {
        config: { access: 'public', isSignIn: true },
        schema: setUpSchema,
        onRequest: requireLoopback,
      },
      async (request, reply) => {
        const { token, ...body } = request.body;
        const command = { ...toCommand(body, defaultLanguage), token };
        const outcome = await handlers.setUp(command, circumstancesOf(request));
        return reply.code(201).send(toTokensOrEnrolment(outcome));
      },
    );
  };
