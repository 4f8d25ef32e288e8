import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { httpError } from './errors.ts';

/** Where load balancers ask whether to send requests here. */
const readyPath = '/health/ready';

/**
 * Lets a server say goodbye before it closes. A connection that is closed while a client sends on it
 * fails that request; one that is told to close with an answer fails none. The function returned
 * resolves after `ms`: until then every answer closes its connection, and `/health/ready` says 503.
 */
export const useDrain = (app: FastifyInstance): ((ms: number) => Promise<void>) => {
  let isDraining = false;
  app.addHook('onRequest', (request, reply, done) => {
    if (!isDraining) return done();
    reply.raw.setHeader('connection', 'close');
    return done(
      request.url === readyPath ? httpError('unavailable', { retryAfterSeconds: 2 }) : undefined,
    );
  });
  app.gates.push(() => !isDraining);
  return async (ms) => {
    if (ms === 0) return;
    isDraining = true;
    await sleep(ms);
  };
};
