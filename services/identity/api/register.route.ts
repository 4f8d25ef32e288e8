import { Type } from 'typebox';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { RegisterHandler } from '../application/commands/register.ts';
import {
  accountSummary,
  circumstancesOf,
  email,
  fullName,
  language,
  newPassword,
  password,
  phoneNumber,
  problems,
  tags,
  username,
} from './schemas.ts';

const schema = {
  operationId: 'register',
  tags,
  summary: 'Open an account; a code goes to the e-mail address',
  body: strict({
    email,
    username,
    password: newPassword,
    confirm_password: password,
    full_name: Type.Optional(fullName),
    phone_number: Type.Optional(phoneNumber),
    language: Type.Optional(language),
  }),
  response: {
    201: Type.Object({ ...accountSummary.properties, challenge_id: uuid }),
    ...problems,
  },
};

export const registerRoute =
  (register: RegisterHandler, defaultLanguage: 'es' | 'en'): Routes =>
  async (app) => {
    app.post(
      '/auth/register',
      { config: { access: 'public', isSignIn: true }, schema },
      async (request, reply) => {
        const { body } = request;
        const account = await register(
          {
            email: body.email,
            username: body.username,
            password: body.password,
            confirmation: body.confirm_password,
            fullName: body.full_name ?? null,
            phoneNumber: body.phone_number ?? null,
            language: body.language ?? defaultLanguage,
          },
          circumstancesOf(request),
        );
        return reply.code(201).send({
          id: account.id,
          username: account.username,
          email: account.email,
          email_verified: false,
          full_name: account.fullName,
          phone_number: account.phoneNumber,
          roles: ['customer'],
          language: account.language,
          created_at: account.createdAt,
          challenge_id: account.challengeId,
        });
      },
    );
  };
