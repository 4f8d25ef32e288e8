import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import * as client from 'openid-client';
import { actionsOf, Browser, startApplications, type Applications } from './applications.test.ts';
import { createDerivedSecrets } from './infrastructure/derived-secrets.ts';
import { createPgSessions } from './infrastructure/pg-sessions.ts';
import { createOperatorTokens } from './module.ts';
import { bearer, newPerson, startIdentity, type IdentityPlaza, type Tokens } from './steps.test.ts';

// What docs/reference/asvs.md needs shown and no test of a use case shows.

const dayMs = 86_400_000;

/** Masked, and open to paste and to whatever fills passwords in. */
const hidesPasswords = (page: string, fields: number): void => {
  const inputs = [...page.matchAll(/<input [^>]*>/g)].map(([input]) => input);
  const secret = inputs.filter((input) => /name="[a-z_]*password"/.test(input));
  assert.equal(secret.length, fields, page);
  for (const input of secret) {
    assert.match(input, / type="password"/);
    assert.match(input, / autocomplete="(current|new)-password"/);
    assert.doesNotMatch(input, / maxlength=| readonly| on\w+=/);
  }
  assert.doesNotMatch(page, /<script/);
};

describe('passwords and sessions, as the ASVS asks', () => {
  let plaza: IdentityPlaza;
  before(async () => {
    plaza = await startIdentity();
  });
  after(() => plaza.stop());

  it('has no account of its own before somebody opens one', async () => {
    const { rows } = await plaza
      .pool('identity')
      .query<{ n: number }>('select count(*)::int as n from accounts');
    assert.equal(rows[0]!.n, 0);
  });

  it('compares a password as it was typed: case, blanks and all of its length', async () => {
    const password = ` Clave ${'larga '.repeat(20)}`.padEnd(127, 'x').concat(' ');
    assert.equal(password.length, 128);
    const person = { ...newPerson(), password };
    await plaza.signUp(person);
    for (const other of [
      password.toLowerCase(),
      password.trim(),
      password.slice(0, 127),
      password.slice(0, 72),
    ])
      assert.equal((await plaza.login(person, other)).statusCode, 401);
    assert.equal((await plaza.login(person)).statusCode, 200);
  });

  it('keeps a password as argon2id, at the strength that the ASVS asks for', async () => {
    await plaza.register(newPerson());
    const { rows } = await plaza
      .pool('identity')
      .query<{ hash: string }>('select password_hash as hash from accounts');
    assert.ok(rows.length >= 2);
    for (const { hash } of rows) {
      const [, memory, passes, lanes] =
        /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/.exec(hash) ?? [];
      assert.ok(Number(memory) >= 19_456 && Number(passes) >= 2, hash.slice(0, 40));
      assert.equal(lanes, '1');
    }
    const salts = new Set(rows.map(({ hash }) => hash.split('$')[4]));
    assert.equal(salts.size, rows.length);
  });

  it('takes a token in the Authorization header only', async () => {
    const { access_token: token } = await plaza.signUp(newPerson());
    assert.equal((await plaza.me(token)).statusCode, 200);
    for (const name of ['access_token', 'token', 'authorization']) {
      const url = `/auth/me?${name}=${token}`;
      assert.equal((await plaza.send('GET', url)).statusCode, 401, name);
      const both = await plaza.send('GET', url, undefined, bearer(token));
      assert.equal(both.statusCode, 422, name);
      const cookie = await plaza.send('GET', '/auth/me', undefined, { cookie: `${name}=${token}` });
      assert.equal(cookie.statusCode, 401, name);
    }
  });

  it('lets no cache keep what it says of somebody', async () => {
    const tokens = await plaza.signUp(newPerson());
    const by = bearer(tokens.access_token);
    for (const url of [
      '/auth/me',
      '/auth/verify',
      '/auth/sessions',
      '/auth/api-keys',
      '/auth/consents',
    ]) {
      const reply = await plaza.send('GET', url, undefined, by);
      assert.equal(reply.statusCode, 200, url);
      assert.match(String(reply.headers['cache-control']), /no-store/, url);
    }
    const refreshed = await plaza.refresh(tokens.refresh_token);
    assert.equal(refreshed.headers['cache-control'], 'no-store');
  });

  it('opens a new session at each sign-in, whatever the client shows', async () => {
    const person = newPerson();
    const first = await plaza.signUp(person);
    const { username, password } = person;
    const reply = await plaza.post(
      '/auth/login',
      { username, password },
      bearer(first.access_token),
    );
    const second = reply.json<Tokens>();
    assert.notEqual(second.refresh_token, first.refresh_token);
    assert.notEqual(decodeJwt(second.access_token)['sid'], decodeJwt(first.access_token)['sid']);
  });

  it('ends a session that nobody used for fourteen days, and no other', async () => {
    const person = newPerson();
    let used = await plaza.signUp(person);
    const idle = (await plaza.login(person)).json<Tokens>();
    const refresh = async (token: string) => (await plaza.refresh(token)).statusCode;
    await plaza.advance(13 * dayMs);
    used = (await plaza.refresh(used.refresh_token)).json<Tokens>();
    await plaza.advance(dayMs - 60_000);
    const list = async () =>
      (await plaza.send('GET', '/auth/sessions', undefined, bearer(used.access_token))).json<{
        items: { id: string }[];
      }>().items;
    used = (await plaza.refresh(used.refresh_token)).json<Tokens>();
    assert.equal((await list()).length, 2);
    await plaza.advance(60_000);
    assert.equal((await list()).length, 1);
    assert.equal(await refresh(idle.refresh_token), 401);
    await plaza.advance(13 * dayMs);
    assert.equal(await refresh(used.refresh_token), 200);
  });

  it('asks everywhere whether a session was used lately', async () => {
    const person = newPerson();
    const idle = await plaza.signUp(person);
    const here = (await plaza.login(person)).json<Tokens>();
    let token = idle.access_token;
    let id = decodeJwt(token)['sid'] as string;
    const unusedFor = async (time: string) => {
      const sql = `update sessions set last_used_at = $1::timestamptz - $2::interval where id = $3`;
      await plaza.pool('identity').query(sql, [plaza.clock(), time, id]);
    };
    const said = async () => {
      const verified = await plaza.send('GET', '/auth/verify', undefined, bearer(token));
      const { password } = person;
      const stepped = await plaza.post('/auth/step-up', { password }, bearer(token));
      if (stepped.statusCode === 200) {
        token = stepped.json<Tokens>().access_token;
        id = decodeJwt(token)['sid'] as string;
      }
      return [verified.statusCode, stepped.statusCode];
    };
    // What other processes ask when they cannot know.
    const { truth } = createPgSessions({
      pool: plaza.pool('identity'),
      clock: plaza.clock,
      endedSessions: { tell: () => Promise.resolve() } as never,
    });
    const isEnded = () => truth.isEnded({ id: idle.account.id, sessionId: id });
    const endIt = () =>
      plaza.send('DELETE', `/auth/sessions/${id}`, undefined, bearer(here.access_token));
    await unusedFor('14 days');
    assert.deepEqual(await said(), [401, 401]);
    assert.equal(await isEnded(), true);
    assert.equal((await endIt()).statusCode, 404);
    await unusedFor('13 days 23 hours');
    assert.deepEqual(await said(), [200, 200]);
    assert.equal(await isEnded(), false);
    await plaza.enrolApp(token);
    const begin = async () =>
      (await plaza.post('/auth/step-up/challenge', {}, bearer(token))).statusCode;
    await unusedFor('14 days');
    assert.equal(await begin(), 401);
    await unusedFor('13 days 23 hours');
    assert.equal(await begin(), 200);
    assert.equal((await endIt()).statusCode, 204);
  });

  it('hides the password that is typed on the page of the first administrator', async () => {
    const operator = await createOperatorTokens({
      pool: plaza.pool('identity'),
      deriveKeys: plaza.deriveKeysOf('identity'),
      clock: plaza.clock,
    }).issue(5);
    const link = await plaza.post('/auth/setup-links', {}, bearer(operator));
    const { token } = link.json<{ token: string }>();
    hidesPasswords((await plaza.send('GET', `/setup/${token}`)).body, 2);
  });

  it('draws tokens of 256 bits, each bit as often one as zero', () => {
    const secrets = createDerivedSecrets((purpose) => [Buffer.from(purpose.padEnd(32, '.'))]);
    const total = 4_000;
    const ones = Array.from({ length: 256 }, () => 0);
    const seen = new Set<string>();
    for (let i = 0; i < total; i++) {
      const { token } = secrets.newToken();
      seen.add(token);
      const bytes = Buffer.from(token, 'base64url');
      assert.equal(bytes.length, 32);
      for (const bit of ones.keys()) ones[bit]! += (bytes[bit >> 3]! >> (bit & 7)) & 1;
    }
    assert.equal(seen.size, total);
    // Seven standard deviations: a fair bit is outside once in a thousand million runs.
    const allowed = 7 * Math.sqrt(total / 4);
    for (const count of ones) assert.ok(Math.abs(count - total / 2) < allowed, `${count}`);
  });

  it('makes recovery codes of 112 bits and more, and takes them as they were written down', async () => {
    const person = newPerson();
    const { access_token: token } = await plaza.signUp(person);
    const { recoveryCodes } = await plaza.enrolApp(token);
    assert.equal(new Set(recoveryCodes).size, 10);
    for (const code of recoveryCodes) {
      const letters = code.replaceAll('-', '');
      assert.match(letters, /^[a-hjkmnp-z2-9]+$/);
      assert.ok(letters.length * Math.log2(31) >= 112, code);
      assert.match(code, /^(?:[a-z0-9]{4}-){5}[a-z0-9]{4}$/);
    }
    const [first, second, third] = recoveryCodes as [string, string, string];
    for (const written of [
      first,
      second.toUpperCase().replaceAll('-', ' '),
      third.replaceAll('-', ''),
    ]) {
      const { challenge_id: id } = await plaza.asked(person);
      const reply = await plaza.verifyCode(id, 'recovery_code', written);
      assert.equal(reply.statusCode, 200, reply.body);
    }
  });

  it('takes a password for as long as nobody changes it', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    await plaza.advance(400 * dayMs);
    assert.equal((await plaza.login(person)).statusCode, 200);
  });
});

