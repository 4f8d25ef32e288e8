import type { FastifyRequest } from 'fastify';
import { hasRole, requirePrincipal } from '#shared/http/principal.ts';
import type { Caller } from '../application/commands/change-order-status.ts';
import type { FindCaller } from '../application/queries/find-caller.ts';
import type { Cause } from '../application/ports.ts';

export const callerOf = (request: FastifyRequest): Caller => {
  const principal = requirePrincipal(request);
  return {
    id: principal.id,
    isAdmin: hasRole(principal, 'admin', 'support'),
    isSeller: hasRole(principal, 'seller'),
  };
};

const tokenPattern = /^[\w-]{43}$/;

/** What a guest was given with the order; undefined when it cannot be one. */
export const orderTokenOf = (request: FastifyRequest): string | undefined => {
  const token = request.headers['x-order-token'];
  return typeof token === 'string' && tokenPattern.test(token) ? token : undefined;
};

/** Whoever asks for one order: an account, or a guest by the order's token. */
export const findCallerOf =
  (findCaller: FindCaller) =>
  (request: FastifyRequest, orderId: string): Promise<Caller> =>
    findCaller(orderId, orderTokenOf(request), request.principal ? callerOf(request) : undefined);

/** For routes about one order. */
export const orGuest = { account: 'account', orHeader: 'x-order-token' } as const;

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
