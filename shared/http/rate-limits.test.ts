import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger } from '../telemetry/logger.ts';
import { useRateLimits } from './rate-limits.ts';
import { createHttpServer } from './server.ts';

describe('limits by address', () => {
  for (const [method, url] of [
    ['GET', '/products'],
    ['POST', '/login'],
  ] as const)
    it(`count a household once, whichever of its addresses it takes, for ${url}`, async () => {
      const app = createHttpServer({ log: createLogger({ level: 'silent' }) });
      useRateLimits(app, { requestsPerMinute: 2, signInsPerMinute: 2 }, { isEdge: true });
      app.get('/products', { config: { access: 'public' } }, async () => 'read');
      app.post('/login', { config: { access: 'public', isSignIn: true } }, async () => 'in');
      const statusOf = async (remoteAddress: string) =>
        (await app.inject({ method, url, remoteAddress })).statusCode;
      const statuses: number[] = [];
      for (const n of [1, 2, 3]) statuses.push(await statusOf(`2001:db8:0:7::${n}`));
      assert.deepEqual(statuses, [200, 200, 429]);
      assert.equal(await statusOf('2001:db8:0:8::1'), 200, 'the neighbours');
      for (const mapped of ['203.0.113.9', '::ffff:203.0.113.9'])
        assert.equal(await statusOf(mapped), 200);
      assert.equal(await statusOf('203.0.113.9'), 429, 'the same client over both');
      assert.equal(await statusOf('::ffff:203.0.113.10'), 200);
      await app.close();
    });
});
