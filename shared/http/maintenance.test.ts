import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLogger } from '../telemetry/logger.ts';
import { useMaintenance } from './maintenance.ts';
import { createHttpServer } from './server.ts';

const start = async (isOn: boolean) => {
  const app = createHttpServer({ log: createLogger({ level: 'silent' }) });
  useMaintenance(app, isOn);
  for (const url of ['/api/v1/products', '/health', '/assets/store.css'])
    app.get(url, { config: { access: 'public' } }, async () => ({ ok: true }));
  await app.ready();
  return app;
};

test('a closed shop tells programs when to come again, and still says how it is', async () => {
  const app = await start(true);
  for (const method of ['GET', 'POST'] as const) {
    const closed = await app.inject({ method, url: '/api/v1/products' });
    assert.equal(closed.statusCode, 503);
    assert.equal(closed.headers['retry-after'], '120');
    assert.equal(closed.json<{ code: string }>().code, 'http.unavailable');
  }
  for (const url of ['/health', '/assets/store.css'])
    assert.equal((await app.inject({ url })).statusCode, 200, url);
  await app.close();
});

test('an open shop answers everybody', async () => {
  const app = await start(false);
  assert.equal((await app.inject({ url: '/api/v1/products' })).statusCode, 200);
  await app.close();
});
