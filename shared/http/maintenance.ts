import type { FastifyInstance } from 'fastify';
import { httpError } from './errors.ts';

/** What says how the process is, lets others check tokens, and makes the page that says why. */
const open =
  /^\/(?:health|metrics|\.well-known|assets|web\/brand|api\/v1\/shop$|favicon\.|apple-touch-icon|site\.webmanifest)/;
const retryAfterSeconds = 120;

/** Closes a server to everybody for as long as it runs: each request is told when to come again. */
export const useMaintenance = (app: FastifyInstance, isOn: boolean): void => {
  if (!isOn) return;
  app.gates.push(() => false);
  app.addHook('onRequest', (request, _reply, done) =>
    done(open.test(request.url) ? undefined : httpError('unavailable', { retryAfterSeconds })),
  );
};
