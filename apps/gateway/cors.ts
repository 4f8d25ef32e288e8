import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** What a script of another origin may read of an answer, besides its body. */
const exposedHeaders = [
  'etag',
  'location',
  'x-request-id',
  'x-cart-token',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'idempotent-replayed',
].join(', ');

/** Browsers of other origins may call the API only when the operator names them. */
export const useCors = async (app: FastifyInstance, origins: readonly string[]): Promise<void> => {
  if (origins.length === 0) return;
  app.addHook('onRoute', (route) => {
    // The library's own `OPTIONS *` cannot say who may call it.
    if (route.url === '*') route.config = { ...route.config, access: 'public' };
  });
  await app.register(cors, {
    origin: [...origins],
    credentials: false,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    maxAge: 600,
    strictPreflight: false,
  });
  // The library sees no request that was refused before it, with 401 or 429, and routes set a
  // `vary` of their own: only the last hook knows every answer.
  app.addHook('onSend', (request, reply, _payload, done) => {
    const { origin } = request.headers;
    const vary = reply.getHeader('vary');
    if (vary === undefined) reply.header('vary', 'Origin');
    else if (!/\borigin\b/i.test(String(vary))) reply.header('vary', `${String(vary)}, Origin`);
    if (origin !== undefined && (origins.includes(origin) || origins.includes('*')))
      reply
        .header('access-control-allow-origin', origin)
        .header('access-control-expose-headers', exposedHeaders);
    done();
  });
};
