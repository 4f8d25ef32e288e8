import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sendRaw, startProxy, startService, type Handler, type Service } from './test-services.ts';

const megabyte = 1024 * 1024;
const path = '/api/v1/orders';

/** What only a client does must cost nobody else anything. */
describe('a client of the gateway', () => {
  let handler: Handler;
  let service: Service;
  let gateway: Awaited<ReturnType<typeof startProxy>>;
  beforeEach(async () => {
    handler = () => ({});
    service = await startService('orders', [], (...about) => handler(...about));
    gateway = await startProxy(
      { orders: [service.url], notifications: [service.url] },
      {
        limits: { silentMs: 1_000, wholeMs: 2_000, doubtMs: 100 },
        tunnelLimits: { perClientMax: 2 },
        upstreamLimits: { connectWithinMs: 1_000, probeWithinMs: 500 },
      },
    );
  });
  afterEach(async () => {
    await gateway.stop();
    await service.stop();
  });
  const stateOf = () => gateway.upstreams.get('orders')!.state();

  it('that sends too much into an answer that has begun loses its own connection only', async () => {
    service.server.removeAllListeners('request').on('request', (request, response) => {
      // Fastify reads no body of a GET either.
      if (request.url === path) response.writeHead(200).write('begun');
      else response.end('{}');
    });
    const client = connect(gateway.port, '127.0.0.1');
    client.on('error', () => {});
    client.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n`);
    await once(client, 'data');
    const closed = new Promise((resolve) => client.once('close', resolve));
    const chunk = Buffer.alloc(megabyte / 4, 'x');
    for (let i = 0; i < 6; i++) {
      client.write(`${chunk.length.toString(16)}\r\n`);
      client.write(chunk);
      client.write('\r\n');
    }
    await closed;
    assert.equal((await fetch(`${gateway.url}${path}/else`)).status, 200);
  });

  it('that stops in the middle of its bodies takes no service away from others', async () => {
    const half = `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\nhalf`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => sendRaw(gateway.port, half)));
    for (const answer of answers) assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.equal(stateOf().breaker, 'closed');
    assert.deepEqual(Object.values(stateOf().addresses), ['up']);
    assert.equal((await fetch(gateway.url + path)).status, 200);
  });

  it('that gives up does not vouch for a service that said nothing', async () => {
    // Frozen: it takes connections and answers nobody, probes neither.
    service.server.removeAllListeners('request').on('request', () => {});
    const controller = new AbortController();
    const asked = fetch(gateway.url + path, { signal: controller.signal });
    while (Object.values(stateOf().addresses)[0] !== 'aside') await wait(10);
    controller.abort();
    await assert.rejects(asked);
    await wait(50);
    assert.deepEqual(Object.values(stateOf().addresses), ['aside']);
  });

  it('whose write meets a kept connection that has died hears 503, and the address stays', async () => {
    assert.equal((await fetch(gateway.url + path)).status, 200);
    handler = (request) => void request.socket.destroy();
    const reply = await fetch(gateway.url + path, { method: 'POST', body: 'x' });
    assert.equal(reply.status, 503);
    assert.ok(reply.headers.has('retry-after'));
    assert.deepEqual(Object.values(stateOf().addresses), ['up']);
  });

  const handshake = (at: string): string =>
    `GET ${at} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';

  it('that asks for a WebSocket reads a long refusal to its end', async () => {
    const long = 'x'.repeat(24 * megabyte);
    handler = () => ({ status: 404, body: long });
    const client = connect(gateway.port, '127.0.0.1').on('error', () => {});
    client.write(handshake('/ws'));
    // A slow reader: the gateway has to wait for it.
    await wait(150);
    const answer = Buffer.concat(await client.toArray()).toString('latin1');
    assert.match(answer, /^HTTP\/1\.1 404 /);
    // In chunks, whose lengths stand between.
    assert.equal(
      answer.slice(answer.indexOf('\r\n\r\n')).replaceAll(/[^x]/g, '').length,
      long.length,
    );
    assert.ok(answer.endsWith('0\r\n\r\n'));
  });

  it('is counted for its handshakes while they are under way', async () => {
    let arrived = 0;
    handler = () => {
      arrived += 1;
      return undefined;
    };
    const sockets = Array.from({ length: 2 }, () => connect(gateway.port, '127.0.0.1'));
    for (const socket of sockets) socket.on('error', () => {}).write(handshake('/ws'));
    while (arrived < 2) await wait(10);
    assert.match(await sendRaw(gateway.port, handshake('/ws')), /^HTTP\/1\.1 429 /);
    for (const socket of sockets) socket.destroy();
    handler = () => ({ status: 401 });
    let answer = '';
    for (let tries = 0; tries < 40 && !answer.startsWith('HTTP/1.1 401 '); tries++) {
      await wait(50);
      answer = await sendRaw(gateway.port, handshake('/ws'));
    }
    assert.match(answer, /^HTTP\/1\.1 401 /);
  });
});
