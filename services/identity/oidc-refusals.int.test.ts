import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  base64url,
  CompactSign,
  decodeJwt,
  exportJWK,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type JWTHeaderParameters,
  type JWTPayload,
} from 'jose';
import * as client from 'openid-client';
import { Browser, returnTo, startApplications, type Applications } from './applications.test.ts';
import { createPgSigningKeys } from './infrastructure/pg-signing-keys.ts';
import { bearer, newPerson, type Tokens } from './steps.test.ts';

type Keys = Awaited<ReturnType<ReturnType<typeof createPgSigningKeys>['load']>>;

const form = (values: Record<string, string>) => ({
  method: 'POST',
  body: new URLSearchParams(values),
});

describe('a provider that is asked for what the RFCs forbid', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications();
  });
  after(() => plaza.stop());

  const refusedGrant = (promise: Promise<unknown>, error = 'invalid_grant') =>
    assert.rejects(promise, (thrown: client.ResponseBodyError) => {
      assert.equal(thrown.error, error, String(thrown));
      assert.equal(thrown.status, error === 'invalid_client' ? 401 : 400);
      return true;
    });

  /** What the application is told at its own address. */
  const toldAtReturn = async (
    more: Record<string, string | undefined>,
  ): Promise<URLSearchParams> => {
    const config = await plaza.discover();
    const { url } = await plaza.begin(config);
    const changed = new URL(url);
    for (const [name, value] of Object.entries(more))
      if (value === undefined) changed.searchParams.delete(name);
      else changed.searchParams.set(name, value);
    const end = await new Browser(plaza.issuer).open(changed.href);
    assert.ok(end.url.startsWith(returnTo), `${end.reply?.status} ${end.url}`);
    const told = new URL(end.url).searchParams;
    assert.equal(told.get('iss'), plaza.issuer);
    return told;
  };

  it('sends nobody to an address that is not registered, character by character', async () => {
    const config = await plaza.discover();
    for (const redirect of [
      `${returnTo}/`,
      `${returnTo}?x=1`,
      'https://app.example/CB',
      'https://app.example:443/cb',
      'https://app.example.evil.test/cb',
      'https://app.example/cb/../cb',
      'http://app.example/cb',
      '//app.example/cb',
      'javascript:alert(1)',
    ]) {
      const { url } = await plaza.begin(config, { redirect_uri: redirect });
      const { reply, html } = await new Browser(plaza.issuer).open(url);
      assert.equal(reply?.status, 400, redirect);
      assert.ok(!html.includes(redirect), 'the page repeats the address');
      assert.match(reply.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    }
    const { url } = await plaza.begin(config);
    const without = new URL(url);
    without.searchParams.delete('redirect_uri');
    assert.equal((await new Browser(plaza.issuer).open(without.href)).reply?.status, 400);
  });

  it('gives no code without PKCE, nor with plain, nor by another way than code', async () => {
    const missing = await toldAtReturn({
      code_challenge: undefined,
      code_challenge_method: undefined,
    });
    assert.equal(missing.get('error'), 'invalid_request');
    const silent = await toldAtReturn({ code_challenge_method: undefined });
    assert.equal(silent.get('error'), 'invalid_request');
    const plain = await toldAtReturn({ code_challenge_method: 'plain' });
    assert.equal(plain.get('error'), 'invalid_request');
    const implicit = await toldAtReturn({ response_type: 'token', response_mode: 'query' });
    assert.match(
      implicit.get('error')!,
      /unsupported_response_type|unauthorized_client|invalid_request/,
    );
    const idToken = await toldAtReturn({ response_type: 'id_token', response_mode: 'query' });
    assert.match(
      idToken.get('error')!,
      /unsupported_response_type|unauthorized_client|invalid_request/,
    );
    const scope = await toldAtReturn({ scope: 'openid payments:write' });
    assert.equal(scope.get('error'), 'invalid_scope');
    const none = await toldAtReturn({ prompt: 'none' });
    assert.equal(none.get('error'), 'login_required');
    const resource = await toldAtReturn({ resource: 'https://elsewhere.example/api' });
    assert.equal(resource.get('error'), 'invalid_target');
  });

  it('takes a code only with its verifier, its address and its client', async () => {
    const config = await plaza.discover();
    const fresh = async () => {
      const { url, checks } = await plaza.begin(config);
      return { callback: await plaza.approve(url), checks };
    };
    const wrong = await fresh();
    await refusedGrant(
      client.authorizationCodeGrant(config, wrong.callback, {
        ...wrong.checks,
        pkceCodeVerifier: client.randomPKCECodeVerifier(),
      }),
    );
    const { callback, checks } = await fresh();
    const code = callback.searchParams.get('code')!;
    const ask = (values: Record<string, string>, id = plaza.web) =>
      fetch(`${plaza.issuer}/oauth2/token`, {
        ...form({ grant_type: 'authorization_code', code, ...values }),
        ...(id.client_secret === undefined
          ? {}
          : {
              headers: {
                authorization: `Basic ${Buffer.from(`${id.client_id}:${id.client_secret}`).toString('base64')}`,
              },
            }),
      });
    const error = async (reply: Response) => {
      assert.match(reply.headers.get('cache-control')!, /no-store/);
      return [reply.status, ((await reply.json()) as { error: string }).error];
    };
    const verifier = { code_verifier: checks.pkceCodeVerifier };
    assert.deepEqual(await error(await ask({ redirect_uri: returnTo })), [400, 'invalid_grant']);
    assert.deepEqual(await error(await ask({ redirect_uri: `${returnTo}/`, ...verifier })), [
      400,
      'invalid_grant',
    ]);
    assert.deepEqual(
      await error(
        await ask(
          { redirect_uri: returnTo, client_id: plaza.spa.client_id, ...verifier },
          plaza.spa,
        ),
      ),
      [400, 'invalid_grant'],
    );
    assert.equal((await ask({ redirect_uri: returnTo, ...verifier })).status, 200);
  });

  it('takes a code once, and the second time ends what it gave the first time', async () => {
    const { config, given, callback, checks } = await plaza.authorize();
    assert.equal((await client.tokenIntrospection(config, given.access_token)).active, true);
    await refusedGrant(client.authorizationCodeGrant(config, callback, checks));
    assert.equal((await client.tokenIntrospection(config, given.access_token)).active, false);
    assert.equal((await client.tokenIntrospection(config, given.refresh_token!)).active, false);
    // Its access token too, at every service that hears of ended sessions.
    assert.equal((await plaza.call('/orders', given.access_token)).status, 401);
    await refusedGrant(client.refreshTokenGrant(config, given.refresh_token!));
  });

  it('takes a refresh token once, and the second time ends its whole family', async () => {
    const { config, given } = await plaza.authorize();
    const second = await client.refreshTokenGrant(config, given.refresh_token!);
    const third = await client.refreshTokenGrant(config, second.refresh_token!);
    const other = await plaza.authorize();
    await refusedGrant(client.refreshTokenGrant(config, given.refresh_token!));
    await refusedGrant(client.refreshTokenGrant(config, third.refresh_token!));
    assert.equal((await client.tokenIntrospection(config, third.access_token)).active, false);
    // Another authorization of the same person and application is another family.
    await client.refreshTokenGrant(config, other.given.refresh_token!);
  });

  it('gives no more scopes at a refresh than there were, and fewer when asked', async () => {
    const { config, given } = await plaza.authorize();
    await refusedGrant(
      client.refreshTokenGrant(config, given.refresh_token!, { scope: 'openid products:read' }),
      'invalid_scope',
    );
    const less = await client.refreshTokenGrant(config, given.refresh_token!, { scope: 'openid' });
    assert.equal(decodeJwt(less.access_token)['scope'], 'openid');
    const refused = await plaza.call('/orders', less.access_token);
    assert.equal(refused.status, 403);
    assert.equal(
      refused.headers.get('www-authenticate'),
      'Bearer error="insufficient_scope", scope="orders:read"',
    );
  });

  it('knows a client by its secret, and a refresh token by its client', async () => {
    const { given } = await plaza.authorize();
    const wrong = await plaza.discover({ ...plaza.web, client_secret: 'x'.repeat(43) });
    await refusedGrant(client.refreshTokenGrant(wrong, given.refresh_token!), 'invalid_client');
    const nobody = await plaza.discover({ ...plaza.web, client_id: crypto.randomUUID() });
    await refusedGrant(client.refreshTokenGrant(nobody, given.refresh_token!), 'invalid_client');
    const spa = await plaza.discover(plaza.spa);
    await refusedGrant(client.refreshTokenGrant(spa, given.refresh_token!));
    const { rows } = await plaza
      .pool('identity')
      .query<{ row: string }>('select c::text as row from oauth_clients c');
    for (const { row } of rows) assert.ok(!row.includes(plaza.web.client_secret!));
  });

  it('has no password grant, and reads forms only', async () => {
    const { username, password } = plaza.person;
    const basic = Buffer.from(`${plaza.web.client_id}:${plaza.web.client_secret}`);
    const authorization = `Basic ${basic.toString('base64')}`;
    const url = `${plaza.issuer}/oauth2/token`;
    const reply = await fetch(url, {
      ...form({ grant_type: 'password', username, password }),
      headers: { authorization },
    });
    assert.deepEqual(
      [reply.status, ((await reply.json()) as { error: string }).error],
      [400, 'unsupported_grant_type'],
    );
    const json = await fetch(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credentials' }),
    });
    assert.deepEqual(
      [json.status, ((await json.json()) as { error: string }).error],
      [400, 'invalid_request'],
    );
    const large = await fetch(url, {
      ...form({ grant_type: 'x'.repeat(60_000) }),
      headers: { authorization },
    });
    assert.equal(large.status, 400);
  });

  it('ends what applications hold when the sessions of the account end', async () => {
    for (const end of [
      (tokens: Tokens, password: string) =>
        plaza.send(
          'PUT',
          '/auth/change-password',
          {
            current_password: password,
            new_password: 'otra clave larga',
            confirm_password: 'otra clave larga',
          },
          bearer(tokens.access_token),
        ),
      (tokens: Tokens) =>
        plaza.send('POST', '/auth/logout-all', undefined, bearer(tokens.access_token)),
      (tokens: Tokens) =>
        plaza.send(
          'POST',
          `/users/${tokens.account.id}/deactivate`,
          undefined,
          bearer(plaza.admin.access_token),
        ),
    ]) {
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      const { config, given } = await plaza.authorize(plaza.web, {}, person);
      assert.equal((await client.tokenIntrospection(config, given.access_token)).active, true);
      const reply = await end(tokens, person.password);
      assert.ok(reply.statusCode < 300, reply.body);
      assert.equal((await client.tokenIntrospection(config, given.access_token)).active, false);
      await refusedGrant(client.refreshTokenGrant(config, given.refresh_token!));
    }
  });

  it('gives nothing to a sign-in that was made before the password changed', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    const config = await plaza.discover();
    const { url } = await plaza.begin(config);
    const browser = new Browser(plaza.issuer);
    const signIn = await browser.open(url);
    const { username, password } = person;
    const action = /action="([^"]+)"/.exec(signIn.html)![1]!;
    const consent = await browser.post(`${plaza.issuer}${action}`, { username, password });
    await plaza
      .pool('identity')
      .query('update accounts set session_epoch = session_epoch + 1 where username = $1', [
        username,
      ]);
    const allow = /action="([^"]+)"/.exec(consent.html)![1]!;
    const end = await browser.post(`${plaza.issuer}${allow}`);
    assert.ok(!end.url.startsWith(returnTo) || !end.url.includes('code='), end.url);
  });
});

