import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Server as NetServer } from 'node:net';
import { createHttpServer } from '#shared/http/server.ts';
import { createDiscovery, type Discovery } from '#shared/platform/discovery.ts';
import type { ContextName } from '#shared/platform/module.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { proxyRoutes, type ProxyOptions } from './proxy.ts';
import { createUpstreams, type UpstreamLimits } from './upstreams.ts';

export type Seen = { name: string; request: IncomingMessage; body: Buffer };

export type Handler = (
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
) => { status?: number; headers?: object; body?: string } | undefined;

export const silent = createLogger({ level: 'silent' });

/** Resolves with the port. */
export const listen = async (server: NetServer, port = 0): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
};

/**
 * A service that records what reached it and answers as `handler` says, which answers itself when it
 * gives nothing. Probes of the gateway are answered and not recorded.
 */
export const startService = async (
  name: string,
  seen: Seen[],
  handler: Handler = () => ({}),
  port = 0,
) => {
  const answerOne = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/health/live') return void response.end('{}');
    const body = Buffer.concat((await request.toArray()) as Buffer[]);
    seen.push({ name, request, body });
    const answer = handler(request, body, response);
    if (!answer) return undefined;
    response.writeHead(answer.status ?? 200, {
      'content-type': 'application/json',
      ...answer.headers,
    });
    response.end(answer.body ?? '{}');
    return undefined;
  };
  const server = createServer(
    (request, response) => void answerOne(request, response).catch(() => {}),
  );
  const at = await listen(server, port);
  return {
    name,
    server,
    port: at,
    url: `http://127.0.0.1:${at}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
};

export type Service = Awaited<ReturnType<typeof startService>>;

/** A gateway's proxy alone, listening, over fixed addresses or a discovery. */
export const startProxy = async (
  services: Discovery | Partial<Record<ContextName, readonly string[]>>,
  options: Partial<ProxyOptions> &
    Readonly<{ upstreamLimits?: UpstreamLimits; trustedProxies?: readonly string[] }> = {},
) => {
  const discovery =
    'addressesOf' in services
      ? services
      : createDiscovery(new Map(Object.entries(services)) as never, silent);
  const { upstreamLimits, trustedProxies = [], ...rest } = options;
  const app = createHttpServer({ log: silent, trustedProxies });
  const upstreams = createUpstreams(discovery, silent, upstreamLimits);
  await app.register(proxyRoutes({ upstreams, ...rest }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return {
    app,
    upstreams,
    port,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await app.close();
      discovery.stop();
    },
  };
};

/** Sends `text` as it is and answers all that comes back until the other side closes. */
export const sendRaw = (port: number, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let answer = '';
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('error', reject).on('close', () => resolve(answer));
  });
