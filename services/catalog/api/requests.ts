import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasRole, requirePrincipal } from '#shared/http/principal.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Actor, Cause } from '../application/ports.ts';

/** Who may change products: sellers their own, administrators all. */
export const managers = { roles: ['seller', 'admin'] } as const;
export const administrators = { roles: ['admin'] } as const;

export const actorOf = (request: FastifyRequest): Actor => {
  const principal = requirePrincipal(request);
  return { id: principal.id, isAdmin: hasRole(principal, 'admin') };
};

export const isManager = (request: FastifyRequest): boolean =>
  request.principal !== null && hasRole(request.principal, 'seller', 'admin');

export const causeOf = (request: FastifyRequest, clock: Clock, reason?: string): Cause => {
  const { traceparent } = request.headers;
  return {
    actor: actorOf(request),
    now: clock(),
    trace: {
      correlationId: request.correlationId,
      ...(typeof traceparent === 'string' ? { traceparent } : {}),
    },
    ...(reason === undefined ? {} : { reason }),
  };
};

export { preconditionOf } from '#shared/http/if-match.ts';

/** An answer that only this caller may see; no cache keeps it. */
export const sendPrivate = (reply: FastifyReply, body: object): FastifyReply =>
  reply.header('cache-control', 'private, no-store').send(body);
