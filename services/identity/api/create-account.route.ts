import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { CreateAccountHandler } from '../application/commands/create-admin.ts';
import {
  accountSummary,
  circumstancesOf,
  email,
  fullName,
  language,
  newPassword,
  phoneNumber,
  problems,
  role,
  tags,
  username,
} from './schemas.ts';

const schema = {
  operationId: 'createUser',
  tags,
  summary: 'Open an account for somebody, whose address the administrator vouches for',
  body: strict({
    email,
    username,
    password: newPassword,
    full_name: Type.Optional(fullName),
    phone_number: Type.Optional(phoneNumber),
    language: Type.Optional(language),
    roles: Type.Optional(
      Type.Array(role, { minItems: 1, maxItems: 5, uniqueItems: true, description: 'customer' }),
    ),
  }),
  response: { 201: accountSummary, ...problems },
};

/** `POST /users` is here and not with its siblings: accounts are identity's, profiles follow. */
export const createAccountRoute =
  (createAccount: CreateAccountHandler, defaultLanguage: 'es' | 'en'): Routes =>
  async (app) => {
    // It can make administrators, as a change of roles can.
    const config = { access: { roles: ['admin'] }, isStepUp: true } as const;
    app.post('/users', { config, schema }, async (request, reply) => {
      const { body } = request;
      const command = {
        email: body.email,
        username: body.username,
        password: body.password,
        // Typed once by a program, so it confirms itself.
        confirmation: body.password,
        fullName: body.full_name ?? null,
        phoneNumber: body.phone_number ?? null,
        language: body.language ?? defaultLanguage,
        roles: body.roles ?? (['customer'] as const),
      };
      const made = await createAccount(command, circumstancesOf(request));
      return reply.code(201).send(made);
    });
  };
