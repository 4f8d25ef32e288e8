import { Type } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { LoginHandler } from '../application/commands/login.ts';
import {
  circumstancesOf,
  codeRequired,
  enrolmentRequired,
  password,
  problems,
  tags,
  tokens,
  toSignInAnswer,
} from './schemas.ts';

const name = Type.String({ minLength: 1, maxLength: 254 });

const schema = {
  operationId: 'login',
  tags,
  summary: 'Sign in with a user name or an e-mail address and a password; a second step may follow',
  body: strict({ username: Type.Optional(name), email: Type.Optional(name), password }),
  response: { 200: Type.Union([tokens, codeRequired, enrolmentRequired]), ...problems },
};

const oneOfTwo = () =>
  httpError('validation', {
    errors: [
      { pointer: '#/username', code: 'required', detail: 'either username or email is needed' },
    ],
  });

export const loginRoute =
  (login: LoginHandler): Routes =>
  async (app) => {
    app.post(
      '/auth/login',
      { config: { access: 'public', isSignIn: true }, schema },
      async (request) => {
        const { username, email, password: given } = request.body;
        if ((username === undefined) === (email === undefined)) throw oneOfTwo();
        const command = { name: (username ?? email)!, password: given };
        return toSignInAnswer(await login(command, circumstancesOf(request)));
      },
    );
  };
