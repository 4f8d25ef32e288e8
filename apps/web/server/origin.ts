import type { FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses what another site's page makes a browser send here. The session's cookie would come along,
 * so whoever changes something must say that they come from a page of ours: every browser does.
 */
export const requireOwnOrigin = (request: FastifyRequest, publicUrl: string | undefined): void => {
  if (safe.has(request.method)) return;
  const { origin } = request.headers;
  if (origin === undefined) {
    if (request.headers['sec-fetch-site'] === 'same-origin') return;
    throw httpError('foreign_origin');
  }
  const own = URL.canParse(origin) ? new URL(origin) : undefined;
  if (own?.host === request.host || (publicUrl !== undefined && origin === publicUrl)) return;
  throw httpError('foreign_origin');
};
