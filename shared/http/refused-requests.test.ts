import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { describe, it } from 'node:test';
import { pino } from 'pino';
import { Type } from 'typebox';
import { useAuthentication, useAuthorisation } from './authenticate.ts';
import { authError } from './errors.ts';
import type { Principal } from './principal.ts';
import { useRateLimits } from './rate-limits.ts';
import { strict } from './schemas.ts';
import { createHttpServer } from './server.ts';

const id = '0198c0de-0000-7000-8000-000000000001';
const token = 'a.secret.token';
const holder: Principal = { id, roles: ['customer'], isEmailVerified: false, expiresAt: 2 ** 40 };

describe('a request that was refused', () => {
  it('is in the log with who asked and why, and nothing of what they sent', async () => {
    const lines: Record<string, unknown>[] = [];
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
        done();
      },
    });
    const app = createHttpServer({ log: pino({ level: 'info' }, destination) });
    useAuthentication(app, {
      tokens: {
        known: () => undefined,
        verify: (given: string) =>
          given === token ? Promise.resolve(holder) : Promise.reject(authError('invalid_token')),
      },
    });
    useRateLimits(app, { requestsPerMinute: 5, signInsPerMinute: 5 }, { isEdge: true });
    useAuthorisation(app);
    app.get('/mine', { config: { access: 'account' } }, async () => ({}));
    app.get('/staff/:id', { config: { access: { roles: ['admin'] } } }, async () => ({}));
    const schema = { body: strict({ name: Type.String({ maxLength: 3 }) }) };
    app.post('/names', { config: { access: 'account' }, schema }, async () => ({}));

    const by = { authorization: `Bearer ${token}` };
    const statuses = [
      await app.inject({ url: '/mine?q=what-they-sent' }),
      await app.inject({ url: '/mine', headers: { authorization: 'Bearer what.they.sent' } }),
      await app.inject({ url: '/staff/what-they-sent?q=what-they-sent', headers: by }),
      await app.inject({
        method: 'POST',
        url: '/names',
        headers: by,
        payload: { name: 'what-they-sent' },
      }),
      await app.inject({ url: '/mine', headers: by }),
      await app.inject({ url: '/mine', headers: by }),
      await app.inject({ url: '/mine', headers: by }),
      await app.inject({ url: '/mine', headers: by }),
    ].map(({ statusCode }) => statusCode);
    assert.deepEqual(statuses, [401, 401, 403, 422, 200, 200, 200, 429]);

    assert.deepEqual(
      lines.map(({ level, method, route, status, account_id: who, problem }) => [
        level,
        `${method as string} ${route as string}`,
        status,
        who,
        problem,
      ]),
      [
        [30, 'GET /mine', 401, undefined, 'auth.required'],
        [30, 'GET /mine', 401, undefined, 'auth.invalid_token'],
        [30, 'GET /staff/:id', 403, id, 'auth.insufficient_role'],
        [30, 'POST /names', 422, id, 'http.validation'],
        [30, 'GET /mine', 429, id, 'http.too_many_requests'],
      ],
    );
    const written = JSON.stringify(lines);
    for (const secret of ['they', token]) assert.ok(!written.includes(secret), written);
    await app.close();
  });
});
