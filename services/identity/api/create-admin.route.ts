import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { CreateAdminHandler, SetUpHandler } from '../application/commands/create-admin.ts';
import type { CreateSetupLinkHandler } from '../application/commands/create-setup-link.ts';
import { shopNameMax } from '#shared/kernel/shop-name.ts';
import type { SetupSituation } from '../application/begin-shop.ts';
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

/** Of the shop that begins; without a country it stays what it runs as. */
const shop = {
  shop_name: Type.Optional(Type.String({ minLength: 1, maxLength: shopNameMax })),
  country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', examples: ['CO'] })),
  with_example: Type.Optional(
    Type.Boolean({ description: 'whether it begins with the example of its country; true' }),
  ),
};
const situation = Type.Object({
  country: Type.String({ description: 'what the shop runs as', examples: ['CO'] }),
  currency: Type.String({ examples: ['COP'] }),
  is_currency_fixed: Type.Boolean({ description: 'the operator has said it' }),
  may_fill: Type.Boolean({ description: 'with an example, when that is wanted' }),
  is_preparing: Type.Boolean({ description: 'a choice is taken over: soon it begins anew' }),
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
  body: strict({ token: opaqueToken, ...admin, ...shop }),
  response: { 201: Type.Union([tokens, enrolmentRequired]), ...problems },
};

export const createAdminRoutes =
  (
    handlers: Readonly<{
      createAdmin: CreateAdminHandler;
      createSetupLink: CreateSetupLinkHandler;
      setUp: SetUpHandler;
      setupSituation: () => SetupSituation;
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
    app.get(
      '/auth/setup',
      {
        config: { access: 'public' },
        schema: {
          operationId: 'getSetupSituation',
          tags,
          summary: 'What the shop runs as, for who sets it up at this machine',
          response: { 200: situation },
        },
        onRequest: requireLoopback,
      },
      async () => {
        const { isCurrencyFixed, mayFill, isPreparing, ...runs } = handlers.setupSituation();
        return {
          ...runs,
          is_currency_fixed: isCurrencyFixed,
          may_fill: mayFill,
          is_preparing: isPreparing,
        };
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
        const { token, shop_name: name = null, country, ...body } = request.body;
        const { with_example: withExample = true } = body;
        const begun =
          name === null && country === undefined && withExample
            ? undefined
            : { name, country: country ?? handlers.setupSituation().country, withExample };
        const command = { ...toCommand(body, defaultLanguage), token, shop: begun };
        const outcome = await handlers.setUp(command, circumstancesOf(request));
        return reply.code(201).send(toTokensOrEnrolment(outcome));
      },
    );
  };
