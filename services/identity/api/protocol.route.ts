import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { statusOf, toChallenge } from '#shared/http/problem-details.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { DomainError } from '#shared/kernel/errors.ts';
import type { AuthorizationServer } from '../application/oauth-ports.ts';
import type { UserInfoQuery } from '../application/queries/user-info.ts';
import { tags } from './schemas.ts';

/** Errors as applications read them (RFC 6749, 5.2; RFC 6750, 3.1), of what we refuse ourselves. */
const codes: Readonly<Partial<Record<DomainError['kind'], string>>> = {
  unauthenticated: 'invalid_token',
  too_many: 'temporarily_unavailable',
  unavailable: 'temporarily_unavailable',
  internal: 'server_error',
};

const answerError = (
  error: FastifyError | DomainError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  reply.header('cache-control', 'no-store');
  if (!(error instanceof DomainError)) {
    const { statusCode = 500 } = error as FastifyError;
    const isOurs = statusCode >= 500;
    if (isOurs) request.log.error({ err: error, request_id: request.id }, 'request failed');
    return reply.code(statusCode).send({ error: isOurs ? 'server_error' : 'invalid_request' });
  }
  const { retryAfterSeconds } = error.details;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  const challenge = toChallenge(error);
  if (challenge !== undefined) reply.header('www-authenticate', challenge);
  const named = error.code === 'auth.insufficient_scope' ? 'insufficient_scope' : codes[error.kind];
  return reply
    .code(statusOf[error.kind])
    .send({ error: named ?? 'invalid_request', error_description: error.message });
};

const answered = { 200: Type.Object({}, { additionalProperties: true }) };
const page = { 200: Type.String(), 303: Type.Null() };
const anyQuery = Type.Object({}, { additionalProperties: true });

const endpoints = [
  [
    'GET',
    '/.well-known/openid-configuration',
    'getOpenIdConfiguration',
    'What the provider can (OpenID Connect Discovery)',
    answered,
  ],
  [
    'GET',
    '/.well-known/oauth-authorization-server',
    'getAuthorizationServer',
    'The same for OAuth (RFC 8414)',
    answered,
  ],
  [
    'GET',
    '/oauth2/authorize',
    'authorize',
    'Begins a sign-in for an application: code with PKCE (S256) only',
    page,
  ],
  ['POST', '/oauth2/authorize', 'authorizeByForm', 'The same by a form', page],
  [
    'GET',
    '/oauth2/authorize/:uid',
    'resumeAuthorization',
    'Goes on after sign-in or consent',
    page,
  ],
  [
    'POST',
    '/oauth2/token',
    'issueToken',
    'Tokens for a code, a refresh token, or client credentials',
    answered,
  ],
  [
    'POST',
    '/oauth2/introspect',
    'introspectToken',
    'Whether a token of this application holds (RFC 7662)',
    answered,
  ],
  [
    'POST',
    '/oauth2/revoke',
    'revokeToken',
    'Ends a token and what was given with it (RFC 7009)',
    answered,
  ],
  ['OPTIONS', '/oauth2/token', 'preflightToken', 'For browser applications', answered],
  ['OPTIONS', '/oauth2/revoke', 'preflightRevoke', 'For browser applications', answered],
] as const;

const userInfo = Type.Object({
  sub: uuid,
  preferred_username: Type.Optional(Type.String()),
  name: Type.Optional(Type.String()),
  locale: Type.Optional(Type.String()),
  email: Type.Optional(Type.String()),
  email_verified: Type.Optional(Type.Boolean()),
});

/** The endpoints of OAuth 2.1 and OpenID Connect. Their bodies go to the provider as they come. */
export const protocolRoutes =
  (server: AuthorizationServer, userInfoOf: UserInfoQuery): Routes =>
  async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.setErrorHandler((error, request, reply) => answerError(error as Error, request, reply));

    for (const [method, url, operationId, summary, response] of endpoints)
      app.route({
        method,
        url,
        exposeHeadRoute: false,
        config: {
          access: 'public',
          readsAuthorization: true,
          isSignIn: url === '/oauth2/token' && method === 'POST',
          isHidden: true,
        },
        schema: {
          operationId,
          tags,
          summary,
          querystring: anyQuery,
          response,
          ...(method === 'OPTIONS' ? { hide: true } : {}),
        },
        handler: async (request, reply) => {
          reply.hijack();
          await server.handle({ request: request.raw, response: reply.raw });
        },
      });

    for (const [method, operationId] of [
      ['GET', 'getUserInfo'],
      ['POST', 'postUserInfo'],
    ] as const)
      app.route({
        method,
        url: '/oauth2/userinfo',
        exposeHeadRoute: false,
        config: { access: 'account', scope: 'openid', isHidden: true },
        schema: {
          operationId,
          tags,
          summary: 'Who signed in, as far as the scopes of the token go',
          response: { 200: userInfo },
        },
        handler: async (request, reply) => {
          const { id, scopes } = requirePrincipal(request);
          return reply.header('cache-control', 'no-store').send(await userInfoOf(id, scopes));
        },
      });
  };
