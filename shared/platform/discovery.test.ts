import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it, mock } from 'node:test';
import { startDns, type Zone } from '../testing/test-dns.ts';
import { createLogger } from '../telemetry/logger.ts';
import { askOverHttp } from './ask-over-http.ts';
import { createDiscovery, type Discovery } from './discovery.ts';

const log = createLogger({ level: 'silent' });

describe('discovery by DNS', () => {
  const zone: Zone = new Map();
  let dns: Awaited<ReturnType<typeof startDns>>;
  let discovery: Discovery | undefined;
  before(async () => void (dns = await startDns(zone)));
  after(() => dns.stop());
  beforeEach(() => mock.timers.enable({ apis: ['setInterval'] }));
  afterEach(() => {
    discovery?.stop();
    mock.timers.reset();
    zone.clear();
  });

  const start = async (...urls: readonly string[]): Promise<Discovery> => {
    discovery = createDiscovery(new Map([['orders', urls]]), log, dns.names);
    await discovery.started;
    return discovery;
  };
  /** Resolves when the next look is over, which the addresses themselves do not always show. */
  const lookAgain = async (look: () => void): Promise<void> => {
    const asked = dns.asked(2);
    look();
    await asked;
    await new Promise((resolve) => setTimeout(resolve, 500)); // Both answers, or their time-out.
  };

  it('finds every address of a name, of both kinds, beside fixed ones', async () => {
    zone.set('orders.plaza', ['10.0.0.2', 'fd00::7', '10.0.0.1']);
    const { addressesOf } = await start('http://fixed:1', 'dns+http://orders.plaza:8000');
    assert.deepEqual(addressesOf('orders'), [
      'http://fixed:1',
      'http://10.0.0.1:8000',
      'http://10.0.0.2:8000',
      'http://[fd00::7]:8000',
    ]);
    assert.deepEqual(addressesOf('catalog'), []);
  });

  it('looks again every five seconds, and gives the same list until it changes', async () => {
    zone.set('orders.plaza', ['10.0.0.1']);
    const { addressesOf } = await start('dns+http://orders.plaza:8000');
    const first = addressesOf('orders');
    await lookAgain(() => mock.timers.tick(5_000));
    assert.equal(addressesOf('orders'), first);
    zone.set('orders.plaza', ['10.0.0.2', '10.0.0.3']);
    await lookAgain(() => mock.timers.tick(5_000));
    assert.deepEqual(addressesOf('orders'), ['http://10.0.0.2:8000', 'http://10.0.0.3:8000']);
  });

  it('looks at once when nobody answers, and not at every request', async () => {
    zone.set('orders.plaza', ['10.0.0.1']);
    const { addressesOf, lookAgain: look } = await start('dns+http://orders.plaza:8000');
    zone.set('orders.plaza', ['10.0.0.9']);
    await new Promise((resolve) => setTimeout(resolve, 600)); // As long as it spares DNS.
    const before = dns.questions();
    await lookAgain(() => {
      for (let i = 0; i < 50; i++) look('orders');
    });
    assert.deepEqual(addressesOf('orders'), ['http://10.0.0.9:8000']);
    assert.equal(dns.questions() - before, 2, 'one look: A and AAAA');
  });

  for (const fault of ['failed', 'silent', 'none'] as const)
    it(`keeps the last addresses when DNS is ${fault}, and follows it when it is back`, async () => {
      zone.set('orders.plaza', ['10.0.0.1', 'fd00::1']);
      const { addressesOf } = await start('dns+http://orders.plaza:8000');
      zone.set('orders.plaza', fault);
      await lookAgain(() => mock.timers.tick(5_000));
      assert.deepEqual(addressesOf('orders'), ['http://10.0.0.1:8000', 'http://[fd00::1]:8000']);
      zone.set('orders.plaza', ['10.0.0.4']);
      await lookAgain(() => mock.timers.tick(5_000));
      assert.deepEqual(addressesOf('orders'), ['http://10.0.0.4:8000']);
    });

  it('starts without DNS and finds the name when it is there', async () => {
    zone.set('orders.plaza', 'silent');
    const { addressesOf } = await start('dns+http://orders.plaza:8000');
    assert.deepEqual(addressesOf('orders'), []);
    zone.set('orders.plaza', ['10.0.0.1']);
    await lookAgain(() => mock.timers.tick(5_000));
    assert.deepEqual(addressesOf('orders'), ['http://10.0.0.1:8000']);
  });

  describe('between services', () => {
    const asked: string[] = [];
    let server: Server;
    let port: number;
    before(async () => {
      server = createServer((request, response) => {
        asked.push(String(request.socket.localAddress));
        response.end('{}');
      });
      // Every address of the loopback network is this machine's.
      await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
      ({ port } = server.address() as AddressInfo);
    });
    after(() => {
      server.close();
      server.closeAllConnections();
    });

    it('asks go to all addresses of the name in turn, and to new ones', async () => {
      zone.set('orders.plaza', ['127.0.0.1', '127.0.0.2']);
      const ask = askOverHttp(await start(`dns+http://orders.plaza:${port}`));
      const addresses = async (): Promise<readonly string[]> => {
        asked.length = 0;
        for (let i = 0; i < 4; i++) assert.equal((await ask('orders', 'GET', '/x')).status, 200);
        return [...new Set(asked)].toSorted();
      };
      assert.deepEqual(await addresses(), ['127.0.0.1', '127.0.0.2']);
      zone.set('orders.plaza', ['127.0.0.3']);
      await lookAgain(() => mock.timers.tick(5_000));
      assert.deepEqual(await addresses(), ['127.0.0.3']);
    });
  });
});
