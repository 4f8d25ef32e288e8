import assert from 'node:assert/strict';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { createLogger } from '../telemetry/logger.ts';
import { useDrain } from './drain.ts';
import { createHttpServer } from './server.ts';

const start = async () => {
  const app = createHttpServer({ log: createLogger({ level: 'error' }) });
  const drain = useDrain(app);
  const config = { access: 'public' } as const;
  app.get('/a', { config }, async () => ({ ok: true }));
  app.get('/health/ready', { config }, async () => ({ ok: true }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const ask = (path: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      get({ agent, port, path, host: '127.0.0.1' }, (reply) => {
        reply.resume();
        reply.once('end', () => resolve(reply));
      }).once('error', reject);
    });
  return {
    ask,
    drain,
    stop: async () => {
      agent.destroy();
      await app.close();
    },
  };
};

describe('a server that is about to end', () => {
  it('answers on, closes each connection with the answer, and is not ready', async () => {
    const { ask, drain, stop } = await start();
    const before = await ask('/a');
    assert.deepEqual([before.statusCode, before.headers.connection], [200, 'keep-alive']);
    const draining = drain(300);
    const during = await ask('/a');
    assert.deepEqual([during.statusCode, during.headers.connection], [200, 'close']);
    const ready = await ask('/health/ready');
    assert.equal(ready.statusCode, 503);
    assert.equal(ready.headers['retry-after'], '2');
    await draining;
    await stop();
  });

  it('does not wait when it has no time for that', async () => {
    const { ask, drain, stop } = await start();
    await drain(0);
    assert.equal((await ask('/health/ready')).statusCode, 200);
    await stop();
  });
});
