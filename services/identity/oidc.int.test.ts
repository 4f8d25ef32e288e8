import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as client from 'openid-client';
import {
  actionsOf,
  Browser,
  returnTo,
  startApplications,
  type Applications,
  type Registered,
} from './applications.test.ts';
import { bearer, newPerson } from './steps.test.ts';

const anotherApplication = {
  name: 'Otra',
  grant_types: ['authorization_code'],
  redirect_uris: [returnTo],
  scopes: ['openid'],
};

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

  it('finds everything by discovery, the same keys at both addresses', async () => {
    const found = await fetch(`${plaza.issuer}/.well-known/openid-configuration`);
    const metadata = (await found.json()) as Record<string, unknown>;
    assert.partialDeepStrictEqual(metadata, {
      issuer: plaza.issuer,
      authorization_endpoint: `${plaza.issuer}/oauth2/authorize`,
      token_endpoint: `${plaza.issuer}/oauth2/token`,
      introspection_endpoint: `${plaza.issuer}/oauth2/introspect`,
      revocation_endpoint: `${plaza.issuer}/oauth2/revoke`,
      userinfo_endpoint: `${plaza.issuer}/oauth2/userinfo`,
      jwks_uri: `${plaza.issuer}/oauth2/jwks`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['EdDSA'],
      authorization_response_iss_parameter_supported: true,
      ui_locales_supported: ['es', 'en'],
    });
    const same = await fetch(`${plaza.issuer}/.well-known/oauth-authorization-server`);
    assert.deepEqual(await same.json(), metadata);
    const [one, other] = await Promise.all(
      ['/oauth2/jwks', '/.well-known/jwks.json'].map(async (path) =>
        (await fetch(`${plaza.issuer}${path}`)).text(),
      ),
    );
    assert.equal(one, other);
    assert.ok(!one!.includes('"d"'));
    // Asked by another name, it says the same.
    const { port } = new URL(plaza.issuer);
    const named = await fetch(`http://127.0.0.1:${port}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' },
    });
    assert.deepEqual(await named.json(), metadata);
  });

  it('reads of a person what its scopes say, and no more', async () => {
    const { config, given } = await plaza.authorize(plaza.web, { scope: 'openid' });
    const { sub } = given.claims()!;
    const info = await fetch(`${plaza.issuer}/oauth2/userinfo`, {
      headers: { authorization: `Bearer ${given.access_token}` },
    });
    assert.deepEqual(await info.json(), { sub });
    assert.match(info.headers.get('cache-control')!, /no-store/);
    assert.equal(given.claims()!['email'], undefined);
    assert.equal(given.refresh_token, undefined);
    assert.equal((await plaza.call('/orders', given.access_token)).status, 403);

    const without = await plaza.authorize(plaza.web, { scope: 'orders:read' });
    assert.equal(without.given.id_token, undefined);
    await assert.rejects(client.fetchUserInfo(config, without.given.access_token, sub));
  });

  it('asks for consent once a set of scopes, and native ones each time', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    const pages = async (it: Registered, scope: string, redirect = returnTo): Promise<number> => {
      const { url } = await plaza.begin(await plaza.discover(it), {
        scope,
        prompt: '',
        redirect_uri: redirect,
      });
      const asked = new URL(url);
      asked.searchParams.delete('prompt');
      const browser = new Browser(plaza.issuer);
      let page = await browser.open(asked.href);
      let shown = 1;
      const { username, password } = person;
      page = await browser.post(`${plaza.issuer}${actionsOf(page.html)[0]}`, {
        username,
        password,
      });
      if (page.reply) {
        shown += 1;
        page = await browser.post(`${plaza.issuer}${actionsOf(page.html)[0]}`);
      }
      assert.ok(new URL(page.url).searchParams.has('code'), page.url);
      return shown;
    };
    assert.equal(await pages(plaza.web, 'openid orders:read'), 2);
    assert.equal(await pages(plaza.web, 'openid orders:read'), 1);
    assert.equal(await pages(plaza.web, 'orders:read'), 1);
    assert.equal(await pages(plaza.web, 'openid orders:read products:read'), 2);
    const native = await plaza.register({
      name: 'Escritorio',
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      redirect_uris: ['http://127.0.0.1/cb'],
      scopes: ['openid'],
    });
    // Any port of the machine that it runs on.
    assert.equal(await pages(native, 'openid', 'http://127.0.0.1:53117/cb'), 2);
    assert.equal(await pages(native, 'openid', 'http://127.0.0.1:53118/cb'), 2);
  });

  it('may nothing any more when the person withdraws', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const { config, given } = await plaza.authorize(plaza.web, {}, person);
    const mine = bearer(tokens.access_token);
    const list = async () =>
      (await plaza.send('GET', '/auth/consents', undefined, mine)).json<{ items: object[] }>()
        .items;
    assert.partialDeepStrictEqual(await list(), [
      { client_id: plaza.web.client_id, client_name: 'Contabilidad Andina' },
    ]);
    // An application cannot look at or take away what others were given.
    assert.equal((await plaza.call('/auth/consents', given.access_token)).status, 403);
    const withdraw = () =>
      plaza.send('DELETE', `/auth/consents/${plaza.web.client_id}`, undefined, mine);
    assert.equal((await withdraw()).statusCode, 204);
    assert.equal((await withdraw()).statusCode, 404);
    assert.deepEqual(await list(), []);
    assert.equal((await client.tokenIntrospection(config, given.access_token)).active, false);
    await assert.rejects(client.refreshTokenGrant(config, given.refresh_token!), {
      error: 'invalid_grant',
    });
    const { rows } = await plaza
      .pool('identity')
      .query<{ type: string }>(
        `select type from account_events where account_id = $1 and type like 'Consent%' order by id`,
        [tokens.account.id],
      );
    assert.deepEqual(
      rows.map(({ type }) => type),
      ['ConsentGiven', 'ConsentWithdrawn'],
    );
  });

  it('may less when the person makes the consent smaller: grants beyond it end, others go on', async () => {
    const person = newPerson();
    const tokens = await plaza.signUp(person);
    const mine = bearer(tokens.access_token);
    const { config, given: wide } = await plaza.authorize(
      plaza.web,
      { scope: 'openid offline_access orders:read email' },
      person,
    );
    const { given: small } = await plaza.authorize(
      plaza.web,
      { scope: 'openid offline_access orders:read' },
      person,
    );
    const url = `/auth/consents/${plaza.web.client_id}`;
    const change = (scopes: readonly string[], headers = mine) =>
      plaza.send('PUT', url, { scopes }, headers);
    const list = async () =>
      (await plaza.send('GET', '/auth/consents', undefined, mine))
        .json<{
          items: { scopes: string[] }[];
        }>()
        .items[0]?.scopes.toSorted();
    const narrow = ['openid', 'offline_access', 'orders:read'];

    const wider = await change([...narrow, 'products:read']);
    assert.partialDeepStrictEqual(wider.json(), { status: 422, code: 'identity.consent_wider' });
    const stranger = await plaza.signUp(newPerson());
    assert.equal((await change(narrow, bearer(stranger.access_token))).statusCode, 404);
    assert.equal((await change([])).statusCode, 422);
    const { access_token: foreign } = wide;
    assert.equal((await change(narrow, bearer(foreign))).statusCode, 403);
    assert.equal((await client.tokenIntrospection(config, foreign)).active, true);

    assert.equal((await change(narrow)).statusCode, 204);
    assert.equal((await change(narrow)).statusCode, 204);
    assert.deepEqual(await list(), narrow.toSorted());
    assert.equal((await plaza.call('/orders', foreign)).status, 401);
    assert.equal((await client.tokenIntrospection(config, foreign)).active, false);
    await assert.rejects(client.refreshTokenGrant(config, wide.refresh_token!), {
      error: 'invalid_grant',
    });
    assert.equal((await plaza.call('/orders', small.access_token)).status, 200);
    await client.refreshTokenGrant(config, small.refresh_token!);
    const { rows } = await plaza
      .pool('identity')
      .query<{ detail: string }>(
        `select detail from account_events where account_id = $1 and type = 'ConsentNarrowed'`,
        [tokens.account.id],
      );
    assert.deepEqual(rows, [{ detail: `${plaza.web.client_id} ${narrow.join(' ')}` }]);

    // A grant that was opened at the same moment, for what is consented to no more.
    await plaza
      .pool('identity')
      .query(`update oauth_consents set scopes = '{openid}' where account_id = $1`, [
        tokens.account.id,
      ]);
    assert.equal((await client.tokenIntrospection(config, small.access_token)).active, false);
  });

  it('gives tokens back, and they hold no longer', async () => {
    for (const which of ['access_token', 'refresh_token'] as const) {
      const { config, given } = await plaza.authorize();
      const before = await client.tokenIntrospection(config, given[which]!);
      assert.partialDeepStrictEqual(before, { active: true, client_id: plaza.web.client_id });
      assert.equal(before.sub, plaza.tokens.account.id);
      // Nobody learns about the tokens of others, nor ends them.
      const other = await plaza.discover(await plaza.register(anotherApplication));
      assert.deepEqual(await client.tokenIntrospection(other, given[which]!), { active: false });
      await client.tokenRevocation(other, given[which]!);
      assert.equal((await client.tokenIntrospection(config, given[which]!)).active, true);
      await client.tokenRevocation(config, given[which]!);
      for (const token of [given.access_token, given.refresh_token!])
        assert.equal((await client.tokenIntrospection(config, token)).active, false, which);
      await client.tokenRevocation(config, given[which]!);
    }
    const config = await plaza.discover();
    for (const junk of ['x', 'a.b.c', plaza.tokens.access_token])
      assert.deepEqual(await client.tokenIntrospection(config, junk), { active: false });
  });

  it('acts without a person as the account that it was registered for', async () => {
    const seller = newPerson();
    const { account } = await plaza.signUp(seller);
    const roles = (list: string) =>
      plaza
        .pool('identity')
        .query('update accounts set roles = $2 where id = $1', [account.id, list]);
    await roles('{customer,seller}');
    const service = await plaza.register({
      name: 'Bodega',
      grant_types: ['client_credentials'],
      scopes: ['stock:write', 'products:read'],
      account_id: account.id,
    });
    const config = await plaza.discover(service);
    const given = await client.clientCredentialsGrant(config, {
      scope: 'stock:write products:read',
    });
    assert.partialDeepStrictEqual(decodeJwt(given.access_token), {
      sub: account.id,
      client_id: service.client_id,
      sid: service.client_id,
      scope: 'stock:write products:read',
      roles: ['customer', 'seller'],
    });
    assert.equal(given.refresh_token, undefined);
    assert.equal((await plaza.call('/products', given.access_token)).status, 200);
    const denied = await plaza.call('/cart', given.access_token);
    assert.equal(denied.status, 403);
    assert.equal((await client.tokenIntrospection(config, given.access_token)).active, true);
    await assert.rejects(client.clientCredentialsGrant(config, { scope: 'orders:read' }), {
      error: 'invalid_scope',
    });
    await assert.rejects(
      client.clientCredentialsGrant(await plaza.discover(), { scope: 'orders:read' }),
      // What the library says; the RFC has a word of its own for it.
      { error: 'invalid_request' },
    );
    await roles('{customer}');
    const later = await client.clientCredentialsGrant(config, { scope: 'stock:write' });
    assert.deepEqual(decodeJwt(later.access_token)['roles'], ['customer']);
    await plaza
      .pool('identity')
      .query(`update accounts set status = 'deactivated' where id = $1`, [account.id]);
    await assert.rejects(client.clientCredentialsGrant(config, { scope: 'stock:write' }), {
      error: 'unauthorized_client',
    });
    assert.equal((await client.tokenIntrospection(config, later.access_token)).active, false);
  });

  it('never passes where a fresh proof is asked for, nor where no scope is named', async () => {
    const { given } = await plaza.authorize();
    for (const [method, path] of [
      ['POST', '/auth/api-keys'],
      ['POST', '/auth/logout-all'],
      ['PUT', '/auth/change-password'],
      ['GET', '/auth/oauth-clients'],
    ] as const) {
      const reply = await plaza.call(path, given.access_token, { method });
      assert.equal(reply.status, 403, path);
    }
    assert.equal(decodeJwt(given.access_token)['auth_time'], undefined);
  });

  it('signs in from a browser of another origin, when that is its own', async () => {
    const config = await plaza.discover(plaza.spa);
    const { url, checks } = await plaza.begin(config, { scope: 'openid orders:read' });
    const callback = await plaza.approve(url);
    const token = (origin: string) =>
      fetch(`${plaza.issuer}/oauth2/token`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          client_id: plaza.spa.client_id,
          code: callback.searchParams.get('code')!,
          code_verifier: checks.pkceCodeVerifier,
          redirect_uri: returnTo,
        }),
      });
    const foreign = await token('https://evil.test');
    assert.equal(foreign.status, 400);
    assert.equal(foreign.headers.get('access-control-allow-origin'), null);
    const own = await token('https://app.example');
    assert.equal(own.status, 200);
    assert.equal(own.headers.get('access-control-allow-origin'), 'https://app.example');
  });

  it('leaves nothing in the tables by which its tokens could be used', async () => {
    const { given, callback } = await plaza.authorize();
    const { url } = await plaza.begin(await plaza.discover());
    const page = await new Browser(plaza.issuer).open(url);
    const uid = /interaction\/([\w-]+)/.exec(page.html)![1]!;
    const secrets = [
      given.refresh_token!,
      given.access_token,
      callback.searchParams.get('code')!,
      uid,
    ];
    const { rows } = await plaza
      .pool('identity')
      .query<{ row: string }>('select a::text as row from oauth_artefacts a');
    assert.ok(rows.length >= 3, `${rows.length} rows`);
    for (const { row } of rows)
      for (const secret of secrets) assert.ok(!row.includes(secret), row.slice(0, 80));
  });
});
