import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { listen, sendRaw, startProxy } from './test-services.ts';

const quietMs = 400;

const open = async (
  url: string,
  options: object = {},
  protocols: string[] = [],
): Promise<WebSocket> => {
  const socket = new WebSocket(url.replace('http', 'ws') + '/ws?topic=orders', protocols, options);
  await once(socket, 'open');
  return socket;
};
const next = async (socket: WebSocket): Promise<Buffer> =>
  ((await once(socket, 'message')) as [RawData])[0] as Buffer;

/** How the gateway answers a handshake that comes to nothing. */
const refusalOf = async (port: number): Promise<IncomingMessage> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
  socket.on('error', () => {});
  return ((await once(socket, 'unexpected-response')) as [unknown, IncomingMessage])[1];
};

describe('WebSockets through the gateway', () => {
  let http: Server;
  let sockets: WebSocketServer;
  let gateway: Awaited<ReturnType<typeof startProxy>>;
  let refusal: { status: number; headers: Record<string, string>; body: string } | undefined;
  let asked: { url: string; headers: NodeJS.Dict<string | string[]> } | undefined;
  let port: number;

  const startBehind = async (at = 0): Promise<void> => {
    http = createServer((_, response) => response.end('{}'));
    sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'plaza' });
    sockets.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
    });
    http.on('upgrade', (request, socket, head) => {
      asked = { url: request.url!, headers: request.headers };
      if (!refusal)
        return sockets.handleUpgrade(request, socket, head, (one) =>
          sockets.emit('connection', one),
        );
      const lines = Object.entries(refusal.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      return socket.end(`HTTP/1.1 ${refusal.status} No\r\n${lines.join('')}\r\n${refusal.body}`);
    });
    port = await listen(http, at);
  };
  const stopBehind = async (): Promise<void> => {
    for (const socket of sockets.clients) socket.terminate();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  before(async () => {
    await startBehind();
    gateway = await startProxy(
      { notifications: [`http://127.0.0.1:${port}`] },
      { tunnelLimits: { quietMs, closingMs: 200 } },
    );
  });
  afterEach(() => void (refusal = undefined));
  after(async () => {
    await gateway.stop();
    await stopBehind();
  });

  it('carry text and binary frames both ways, of any size, and the agreed protocol', async () => {
    const socket = await open(gateway.url, {}, ['plaza']);
    assert.equal(socket.protocol, 'plaza');
    socket.send('ñandú');
    assert.equal((await next(socket)).toString(), 'ñandú');
    const large = Buffer.alloc(3_000_000, Uint8Array.from([0, 1, 254, 255]));
    socket.send(large);
    assert.ok((await next(socket)).equals(large));
    socket.close(4001, 'done');
    assert.equal(((await once(socket, 'close')) as [number])[0], 4001, 'its own close handshake');
  });

  it('go on with the header hygiene of requests', async () => {
    const socket = await open(gateway.url, {
      headers: {
        'x-forwarded-for': '10.1.1.1',
        'x-user-id': 'somebody',
        'x-plaza-role': 'admin',
        'proxy-authorization': 'Basic x',
        origin: 'https://shop.example',
      },
    });
    assert.equal(asked?.url, '/ws?topic=orders');
    const { headers } = asked;
    assert.equal(headers['x-forwarded-for'], '127.0.0.1');
    assert.equal(headers['origin'], 'https://shop.example', 'the service checks it');
    assert.match(String(headers['x-request-id']), /^[\w-]{36}$/);
    assert.deepEqual([headers['upgrade'], headers['connection']], ['websocket', 'Upgrade']);
    for (const name of ['x-user-id', 'x-plaza-role', 'proxy-authorization'])
      assert.equal(headers[name], undefined, name);
    socket.terminate();
  });

  it('are refused as the service refuses them', async () => {
    refusal = {
      status: 401,
      headers: {
        'content-type': 'application/problem+json',
        'content-length': '7',
        'www-authenticate': 'Bearer',
      },
      body: '{"a":1}',
    };
    const reply = await refusalOf(gateway.port);
    assert.equal(reply.statusCode, 401);
    assert.equal(reply.headers['www-authenticate'], 'Bearer');
    assert.equal(Buffer.concat((await reply.toArray()) as Buffer[]).toString(), '{"a":1}');
  });

  it('are nothing at an address of nobody, and no other protocol is one', async () => {
    const ask = (path: string, protocol: string): Promise<string> =>
      sendRaw(
        gateway.port,
        `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
      );
    assert.match(await ask('/nobody', 'websocket'), /^HTTP\/1\.1 404 .*problem\+json/s);
    asked = undefined;
    assert.match(await ask('/ws', 'h2c'), /^HTTP\/1\.1 200 /, 'an ordinary request');
    assert.equal(asked, undefined);
  });

  it('are limited for each client', async () => {
    const small = await startProxy(
      { notifications: [`http://127.0.0.1:${port}`] },
      { tunnelLimits: { perClientMax: 2, closingMs: 200 } },
    );
    const [first] = await Promise.all([open(small.url), open(small.url)]);
    const { statusCode, headers } = await refusalOf(small.port);
    assert.deepEqual([statusCode, headers['retry-after']], [429, '10']);
    const behind = [...sockets.clients].map((socket) => once(socket, 'close'));
    first.close();
    await Promise.race(behind);
    await open(small.url);
    await small.stop();
  });

  it('end at the service when the client goes away, with or without a word', async () => {
    for (const leave of ['terminate', 'close'] as const) {
      const socket = await open(gateway.url);
      const [behind] = [...sockets.clients];
      const closed = once(behind!, 'close');
      socket[leave]();
      await closed;
    }
  });

  it('end on both sides when the client says nothing any more, though the service goes on', async () => {
    const client = connect(gateway.port, '127.0.0.1');
    client.on('error', () => {});
    const arrived = once(sockets, 'connection') as Promise<[WebSocket]>;
    client.write(
      'GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    client.resume(); // Its pongs never come.
    const [behind] = await arrived;
    const started = performance.now();
    const pings = setInterval(() => behind.ping(), 50);
    await once(behind, 'close');
    clearInterval(pings);
    const tookMs = performance.now() - started;
    assert.ok(tookMs > quietMs * 0.8 && tookMs < quietMs * 4, `${tookMs} ms`);
  });

  it('stay as long as the client answers pings', async () => {
    const socket = await open(gateway.url);
    const [behind] = [...sockets.clients];
    const pings = setInterval(() => behind!.ping(), 50);
    await wait(quietMs * 2);
    clearInterval(pings);
    assert.equal(socket.readyState, WebSocket.OPEN);
    socket.terminate();
  });

  it('end at the client when the service dies, and begin again when it is back', async () => {
    const socket = await open(gateway.url);
    const closed = once(socket, 'close') as Promise<[number]>;
    socket.on('error', () => {});
    const { port: same } = http.address() as { port: number };
    await stopBehind();
    assert.equal((await closed)[0], 1006);
    const reply = await refusalOf(gateway.port);
    assert.equal(reply.statusCode, 503);
    assert.ok(Number(reply.headers['retry-after']) >= 1);
    await startBehind(same);
    (await open(gateway.url)).terminate();
  });

  it('end when the gateway stops, and do not hold it up', async () => {
    const other = await startProxy(
      { notifications: [`http://127.0.0.1:${port}`] },
      { tunnelLimits: { closingMs: 200 } },
    );
    const socket = await open(other.url);
    const closed = once(socket, 'close');
    const started = performance.now();
    await Promise.all([other.stop(), closed]);
    assert.ok(performance.now() - started < 2_000);
  });
});
