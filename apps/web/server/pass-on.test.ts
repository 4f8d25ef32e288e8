import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import { fastify } from 'fastify';
import type { BackendRequest } from './backend.ts';
import { passOnRoutes } from './pass-on.ts';

describe('what is not for pages', () => {
  const cookie = 'plaza_session=sealed; plaza_link=abc; other=1';
  const cookieOf = async (url: string): Promise<string | undefined> => {
    const asked: BackendRequest[] = [];
    const app = fastify();
    await app.register(
      passOnRoutes(async (request) => {
        asked.push(request);
        return { status: 200, headers: {}, body: Readable.from(['']) };
      }),
    );
    await app.inject({ url, headers: { cookie } });
    await app.close();
    return asked[0]?.headers['cookie'];
  };

  it('is passed on with the cookie of a seller who comes back, and with no session', async () => {
    assert.equal(
      await cookieOf('/api/v1/mercadopago/seller-link/callback?code=1'),
      'plaza_link=abc',
    );
  });

  it('keeps the cookies of the provider of OAuth', async () => {
    assert.equal(await cookieOf('/oauth2/authorize'), cookie);
  });
});
