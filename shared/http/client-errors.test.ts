import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { createLogger } from '../telemetry/logger.ts';
import { createHttpServer } from './server.ts';

/** What a client reads that sends something which is no request, during an answer or before any. */
const readAll = async (isDuringAnswer: boolean): Promise<string> => {
  const app = createHttpServer({ log: createLogger({ level: 'silent' }) });
  const parts = async function* () {
    yield 'begun';
    await new Promise(() => {});
  };
  app.get('/a', { config: { access: 'public' } }, (_, reply) => reply.send(Readable.from(parts())));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  let text = '';
  const hasBegun = Promise.withResolvers<void>();
  socket.on('data', (bytes) => {
    text += bytes.toString();
    if (text.includes('begun')) hasBegun.resolve();
  });
  socket.on('error', () => {});
  const closed = once(socket, 'close');
  if (isDuringAnswer) {
    socket.write('GET /a HTTP/1.1\r\nhost: a\r\n\r\n');
    await hasBegun.promise;
  }
  socket.write('this is no request\r\n\r\n');
  await closed;
  await app.close();
  return text;
};

describe('what is no request', () => {
  it('is answered as a problem', async () => {
    const text = await readAll(false);
    assert.match(text, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.match(text, /"code":"http\.malformed_request"/);
  });

  it('ends its connection without a word in the middle of another answer', async () => {
    const text = await readAll(true);
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
    assert.ok(!text.includes('400'), text);
  });
});
