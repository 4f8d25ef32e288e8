import { Agent, request as send, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import type { ContextName } from '#shared/platform/module.ts';
import { contextAt, prefixes } from './routing.ts';

const connectWithinMs = 1_000;
/** As long as a service lets a request run. */
const answerWithinMs = 30_000;

/** Of one hop (RFC 9110 7.6.1); besides them those that `Connection` names. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** What only this process may say of a caller to the services behind it. */
const ours =
  /^(x-forwarded-.*|forwarded|x-real-ip|x-user-.*|x-account-.*|x-principal.*|x-request-id)$/;

const throughHeaders = (
  headers: IncomingMessage['headers'],
  isOurs: (name: string) => boolean,
): OutgoingHttpHeaders => {
  const named = new Set(
    (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()),
  );
  const through: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers))
    if (!hopByHop.has(name) && !named.has(name) && !isOurs(name)) through[name] = value;
  return through;
};

/** A request that may be sent again, since it changes nothing and has no body. */
const isSafe = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/** The service had nothing of the request: the connection was never made. */
class NotReached extends Error {
  override readonly name = 'NotReached';
}

/**
 * Passes requests on to the service of their address, over kept connections, in turn over its
 * addresses. One that cannot be reached gives way to the next; one that breaks off in the middle
 * does so only for requests that change nothing. Bodies stream both ways and are never held.
 */
export const proxyRoutes =
  (services: ReadonlyMap<ContextName, readonly string[]>): FastifyPluginAsync =>
  async (app) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 256 });
    app.addHook('onClose', async () => agent.destroy());
    // Bodies go through as they come.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    let turn = 0;

    const headersFor = (request: FastifyRequest): OutgoingHttpHeaders => ({
      ...throughHeaders(request.raw.headers, (name) => ours.test(name)),
      'x-request-id': request.id,
      'x-forwarded-for': request.ip,
      'x-forwarded-proto': request.protocol,
      'x-forwarded-host': request.host,
    });

    const pass = (request: FastifyRequest, address: string): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(address);
        const upstream = send({
          agent,
          hostname,
          port,
          method: request.method,
          path: request.url,
          headers: headersFor(request),
        });
        let isReached = false;
        const connecting = setTimeout(() => upstream.destroy(), connectWithinMs);
        const answering = setTimeout(() => upstream.destroy(), answerWithinMs);
        upstream.on('socket', (socket) => {
          const reached = (): void => {
            isReached = true;
            clearTimeout(connecting);
          };
          if (socket.connecting) socket.once('connect', reached);
          else reached();
        });
        upstream.on('error', (error) => {
          clearTimeout(connecting);
          clearTimeout(answering);
          reject(isReached ? error : new NotReached(error.message));
        });
        upstream.on('response', (answer) => {
          clearTimeout(answering);
          resolve(answer);
        });
        const { body } = request as { body?: NodeJS.ReadableStream };
        if (body && typeof body.pipe === 'function') {
          // Who goes away in the middle of sending ends the request behind too.
          request.raw.once('aborted', () => upstream.destroy());
          body.pipe(upstream);
        } else upstream.end();
      });

    const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const context = contextAt(request.url.split('?', 1)[0]!);
      // An absolute address in the request line is nobody's to reach through here.
      if (!context) throw httpError('not_found');
      const addresses = services.get(context) ?? [];
      turn += 1;
      for (let i = 0; i < addresses.length; i++) {
        const address = addresses[(turn + i) % addresses.length]!;
        try {
          const answer = await pass(request, address);
          for (const [name, value] of Object.entries(
            throughHeaders(answer.headers, (header) => header === 'x-request-id'),
          ))
            if (value !== undefined) reply.header(name, value);
          return await reply.code(answer.statusCode!).send(answer);
        } catch (error) {
          request.log.warn({ err: error, context, address }, 'service did not answer');
          // The body of a write is gone once it began to flow.
          if (!isSafe(request) && !(error instanceof NotReached && request.body === undefined))
            break;
        }
      }
      throw httpError('unavailable', { retryAfterSeconds: 2 });
    };

    for (const prefix of prefixes)
      for (const url of [prefix, `${prefix}/*`])
        app.route({
          method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
          url,
          exposeHeadRoute: false,
          config: { access: 'public', isHidden: true },
          schema: { querystring: { type: 'object', additionalProperties: true }, hide: true },
          handler: handle,
        });
  };
