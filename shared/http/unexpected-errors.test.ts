import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { useAuthorisation } from './authenticate.ts';
import { createHttpServer } from './server.ts';

const told = 'select password_hash from accounts where email = nadie@example.com';

describe('an error that nobody expected', () => {
  it('is told to the log and not to the client, and the next request is served', async () => {
    const lines: Record<string, unknown>[] = [];
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
        done();
      },
    });
    const app = createHttpServer({ log: pino({ level: 'info' }, destination) });
    useAuthorisation(app);
    app.get('/broken', { config: { access: 'public' } }, async () => {
      throw Object.assign(new Error(told), { detail: told, statusCode: 500 });
    });
    app.get('/whole', { config: { access: 'public' } }, async () => 'whole');

    const reply = await app.inject({ url: '/broken', headers: { 'x-request-id': 'broken-42' } });
    assert.equal(reply.statusCode, 500);
    assert.deepEqual(reply.json(), {
      type: '/docs/errors/http.internal',
      title: reply.json<{ title: string }>().title,
      status: 500,
      code: 'http.internal',
      request_id: 'broken-42',
    });
    const seen = `${reply.body}${JSON.stringify(reply.headers)}`;
    for (const word of ['select', 'accounts', 'Error', '.ts', 'node:'])
      assert.ok(!seen.includes(word), word);

    const failed = lines.find(({ msg }) => msg === 'request failed');
    assert.equal(failed?.['request_id'], 'broken-42');
    const { message, stack } = failed['err'] as { message: string; stack: string };
    assert.equal(message, told);
    assert.match(stack, /unexpected-errors\.test\.ts/);
    assert.equal((await app.inject('/whole')).body, 'whole');
    await app.close();
  });
});
