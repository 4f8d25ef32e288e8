import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { instant } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { LinkOutcome, LinkSeller } from '../application/commands/link-seller.ts';
import { paymentError } from '../application/errors.ts';
import type { SellerLinks } from '../application/seller-link-ports.ts';
import { linkMessages } from './messages.ts';

type Ports = Readonly<{
  link: Pick<LinkSeller, 'begin' | 'complete' | 'disconnect'>;
  links: Pick<SellerLinks, 'find'>;
  language: 'es' | 'en';
  /** Whether browsers reach us encrypted. */
  isSecure: () => boolean;
}>;

const tags = ['payments'];
const path = '/mercadopago/seller-link';
const cookieName = 'plaza_link';
const roles = { access: { roles: ['seller', 'professional'] } } as const;
const orNull = <T extends typeof instant>(schema: T) => Type.Union([schema, Type.Null()]);

const linkSchema = Type.Object({
  status: Type.String({ examples: ['none', 'linked', 'ended'] }),
  account_last4: Type.Union([Type.String(), Type.Null()]),
  linked_at: orNull(instant),
  expires_at: orNull(instant),
  ended_at: orNull(instant),
  ended_because: Type.Union([Type.String(), Type.Null()]),
});

/** Of the query of a page that anybody may open; a name that is given twice is none. */
const oneOf = (query: unknown, name: string): string | undefined => {
  const value = (query as Record<string, unknown>)[name];
  return typeof value === 'string' && value.length <= 2_048 ? value : undefined;
};

const browserOf = (header: string | undefined): string =>
  new RegExp(`(?:^|;\\s*)${cookieName}=([\\w-]{1,100})(?:;|$)`).exec(header ?? '')?.[1] ?? '';

const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
};

/**
 * A seller links their own account at Mercado Pago. The browser that asked has a cookie, so that nobody
 * is led to agree to what another asked for.
 */
export const sellerLinkRoutes =
  ({ link, links, language, isSecure }: Ports): Routes =>
  async (app) => {
    const cookieOf = (value: string, seconds: number): string =>
      `${cookieName}=${value}; Path=/api/v1${path}; Max-Age=${seconds}; HttpOnly; SameSite=Lax${
        isSecure() ? '; Secure' : ''
      }`;

    app.post(
      path,
      {
        config: { ...roles, scope: 'payments:write' },
        schema: {
          operationId: 'linkSellerAccount',
          summary: 'Begins to link my account at Mercado Pago: where I agree to it',
          description: 'Sets a cookie for ten minutes: the same browser has to come back.',
          tags,
          response: { 201: Type.Object({ authorization_url: Type.String() }) },
        },
      },
      async (request, reply) => {
        const { url, browser } = await link.begin(requirePrincipal(request).id);
        return reply
          .code(201)
          .headers({ 'cache-control': 'no-store', 'set-cookie': cookieOf(browser, 600) })
          .send({ authorization_url: url });
      },
    );

    app.get(
      path,
      {
        config: { ...roles, scope: 'payments:read' },
        schema: {
          operationId: 'getSellerAccountLink',
          summary: 'Whether my account at Mercado Pago is linked, and until when',
          tags,
          response: { 200: linkSchema },
        },
      },
      async (request, reply) => {
        const found = await links.find(requirePrincipal(request).id);
        return reply.header('cache-control', 'no-store').send({
          status: found ? (found.endedAt === null ? 'linked' : 'ended') : 'none',
          account_last4: found?.account.slice(-4) ?? null,
          linked_at: found?.linkedAt ?? null,
          expires_at: found && found.endedAt === null ? found.expiresAt : null,
          ended_at: found?.endedAt ?? null,
          ended_because: found?.endedBecause ?? null,
        });
      },
    );

    app.delete(
      path,
      {
        config: { ...roles, scope: 'payments:write' },
        schema: {
          operationId: 'unlinkSellerAccount',
          summary: 'Unlinks my account at Mercado Pago; its tokens are deleted here',
          tags,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await link.disconnect(requirePrincipal(request).id);
        return reply.code(204).send(null);
      },
    );

    app.get(
      `${path}/callback`,
      {
        config: { access: 'public', isSignIn: true },
        schema: {
          operationId: 'sellerAccountLinked',
          summary: 'Where Mercado Pago sends the browser of a seller back',
          tags,
          // Whatever the provider adds to the address is its own to decide.
          querystring: Type.Object({}, { additionalProperties: true }),
          response: { 200: Type.String(), 400: Type.String() },
        },
      },
      async (request, reply) => {
        const outcome: LinkOutcome = await link.complete({
          state: oneOf(request.query, 'state') ?? '',
          browser: browserOf(request.headers.cookie),
          code: oneOf(request.query, 'code'),
        });
        const wanted = request.headers['accept-language'] ?? '';
        const spoken = /^\s*en\b/i.test(wanted) ? 'en' : /^\s*es\b/i.test(wanted) ? 'es' : language;
        const { title, text } = linkMessages[spoken][outcome];
        const next = `/cuenta/cobros?resultado=${outcome}`;
        return reply
          .code(outcome === 'linked' ? 200 : 400)
          .headers({ ...pageHeaders, 'set-cookie': cookieOf('', 0) }).send(`<!doctype html>
<html lang="${spoken}"><head><meta charset="utf-8">
<meta http-equiv="refresh" content="0;url=${next}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>${text}</p><p><a href="${next}">${linkMessages[spoken].back}</a></p></main></body></html>
`);
      },
    );
  };

/** The same routes where sellers' accounts cannot be linked. */
export const noSellerLinkRoutes = (language: 'es' | 'en'): Routes => {
  const refuse = (): never => {
    throw paymentError('provider_not_configured');
  };
  return sellerLinkRoutes({
    link: { begin: refuse, complete: refuse, disconnect: refuse },
    links: { find: refuse },
    language,
    isSecure: () => true,
  });
};
