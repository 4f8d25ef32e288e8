import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import type { ContextName } from '#shared/platform/module.ts';
import { bodyLimitOf } from './body-limit.ts';
import { Crowded, NotReached, type Connection } from './connections.ts';
import { exchange, NotAnswered, type ExchangeLimits } from './exchange.ts';
import { bodyFraming, requestHead } from './headers.ts';
import { contextAt, contextOfPrefix } from './routing.ts';
import { createTunnels, type TunnelLimits, type Tunnels } from './tunnels.ts';
import type { Address, Upstream, Upstreams } from './upstreams.ts';

/** As long as a service lets a request run. */
const usualLimits: ExchangeLimits = { silentMs: 30_000, wholeMs: 300_000, doubtMs: 2_000 };

/** A request that may be sent again, since it changes nothing. */
const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

export const isBelow = (url: string, prefix: string): boolean => {
  if (!url.startsWith(prefix)) return false;
  const next = url.charCodeAt(prefix.length);
  return Number.isNaN(next) || next === 0x2f || next === 0x3f;
};

export type ProxyOptions = Readonly<{
  upstreams: Upstreams;
  limits?: Partial<ExchangeLimits>;
  tunnelLimits?: Partial<TunnelLimits>;
  /** Adds what the gateway itself says to every answer, such as CORS. */
  finishHead?: (request: FastifyRequest, reply: FastifyReply) => void;
}>;

/**
 * Passes requests on to the service of their address, over kept connections, in turn over its
 * addresses. One that cannot be reached gives way to the next, whatever the request: it had nothing
 * of it. One that breaks off before it answers does so only for requests that change nothing and
 * whose body, if any, is still whole. A write that met a dying service is answered 503: it may have
 * acted, and only the client, who has the Idempotency-Key, can safely ask again.
 */
const createPassOn = (options: ProxyOptions, tunnels: Tunnels) => {
  const limits = { ...usualLimits, ...options.limits };
  const { finishHead = () => {} } = options;

  const passOver = (
    connection: Connection,
    address: Address,
    about: Readonly<{
      request: FastifyRequest;
      reply: FastifyReply;
      bodyBytesMax: number;
      isUpgrade: boolean;
    }>,
  ): ReturnType<typeof exchange> => {
    const { request, reply, bodyBytesMax, isUpgrade } = about;
    const framing = bodyFraming(request.raw);
    return exchange(connection, {
      request,
      reply,
      head: requestHead(request, framing, isUpgrade ? 'websocket' : undefined),
      framing,
      bodyBytesMax,
      limits,
      finishHead,
      onDoubt: address.check,
      onFree: () => address.connections.give(connection),
      ...(isUpgrade
        ? {
            onUpgrade: (answer, rest) =>
              tunnels.open(request, reply.raw, answer, address.connections.take(connection), rest),
          }
        : {}),
    });
  };

  return async (
    upstream: Upstream,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const { breaker, context } = upstream;
    if (breaker.state !== 'closed')
      throw httpError('unavailable', { retryAfterSeconds: breaker.retryAfterSeconds });
    const bodyBytesMax = bodyLimitOf(request, bodyFraming(request.raw));
    const isUpgrade = tunnels.isAsked(request);
    const candidates = upstream.candidates();
    let isCrowded = false;
    for (const address of candidates) {
      const about = { request, reply, bodyBytesMax, isUpgrade };
      const pass = (connection: Connection) => passOver(connection, address, about);
      const kept = address.connections.takeIdle();
      let isFresh = !kept;
      try {
        let end: Awaited<ReturnType<typeof pass>>;
        try {
          end = await pass(kept ?? (await address.connections.connect()));
        } catch (error) {
          // A kept connection that has died in the meantime says nothing of its address.
          if (isFresh || !mayRepeat(error, request)) throw error;
          address.connections.dropIdle();
          isFresh = true;
          end = await pass(await address.connections.connect());
        }
        // A client that goes away early has not seen whether anybody is there.
        if (end === 'answered') upstream.answered(address);
        return reply;
      } catch (error) {
        isCrowded ||= error instanceof Crowded;
        if (error instanceof Crowded) continue;
        if (!(error instanceof NotReached || error instanceof NotAnswered)) throw error;
        request.log.warn({ err: error, context, address: address.url }, 'service did not answer');
        const isTimeout = error instanceof NotAnswered && error.isTimeout;
        if (isFresh || isTimeout) address.breaker.failed();
        if (!(error instanceof NotReached) && !mayRepeat(error, request)) break;
      }
    }
    if (!isCrowded) upstream.unanswered();
    throw httpError('unavailable', { retryAfterSeconds: 1 });
  };
};

/** Time is up for a request that ran into its limit, however safe it is. */
const mayRepeat = (error: unknown, { method }: FastifyRequest): boolean =>
  error instanceof NotAnswered && error.isBodyWhole && !error.isTimeout && isSafe(method);

/** The routes of every service that `upstreams` has. */
export const proxyRoutes =
  (options: ProxyOptions): FastifyPluginAsync =>
  async (app) => {
    const { upstreams } = options;
    app.addHook('onClose', async () => {
      for (const upstream of upstreams.values()) upstream.close();
    });
    // Bodies go through as they come.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const passOn = createPassOn(options, createTunnels(app, options.tunnelLimits));

    const handlerOf =
      (prefix: string, usual: ContextName) =>
      (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        // An absolute address in the request line is nobody's to reach through here.
        if (!isBelow(request.url, prefix)) throw httpError('not_found');
        const context = contextAt(request.url.split('?', 1)[0]!, request.method) ?? usual;
        const upstream = upstreams.get(context);
        if (!upstream) throw httpError('unavailable', { retryAfterSeconds: 1 });
        return passOn(upstream, request, reply);
      };
    for (const [prefix, context] of contextOfPrefix)
      for (const url of [prefix, `${prefix}/*`])
        app.route({
          method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
          url,
          exposeHeadRoute: false,
          config: {
            access: 'public',
            isHidden: true,
            isPassedOn: true,
            // Applications name themselves by Basic; whose it is, identity knows.
            readsAuthorization: prefix === '/oauth2',
          },
          schema: { querystring: { type: 'object', additionalProperties: true }, hide: true },
          handler: handlerOf(prefix, context),
        });
  };
