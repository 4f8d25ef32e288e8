import { createHash, randomUUIDv7 } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Logger } from '../telemetry/logger.ts';
import { isUuid } from '../kernel/ids.ts';
import { createCallers, trustIn } from './client-address.ts';
import { useJsonParser } from './json-body.ts';
import { httpError } from './errors.ts';
import { answerClientError } from './client-errors.ts';
import { useClosing } from './closing.ts';
import { compileWhenUsed } from './compile-when-used.ts';
import { answerError, problemCodeOf } from './problem-details.ts';
import { strict } from './schemas.ts';
import { useShortcut } from './shortcut.ts';

export type Routes = FastifyPluginAsyncTypebox;

export const bodyLimitBytes = 1024 * 1024;
const requestTimeoutMs = 30_000;
const slowRequestMs = 1_000;

/** The same UUID for the same name, so that a client's own request id joins its events too. */
const uuidOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** Names a client may give its request: what fits in a log line and can be told on the phone. */
const requestIdPattern = /^[\w.:-]{8,128}$/;

type RouteTable = Map<string, { pattern: RegExp; methods: Set<string> }>;

const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replace(/\*/g, '.*')}/?$`,
  );

/**
 * Every route declares who may call it, and gets a strict query string when it declares none. The
 * table it fills tells 404 from 405.
 */
const useRouteRules = (app: FastifyInstance): RouteTable => {
  const table: RouteTable = new Map();
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
    route.schema ??= {};
    route.schema.querystring ??= strict({});
    // Preflights and pages for whoever mistypes are answered at every address; that makes none known.
    if (route.url === '*' || route.url === '/*') return;
    const entry = table.get(route.url) ?? { pattern: patternOf(route.url), methods: new Set() };
    for (const method of [route.method].flat()) entry.methods.add(method);
    table.set(route.url, entry);
  });
  app.addHook('onReady', (done) => {
    const open = routes.filter(({ config }) => config?.access === undefined);
    const names = open.map(({ method, url }) => `${[method].flat().join()} ${url}`);
    done(names.length > 0 ? new Error(`no one says who may call ${names.join('; ')}`) : undefined);
  });
  return table;
};

const useNotFound = (app: FastifyInstance, table: RouteTable): void => {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    const allowed = [...table.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap(({ methods }) => [...methods]);
    if (allowed.length === 0 || allowed.includes(request.method))
      return answerError(httpError('not_found'), request, reply);
    reply.header('allow', [...new Set(allowed)].toSorted().join(', '));
    return answerError(httpError('method_not_allowed'), request, reply);
  });
};

/** What every answer carries, before anything can go wrong. */
const sign = (response: ServerResponse, id: string): void => {
  response.setHeader('x-request-id', id);
  response.setHeader('x-content-type-options', 'nosniff');
};

/** The client's own name for its request, or one that we make. */
const requestIdOf = ({ headers }: IncomingMessage): string => {
  const given = headers['x-request-id'];
  return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUIDv7();
};

/** A request that was answered; `route` is its pattern, undefined at an unknown address. */
export type Answered = Readonly<{
  id: string;
  method: string;
  route: string | undefined;
  status: number;
  seconds: number;
  /** Who asked, where that is known. */
  accountId?: string | undefined;
  /** The code of the problem that it was answered with. */
  problem?: string | undefined;
}>;

/** What somebody does who tries what they may not: told of reads too, by whom and why. */
const refusals: ReadonlySet<number> = new Set([401, 403, 422, 429]);

const logRequest = (log: Logger, answered: Answered): void => {
  const { id, method, route, status, seconds } = answered;
  const ms = Math.round(seconds * 1000);
  const isWrong = status >= 500 || ms > slowRequestMs;
  const isRefused = refusals.has(status);
  const level = isWrong ? 'warn' : method === 'GET' && !isRefused ? 'debug' : 'info';
  // Most requests are reads that nobody logs: they do not even make a record.
  if (!log.isLevelEnabled(level)) return;
  const { accountId, problem } = answered;
  const who = isRefused ? { account_id: accountId, problem } : {};
  log[level]({ request_id: id, method, route, status, ms, ...who }, 'request');
};

/**
 * The HTTP server of every process: limits, timeouts, problem details, request ids. Reads are
 * logged at debug, writes and refusals at info, failures and slow requests as warnings.
 */
export const createHttpServer = (
  options: Readonly<{
    log: Logger;
    trustedProxies?: readonly string[];
    rewriteUrl?: (url: string, headers: IncomingHttpHeaders) => string;
    observe?: (answered: Answered) => void;
  }>,
): FastifyInstance => {
  const { log, rewriteUrl, observe } = options;
  const trusts = trustIn(options.trustedProxies ?? []);
  const app = Fastify({
    loggerInstance: log,
    // One logger for all: records name their request themselves, and a child each costs every read.
    childLoggerFactory: (logger) => logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: bodyLimitBytes,
    // Fastify turns Node's limits off; without them a slow client holds its socket for ever.
    requestTimeout: requestTimeoutMs,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // Most requests have no body: without this each of them makes, ends and closes a stream of nothing.
    // Such a request is no longer told when its client goes; its response is.
    http: { headersTimeout: 20_000, optimizeEmptyRequests: true },
    trustProxy: trusts,
    return503OnClosing: false,
    requestIdHeader: false,
    genReqId: (raw) => refusalOf(raw)?.request.id ?? requestIdOf(raw),
    routerOptions: { maxParamLength: 300, caseSensitive: true, ignoreTrailingSlash: true },
    ...(rewriteUrl
      ? { rewriteUrl: (raw: IncomingMessage) => rewriteUrl(raw.url ?? '/', raw.headers) }
      : {}),
    frameworkErrors: (error, request, reply) => {
      sign(reply.raw, request.id);
      answerError(error, request, reply);
    },
    clientErrorHandler: answerClientError,
  }) as unknown as FastifyInstance;

  compileWhenUsed(app);
  app.decorateRequest('principal', null);
  app.decorateRequest('service', null);
  app.decorateRequest('correlationId', {
    // Only writes need it; of one request it stays the same, since its id does.
    getter(this: FastifyRequest) {
      return isUuid(this.id) ? this.id : uuidOf(this.id);
    },
  });
  useJsonParser(app);
  useNotFound(app, useRouteRules(app));
  app.setErrorHandler((error, request, reply) => answerError(error as Error, request, reply));
  const onAnswered = (answered: Answered): void => {
    observe?.(answered);
    logRequest(log, answered);
  };
  const refusalOf = useShortcut(app, {
    callers: createCallers(trusts),
    idOf: requestIdOf,
    sign,
    onAnswered: ({ id, raw, response, startedAt, principal }, route) => {
      const seconds = (performance.now() - startedAt) / 1000;
      const { statusCode: status } = response;
      onAnswered({ id, method: raw.method!, route, status, seconds, accountId: principal?.id });
    },
  });
  app.addHook('onRequest', (request, reply, done) => {
    sign(reply.raw, request.id);
    const refusal = refusalOf(request.raw);
    if (refusal) return done(refusal.error);
    if (request.url.includes('%00')) return done(httpError('malformed_request'));
    return done();
  });
  useClosing(app);
  app.addHook('onResponse', (request, reply, done) => {
    const { id, method } = request;
    const early = refusalOf(request.raw)?.request;
    const startedAt = early?.startedAt;
    const ms = startedAt === undefined ? reply.elapsedTime : performance.now() - startedAt;
    const { url: route } = request.routeOptions;
    const accountId = (request.principal ?? early?.principal)?.id;
    const problem = problemCodeOf(request);
    const { statusCode: status } = reply;
    onAnswered({ id, method, route, status, seconds: ms / 1000, accountId, problem });
    done();
  });
  return app;
};
