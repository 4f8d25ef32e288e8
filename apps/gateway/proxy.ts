import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import type { EarlyRoute } from '#shared/http/shortcut.ts';
import { bodyLimitOf } from './body-limit.ts';
import type { Asked, Order } from './exchange.ts';
import { bodyFraming, requestHead } from './headers.ts';
import { Passing } from './passing.ts';
import { contextAt, contextOfPrefix, hasExceptions, prefixOf } from './routing.ts';
import { createTunnels, type TunnelLimits, type Tunnels } from './tunnels.ts';
import type { Upstream, Upstreams } from './upstreams.ts';
import { createWatch, type ExchangeLimits, type Watch } from './watch.ts';

/** As long as a service lets a request run. */
const usualLimits: ExchangeLimits = { silentMs: 30_000, wholeMs: 300_000, doubtMs: 2_000 };

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
  finishHead?: (asked: Asked) => void;
}>;

type PassOn = (
  upstream: Upstream,
  asked: Asked,
  log: FastifyBaseLogger,
  onOver: (error?: Error) => void,
) => Passing;

/** Passes requests on to a service; `onOver` is that of `Passing`, and what is raised is an error, too. */
const createPassOn = (
  { finishHead = () => {} }: ProxyOptions,
  tunnels: Tunnels,
  watch: Watch,
): PassOn => {
  const openTunnel: Order['onUpgrade'] = (...of) => tunnels.open(...of);
  return (upstream, asked, log, onOver) => {
    const { breaker } = upstream;
    if (breaker.state !== 'closed')
      throw httpError('unavailable', { retryAfterSeconds: breaker.retryAfterSeconds });
    const framing = bodyFraming(asked.raw);
    const bodyBytesMax = bodyLimitOf(asked.raw, framing);
    const isUpgrade = tunnels.isAsked(asked);
    const head = requestHead(asked, framing, isUpgrade ? 'websocket' : undefined);
    const onUpgrade = isUpgrade ? openTunnel : undefined;
    const order = { asked, head, framing, bodyBytesMax, watch, onUpgrade, finishHead };
    const passing = new Passing(upstream, order, log, onOver);
    passing.next();
    return passing;
  };
};

/** Addresses in which no two could see different paths; all others are for the router to judge. */
const plainUrl = /^[\w./~-]*[\w.~-](?:\?|$)/;

/** Reads of services that need nothing of Fastify: the route and the service of each, if it is one. */
const createFind = (upstreams: Upstreams, passOn: PassOn, log: FastifyBaseLogger) => {
  const routeTo = (route: string, upstream: Upstream): EarlyRoute => ({
    route,
    answer: (request, refuse) =>
      passOn(upstream, request, log, (error) => {
        if (error) refuse(error);
      }),
  });
  const known = new Map<string, Readonly<{ at: EarlyRoute; below: EarlyRoute }>>();
  for (const [prefix, context] of contextOfPrefix) {
    const upstream = upstreams.get(context);
    // Below some prefixes it takes more than the prefix to say whose an address is.
    if (!upstream || hasExceptions(prefix)) continue;
    known.set(prefix, {
      at: routeTo(prefix, upstream),
      below: routeTo(`${prefix}/*`, upstream),
    });
  }
  return (raw: IncomingMessage): EarlyRoute | undefined => {
    const { url = '', method } = raw;
    if (!(method === 'GET' || method === 'HEAD') || bodyFraming(raw) !== 'none') return undefined;
    if (!plainUrl.test(url) || url.includes('%00')) return undefined;
    const prefix = prefixOf(url);
    const routes = known.get(prefix);
    return url.charCodeAt(prefix.length) === 0x2f ? routes?.below : routes?.at;
  };
};

/** The routes of every service that `upstreams` has. */
export const proxyRoutes =
  (options: ProxyOptions): FastifyPluginAsync =>
  async (app) => {
    const { upstreams } = options;
    const watch = createWatch({ ...usualLimits, ...options.limits });
    app.addHook('onClose', async () => {
      for (const upstream of upstreams.values()) upstream.close();
      watch.stop();
    });
    // Bodies go through as they come.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    const passOn = createPassOn(options, createTunnels(app, options.tunnelLimits), watch);

    const answer = (
      upstream: Upstream,
      request: FastifyRequest,
      reply: FastifyReply,
    ): Promise<FastifyReply> =>
      new Promise((resolve, reject) => {
        const { raw, id, ip, protocol, host, log } = request;
        const asked = { raw, response: reply.raw, id, ip, protocol, host };
        const passing = passOn(upstream, asked, log, (error) => {
          if (error) return reject(error);
          // It is the service's answer that the client gets, and not Fastify's.
          reply.hijack();
          resolve(reply);
        });
        reply.raw.on('close', () => passing.onClientGone());
      });
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
          handler: (request, reply) => {
            // An absolute address in the request line is nobody's to reach through here.
            if (!isBelow(request.url, prefix)) throw httpError('not_found');
            const at = contextAt(request.url.split('?', 1)[0]!, request.method) ?? context;
            const upstream = upstreams.get(at);
            if (!upstream) throw httpError('unavailable', { retryAfterSeconds: 1 });
            return answer(upstream, request, reply);
          },
        });
    app.answerEarly(createFind(upstreams, passOn, app.log));
  };
