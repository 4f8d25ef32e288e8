import type { FastifyInstance } from 'fastify';
import { authError } from './errors.ts';
import { checkAccess } from './principal.ts';
import type { TokenVerifier } from './tokens.ts';

const bearerPattern = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/**
 * Puts the caller on each request and refuses who may not pass, before a body is read. A bad token
 * is refused on public routes too: a client that thinks it is signed in must learn that it is not.
 */
export const useAuthentication = (app: FastifyInstance, verifier: TokenVerifier): void => {
  app.addHook('onRequest', (request, _reply, done) => {
    const access = request.routeOptions.config.access ?? 'public';
    const { authorization } = request.headers;
    try {
      if (authorization === undefined) {
        checkAccess(access, null);
        return done();
      }
      const token = bearerPattern.exec(authorization)?.[1];
      if (token === undefined) throw authError('invalid_token');
      const known = verifier.known(token);
      if (known) {
        request.principal = known;
        checkAccess(access, known);
        return done();
      }
      verifier
        .verify(token)
        .then((principal) => {
          request.principal = principal;
          checkAccess(access, principal);
        })
        .then(() => done(), done);
      return undefined;
    } catch (error) {
      return done(error as Error);
    }
  });
};
