import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as send, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { after, before, beforeEach, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import {
  sendRaw,
  startProxy,
  startService,
  type Handler,
  type Seen,
  type Service,
} from './test-services.ts';

const megabyte = 1024 * 1024;

describe('what goes through the gateway', () => {
  const seen: Seen[] = [];
  let handler: Handler = () => ({});
  let service: Service;
  let gateway: Awaited<ReturnType<typeof startProxy>>;
  let behindProxy: Awaited<ReturnType<typeof startProxy>>;
  before(async () => {
    service = await startService('orders', seen, (...of) => handler(...of));
    gateway = await startProxy({ orders: [service.url] });
    behindProxy = await startProxy({ orders: [service.url] }, { trustedProxies: ['127.0.0.1'] });
  });
  beforeEach(() => {
    seen.length = 0;
    handler = () => ({});
  });
  after(async () => {
    await Promise.all([gateway.stop(), behindProxy.stop()]);
    await service.stop();
  });

  const get = async (port: number, headers: object): Promise<IncomingMessage> => {
    const request = send({ port, path: '/api/v1/orders', headers: headers as never }).end();
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    reply.resume();
    return reply;
  };

  it('has no header of one hop, nor one that Connection names', async () => {
    await get(gateway.port, {
      connection: 'close, X-Hop , authorization',
      'x-hop': '1',
      authorization: 'Bearer a.b.c',
      'keep-alive': 'timeout=1',
      te: 'trailers',
      'proxy-authorization': 'Basic x',
      'proxy-connection': 'x',
      accept: 'kept',
    });
    const { headers } = seen[0]!.request;
    assert.equal(headers.accept, 'kept');
    for (const name of [
      'x-hop',
      'authorization',
      'keep-alive',
      'te',
      'proxy-authorization',
      'proxy-connection',
      'connection',
    ])
      assert.equal(headers[name], undefined, name);
  });

  it('has no header that says who somebody is, in no spelling', async () => {
    const names =
      'X-User-Id X_User_Id x-users x-account-id x-principal x-role x-roles x-auth-request-user x-plaza-internal remote-user x-client-ip true-client-ip x-real-ip forwarded via x-original-url x-rewrite-url x-http-method-override';
    await get(gateway.port, Object.fromEntries(names.split(' ').map((name) => [name, 'x'])));
    const { headers } = seen[0]!.request;
    for (const name of names.split(' ')) assert.equal(headers[name.toLowerCase()], undefined, name);
  });

  it('says where it came from, as only a trusted proxy may', async () => {
    const claim = {
      host: 'shop.example',
      'x-forwarded-for': '203.0.113.9, 198.51.100.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'claimed.example',
    };
    await get(gateway.port, claim);
    assert.partialDeepStrictEqual(seen[0]!.request.headers, {
      host: 'shop.example',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'shop.example',
    });
    await get(behindProxy.port, claim);
    assert.partialDeepStrictEqual(seen[1]!.request.headers, {
      'x-forwarded-for': '198.51.100.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'claimed.example',
    });
  });

  it('has of an answer no header of one hop, every cookie, and the id that the client got', async () => {
    handler = () => ({
      headers: {
        connection: 'close, x-hop',
        'x-hop': '1',
        'set-cookie': ['a=1', 'b=2'],
        'x-request-id': 'of the service',
        'alt-svc': 'h3=":1"',
        etag: '"1"',
      },
    });
    const { headers } = await get(gateway.port, { 'x-request-id': 'chosen-by-me' });
    assert.deepEqual(headers['set-cookie'], ['a=1', 'b=2']);
    assert.partialDeepStrictEqual(headers, {
      etag: '"1"',
      connection: 'keep-alive',
      'x-request-id': 'chosen-by-me',
    });
    assert.equal(headers['x-hop'], undefined);
    assert.equal(headers['alt-svc'], undefined);
  });

  describe('is no request that two could read in two ways', () => {
    const post = (...lines: string[]): string =>
      `POST /api/v1/orders HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}`;
    const smuggled = 'GET /api/v1/orders/smuggled HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const [name, text] of Object.entries({
      'a length and chunks': post(
        'Content-Length: 4',
        'Transfer-Encoding: chunked',
        '',
        `0\r\n\r\n${smuggled}`,
      ),
      'chunks and a length': post(
        'Transfer-Encoding: chunked',
        'Content-Length: 4',
        '',
        `0\r\n\r\n${smuggled}`,
      ),
      'two lengths': post('Content-Length: 0', `Content-Length: ${smuggled.length}`, '', smuggled),
      'two lengths in one': post(`Content-Length: 0, ${smuggled.length}`, '', smuggled),
      'a signed length': post('Content-Length: +0', '', smuggled),
      'a folded header': post('Transfer-Encoding:', ' chunked', '', `0\r\n\r\n${smuggled}`),
      'a space before the colon': post('Transfer-Encoding : chunked', '', `0\r\n\r\n${smuggled}`),
      'another encoding last': post(
        'Transfer-Encoding: chunked, identity',
        '',
        `0\r\n\r\n${smuggled}`,
      ),
      'two encodings': post(
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: identity',
        '',
        `0\r\n\r\n${smuggled}`,
      ),
      'a bare line feed': 'POST /api/v1/orders HTTP/1.1\nHost: x\nContent-Length: 0\n\n',
      'a NUL in a header': post('X: a\0b', 'Content-Length: 0', '', ''),
      'a chunk size that is none': post('Transfer-Encoding: chunked', '', `0x0\r\n\r\n${smuggled}`),
    }))
      it(name, async () => {
        const answer = await sendRaw(gateway.port, text);
        assert.match(answer, /^HTTP\/1\.1 400 [^]*problem\+json[^]*http\.malformed_request/);
        assert.equal(answer.split('HTTP/1.1 ').length, 2, 'one answer, and the connection ends');
        assert.ok(seen.every(({ request }) => request.url === '/api/v1/orders'));
      });
  });

  it('is a body even of GET, framed anew', async () => {
    const request = send({
      port: gateway.port,
      path: '/api/v1/orders',
      headers: { 'transfer-encoding': 'chunked' },
    });
    request.write('one');
    request.end('two');
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    assert.equal(reply.statusCode, 200);
    assert.equal(seen[0]!.body.toString(), 'onetwo');
    assert.equal(seen[0]!.request.headers['transfer-encoding'], 'chunked');
  });

  describe('is no body larger than services take', () => {
    const post = (type: string, bytes: number, withLength: boolean): Promise<Response> => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      let left = bytes;
      const body = withLength
        ? Buffer.alloc(bytes, 'x')
        : new ReadableStream({
            pull(controller) {
              const part = chunk.subarray(0, Math.min(left, chunk.length));
              left -= part.length;
              if (part.length > 0) controller.enqueue(part);
              else controller.close();
            },
          });
      return fetch(`${gateway.url}/api/v1/orders`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
        duplex: 'half',
      });
    };
    for (const withLength of [true, false])
      it(withLength ? 'that says its length' : 'that does not say its length', async () => {
        const exact = await post('application/json', megabyte, withLength);
        assert.equal(exact.status, 200);
        assert.equal(seen[0]!.body.length, megabyte);
        seen.length = 0;
        const over = await post('application/json', megabyte + 1, withLength);
        assert.equal(over.status, 413);
        assert.equal(((await over.json()) as { code: string }).code, 'http.too_large');
        assert.equal(seen.length, 0, 'the service had no whole request');
        assert.equal((await post('text/csv', 3 * megabyte, withLength)).status, 200, 'an upload');
      });
  });
});