describe('a service that is shown a token that is not one of ours', () => {
  let plaza: Applications;
  let ring: Keys;
  let good: JWTPayload;
  before(async () => {
    plaza = await startApplications();
    ring = await createPgSigningKeys({
      pool: plaza.pool('identity'),
      deriveKeys: plaza.deriveKeysOf('identity'),
      clock: plaza.clock,
      longestTokenMs: 1,
    }).load();
    good = decodeJwt((await plaza.authorize()).given.access_token);
  });
  after(() => plaza.stop());

  const sign = (
    payload: JWTPayload,
    header: Partial<JWTHeaderParameters> = {},
    key: Parameters<SignJWT['sign']>[0] = ring.signingKey,
  ): Promise<string> =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: ring.signingKid, ...header })
      .sign(key);
  const refused = async (token: string, why: string): Promise<void> => {
    for (const path of ['/orders', '/products']) {
      const reply = await plaza.call(path, token);
      assert.equal(reply.status, 401, `${why} at ${path}`);
      assert.equal(reply.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
    }
    const info = await fetch(`${plaza.issuer}/oauth2/userinfo`, { headers: bearer(token) });
    assert.equal(info.status, 401, why);
    assert.equal(((await info.json()) as { error: string }).error, 'invalid_token');
  };

  it('takes one like it that is', async () => {
    assert.equal((await plaza.call('/orders', await sign(good))).status, 200);
  });

  it('refuses alg=none', async () => {
    const unsecured = new UnsecuredJWT(good).encode();
    await refused(unsecured, 'none');
    const header = base64url.encode(JSON.stringify({ alg: 'none', typ: 'at+jwt' }));
    await refused(`${header}.${unsecured.split('.')[1]}.x`, 'none with a signature');
    await refused(`${header}.${unsecured.split('.')[1]}.`, 'none without one');
  });

  it('refuses HS256 that is keyed with our public key, in any spelling of it', async () => {
    const jwk = ring.publicKeys.find(({ kid }) => kid === ring.signingKid)!;
    const spellings = [
      JSON.stringify(jwk),
      jwk.x!,
      Buffer.from(jwk.x!, 'base64url'),
      JSON.stringify({ keys: ring.publicKeys }),
    ];
    for (const key of spellings) {
      const token = await new CompactSign(Buffer.from(JSON.stringify(good)))
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: ring.signingKid })
        .sign(Buffer.from(key));
      await refused(token, 'HS256');
    }
  });

  it('refuses a key that comes with the token', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = await exportJWK(publicKey);
    await refused(await sign(good, { jwk }, privateKey), 'jwk');
    await refused(await sign(good, { jwk, kid: 'mine' }, privateKey), 'jwk of another kid');
    await refused(
      await sign(good, { jku: 'https://keys.example/jwks', kid: 'mine' }, privateKey),
      'jku',
    );
    await refused(await sign(good, { x5u: 'https://keys.example/x5u' }, privateKey), 'x5u');
  });

  it('refuses another audience, issuer, type, and what has ended or has not begun', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const [why, claims] of [
      ['audience', { aud: 'https://elsewhere.example' }],
      ['audience of services', { aud: 'plaza:orders' }],
      ['no audience', { aud: undefined }],
      ['issuer', { iss: 'https://elsewhere.example' }],
      ['issuer with a slash', { iss: `${plaza.issuer}/` }],
      ['no issuer', { iss: undefined }],
      ['expired', { exp: now - 60 }],
      ['no end', { exp: undefined }],
      ['not begun', { nbf: now + 600 }],
      ['nobody', { sub: undefined }],
      ['no roles', { roles: undefined }],
    ] as const)
      await refused(await sign({ ...good, ...claims } as JWTPayload), why);
    await refused(await sign(good, { typ: 'JWT' }), 'type');
  });

  it('refuses an ID token, a code and a refresh token as access tokens', async () => {
    const { given, callback } = await plaza.authorize();
    await refused(given.id_token!, 'ID token');
    await refused(given.refresh_token!, 'refresh token');
    await refused(callback.searchParams.get('code')!, 'code');
  });

  it('gives no rights to a token of an application that says nothing of scopes', async () => {
    const reply = await plaza.call('/orders', await sign({ ...good, scope: undefined }));
    assert.equal(reply.status, 403);
    assert.equal(((await reply.json()) as { code: string }).code, 'auth.insufficient_scope');
  });

  it('says how to begin when it is shown nothing', async () => {
    const reply = await fetch(`${plaza.issuer}/api/v1/orders`);
    assert.equal(reply.status, 401);
    assert.equal(reply.headers.get('www-authenticate'), 'Bearer');
    const info = await fetch(`${plaza.issuer}/oauth2/userinfo`);
    assert.equal(info.headers.get('www-authenticate'), 'Bearer');
  });
});
