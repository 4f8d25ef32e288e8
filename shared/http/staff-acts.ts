import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasRole } from './principal.ts';
import { parseJson } from '../kernel/parse-json.ts';

/** What one of the staff did to something that is not theirs. */
export type StaffAct = Readonly<{
  actorId: string;
  /** Absent for the operator's own tools. */
  sessionId: string | null;
  ip: string;
  userAgent: string | null;
  /** As `PUT /orders/:id/status`, and the path that was asked. */
  operation: string;
  path: string;
  status: number;
  /** What was asked, what the resource was before, and what was answered; secrets are left out. */
  request: unknown;
  before: unknown;
  after: unknown;
  correlationId: string;
  requestId: string;
}>;

const secretName = /token|secret|password|(^|_)codes?$|private/i;
const textMax = 32 * 1024;
const userAgentMax = 300;
const prefix = '/api/v1';

/** The same value without what nobody but the caller may keep. */
const withoutSecrets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretName.test(name) ? '[left out]' : withoutSecrets(inner),
    ]),
  );
};

/** Kept whole, or only said to be too large: half a value would read as the whole. */
const kept = (value: unknown): unknown => {
  if (value === undefined || value === null) return null;
  const clean = withoutSecrets(value);
  const { length } = JSON.stringify(clean);
  return length > textMax ? { too_large: length } : clean;
};

const parsed = (text: unknown): unknown => {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
};

/** Files are too large to keep, and come as streams. */
const isJson = (contentType = ''): boolean => /^application\/(\w+\+)?json\b/i.test(contentType);

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

const isStaffAct = ({ method, principal, routeOptions: { config } }: FastifyRequest): boolean => {
  if (reads.has(method) || !hasRole(principal, 'admin', 'support')) return false;
  const { access, isForOthers = false } = config;
  return (
    isForOthers ||
    (typeof access === 'object' &&
      'roles' in access &&
      access.roles.some((role) => role === 'admin' || role === 'support'))
  );
};

/** `/orders/:id/status` is about what `GET /orders/:id` shows. Undefined: about nothing that was there. */
const resourceOf = (request: FastifyRequest): string | undefined => {
  const pattern = (request.routeOptions.url ?? '').split('/');
  const path = request.url.split('?', 1)[0]!.split('/');
  for (let length = pattern.length; length > 0; length--) {
    const url = pattern.slice(0, length).join('/');
    if (!url.includes(':')) return undefined;
    if (request.server.hasRoute({ method: 'GET', url })) return path.slice(0, length).join('/');
  }
  return undefined;
};

/** What the resource was, as its own route shows it to this caller. */
const readBefore = async (request: FastifyRequest): Promise<unknown> => {
  const url = request.routeOptions.config.hasHistory === true ? undefined : resourceOf(request);
  if (url === undefined) return undefined;
  const { authorization } = request.headers;
  const answer = await request.server.inject({
    method: 'GET',
    url,
    remoteAddress: request.ip,
    headers: authorization === undefined ? {} : { authorization },
  });
  return answer.statusCode === 200 ? parsed(answer.body) : undefined;
};

/**
 * Hands every successful act of staff on the routes of `app` to `record`, before it is answered: who
 * has an answer is in the log. A process that dies between the act and the record has answered nobody.
 */
export const useStaffActs = (
  app: FastifyInstance,
  record: (act: StaffAct) => Promise<void>,
): void => {
  const before = new WeakMap<FastifyRequest, unknown>();
  app.addHook('preHandler', async (request) => {
    if (isStaffAct(request)) before.set(request, await readBefore(request));
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode >= 400 || !before.has(request)) return;
    const { method, principal, routeOptions, headers, body } = request;
    await record({
      actorId: principal!.id,
      sessionId: principal!.sessionId ?? null,
      ip: request.ip,
      userAgent:
        headers['user-agent']?.replace(/[^\x20-\x7e]/g, '?').slice(0, userAgentMax) ?? null,
      operation: `${method} ${(routeOptions.url ?? '').replace(prefix, '')}`,
      path: request.url.split('?', 1)[0]!.replace(prefix, ''),
      status: reply.statusCode,
      request: kept(isJson(headers['content-type']) ? body : undefined),
      before: kept(before.get(request)),
      after: kept(parsed(payload)),
      correlationId: request.correlationId,
      requestId: request.id,
    });
  });
};