describe('time at the gateway', () => {
  const limits = { silentMs: 300, wholeMs: 1_000, doubtMs: 100 };
  let handler: Handler = () => ({});
  let service: Service;
  let gateway: Awaited<ReturnType<typeof startProxy>>;
  before(async () => {
    service = await startService('orders', [], (...of) => handler(...of));
    gateway = await startProxy({ orders: [service.url] }, { limits });
  });
  after(async () => {
    await gateway.stop();
    await service.stop();
  });
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };

  it('is up for a service that does not answer, though others may', async () => {
    handler = () => undefined;
    let status = 0;
    const tookMs = await timed(async () => {
      ({ status } = await fetch(`${gateway.url}/api/v1/orders`));
    });
    assert.equal(status, 503);
    assert.ok(tookMs >= 250 && tookMs < 1_000, `${tookMs} ms, asked once`);
  });

  it('is up for an answer that stops in the middle', async () => {
    handler = (_request, _body, response) => void response.write('half');
    const reply = await fetch(`${gateway.url}/api/v1/orders`);
    assert.ok((await timed(() => assert.rejects(reply.text()))) < 1_000);
  });

  it('is up for an answer that drips for ever', async () => {
    handler = (_request, _body, response) => {
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
      return undefined;
    };
    const reply = await fetch(`${gateway.url}/api/v1/orders`);
    const tookMs = await timed(() => assert.rejects(reply.text()));
    assert.ok(tookMs > 700 && tookMs < 2_000, `${tookMs} ms`);
  });

  it('is up for a client that stops in the middle of its body', async () => {
    const answer = sendRaw(
      gateway.port,
      'POST /api/v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10\r\n\r\nhalf',
    );
    assert.ok((await timed(() => answer)) < 1_500);
    assert.match(await answer, /^HTTP\/1\.1 408 /);
  });

  it('is up for a client that does not take its answer, and the service is told', async () => {
    let closed: Promise<unknown> | undefined;
    handler = (_request, _body, response) => {
      closed = once(response, 'close');
      response.write(Buffer.alloc(20 * megabyte));
      return undefined;
    };
    const client = connect(gateway.port, '127.0.0.1');
    client.pause().on('error', () => {});
    client.write('GET /api/v1/orders HTTP/1.1\r\nHost: x\r\n\r\n');
    while (!closed) await wait(10);
    assert.ok((await timed(() => closed!)) < 2_000);
    client.destroy();
  });

  it('is over for the service when the client has gone', async () => {
    let closed: Promise<unknown> | undefined;
    handler = (_request, _body, response) => {
      closed = once(response, 'close');
      return undefined;
    };
    const controller = new AbortController();
    const asked = fetch(`${gateway.url}/api/v1/orders`, { signal: controller.signal });
    while (!closed) await wait(10);
    controller.abort();
    await assert.rejects(asked);
    assert.ok((await timed(() => closed!)) < 250);
  });
});
