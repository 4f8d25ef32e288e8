import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { createHttpServer } from '#shared/http/server.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { passSocketRoutes } from './pass-sockets.ts';

describe('WebSockets through the web server', () => {
  let gateway: Server;
  let sockets: WebSocketServer;
  let asked: IncomingMessage | undefined;
  let isRefused = false;
  let web: ReturnType<typeof createHttpServer>;
  let url: string;

  const listen = async (server: Server): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };
  before(async () => {
    gateway = createServer((_, response) => response.end('{}'));
    sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'plaza.v1' });
    sockets.on('connection', (socket) =>
      socket.on('message', (data, binary) => socket.send(data, { binary })),
    );
    gateway.on('upgrade', (request, socket, head) => {
      asked = request;
      if (isRefused)
        return socket.end(
          'HTTP/1.1 401 No\r\ncontent-type: application/problem+json\r\nwww-authenticate: Bearer\r\nset-cookie: a=b\r\ncontent-length: 7\r\n\r\n{"a":1}',
        );
      return sockets.handleUpgrade(request, socket, head, (one) => sockets.emit('connection', one));
    });
    const port = await listen(gateway);
    web = createHttpServer({ log: createLogger({ level: 'silent' }), trustedProxies: [] });
    await web.register(passSocketRoutes(`http://127.0.0.1:${port}`, { closingMs: 200 }));
    await web.listen({ port: 0, host: '127.0.0.1' });
    url = `ws://127.0.0.1:${(web.server.address() as AddressInfo).port}/ws`;
  });
  afterEach(() => void (isRefused = false));
  after(async () => {
    await web.close();
    for (const socket of sockets.clients) socket.terminate();
    gateway.closeAllConnections();
    gateway.close();
  });

  const open = async (headers: Record<string, string> = {}): Promise<WebSocket> => {
    const socket = new WebSocket(url, ['plaza.v1', 'ticket.abc'], { headers });
    await once(socket, 'open');
    return socket;
  };
  const refusal = async (): Promise<IncomingMessage> => {
    const socket = new WebSocket(url, ['plaza.v1']);
    socket.on('error', () => {});
    return ((await once(socket, 'unexpected-response')) as [unknown, IncomingMessage])[1];
  };

  it('carry frames both ways, with the agreed protocol and their own end', async () => {
    const socket = await open();
    assert.equal(socket.protocol, 'plaza.v1');
    const large = 'ñandú '.repeat(200_000);
    for (const text of ['ñandú', large]) {
      socket.send(text);
      const [data] = (await once(socket, 'message')) as [RawData];
      assert.ok((data as Buffer).toString() === text);
    }
    socket.close(4001, 'done');
    assert.equal(((await once(socket, 'close')) as [number])[0], 4001);
  });

  it('say who asks and from which page, and pass on no cookie and no word of another', async () => {
    const origin = new URL(url.replace('ws:', 'http:')).origin;
    const socket = await open({
      origin,
      cookie: 'plaza_session=x',
      'x-forwarded-for': '10.1.1.1',
      'x-user-id': 'somebody',
    });
    const { headers } = asked!;
    assert.deepEqual(
      [headers['origin'], headers['sec-websocket-protocol'], headers['x-forwarded-for']],
      [origin, 'plaza.v1,ticket.abc', '127.0.0.1'],
    );
    assert.equal(headers['x-forwarded-host'], new URL(origin).host);
    assert.deepEqual([headers['cookie'], headers['x-user-id']], [undefined, undefined]);
    socket.terminate();
  });

  it('are refused as the service refuses them, without its cookies', async () => {
    isRefused = true;
    const answer = await refusal();
    assert.equal(answer.statusCode, 401);
    assert.equal(answer.headers['www-authenticate'], 'Bearer');
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.equal(Buffer.concat((await answer.toArray()) as Buffer[]).toString(), '{"a":1}');
  });

  it('end at the service when the browser goes away', async () => {
    const socket = await open();
    const [behind] = [...sockets.clients].slice(-1);
    const closed = once(behind!, 'close');
    socket.terminate();
    await closed;
  });

  it('are 426 for whoever asks for no WebSocket', async () => {
    assert.equal((await fetch(url.replace('ws:', 'http:'))).status, 426);
  });

  it('are 503 while the gateway is away', async () => {
    const away = createHttpServer({ log: createLogger({ level: 'silent' }), trustedProxies: [] });
    await away.register(passSocketRoutes('http://127.0.0.1:9'));
    await away.listen({ port: 0, host: '127.0.0.1' });
    const before = url;
    url = `ws://127.0.0.1:${(away.server.address() as AddressInfo).port}/ws`;
    const answer = await refusal();
    url = before;
    assert.deepEqual([answer.statusCode, answer.headers['retry-after']], [503, '1']);
    await away.close();
  });
});
