import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type {
  BeginPasskeyHandler,
  RegisterPasskeyHandler,
} from '../application/commands/register-passkey.ts';
import type {
  AskForPasskeyHandler,
  SignInWithPasskeyHandler,
} from '../application/commands/sign-in-with-passkey.ts';
import type { RenamePasskeyHandler } from '../application/commands/rename-passkey.ts';
import {
  assertion,
  creationOptions,
  partyOf,
  registration,
  requestOptions,
  type PartyOf,
} from './passkey-schemas.ts';
import { challengeId, circumstancesOf, problems, tags, tokens, toTokens } from './schemas.ts';
import { enabledFactor, enrolling, toEnabled } from './second-factors.route.ts';

export type PasskeyHandlers = Readonly<{
  beginPasskey: BeginPasskeyHandler;
  registerPasskey: RegisterPasskeyHandler;
  renamePasskey: RenamePasskeyHandler;
  askForPasskey: AskForPasskeyHandler;
  signInWithPasskey: SignInWithPasskeyHandler;
  relyingParty: PartyOf;
}>;

const noBody = Type.Union([strict({}), Type.Null()]);

const beginSchema = {
  operationId: 'beginPasskey',
  tags,
  summary: 'What a page needs to make a passkey',
  body: noBody,
  response: { 200: creationOptions, ...problems },
};

const passkeyName = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^(?=.*\\S)\\P{Cc}+$',
  description: 'by which its holder knows it',
  examples: ['Mi teléfono'],
});

const registerSchema = {
  operationId: 'registerPasskey',
  tags,
  summary: 'Register the passkey that was made',
  body: strict({
    name: passkeyName,
    credential: registration,
  }),
  response: { 201: enabledFactor, ...problems },
};

const renameSchema = {
  operationId: 'renamePasskey',
  tags,
  summary: 'Give a passkey another name',
  params: idParams,
  body: strict({ name: passkeyName }),
  response: { 204: Type.Null(), ...problems },
};

const askSchema = {
  operationId: 'askForPasskey',
  tags,
  summary: 'What a page needs to sign in with a passkey alone; the same for everybody',
  body: noBody,
  response: { 200: requestOptions, ...problems },
};

const signInSchema = {
  operationId: 'signInWithPasskey',
  tags,
  summary: 'Sign in with a passkey; it counts for both steps',
  body: strict({ credential: assertion }),
  response: { 200: tokens, ...problems },
};

const askForStepSchema = {
  operationId: 'askForPasskeyOfStep',
  tags,
  summary: 'What a page needs to pass a second step with a passkey',
  body: strict({ challenge_id: challengeId }),
  response: { 200: requestOptions, ...problems },
};

export const passkeyRoutes =
  (handlers: PasskeyHandlers): Routes =>
  async (app) => {
    const path = '/auth/second-factors/passkeys';
    const signingIn = { access: 'public', isSignIn: true } as const;
    app.post(`${path}/options`, { config: enrolling, schema: beginSchema }, (request) =>
      handlers.beginPasskey({
        accountId: requirePrincipal(request).id,
        party: partyOf(handlers.relyingParty, request),
      }),
    );
    app.post(path, { config: enrolling, schema: registerSchema }, async (request, reply) => {
      const command = {
        accountId: requirePrincipal(request).id,
        name: request.body.name.trim(),
        registration: request.body.credential,
        party: partyOf(handlers.relyingParty, request),
      };
      const enabled = await handlers.registerPasskey(command, circumstancesOf(request));
      return reply.code(201).send(toEnabled(enabled));
    });
    app.patch(
      `${path}/:id`,
      { config: { access: 'account', isStepUp: true }, schema: renameSchema },
      async (request, reply) => {
        const command = {
          accountId: requirePrincipal(request).id,
          factorId: request.params.id,
          name: request.body.name.trim(),
        };
        await handlers.renamePasskey(command, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
    app.post('/auth/passkeys/options', { config: signingIn, schema: askSchema }, (request) =>
      handlers.askForPasskey({ party: partyOf(handlers.relyingParty, request) }),
    );
    app.post(
      '/auth/passkeys/verify',
      { config: signingIn, schema: signInSchema },
      async (request) => {
        const command = {
          assertion: request.body.credential,
          party: partyOf(handlers.relyingParty, request),
        };
        return toTokens(await handlers.signInWithPasskey(command, circumstancesOf(request)));
      },
    );
    app.post(
      '/auth/verify-code/passkey',
      { config: signingIn, schema: askForStepSchema },
      (request) =>
        handlers.askForPasskey({
          party: partyOf(handlers.relyingParty, request),
          challengeId: request.body.challenge_id,
        }),
    );
  };
