import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import { returnTo, startApplications, type Applications } from './applications.test.ts';
import { bearer, type Tokens } from './steps.test.ts';

const details = {
  name: 'Contabilidad',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [returnTo],
  scopes: ['openid', 'orders:read', 'offline_access', 'profile', 'email'],
};

describe('applications that an administrator registers', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications();
  });
  after(() => plaza.stop());

  const as = (tokens: Tokens) => bearer(tokens.access_token);
  const url = (id: string) => `/auth/oauth-clients/${id}`;

  it('have their secret in one answer, and no other', async () => {
    const made = await plaza.register(details);
    assert.match(made.client_secret!, /^[\w-]{43}$/);
    const shown = await plaza.send('GET', url(made.client_id), undefined, as(plaza.admin));
    assert.equal(shown.headers.etag, made.etag);
    assert.ok(!shown.body.includes('secret":'));
    const list = await plaza.send('GET', '/auth/oauth-clients', undefined, as(plaza.admin));
    assert.ok(!list.body.includes(made.client_secret!));
    const publicOne = await plaza.register({ ...details, token_endpoint_auth_method: 'none' });
    assert.equal(publicOne.client_secret, undefined);
    const none = await plaza.send(
      'POST',
      `${url(publicOne.client_id)}/secret`,
      undefined,
      as(plaza.admin),
    );
    assert.equal(none.json<{ code: string }>().code, 'identity.client_has_no_secret');
  });

  it("are an administrator's only, who proved it lately", async () => {
    for (const [method, path, payload] of [
      ['GET', '/auth/oauth-clients', undefined],
      ['POST', '/auth/oauth-clients', details],
      ['GET', url(plaza.web.client_id), undefined],
      ['PUT', url(plaza.web.client_id), details],
      ['POST', `${url(plaza.web.client_id)}/secret`, undefined],
      ['DELETE', url(plaza.web.client_id), undefined],
    ] as const) {
      const reply = await plaza.send(method, path, payload, as(plaza.tokens));
      assert.equal(reply.json<{ code: string }>().code, 'auth.insufficient_role', path);
      assert.equal((await plaza.send(method, path, payload)).statusCode, 401);
    }
    const admin = await plaza
      .pool('identity')
      .query(
        `update sessions set authenticated_at = now() - interval '1 hour' where ended_at is null`,
      );
    assert.ok(admin.rowCount! > 0);
    const late = (await plaza.refresh(plaza.admin.refresh_token)).json<Tokens>();
    for (const [method, path, payload] of [
      ['POST', '/auth/oauth-clients', details],
      ['PUT', url(plaza.web.client_id), details],
      ['POST', `${url(plaza.web.client_id)}/secret`, undefined],
      ['DELETE', url(plaza.web.client_id), undefined],
    ] as const) {
      const reply = await plaza.send(method, path, payload, as(late));
      assert.equal(reply.json<{ code: string }>().code, 'auth.step_up_required', path);
    }
  });

  it('are refused with addresses and grants that no application may have', async () => {
    for (const [pointer, more] of [
      ['#/redirect_uris/0', { redirect_uris: ['http://app.example/cb'] }],
      ['#/redirect_uris', { redirect_uris: [] }],
      [
        '#/account_id',
        { grant_types: ['client_credentials'], redirect_uris: [], scopes: ['orders:read'] },
      ],
    ] as const) {
      const reply = await plaza.post(
        '/auth/oauth-clients',
        { ...details, ...more },
        as(plaza.admin),
      );
      assert.partialDeepStrictEqual(reply.json(), {
        status: 422,
        code: 'identity.client_invalid',
        errors: [{ pointer }],
      });
    }
    for (const more of [{ scopes: ['everything'] }, { grant_types: ['password'] }, { other: 1 }]) {
      const reply = await plaza.post(
        '/auth/oauth-clients',
        { ...details, ...more },
        as(plaza.admin),
      );
      assert.equal(reply.json<{ code: string }>().code, 'http.validation');
    }
    const nobody = await plaza.post(
      '/auth/oauth-clients',
      {
        name: 'x',
        grant_types: ['client_credentials'],
        scopes: ['orders:read'],
        account_id: '0190aaaa-0000-7000-8000-000000000009',
      },
      as(plaza.admin),
    );
    assert.equal(nobody.json<{ code: string }>().code, 'identity.account_not_found');
  });

  it('change on the version that was read, and their tokens follow', async () => {
    const made = await plaza.register(details);
    const put = (body: object, etag?: string) =>
      plaza.send('PUT', url(made.client_id), body, {
        ...as(plaza.admin),
        ...(etag === undefined ? {} : { 'if-match': etag }),
      });
    assert.equal((await put(details)).statusCode, 428);
    const { config, given } = await plaza.authorize(made);
    const changed = await put({ ...details, scopes: ['openid'] }, made.etag);
    assert.equal(changed.statusCode, 200, changed.body);
    assert.equal((await put(details, made.etag)).statusCode, 412);
    const reply = await put({ ...details, name: 'Otra' }, String(changed.headers.etag));
    assert.equal(reply.json<{ name: string }>().name, 'Otra');
    await client.refreshTokenGrant(config, given.refresh_token!);
  });

  it('get a new secret, and the old one ends at once', async () => {
    const made = await plaza.register(details);
    const { config, given } = await plaza.authorize(made);
    const rotated = await plaza.send(
      'POST',
      `${url(made.client_id)}/secret`,
      undefined,
      as(plaza.admin),
    );
    const { client_secret: secret } = rotated.json<{ client_secret: string }>();
    assert.notEqual(secret, made.client_secret);
    await assert.rejects(client.refreshTokenGrant(config, given.refresh_token!), {
      error: 'invalid_client',
    });
    const again = await plaza.discover({ ...made, client_secret: secret });
    await client.refreshTokenGrant(again, given.refresh_token!);
  });

  it('go with everything that they were given', async () => {
    const made = await plaza.register(details);
    const { config, given } = await plaza.authorize(made);
    const remove = () => plaza.send('DELETE', url(made.client_id), undefined, as(plaza.admin));
    assert.equal((await remove()).statusCode, 204);
    assert.equal((await remove()).statusCode, 404);
    await assert.rejects(client.refreshTokenGrant(config, given.refresh_token!), {
      error: 'invalid_client',
    });
    for (const table of ['oauth_grants', 'oauth_consents']) {
      const { rowCount } = await plaza
        .pool('identity')
        .query(`select from ${table} where client_id = $1`, [made.client_id]);
      assert.equal(rowCount, 0, table);
    }
    const { rows } = await plaza
      .pool('identity')
      .query<{ type: string }>(
        `select type from account_events where detail = $1 and type like 'Client%' order by id`,
        [made.client_id],
      );
    assert.deepEqual(
      rows.map(({ type }) => type),
      ['ClientRegistered', 'ClientRemoved'],
    );
  });

  it('are listed by pages, newest first', async () => {
    const made: string[] = [];
    for (let i = 0; i < 3; i++) made.unshift((await plaza.register(details)).client_id);
    const page = async (query: string) =>
      (await plaza.send('GET', `/auth/oauth-clients?${query}`, undefined, as(plaza.admin))).json<{
        items: { client_id: string }[];
        next_cursor: string | null;
      }>();
    const first = await page('limit=2');
    const second = await page(`limit=1&cursor=${first.next_cursor}`);
    assert.deepEqual(
      [...first.items, ...second.items].map((it) => it.client_id),
      made,
    );
    const bad = await plaza.send('GET', '/auth/oauth-clients?cursor=x', undefined, as(plaza.admin));
    assert.equal(bad.statusCode, 422);
  });
});
