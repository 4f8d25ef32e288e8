import type { FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';

/** What a guest was given with the order; undefined when it cannot be one. */
export const orderTokenOf = (request: FastifyRequest): string | undefined => {
  const token = request.headers['x-order-token'];
  return typeof token === 'string' && /^[\w-]{43}$/.test(token) ? token : undefined;
};

/** Whose Idempotency-Keys a guest's are: of its token, by a hash. */
export const keysOf = (request: FastifyRequest, token: string | undefined) =>
  request.principal
    ? {}
    : {
        caller: `guest:${createHash('sha256')
          .update(token ?? '')
          .digest('hex')}`,
      };
