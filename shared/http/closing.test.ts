import assert from 'node:assert/strict';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { createLogger } from '../telemetry/logger.ts';
import { createHttpServer } from './server.ts';

/** A server in the middle of an answer, which `finish` ends; one chunk of it may be out already. */
const startAnswering = async (hasBegun: boolean) => {
  const app = createHttpServer({ log: createLogger({ level: 'silent' }) });
  const arrived = Promise.withResolvers<void>();
  const finished = Promise.withResolvers<void>();
  app.get('/a', { config: { access: 'public' } }, async (_, reply) => {
    arrived.resolve();
    if (!hasBegun) await finished.promise;
    const parts = async function* () {
      yield 'a';
      await finished.promise;
      yield 'b';
    };
    return reply.send(Readable.from(parts()));
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    get({ agent, port, path: '/a', host: '127.0.0.1' }, resolve).once('error', reject);
  });
  await (hasBegun ? answer : arrived.promise);
  return { app, agent, answer, finish: () => finished.resolve() };
};

describe('a server that closes', () => {
  for (const hasBegun of [false, true])
    it(`ends an answer and its connection, ${hasBegun ? 'in the middle of it' : 'before its head'}`, async () => {
      const { app, agent, answer, finish } = await startAnswering(hasBegun);
      const started = performance.now();
      const closed = app.close();
      setImmediate(finish);
      const reply = await answer;
      if (!hasBegun) assert.equal(reply.headers.connection, 'close');
      assert.equal(Buffer.concat((await reply.toArray()) as Buffer[]).toString(), 'ab');
      await closed;
      // A connection that is kept would hold it up for 72 s.
      assert.ok(performance.now() - started < 5_000);
      agent.destroy();
    });
});
