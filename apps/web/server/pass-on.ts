import type { Readable } from 'node:stream';
import type { FastifyPluginAsync } from 'fastify';
import type { Backend } from './backend.ts';
import { linkingCookie, readCookies } from './cookies.ts';

const config = { access: 'public', readsAuthorization: true } as const;
const schema = { hide: true };
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
/** Uploads are bounded by who takes them. */
const bodyLimit = 64 * 1024 * 1024;

/** What the gateway serves beside the pages. */
const prefixes = ['/api', '/docs', '/oauth2', '/.well-known', '/setup', '/instalar'];
const single = ['/openapi.json', '/health', '/status'];

/** Of one hop only, or said anew by us. */
const ofOneHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-authorization',
  'x-forwarded-for',
  'cookie',
]);

const headersOf = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
  isCookieKept: boolean,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || (ofOneHop.has(name) && !(isCookieKept && name === 'cookie'))
        ? []
        : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/** The one cookie that the API sets and reads: of a seller who comes back from agreeing. */
const linkingOf = ({
  cookie,
}: Readonly<{ cookie?: string | undefined }>): Record<string, string> => {
  const value = readCookies(cookie).get(linkingCookie);
  return value === undefined ? {} : { cookie: `${linkingCookie}=${value}` };
};

/** Passes requests that are not for pages on to the gateway, for a web server that stands in front. */
export const passOnRoutes =
  (backend: Backend): FastifyPluginAsync =>
  async (app) => {
    app.get('/health/live', { config, schema }, async () => ({ status: 'live' }));
    app.get('/health/ready', { config, schema }, async () => ({ status: 'ready' }));
    await app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
      const urls = [...prefixes.flatMap((prefix) => [prefix, `${prefix}/*`]), ...single];
      for (const url of urls)
        scope.route({
          method: [...methods],
          url,
          config,
          schema: { ...schema, querystring: {} },
          bodyLimit,
          handler: async (request, reply) => {
            // The provider of OAuth keeps its own cookies; the session's are nothing to the API.
            const isProvider = request.url.startsWith('/oauth2');
            const answer = await backend({
              method: request.method,
              path: request.url,
              headers: isProvider
                ? headersOf(request.headers, true)
                : { ...headersOf(request.headers, false), ...linkingOf(request.headers) },
              body: (request.body as Readable | undefined) ?? undefined,
              clientAddress: request.ip,
            });
            const { 'set-cookie': cookies, ...headers } = answer.headers;
            reply.code(answer.status).headers(headersOf(headers, false));
            if (cookies) reply.header('set-cookie', cookies);
            return reply.send(answer.body);
          },
        });
    });
  };
