import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { DomainError } from '#shared/kernel/errors.ts';
import type { MailSecondStepCodeHandler } from '../application/commands/mail-second-step-code.ts';
import type { SignInForApplication } from '../application/commands/sign-in-for-application.ts';
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
  isOffered,
  secondStepPage,
  signInPage,
  type OfferedMethod,
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
const stepForm = Type.Object({
  challenge_id: Type.Optional(field),
  methods: Type.Optional(field),
  method: Type.Optional(field),
  code: Type.Optional(field),
});
/** What the form of the second step carries, whoever wrote it: unknown methods are left out. */
const stepOf = (body: Readonly<{ challenge_id?: string; methods?: string; method?: string }>) => {
  const methods = (body.methods ?? '').split(' ').filter(isOffered);
  const chosen: OfferedMethod | undefined = methods.find((method) => method === body.method);
  return {
    challengeId: body.challenge_id ?? '',
    methods: methods.length > 0 ? methods : (['recovery_code'] as const),
    ...(chosen === undefined ? {} : { chosen }),
  };
};
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
  signIn: SignInForApplication;
  mailSecondStepCode: MailSecondStepCodeHandler;
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
    case 'identity.busy':
    case 'identity.code_not_valid':
    case 'identity.challenge_not_valid':
    case 'identity.too_many_codes': {
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
    const { server, signIn, mailSecondStepCode, consents, myAccount } = handlers;
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
          const next = await signIn.withPassword({ name, password }, circumstancesOf(request));
          if (next.status === 'signed_in')
            return sendOn(reply, await server.signedIn(exchangeOf(request, reply), next.account));
          const language = languageOf(request, pending);
          const text = messages[language];
          reply.headers(headersFor(pending));
          if (next.status === 'code_required') {
            const given = {
              challengeId: next.challengeId,
              methods: next.methods.filter(isOffered),
            };
            return reply.send(secondStepPage(language, text, pending, given));
          }
          const fault = { key: next.status };
          return reply.code(422).send(signInPage(language, text, pending, { name, fault }));
        } catch (error) {
          const fault = faultOf(error);
          const language = languageOf(request, pending);
          const html = signInPage(language, messages[language], pending, { name, fault });
          return reply.code(422).headers(headersFor(pending)).send(html);
        }
      },
    );

    const stepSchema = {
      ...schemaOf('secondStepForApplication', 'The answer to the page of the second step'),
      body: stepForm,
    };
    app.post(
      '/oauth2/interaction/:uid/second-step',
      { config: { ...config, isSignIn: true }, schema: stepSchema },
      async (request, reply) => {
        const pending = await find(request, reply, 'sign-in');
        if (!pending) return gone(request, reply);
        const step = stepOf(request.body);
        const proof = {
          method: step.chosen ?? step.methods[0],
          code: request.body.code ?? '',
        };
        try {
          const command = { challengeId: step.challengeId, proof };
          const account = await signIn.withSecondStep(command, circumstancesOf(request));
          return sendOn(reply, await server.signedIn(exchangeOf(request, reply), account));
        } catch (error) {
          const fault = faultOf(error);
          const language = languageOf(request, pending);
          const html = secondStepPage(language, messages[language], pending, { ...step, fault });
          return reply.code(422).headers(headersFor(pending)).send(html);
        }
      },
    );

    const mailSchema = {
      ...schemaOf('mailCodeForApplication', 'Mails a code for the page of the second step'),
      body: stepForm,
    };
    app.post(
      '/oauth2/interaction/:uid/second-step/email',
      { config: { ...config, isSignIn: true }, schema: mailSchema },
      async (request, reply) => {
        const pending = await find(request, reply, 'sign-in');
        if (!pending) return gone(request, reply);
        const language = languageOf(request, pending);
        const step = { ...stepOf(request.body), chosen: 'email' } as const;
        reply.headers(headersFor(pending));
        try {
          const command = { challengeId: step.challengeId };
          await mailSecondStepCode(command, circumstancesOf(request));
          const given = { ...step, isMailed: true };
          return reply.send(secondStepPage(language, messages[language], pending, given));
        } catch (error) {
          const given = { ...step, fault: faultOf(error) };
          const html = secondStepPage(language, messages[language], pending, given);
          return reply.code(422).send(html);
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
