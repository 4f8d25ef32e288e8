import type { FastifyInstance, FastifyRequest } from 'fastify';
import { authError } from './errors.ts';
import { checkAccess } from './principal.ts';
import { isServiceToken, type ServiceTokens } from './service-tokens.ts';
import type { TokenVerifier } from './tokens.ts';

const bearerPattern = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** Why the token of a request is not good; who sends it is refused after it was counted. */
const faults = new WeakMap<FastifyRequest, Error>();

/** The token of an `Authorization`; undefined when it is none of ours. */
const tokenIn = (authorization: string): string | undefined =>
  bearerPattern.exec(authorization)?.[1];

/** Puts the caller on each request. Nobody is refused yet: limits count everybody first. */
export const useAuthentication = (
  app: FastifyInstance,
  verifier: TokenVerifier,
  services?: ServiceTokens,
): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    const { authorization } = request.headers;
    if (authorization === undefined) return done();
    const token = tokenIn(authorization);
    if (token === undefined) {
      faults.set(request, authError('invalid_token'));
      return done();
    }
    const known = verifier.known(token);
    if (known) {
      request.principal = known;
      return done();
    }
    const verified =
      services && isServiceToken(token)
        ? services.verify(token).then((service) => void (request.service = service))
        : verifier.verify(token).then((principal) => void (request.principal = principal));
    verified.catch((error: Error) => void faults.set(request, error)).then(() => done(), done);
    return undefined;
  });
  // Whoever is not known yet has to wait, and whoever is not good is told so by Fastify.
  app.gates.push((request) => {
    const { authorization } = request.raw.headers;
    if (authorization === undefined) return true;
    const token = tokenIn(authorization);
    const known = token === undefined ? undefined : verifier.known(token);
    if (known) request.principal = known;
    return known !== undefined;
  });
};

/**
 * Refuses who may not pass, before a body is read. A bad token is refused on public routes too: a
 * client that thinks it is signed in must learn that it is not.
 */
export const useAuthorisation = (app: FastifyInstance): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    try {
      const fault = request.headers.authorization === undefined ? undefined : faults.get(request);
      if (fault) throw fault;
      checkAccess(request.routeOptions.config.access ?? 'public', request.principal);
      return done();
    } catch (error) {
      return done(error as Error);
    }
  });
};