describe('applications, as the ASVS asks', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications();
  });
  after(() => plaza.stop());

  const isRefused = (promise: Promise<unknown>, error = 'invalid_grant') =>
    assert.rejects(promise, (thrown: client.ResponseBodyError) => {
      assert.equal(thrown.error, error, String(thrown));
      return true;
    });

  it('hide the password that is typed on the page of a sign-in', async () => {
    const { url } = await plaza.begin(await plaza.discover());
    hidesPasswords((await new Browser(plaza.issuer).open(url)).html, 1);
  });

  it('get nothing for the password alone of somebody with a second factor', async () => {
    const person = newPerson();
    const app = await plaza.enrolApp((await plaza.signUp(person)).access_token);
    const { url } = await plaza.begin(await plaza.discover());
    const browser = new Browser(plaza.issuer);
    const [signIn] = actionsOf((await browser.open(url)).html);
    const { username, password } = person;
    const page = await browser.post(`${plaza.issuer}${signIn}`, { username, password });
    assert.equal(page.reply?.status, 200, page.html);
    const uid = /interaction\/([\w-]+)/.exec(page.html)![1]!;
    const early = await browser.post(`${plaza.issuer}/oauth2/interaction/${uid}/allow`);
    assert.equal(early.reply?.status, 404, early.url);
    const hidden = Object.fromEntries(
      [...page.html.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
        ([, name, value]) => [name!, value!],
      ),
    );
    const answer = (code: string) =>
      browser.post(`${plaza.issuer}${actionsOf(page.html)[0]}`, {
        ...hidden,
        method: 'totp',
        code,
      });
    assert.equal((await answer('000000')).reply?.status, 422);
    const consent = await answer(app.code());
    assert.equal(consent.reply?.status, 200, consent.html);
    assert.match(consent.html, /<strong>app\.example<\/strong>/);
  });

  it('hold a code for a minute', async () => {
    const config = await plaza.discover();
    const { url, checks } = await plaza.begin(config);
    const late = await plaza.approve(url);
    await plaza.advance(60_001);
    await isRefused(client.authorizationCodeGrant(config, late, checks));
    const again = await plaza.begin(config);
    const callback = await plaza.approve(again.url);
    await plaza.advance(55_000);
    await client.authorizationCodeGrant(config, callback, again.checks);
  });

  it('without a secret lose the whole family when a refresh token comes back', async () => {
    const { config, given } = await plaza.authorize(plaza.spa, {
      scope: 'openid offline_access orders:read',
    });
    const second = await client.refreshTokenGrant(config, given.refresh_token!);
    assert.equal((await plaza.call('/orders', second.access_token)).status, 200);
    await isRefused(client.refreshTokenGrant(config, given.refresh_token!));
    await isRefused(client.refreshTokenGrant(config, second.refresh_token!));
  });

  it('with a secret prove it at every address that they call', async () => {
    const { given } = await plaza.authorize();
    const { client_id: id } = plaza.web;
    for (const [path, body] of [
      ['token', { grant_type: 'refresh_token', refresh_token: given.refresh_token! }],
      ['introspect', { token: given.refresh_token! }],
      ['revoke', { token: given.refresh_token! }],
    ] as const) {
      for (const authorization of [
        undefined,
        `Basic ${Buffer.from(`${id}:${'x'.repeat(43)}`).toString('base64')}`,
      ]) {
        const reply = await fetch(`${plaza.issuer}/oauth2/${path}`, {
          method: 'POST',
          headers: authorization === undefined ? {} : { authorization },
          body: new URLSearchParams({
            ...body,
            ...(authorization === undefined ? { client_id: id } : {}),
          }),
        });
        assert.equal(reply.status, 401, `${path} ${authorization}`);
        assert.equal(((await reply.json()) as { error: string }).error, 'invalid_client');
      }
    }
    // Nothing of that ended it.
    await client.refreshTokenGrant(await plaza.discover(), given.refresh_token!);
  });

  it('register nobody by themselves, and sign nobody out', async () => {
    const found = await fetch(`${plaza.issuer}/.well-known/openid-configuration`);
    const metadata = (await found.json()) as Record<string, unknown>;
    for (const name of [
      'registration_endpoint',
      'end_session_endpoint',
      'pushed_authorization_request_endpoint',
      'device_authorization_endpoint',
      'backchannel_authentication_endpoint',
    ])
      assert.equal(metadata[name], undefined, name);
    for (const path of ['/oauth2/register', '/oauth2/session/end', '/reg', '/session/end']) {
      for (const method of ['GET', 'POST']) {
        const reply = await fetch(`${plaza.issuer}${path}`, { method, redirect: 'manual' });
        assert.equal(reply.status, 404, `${method} ${path}`);
      }
    }
  });

  it('are asked for a sign-in again after thirty days, however often they refresh', async () => {
    const { config, given } = await plaza.authorize();
    let { refresh_token: token } = given;
    for (let day = 0; day < 28; day += 7) {
      await plaza.advance(7 * dayMs);
      ({ refresh_token: token } = await client.refreshTokenGrant(config, token!));
    }
    await plaza.advance(2 * dayMs);
    await isRefused(client.refreshTokenGrant(config, token!));
  });
});
