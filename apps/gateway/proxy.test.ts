import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { contextAt } from './routing.ts';
import {
  sendRaw,
  startProxy,
  startService,
  type Handler,
  type Seen,
  type Service,
} from './test-services.ts';

const deadAddress = 'http://127.0.0.1:9';

describe('the routing table', () => {
  it('sends every documented address to the context that serves it', () => {
    const { paths } = JSON.parse(readFileSync('tests/golden/openapi.json', 'utf8')) as {
      paths: Record<string, Record<string, { tags?: readonly string[] }>>;
    };
    let looked = 0;
    for (const [path, methods] of Object.entries(paths))
      for (const [method, { tags = [] }] of Object.entries(methods)) {
        if (tags[0] === 'operation') continue; // Of each process itself.
        looked += 1;
        const address = path.replaceAll(/\{\w+\}/g, 'x');
        assert.equal(contextAt(address, method.toUpperCase()), tags[0], `${method} ${path}`);
      }
    assert.ok(looked > 50, `only ${looked} operations looked at`);
    assert.equal(contextAt('/api/v1/ordersx', 'GET'), undefined);
    assert.equal(contextAt('/', 'GET'), undefined);
    assert.equal(contextAt('/api/v1/users', 'GET'), 'users');
    assert.equal(contextAt('/api/v1/users/', 'POST'), 'identity');
    assert.equal(contextAt('/api/v1/users/x/roles/y', 'PUT'), 'users');
  });
});

describe('passing requests on', () => {
  const seen: Seen[] = [];
  let handler: Handler = () => ({});
  let services: Service[];
  let gateway: Awaited<ReturnType<typeof startProxy>>;
  let url: string;
  before(async () => {
    services = await Promise.all(
      ['one', 'two'].map((name) => startService(name, seen, (...of) => handler(...of))),
    );
    gateway = await startProxy({
      orders: services.map((service) => service.url),
      catalog: [deadAddress, services[0]!.url],
      payments: [deadAddress],
    });
    ({ url } = gateway);
  });
  beforeEach(() => {
    seen.length = 0;
    handler = () => ({});
  });
  after(async () => {
    await gateway.stop();
    await Promise.all(services.map((service) => service.stop()));
  });

  it('goes round the addresses and keeps method, address, body, status and headers', async () => {
    handler = () => ({ status: 201, headers: { location: '/x', etag: '"1"' }, body: '{"a":1}' });
    for (let i = 0; i < 4; i++) {
      const reply = await fetch(`${url}/api/v1/orders/7?b=%20c`, { method: 'POST', body: 'ñandú' });
      assert.equal(reply.status, 201);
      assert.equal(reply.headers.get('location'), '/x');
      assert.equal(reply.headers.get('etag'), '"1"');
      assert.equal(await reply.text(), '{"a":1}');
    }
    assert.deepEqual(new Set(seen.map(({ name }) => name)), new Set(['one', 'two']));
    const { request, body } = seen[0]!;
    assert.deepEqual([request.method, request.url], ['POST', '/api/v1/orders/7?b=%20c']);
    assert.equal(body.toString(), 'ñandú');
  });

  it('lets nobody say who they are but itself, and passes no header of one hop', async () => {
    const headers = {
      'x-forwarded-for': '10.1.1.1',
      forwarded: 'for=10.1.1.1',
      'x-real-ip': '10.1.1.1',
      'x-user-id': 'somebody',
      'x-principal': 'somebody',
      'x-cart-token': 'kept',
      authorization: 'Bearer a.b.c',
      connection: 'x-secret-hop',
      'x-secret-hop': '1',
      te: 'trailers',
      'proxy-authorization': 'Basic x',
    };
    // fetch refuses some of these.
    await new Promise<void>((resolve, reject) => {
      const request = send(`${url}/api/v1/cart`, { headers }, (reply) => {
        reply.resume().on('end', resolve);
        assert.match(String(reply.headers['x-request-id']), /^[\w-]{36}$/);
      });
      request.on('error', reject).end();
    });
    const got = seen[0]!.request.headers;
    assert.equal(got['x-forwarded-for'], '127.0.0.1');
    assert.equal(got['x-cart-token'], 'kept');
    assert.equal(got.authorization, 'Bearer a.b.c');
    for (const name of ['forwarded', 'x-real-ip', 'x-user-id', 'x-principal', 'x-secret-hop', 'te'])
      assert.equal(got[name], undefined, name);
    assert.equal(got['proxy-authorization'], undefined);
  });

  it('turns to the next address when one cannot be reached, and says so when none can', async () => {
    for (let i = 0; i < 4; i++) assert.equal((await fetch(`${url}/api/v1/products`)).status, 200);
    const none = await fetch(`${url}/api/v1/payments`);
    assert.equal(none.status, 503);
    assert.equal(none.headers.get('retry-after'), '1');
    assert.equal(((await none.json()) as { code: string }).code, 'http.unavailable');
  });

  it('never sends a write twice', async () => {
    handler = (request) => {
      request.socket.destroy(); // Dies after it had the request.
      return {};
    };
    const reply = await fetch(`${url}/api/v1/orders`, { method: 'POST', body: '{}' });
    assert.equal(reply.status, 503);
    assert.equal(seen.length, 1);
    seen.length = 0;
    assert.equal((await fetch(`${url}/api/v1/cart`, { method: 'DELETE' })).status, 503);
    assert.equal(seen.length, 1, 'nor one without a body');
    seen.length = 0;
    assert.equal((await fetch(`${url}/api/v1/orders`)).status, 503);
    assert.equal(seen.length, 2, 'a read is asked of both');
  });

  it('streams uploads that are larger than what it could hold', async () => {
    const megabytes = 40;
    const chunk = Buffer.alloc(1_048_576, 'x');
    handler = (_, body) => ({ body: JSON.stringify({ bytes: body.length }) });
    const reply = await fetch(`${url}/api/v1/orders`, {
      method: 'POST',
      duplex: 'half',
      headers: { 'content-type': 'text/csv' },
      body: new ReadableStream({
        start(controller) {
          for (let i = 0; i < megabytes; i++) controller.enqueue(chunk);
          controller.close();
        },
      }),
    });
    assert.deepEqual(await reply.json(), { bytes: megabytes * chunk.length });
  });

  it('is no way to other hosts', async () => {
    const answer = await sendRaw(
      gateway.port,
      'GET http://169.254.169.254/api/v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    assert.match(answer, /^HTTP\/1\.1 404 /);
    assert.equal(seen.length, 0);
  });
});
