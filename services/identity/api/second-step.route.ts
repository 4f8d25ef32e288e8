import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { MailSecondStepCodeHandler } from '../application/commands/mail-second-step-code.ts';
import type { VerifySecondStepHandler } from '../application/commands/verify-second-step.ts';
import type { PasskeyAssertion, RelyingParty } from '../application/second-factor-ports.ts';
import type { SecondStepProof } from '../application/second-step.ts';
import { assertion, partyOf, type PartyOf } from './passkey-schemas.ts';
import {
  accepted,
  challengeId,
  circumstancesOf,
  password,
  problems,
  tags,
  tokens,
  toTokens,
} from './schemas.ts';

const codeBody = {
  challenge_id: challengeId,
  method: Type.Union([Type.Literal('totp'), Type.Literal('email')]),
  code: Type.String({ pattern: '^[0-9 ]{6,12}$', examples: ['048 151'] }),
};
const recoveryBody = {
  challenge_id: challengeId,
  method: Type.Literal('recovery_code'),
  // Printed codes of twelve letters still count until new ones are made.
  code: Type.String({
    pattern: '^[0-9A-Za-z -]{12,40}$',
    examples: ['k7pm-w2xa-9dfq-h4ns-c8ty-r3ve'],
  }),
};
const passkeyBody = strict({
  challenge_id: challengeId,
  method: Type.Literal('passkey'),
  credential: assertion,
});
/** By which method, and what it asks for. */
const proofBodies = [strict(codeBody), strict(recoveryBody), passkeyBody] as const;
/** As after a password, with that password; a passkey is both. */
export const fullProofBodies = [
  strict({ ...codeBody, password }),
  strict({ ...recoveryBody, password }),
  passkeyBody,
] as const;

type ProofBody =
  | Readonly<{ method: 'totp' | 'email' | 'recovery_code'; code: string }>
  | Readonly<{ method: 'passkey'; credential: PasskeyAssertion }>;
export const toProof = (body: ProofBody, party: RelyingParty): SecondStepProof =>
  body.method === 'passkey'
    ? { method: 'passkey', assertion: body.credential, party }
    : { method: body.method, code: body.code };

const verifySchema = {
  operationId: 'verifyCode',
  tags,
  summary: 'Pass the second step of a sign-in',
  body: Type.Union([...proofBodies]),
  response: { 200: tokens, ...problems },
};

const mailSchema = {
  operationId: 'mailCode',
  tags,
  summary: 'Mail a code for a second step; the one before counts no more',
  body: strict({ challenge_id: challengeId }),
  response: { 202: accepted, ...problems },
};

export const mailCodeRoute =
  (mailSecondStepCode: MailSecondStepCodeHandler): Routes =>
  async (app) => {
    app.post(
      '/auth/verify-code/email',
      { config: { access: 'public', isSignIn: true }, schema: mailSchema },
      async (request, reply) => {
        const command = { challengeId: request.body.challenge_id };
        await mailSecondStepCode(command, circumstancesOf(request));
        return reply.code(202).send({ status: 'accepted' });
      },
    );
  };

export const verifyCodeRoute =
  (verifySecondStep: VerifySecondStepHandler, relyingParty: PartyOf): Routes =>
  async (app) => {
    app.post(
      '/auth/verify-code',
      { config: { access: 'public', isSignIn: true }, schema: verifySchema },
      async (request) => {
        const proof = toProof(request.body, partyOf(relyingParty, request));
        const command = { challengeId: request.body.challenge_id, proof };
        return toTokens(await verifySecondStep(command, circumstancesOf(request)));
      },
    );
  };
