import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EndedSessions } from '../platform/ended-sessions.ts';
import { looksLikeApiKey, type KeyVerifier } from './api-keys.ts';
import { authError, httpError } from './errors.ts';
import { checkAccess, isGuarded, isGuest } from './principal.ts';
import { isServiceToken, type ServiceTokens } from './service-tokens.ts';
import type { TokenVerifier } from './tokens.ts';

const bearerPattern = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+|plaza_[0-9a-z_]{1,100})$/i;

/** Why the token of a request is not good; who sends it is refused after it was counted. */
const faults = new WeakMap<FastifyRequest, Error>();

type Verifiers = Readonly<{
  tokens: TokenVerifier;
  services?: ServiceTokens | undefined;
  /** Without it a key goes through unread: the service behind knows whose it is. */
  keys?: KeyVerifier | undefined;
}>;

/** The token of an `Authorization`; undefined when it is none of ours. */
const tokenIn = (authorization: string): string | undefined =>
  bearerPattern.exec(authorization)?.[1];

/** Puts the caller on each request. Nobody is refused yet: limits count everybody first. */
export const useAuthentication = (
  app: FastifyInstance,
  { tokens, services, keys }: Verifiers,
): void => {
  const find = async (token: string, request: FastifyRequest): Promise<void> => {
    if (looksLikeApiKey(token)) {
      if (keys) request.principal = await keys.verify(token, request.ip);
    } else if (services && isServiceToken(token)) request.service = await services.verify(token);
    else request.principal = await tokens.verify(token);
  };
  app.addHook('onRequest', (request, _reply, done) => {
    const { authorization } = request.headers;
    if (authorization === undefined || request.routeOptions.config.readsAuthorization)
      return done();
    const token = tokenIn(authorization);
    if (token === undefined) {
      faults.set(request, authError('invalid_token'));
      return done();
    }
    const known = tokens.known(token);
    if (known) {
      request.principal = known;
      return done();
    }
    find(token, request)
      .catch((error: Error) => void faults.set(request, error))
      .then(() => done(), done);
    return undefined;
  });
  // Whoever is not known yet has to wait, and whoever is not good is told so by Fastify.
  app.gates.push((request) => {
    const { authorization } = request.raw.headers;
    if (authorization === undefined) return true;
    const token = tokenIn(authorization);
    const known = token === undefined ? undefined : tokens.known(token);
    if (known) request.principal = known;
    return known !== undefined;
  });
};

/**
 * Refuses who may not pass, before a body is read. A bad token is refused on public routes too: a
 * client that thinks it is signed in must learn that it is not.
 */
export const useAuthorisation = (
  app: FastifyInstance,
  {
    now = Date.now,
    endedSessions,
  }: Readonly<{ now?: () => number; endedSessions?: EndedSessions }> = {},
): void => {
  const isEnded = (request: FastifyRequest): boolean | Promise<boolean> =>
    request.principal !== null && endedSessions !== undefined
      ? endedSessions.isEnded(request.principal, isGuarded(request.routeOptions.config))
      : false;

  app.addHook('onRequest', (request, _reply, done) => {
    const { config } = request.routeOptions;
    try {
      const fault = request.headers.authorization === undefined ? undefined : faults.get(request);
      if (fault) throw fault;
      if (config.access === 'service') {
        if (request.service === null) throw httpError('not_found');
        return done();
      }
      if (isGuest(config.access, request)) return done();
      checkAccess(config, request.principal, now() / 1000);
      const ended = isEnded(request);
      if (ended === false) return done();
      if (ended === true) throw authError('session_ended');
      ended.then((is) => done(is ? authError('session_ended') : undefined), done);
      return undefined;
    } catch (error) {
      return done(error as Error);
    }
  });
};
