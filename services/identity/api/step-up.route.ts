import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { authError } from '#shared/http/errors.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { BeginStepUpHandler, StepUpHandler } from '../application/commands/step-up.ts';
import { partyOf, type PartyOf } from './passkey-schemas.ts';
import {
  challengeId,
  circumstancesOf,
  password,
  problems,
  secondStepMethod,
  tags,
  tokens,
  toTokens,
} from './schemas.ts';
import { fullProofBodies, toProof } from './second-step.route.ts';

const beginSchema = {
  operationId: 'beginStepUp',
  tags,
  summary: 'How the caller can prove once more who they are',
  body: Type.Union([strict({}), Type.Null()]),
  response: {
    200: Type.Object({
      challenge_id: Type.Union([challengeId, Type.Null()]),
      methods: Type.Array(Type.Union([secondStepMethod, Type.Literal('password')])),
    }),
    ...problems,
  },
};

const stepUpSchema = {
  operationId: 'stepUp',
  tags,
  summary:
    'Prove once more who calls: by a passkey, by password and code, or by the password where there is no second factor. A new session takes the place of this one, whose tokens end',
  body: Type.Union([strict({ password }), ...fullProofBodies]),
  response: {
    200: tokens,
    ...problems,
  },
};

export type StepUpHandlers = Readonly<{
  beginStepUp: BeginStepUpHandler;
  stepUp: StepUpHandler;
  relyingParty: PartyOf;
}>;

/** Tokens without a session, such as the operator's, have no holder to ask. */
const sessionOf = (request: FastifyRequest) => {
  const { id: accountId, sessionId } = requirePrincipal(request);
  if (sessionId === undefined) throw authError('required');
  return { accountId, sessionId };
};

export const stepUpRoutes =
  (handlers: StepUpHandlers): Routes =>
  async (app) => {
    const config = { access: 'account', isSignIn: true } as const;
    app.post('/auth/step-up/challenge', { config, schema: beginSchema }, async (request) => {
      const asked = await handlers.beginStepUp(sessionOf(request), circumstancesOf(request));
      return { challenge_id: asked.challengeId, methods: [...asked.methods] };
    });
    app.post('/auth/step-up', { config, schema: stepUpSchema }, async (request) => {
      const { body } = request;
      const proof = !('challenge_id' in body)
        ? { password: body.password }
        : {
            password: 'password' in body ? body.password : undefined,
            challengeId: body.challenge_id,
            proof: toProof(body, partyOf(handlers.relyingParty, request)),
          };
      const command = { ...sessionOf(request), ...proof };
      return toTokens(await handlers.stepUp(command, circumstancesOf(request)));
    });
  };
