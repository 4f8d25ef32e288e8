import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { DomainError } from '#shared/kernel/errors.ts';
import type { SetUpHandler } from '../application/commands/create-admin.ts';
import { useForms } from './forms.ts';
import { requireLoopback } from './loopback.ts';
import { messages, preferredLanguage, type MessageKey, type PageLanguage } from './messages.ts';
import { pageHeaders } from './page.ts';
import { circumstancesOf, tags } from './schemas.ts';
import {
  setupDead,
  setupDone,
  setupForm,
  type SetupErrors,
  type SetupField,
} from './setup-page.ts';

const fieldMax = 512;

const params = strict({ token: Type.String({ maxLength: 200 }) });
const field = Type.String({ maxLength: fieldMax });
/** Loose on purpose: what a person typed wrong is said on the page and not in JSON. */
const form = Type.Object({
  email: Type.Optional(field),
  username: Type.Optional(field),
  password: Type.Optional(field),
  confirm_password: Type.Optional(field),
});

const schemaOf = (operationId: string, summary: string) => ({
  operationId,
  tags,
  summary,
  params,
  response: { 200: Type.String(), 404: Type.String(), 422: Type.String() },
});

type Handlers = Readonly<{
  setUp: SetUpHandler;
  isOpen: (token: string) => Promise<boolean>;
}>;

/** Which field each refusal belongs to, and what is said there; undefined: the link itself. */
const errorsOf = (error: unknown): SetupErrors | undefined => {
  if (!(error instanceof DomainError)) throw error;
  const [first] = error.details.errors ?? [];
  switch (error.code) {
    case 'identity.email_invalid':
    case 'identity.email_taken':
      return { email: error.code };
    case 'identity.username_invalid':
    case 'identity.username_taken':
      return { username: error.code };
    case 'identity.passwords_differ':
      return { confirm_password: error.code };
    case 'identity.password_refused':
      return { password: (first?.code ?? 'wrong') as MessageKey };
    case 'identity.setup_link_not_valid':
      return undefined;
    default:
      throw error;
  }
};

const languageOf = (request: FastifyRequest, fallback: PageLanguage): PageLanguage =>
  preferredLanguage(request.headers['accept-language'], fallback);

const send = (reply: FastifyReply, status: number, html: string): FastifyReply =>
  reply.code(status).headers(pageHeaders).send(html);

/**
 * The page behind the setup link, for a browser without scripts, on this machine only. Its address
 * is a secret, so no other site can post to it.
 */
export const setupPageRoute =
  (handlers: Handlers, defaultLanguage: PageLanguage): Routes =>
  async (app) => {
    useForms(app);
    const submit = async (
      request: FastifyRequest,
      token: string,
      reply: FastifyReply,
    ): Promise<FastifyReply> => {
      const language = languageOf(request, defaultLanguage);
      const text = messages[language];
      const values = request.body as Partial<Record<SetupField, string>>;
      const { email = '', username = '', password = '', confirm_password = '' } = values;
      try {
        const names = { email, username, fullName: null, language };
        const secrets = { password, confirmation: confirm_password, token, shop: undefined };
        const { account } = await handlers.setUp(
          { ...names, ...secrets },
          circumstancesOf(request),
        );
        return send(reply, 200, setupDone(language, text, account.username));
      } catch (error) {
        const errors = errorsOf(error);
        if (!errors) return send(reply, 404, setupDead(language, text));
        return send(reply, 422, setupForm(language, text, values, errors));
      }
    };

    for (const [url, operationId] of [
      ['/setup/:token', 'Setup'],
      ['/instalar/:token', 'Instalar'],
    ] as const) {
      const config = { access: 'public', isSignIn: true, isHidden: true } as const;
      const shown = schemaOf(`show${operationId}Page`, 'The form for the first administrator');
      app.get(
        url,
        { config, schema: shown, onRequest: requireLoopback },
        async (request, reply) => {
          const language = languageOf(request, defaultLanguage);
          const text = messages[language];
          return (await handlers.isOpen(request.params.token))
            ? send(reply, 200, setupForm(language, text, {}, {}))
            : send(reply, 404, setupDead(language, text));
        },
      );
      const submitted = { ...schemaOf(`submit${operationId}Page`, 'Its answer'), body: form };
      app.post(
        url,
        { config, schema: submitted, onRequest: requireLoopback },
        async (request, reply) => {
          await submit(request, request.params.token, reply);
          return reply;
        },
      );
    }
  };
