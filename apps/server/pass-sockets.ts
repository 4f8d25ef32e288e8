import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import type { Asked } from '../gateway/exchange.ts';
import { createTunnels, type TunnelLimits } from '../gateway/tunnels.ts';

const config = { access: 'public', readsAuthorization: true } as const;
const schema = { hide: true, querystring: {} };
/** A gateway that says nothing to a handshake for so long is not there. */
const handshakeMs = 10_000;

/** What a handshake says of its own; who asks and from where is ours to say. */
const passedOn = [
  'authorization',
  'origin',
  'user-agent',
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-protocol',
  'sec-websocket-extensions',
] as const;

const askedBy = (request: FastifyRequest, reply: FastifyReply): Asked => ({
  raw: request.raw,
  response: reply.raw,
  id: request.id,
  ip: request.ip,
  protocol: request.protocol,
  host: request.host,
});

const shakeHands = (apiUrl: string, { raw, id, ip, protocol, host }: Asked): ClientRequest => {
  const send = apiUrl.startsWith('https:') ? httpsRequest : httpRequest;
  const own = passedOn.flatMap((name) => {
    const value = raw.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return send(new URL(raw.url!, apiUrl), {
    // A connection of its own: it becomes a WebSocket, and is nobody else's afterwards.
    agent: false,
    timeout: handshakeMs,
    headers: {
      ...Object.fromEntries(own),
      connection: 'Upgrade',
      upgrade: 'websocket',
      'x-request-id': id,
      'x-forwarded-for': ip,
      'x-forwarded-proto': protocol,
      'x-forwarded-host': host,
    },
  });
};

/** `/ws` of a web server that stands in front: WebSockets go on to the gateway at `apiUrl`. */
export const passSocketRoutes =
  (apiUrl: string, limits: Partial<TunnelLimits> = {}): FastifyPluginAsync =>
  async (app) => {
    const tunnels = createTunnels(app, limits);
    app.get('/ws', { config, schema }, async (request, reply) => {
      const asked = askedBy(request, reply);
      if (!tunnels.isAsked(asked)) {
        reply.header('upgrade', 'websocket');
        throw httpError('upgrade_required');
      }
      const outgoing = shakeHands(apiUrl, asked);
      const leave = (): void => void outgoing.destroy();
      request.raw.socket.once('close', leave);
      outgoing.once('timeout', leave);
      const answered = Promise.withResolvers<IncomingMessage | undefined>();
      outgoing
        .once('upgrade', (answer: IncomingMessage, socket: Socket, rest: Buffer) => {
          socket.setTimeout(0);
          reply.hijack();
          const head = { status: 101, headers: answer.rawHeaders, isKept: false };
          tunnels.open(asked, head, socket, rest);
          answered.resolve(undefined);
        })
        .once('response', (answer: IncomingMessage) => answered.resolve(answer))
        .once('error', () => answered.reject(httpError('unavailable', { retryAfterSeconds: 1 })))
        .end();
      const refusal = await answered.promise.finally(() => request.raw.socket.off('close', leave));
      if (!refusal) return reply;
      // As the service refuses it.
      reply.code(refusal.statusCode ?? 502);
      for (const name of ['content-type', 'retry-after', 'www-authenticate', 'upgrade'])
        if (refusal.headers[name] !== undefined) reply.header(name, refusal.headers[name]);
      return reply.send(refusal);
    });
  };
