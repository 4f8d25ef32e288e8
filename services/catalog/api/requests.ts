import type { FastifyReply, FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import { hasRole, requirePrincipal } from '#shared/http/principal.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { Precondition } from '../application/commands/change-product.ts';
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

const tagPattern = /^"(\d{1,9})(?:\.[\w-]+)?"$/;

/**
 * The `If-Match` of an update as a check of the version. A product's tag is `"<version>.<hash>"`:
 * only the version counts here, since stock changes the page and is no reason to refuse an edit.
 */
export const preconditionOf = (request: FastifyRequest): Precondition => {
  const header = request.headers['if-match'];
  if (header === undefined) throw httpError('precondition_missing');
  if (header.trim() === '*') return () => {};
  const versions = header.split(',').map((tag) => tagPattern.exec(tag.trim())?.[1]);
  return (version) => {
    if (!versions.includes(String(version))) throw httpError('stale');
  };
};

/** An answer that only this caller may see; no cache keeps it. */
export const sendPrivate = (reply: FastifyReply, body: object): FastifyReply =>
  reply.header('cache-control', 'private, no-store').send(body);
