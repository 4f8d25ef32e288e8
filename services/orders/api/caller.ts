import type { FastifyRequest } from 'fastify';
import { hasRole, requirePrincipal } from '#shared/http/principal.ts';
import type { Caller } from '../application/commands/change-order-status.ts';
import type { Cause } from '../application/ports.ts';

export const callerOf = (request: FastifyRequest): Caller => {
  const principal = requirePrincipal(request);
  return {
    id: principal.id,
    isAdmin: hasRole(principal, 'admin', 'support'),
    isSeller: hasRole(principal, 'seller'),
  };
};

/** A change made by this request; W3C trace context goes on with its messages. */
export const causeOf = (request: FastifyRequest): Cause => {
  const { traceparent } = request.headers;
  return {
    trace: {
      correlationId: request.correlationId,
      ...(typeof traceparent === 'string' && /^[\da-f-]{55}$/.test(traceparent)
        ? { traceparent }
        : {}),
    },
  };
};
