import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { createMemoryCount, type SharedCounts } from '#shared/http/rate-limits.ts';
import type { AddToCount } from '#shared/http/request-window.ts';
import { catalogModule } from '../catalog/module.ts';
import { ordersModule } from '../orders/module.ts';
import { startApplications, type Applications } from './applications.test.ts';
import { createPgSessions } from './infrastructure/pg-sessions.ts';
import { identityModule } from './module.ts';
import { bearer, newPerson, startIdentity } from './steps.test.ts';

/** As replicas have it: one count for all who ask for a bucket. */
const createCounts = (): SharedCounts => {
  const buckets = new Map<string, AddToCount>();
  return (bucket) => {
    const known = buckets.get(bucket) ?? createMemoryCount();
    buckets.set(bucket, known);
    return known;
  };
};

describe('an access token of an application', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications();
  });
  after(() => plaza.stop());

  const claimsOf = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as {
      sub: string;
      sid: string;
      epoch: number;
    };
  /** What a process that starts now says of tokens, and what identity says to one that asks. */
  const afterRestart = async (
    tokens: readonly string[],
  ): Promise<readonly (readonly unknown[])[]> => {
    const restarted = await startIdentity({
      database: plaza.database,
      modules: [identityModule, catalogModule, ordersModule],
      environment: { PLAZA_PUBLIC_URL: plaza.issuer },
    });
    try {
      const { truth } = createPgSessions({
        pool: restarted.pool('identity'),
        clock: restarted.clock,
        endedSessions: undefined as never,
      });
      const answers = [];
      for (const token of tokens) {
        const reply = await restarted.send('GET', '/api/v1/orders', undefined, bearer(token));
        const { sub: id, sid: sessionId, epoch } = claimsOf(token);
        const isEnded = await truth.isEnded({ id, sessionId, epoch });
        answers.push([reply.statusCode, reply.json<{ code?: string }>().code, isEnded]);
      }
      return answers;
    } finally {
      await restarted.stop();
    }
  };
  const ended = [401, 'auth.session_ended', true];
  const holds = [200, undefined, false];

  it('stays refused after a restart, however its authorization ended', async () => {
    const authorize = async () => {
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      const { config, given } = await plaza.authorize(plaza.web, {}, person);
      return { tokens, config, given, token: given.access_token };
    };
    const path = `/auth/consents/${plaza.web.client_id}`;
    const kept = await authorize();
    const withdrawn = await authorize();
    const narrowed = await authorize();
    const revoked = await authorize();
    const all = [kept, withdrawn, narrowed, revoked].map(({ token }) => token);
    assert.deepEqual(await afterRestart(all), [holds, holds, holds, holds]);
    const by = (one: typeof kept) => bearer(one.tokens.access_token);
    const gone = await plaza.send('DELETE', path, undefined, by(withdrawn));
    assert.equal(gone.statusCode, 204);
    const less = await plaza.send('PUT', path, { scopes: ['openid'] }, by(narrowed));
    assert.ok(less.statusCode < 300, less.body);
    await client.tokenRevocation(revoked.config, revoked.given.refresh_token!);
    for (const token of all.slice(1))
      assert.equal((await plaza.call('/orders', token)).status, 401);
    assert.deepEqual(await afterRestart(all), [holds, ended, ended, ended]);
  });

  it('is refused at once when its application is removed, with a person or without', async () => {
    const person = newPerson();
    const { account } = await plaza.signUp(person);
    const app = await plaza.register({
      name: 'Bodega',
      grant_types: ['client_credentials', 'authorization_code'],
      redirect_uris: ['https://app.example/cb'],
      scopes: ['orders:read'],
      account_id: account.id,
    });
    const { config, given } = await plaza.authorize(app, { scope: 'orders:read' }, person);
    const own = await client.clientCredentialsGrant(config, { scope: 'orders:read' });
    const tokens = [given.access_token, own.access_token];
    assert.deepEqual(await afterRestart(tokens), [holds, holds]);
    const removed = await plaza.send('DELETE', `/auth/oauth-clients/${app.client_id}`, undefined, {
      ...bearer(plaza.admin.access_token),
      'if-match': app.etag,
    });
    assert.equal(removed.statusCode, 204, removed.body);
    for (const token of tokens) assert.equal((await plaza.call('/orders', token)).status, 401);
    assert.deepEqual(await afterRestart(tokens), [ended, ended]);
  });
});

describe('the secret of an application', () => {
  it('is not guessed more than a hundred times a minute, over replicas and addresses', async () => {
    const sharedCounts = createCounts();
    const plaza = await startApplications({}, { resources: { sharedCounts } });
    const replica = await startIdentity({
      database: plaza.database,
      resources: { sharedCounts },
      environment: { PLAZA_PUBLIC_URL: plaza.issuer },
    });
    try {
      const { web } = plaza;
      const other = await plaza.register({
        name: 'Otra',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['https://app.example/cb'],
        scopes: ['openid'],
      });
      let n = 0;
      const ask = (at: { app: typeof plaza.app }, path: string, id: string, secret: string) =>
        at.app.inject({
          method: 'POST',
          url: `/oauth2/${path}`,
          remoteAddress: `198.51.100.${(n += 1) % 250}`,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
          },
          payload: 'grant_type=refresh_token&refresh_token=x&token=x',
        });
      for (let i = 0; i < 100; i++) {
        const at = i % 2 === 0 ? plaza : replica;
        const path = i % 3 === 0 ? 'introspect' : 'token';
        assert.equal((await ask(at, path, web.client_id, 'wrong')).statusCode, 401);
      }
      for (const at of [plaza, replica])
        for (const secret of ['wrong', web.client_secret!]) {
          const reply = await ask(at, 'token', web.client_id, secret);
          assert.equal(reply.statusCode, 429, reply.body);
          assert.equal(reply.json<{ error: string }>().error, 'temporarily_unavailable');
          assert.equal(reply.headers['retry-after'], '60');
        }
      // Only that one: this is answered for its token, which is none.
      const fine = await ask(plaza, 'token', other.client_id, other.client_secret!);
      assert.equal(fine.json<{ error: string }>().error, 'invalid_grant');
    } finally {
      await replica.stop();
      await plaza.stop();
    }
  });

  it('is not compared while nobody can say how often it was guessed', async () => {
    const away: SharedCounts = (bucket) =>
      bucket === 'client-secret' ? () => Promise.reject(new Error('away')) : createMemoryCount();
    const plaza = await startApplications({}, { resources: { sharedCounts: away } });
    try {
      const { client_id: id, client_secret: secret } = plaza.web;
      const reply = await plaza.send('POST', '/oauth2/token', 'grant_type=refresh_token', {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
      });
      assert.equal(reply.statusCode, 503, reply.body);
      assert.equal(reply.json<{ error: string }>().error, 'temporarily_unavailable');
    } finally {
      await plaza.stop();
    }
  });
});
