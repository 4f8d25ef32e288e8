import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import { startApplications, type Applications } from './applications.test.ts';

describe('an application that uses a client library', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications();
  });
  after(() => plaza.stop());

  it('signs a person in by code and PKCE, calls what it was given, and refreshes', async () => {
    const { config, given } = await plaza.authorize();
    const claims = given.claims()!;
    assert.equal(claims.sub, plaza.tokens.account.id);
    assert.equal(claims['email'], plaza.person.email);
    assert.equal(decodeProtectedHeader(given.id_token!).alg, 'EdDSA');

    const { typ, alg } = decodeProtectedHeader(given.access_token);
    assert.deepEqual([typ, alg], ['at+jwt', 'EdDSA']);
    const access = decodeJwt(given.access_token);
    assert.partialDeepStrictEqual(access, {
      iss: plaza.issuer,
      aud: 'plaza-api',
      sub: plaza.tokens.account.id,
      client_id: plaza.web.client_id,
      scope: 'openid profile email orders:read',
      roles: ['customer'],
      email_verified: true,
      epoch: 1,
    });
    assert.ok(access.exp! - access.iat! <= 600);

    const orders = await plaza.call('/orders', given.access_token);
    assert.equal(orders.status, 200);
    const me = await client.fetchUserInfo(config, given.access_token, claims.sub);
    assert.equal(me.preferred_username, plaza.person.username);
    const next = await client.refreshTokenGrant(config, given.refresh_token!);
    assert.notEqual(next.refresh_token, given.refresh_token);
    assert.equal((await plaza.call('/orders', next.access_token)).status, 200);
    assert.equal(decodeJwt(next.access_token)['sid'], access['sid']);
  });
});
