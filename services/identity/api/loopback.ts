import type { FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';

const loopback = /^(127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/;
const forwarding = ['forwarded', 'x-forwarded-for', 'x-real-ip'] as const;

/**
 * Answers "nothing here" to callers from elsewhere. A proxy on this machine whose headers are not
 * trusted makes everyone look local, so a forwarded request that was not resolved is from elsewhere.
 */
export const requireLoopback = async (request: FastifyRequest): Promise<void> => {
  const isUnresolved =
    request.ip === request.socket.remoteAddress &&
    forwarding.some((name) => request.headers[name] !== undefined);
  if (isUnresolved || !loopback.test(request.ip)) throw httpError('not_found');
};
