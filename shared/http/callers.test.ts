import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger } from '../telemetry/logger.ts';
import { createCallers, trustIn } from './client-address.ts';
import { createHttpServer } from './server.ts';

const log = createLogger({ level: 'silent' });

describe('who calls', () => {
  const claims: readonly Record<string, string>[] = [
    {},
    { 'x-forwarded-for': '203.0.113.9' },
    { 'x-forwarded-for': '198.51.100.7, 203.0.113.9 , 10.0.0.2' },
    { 'x-forwarded-for': '10.0.0.3, 10.0.0.2' },
    { 'x-forwarded-for': '2001:db8::1, ::ffff:10.0.0.2' },
    { 'x-forwarded-for': 'nonsense, 10.0.0.2' },
    { 'x-forwarded-for': '' },
    { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'shop.example' },
    { 'x-forwarded-proto': 'http, https ', 'x-forwarded-host': 'a.example, b.example' },
    { 'x-forwarded-proto': '', 'x-forwarded-host': '' },
    { host: 'named.example:8080' },
  ];
  const trusted = [[], ['10.0.0.1'], ['10.0.0.0/8', '::1'], ['loopback']];
  const sockets = ['10.0.0.1', '203.0.113.5', '::1', '127.0.0.1', '::ffff:10.0.0.1'];

  it('is the same to who asks Fastify and who does not', async () => {
    let looked = 0;
    for (const proxies of trusted) {
      const callers = createCallers(trustIn(proxies));
      const app = createHttpServer({ log, trustedProxies: proxies });
      app.get('/', { config: { access: 'public' } }, async ({ raw, ip, protocol, host }) => {
        looked += 1;
        const early = [callers.ipOf(raw), callers.protocolOf(raw), callers.hostOf(raw)];
        assert.deepEqual(early, [ip, protocol, host]);
        return {};
      });
      for (const remoteAddress of sockets)
        for (const headers of claims) {
          const { statusCode, body } = await app.inject({ url: '/', remoteAddress, headers });
          assert.equal(statusCode, 200, body);
        }
      await app.close();
    }
    assert.equal(looked, trusted.length * sockets.length * claims.length);
  });
});
