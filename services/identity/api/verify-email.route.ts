import { Type } from 'typebox';
import { strict, uuid } from '#shared/http/schemas.ts';
import { httpError } from '#shared/http/errors.ts';
import type { Routes } from '#shared/http/server.ts';
import type { VerifyEmailHandler } from '../application/commands/verify-email.ts';
import {
  circumstancesOf,
  code,
  email,
  enrolmentRequired,
  problems,
  tags,
  tokens,
  toTokensOrEnrolment,
} from './schemas.ts';

const schema = {
  operationId: 'verifyEmail',
  tags,
  summary: 'Prove the e-mail address with its code; signs in',
  body: strict({
    email: Type.Optional(email),
    challenge_id: Type.Optional(uuid),
    code,
  }),
  response: { 200: Type.Union([tokens, enrolmentRequired]), ...problems },
};

const oneOfTwo = () =>
  httpError('validation', {
    errors: [
      { pointer: '#/email', code: 'required', detail: 'either email or challenge_id is needed' },
    ],
  });

export const verifyEmailRoute =
  (verifyEmail: VerifyEmailHandler): Routes =>
  async (app) => {
    app.post(
      '/auth/verify-email',
      { config: { access: 'public', isSignIn: true }, schema },
      async (request) => {
        const { email: address, challenge_id: challengeId, code: given } = request.body;
        if ((address === undefined) === (challengeId === undefined)) throw oneOfTwo();
        const by = address === undefined ? { challengeId: challengeId! } : { email: address };
        const outcome = await verifyEmail({ ...by, code: given }, circumstancesOf(request));
        return toTokensOrEnrolment(outcome);
      },
    );
  };
