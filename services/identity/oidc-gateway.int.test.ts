import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { createDiscovery } from '#shared/platform/discovery.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { createMetrics } from '#shared/telemetry/metrics.ts';
import { startTestPlaza, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { createEdge } from '../../apps/gateway/edge.ts';
import { listen, silent } from '../../apps/gateway/test-services.ts';
import { startApplications, type Applications } from './applications.test.ts';
import { bearer } from './steps.test.ts';

/** A port that was free a moment ago. */
const freePort = async (): Promise<number> => {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
};

describe('applications that come through a gateway of its own process', () => {
  let gateway: TestPlaza;
  let plaza: Applications;
  before(async () => {
    const port = await freePort();
    const urls = [`http://127.0.0.1:${port}`];
    const discovery = createDiscovery(
      new Map([
        ['identity', urls],
        ['catalog', urls],
        ['orders', urls],
      ]),
      silent,
    );
    const edge = createEdge({
      log: createLogger({ level: 'silent' }),
      corsOrigins: [],
      metrics: createMetrics(),
      version: '0.0.0',
      startedAt: new Date(),
      mailbox: undefined,
      elsewhere: { discovery, log: silent },
    });
    gateway = await startTestPlaza({ modules: [], keysFromIdentity: true, ...edge });
    await gateway.app.listen({ host: '127.0.0.1', port: 0 });
    const address = gateway.app.server.address();
    assert.ok(typeof address === 'object' && address);
    const issuer = `http://localhost:${address.port}`;
    plaza = await startApplications(
      { PLAZA_PUBLIC_URL: issuer, PLAZA_TRUSTED_PROXIES: '127.0.0.1' },
      { port, issuer },
    );
  });
  after(async () => {
    await gateway.stop();
    await plaza.stop();
  });

  it('sign in, name themselves by Basic, refresh, and call each service', async () => {
    const { config, given } = await plaza.authorize(plaza.web, {
      scope: 'openid offline_access orders:read products:read',
    });
    assert.equal(given.claims()!.iss, plaza.issuer);
    const next = await client.refreshTokenGrant(config, given.refresh_token!);
    assert.equal((await plaza.call('/orders', next.access_token)).status, 200);
    assert.equal((await plaza.call('/products', next.access_token)).status, 200);
    assert.equal((await plaza.call('/auth/me', next.access_token)).status, 403);
    const info = await client.fetchUserInfo(config, next.access_token, given.claims()!.sub);
    assert.equal(info.sub, plaza.tokens.account.id);
    await client.tokenRevocation(config, next.refresh_token!);
    assert.equal((await client.tokenIntrospection(config, next.access_token)).active, false);
  });

  it('act by keys, which the gateway leaves to the service to read', async () => {
    const made = await plaza.post(
      '/auth/api-keys',
      { name: 'Bodega', scopes: ['orders:read'] },
      bearer(plaza.tokens.access_token),
    );
    const { key } = made.json<{ key: string }>();
    assert.equal((await plaza.call('/orders', key)).status, 200);
    assert.equal((await plaza.call('/products', key)).status, 403);
    const wrong = await plaza.call(
      '/orders',
      `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}`,
    );
    assert.equal(wrong.status, 401);
    const events = await plaza.call('/admin/events', key);
    assert.equal(events.status, 401);
    assert.equal((await plaza.call('/auth/api-keys/check', key, { method: 'POST' })).status, 403);
  });
});
