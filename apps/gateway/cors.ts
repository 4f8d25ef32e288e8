import cors from '@fastify/cors';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Asked } from './exchange.ts';

/** What a script of another origin may read of an answer, besides its body. */
const exposedHeaders = [
  'etag',
  'location',
  'x-request-id',
  'x-cart-token',
  'x-order-token',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'idempotent-replayed',
].join(', ');

type Sink = Readonly<{
  get: (name: string) => string | number | readonly string[] | undefined;
  set: (name: string, value: string) => void;
}>;

/** Says on an answer which origin may read what of it; routes set a `vary` of their own. */
const sayOrigin = (
  origins: readonly string[],
  { headers: { origin } }: IncomingMessage,
  { get, set }: Sink,
): void => {
  const vary = get('vary');
  if (vary === undefined) set('vary', 'Origin');
  else if (!/\borigin\b/i.test(String(vary))) set('vary', `${String(vary)}, Origin`);
  if (origin === undefined || !(origins.includes(origin) || origins.includes('*'))) return;
  set('access-control-allow-origin', origin);
  set('access-control-expose-headers', exposedHeaders);
};

/** The same for an answer that goes out past Fastify, as those of services do. */
export const originSayer =
  (origins: readonly string[]) =>
  ({ raw, response }: Asked): void => {
    if (origins.length === 0) return;
    sayOrigin(origins, raw, {
      get: (name) => response.getHeader(name),
      set: (name, value) => void response.setHeader(name, value),
    });
  };

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
    sayOrigin(origins, request.raw, {
      get: (name) => reply.getHeader(name),
      set: (name, value) => void reply.header(name, value),
    });
    done();
  });
};
