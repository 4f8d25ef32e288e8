import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { DomainError } from '#shared/kernel/errors.ts';
import type { SignInForApplicationHandler } from '../application/commands/sign-in-for-application.ts';
import type {
  AuthorizationServer,
  Consents,
  PendingAuthorization,
} from '../application/oauth-ports.ts';
import type { MyAccountQuery } from '../application/queries/my-account.ts';
import {
  consentPage,
  deadEndPage,
  headersFor,
  signInPage,
  type SignInFault,
} from './authorization-pages.ts';
import { useForms } from './forms.ts';
import { messages, preferredLanguage, type MessageKey, type PageLanguage } from './messages.ts';
import { pageHeaders } from './page.ts';
import { circumstancesOf, tags } from './schemas.ts';

const params = strict({ uid: Type.String({ pattern: '^[\\w-]{10,64}$' }) });
const field = Type.String({ maxLength: 512 });
/** Loose on purpose: what a person typed wrong is said on the page and not in JSON. */
const form = Type.Object({ username: Type.Optional(field), password: Type.Optional(field) });
const nothing = Type.Union([Type.Object({}), Type.Null()]);

const schemaOf = (operationId: string, summary: string) => ({
  operationId,
  tags,
  summary,
  params,
  response: { 200: Type.String(), 404: Type.String(), 422: Type.String() },
});

export type AuthorizationHandlers = Readonly<{
  server: AuthorizationServer;
  signIn: SignInForApplicationHandler;
  consents: Consents;
  myAccount: MyAccountQuery;
}>;

const exchangeOf = (request: FastifyRequest, reply: FastifyReply) => ({
  request: request.raw,
  response: reply.raw,
});

/** What is said on the page of a refused sign-in; others are the problems that they are. */
const faultOf = (error: unknown): SignInFault => {
  if (!(error instanceof DomainError)) throw error;
  switch (error.code) {
    case 'identity.wrong_credentials':
    case 'identity.too_many_tries':
    case 'identity.busy': {
      const { retryAfterSeconds: seconds } = error.details;
      const key: MessageKey = error.code;
      return seconds === undefined ? { key } : { key, seconds };
    }
    default:
      throw error;
  }
};

/**
 * The pages between an application and its code: who is there, and whether the application may. They
 * need no script. Another site can neither read nor post to them: their address is drawn for one
 * flow, and the browser's cookie for it goes to no request from elsewhere.
 */
export const authorizationRoutes =
  (handlers: AuthorizationHandlers, defaultLanguage: PageLanguage): Routes =>
  async (app) => {
    const { server, signIn, consents, myAccount } = handlers;
    useForms(app);

    const languageOf = (request: FastifyRequest, pending?: PendingAuthorization): PageLanguage =>
      preferredLanguage(
        [...(pending?.languages ?? []), request.headers['accept-language'] ?? ''].join(','),
        defaultLanguage,
      );
    const gone = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const language = languageOf(request);
      return reply
        .code(404)
        .headers(pageHeaders)
        .send(deadEndPage(language, messages[language], 'gone'));
    };
    /** The flow of this browser, when it is the one that the address names. */
    const find = async (
      request: FastifyRequest,
      reply: FastifyReply,
      step?: PendingAuthorization['step'],
    ): Promise<PendingAuthorization | undefined> => {
      const pending = await server.pending(exchangeOf(request, reply));
      const { uid } = request.params as { uid: string };
      return pending?.uid === uid && (step === undefined || pending.step === step)
        ? pending
        : undefined;
    };
    const sendOn = (reply: FastifyReply, url: string): FastifyReply =>
      reply.header('cache-control', 'no-store').redirect(url, 303);

    const config = { access: 'public', isHidden: true } as const;
    app.get(
      '/oauth2/interaction/:uid',
      { config, schema: schemaOf('showAuthorizationPage', 'Sign-in or consent, for a browser') },
      async (request, reply) => {
        const pending = await find(request, reply);
        if (!pending) return gone(request, reply);
        const language = languageOf(request, pending);
        const text = messages[language];
        reply.headers(headersFor(pending));
        if (pending.step === 'sign-in')
          return reply.send(
            signInPage(language, text, pending, { name: pending.nameHint.slice(0, 254) }),
          );
        const { username } = await myAccount(pending.accountId!);
        return reply.send(consentPage(language, text, pending, username));
      },
    );

    const signInSchema = {
      ...schemaOf('signInForApplication', 'The answer to the sign-in page'),
      body: form,
    };
    app.post(
      '/oauth2/interaction/:uid/sign-in',
      { config: { ...config, isSignIn: true }, schema: signInSchema },
      async (request, reply) => {
        const pending = await find(request, reply, 'sign-in');
        if (!pending) return gone(request, reply);
        const { username: name = '', password = '' } = request.body;
        try {
          const account = await signIn({ name, password }, circumstancesOf(request));
          return sendOn(reply, await server.signedIn(exchangeOf(request, reply), account));
        } catch (error) {
          const fault = faultOf(error);
          const language = languageOf(request, pending);
          const html = signInPage(language, messages[language], pending, { name, fault });
          return reply.code(422).headers(headersFor(pending)).send(html);
        }
      },
    );

    const allowSchema = {
      ...schemaOf('allowApplication', 'The answer "allow" to the consent page'),
      body: nothing,
    };
    app.post(
      '/oauth2/interaction/:uid/allow',
      { config, schema: allowSchema },
      async (request, reply) => {
        const pending = await find(request, reply, 'consent');
        if (!pending?.accountId) return gone(request, reply);
        const { accountId, clientId, scopes } = pending;
        const circumstances = { ...circumstancesOf(request), actorId: accountId };
        await consents.give({ accountId, clientId, scopes }, circumstances);
        return sendOn(reply, await server.consented(exchangeOf(request, reply)));
      },
    );

    const refuseSchema = {
      ...schemaOf('refuseApplication', 'The answer "no" to either page'),
      body: nothing,
    };
    app.post(
      '/oauth2/interaction/:uid/refuse',
      { config, schema: refuseSchema },
      async (request, reply) => {
        if (!(await find(request, reply))) return gone(request, reply);
        return sendOn(reply, await server.refused(exchangeOf(request, reply)));
      },
    );
  };
