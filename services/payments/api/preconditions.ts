import type { FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import { hasRole, requirePrincipal } from '#shared/http/principal.ts';

/** `"7"`: the version of what was read. */
export const tagOf = (version: number): string => `"${version}"`;

/** The `If-Match` that a change of money needs, as a check of the version. */
export const versionCheck = (request: FastifyRequest): ((version: number) => void) => {
  const header = request.headers['if-match'];
  if (header === undefined) throw httpError('precondition_missing');
  if (header.trim() === '*') return () => {};
  const tags = header.split(',').map((tag) => tag.trim());
  return (version) => {
    if (!tags.includes(tagOf(version))) throw httpError('stale');
  };
};

/** Who calls, with what of the staff they are. */
export const callerOf = (request: FastifyRequest) => {
  const principal = requirePrincipal(request);
  const isAdmin = hasRole(principal, 'admin');
  const isSupport = hasRole(principal, 'support');
  return { id: principal.id, isAdmin, isSupport, isStaff: isAdmin || isSupport };
};
