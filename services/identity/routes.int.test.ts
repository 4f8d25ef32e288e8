import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createLocalJWKSet, jwtVerify, SignJWT, generateKeyPair, type JSONWebKeySet } from 'jose';
import { bearer, newPerson, startIdentity, type IdentityPlaza, type Tokens } from './steps.test.ts';

describe('the routes of identity', () => {
  let plaza: IdentityPlaza;
  let signedIn: Tokens;
  const person = newPerson();
  before(async () => {
    plaza = await startIdentity();
    signedIn = await plaza.signUp(person);
  });
  after(() => plaza.stop());
  const put = (url: string, payload: object, token = signedIn.access_token) =>
    plaza.send('PUT', url, payload, bearer(token));

  it('change the password: the others end, this one stays', async () => {
    const someone = newPerson();
    const other = await plaza.signUp(someone);
    const mine = (await plaza.login(someone)).json<Tokens>();
    const chosen = 'otra clave larga';
    const change = (current: string) =>
      put(
        '/auth/change-password',
        { current_password: current, new_password: chosen, confirm_password: chosen },
        mine.access_token,
      );
    assert.partialDeepStrictEqual((await change('no es esta')).json(), {
      status: 422,
      code: 'identity.wrong_password',
    });
    assert.equal((await change(someone.password)).statusCode, 204);
    assert.equal((await plaza.refresh(other.refresh_token)).statusCode, 401);
    assert.equal((await plaza.refresh(mine.refresh_token)).statusCode, 200);
    assert.equal((await plaza.login(someone)).statusCode, 401);
    assert.equal((await plaza.login(someone, chosen)).statusCode, 200);
  });

  it('end all sessions at once', async () => {
    const someone = newPerson();
    const first = await plaza.signUp(someone);
    const second = (await plaza.login(someone)).json<Tokens>();
    const reply = await plaza.send(
      'POST',
      '/auth/logout-all',
      undefined,
      bearer(first.access_token),
    );
    assert.equal(reply.statusCode, 204);
    for (const { refresh_token } of [first, second])
      assert.equal((await plaza.refresh(refresh_token)).statusCode, 401);
  });

  it('tell whether a token is good, its session too', async () => {
    const someone = await plaza.signUp(newPerson());
    const headers = bearer(someone.access_token);
    const good = await plaza.send('GET', '/auth/verify', undefined, headers);
    assert.partialDeepStrictEqual(good.json(), {
      valid: true,
      claims: { sub: someone.account.id, roles: ['customer'], iss: 'plaza', aud: 'plaza-api' },
    });
    const validate = async (token: string) =>
      (
        await plaza.send('POST', '/auth/validate-token', { token }, bearer(signedIn.access_token))
      ).json<{ valid: boolean; claims?: object }>();
    assert.equal((await validate(someone.access_token)).valid, true);
    assert.deepEqual(await validate(`${someone.access_token.slice(0, -3)}AAA`), { valid: false });
    assert.deepEqual(await validate('nothing like a token'), { valid: false });
    // Signing out by the access token ends its session.
    assert.equal((await plaza.send('POST', '/auth/logout', undefined, headers)).statusCode, 204);
    assert.deepEqual(await validate(someone.access_token), { valid: false });
    assert.equal((await plaza.send('GET', '/auth/verify', undefined, headers)).statusCode, 401);
  });

  it('publish keys that verify the tokens, next one included', async () => {
    for (const url of ['/.well-known/jwks.json', '/oauth2/jwks']) {
      const reply = await plaza.send('GET', url);
      const set = reply.json<JSONWebKeySet>();
      assert.equal(set.keys.length, 2);
      assert.ok(set.keys.every((key) => key['d'] === undefined && key.kty === 'OKP'));
      const { protectedHeader } = await jwtVerify(signedIn.access_token, createLocalJWKSet(set), {
        issuer: 'plaza',
        audience: 'plaza-api',
        typ: 'at+jwt',
      });
      assert.equal(protectedHeader.alg, 'EdDSA');
    }
  });

  it('refuse each kind of bad token, on public routes too', async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    const forge = (header: object, claims: object = {}) =>
      new SignJWT({ roles: ['admin'], email_verified: true, ...claims })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: 'x', ...header })
        .setSubject(signedIn.account.id)
        .setIssuer('plaza')
        .setAudience('plaza-api')
        .setIssuedAt()
        .setJti('1')
        .setExpirationTime('5m')
        .sign(privateKey);
    const [head, body, signature] = signedIn.access_token.split('.') as [string, string, string];
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const asAdmin = part({ ...claims, roles: ['admin'] });
    for (const [what, token] of [
      ['signed by another key', await forge({})],
      ['signed by another key under our name', await forge({ kid })],
      ['with raised roles', `${head}.${asAdmin}.${signature}`],
      ['without a signature', `${part({ alg: 'none', typ: 'at+jwt', kid })}.${asAdmin}.`],
      [
        'with a flipped signature',
        `${head}.${body}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`,
      ],
      ['of refresh', signedIn.refresh_token],
    ] as const) {
      for (const [method, url] of [
        ['GET', '/auth/me'],
        ['POST', '/auth/login'],
      ] as const) {
        const payload = method === 'POST' ? { username: 'x', password: 'y' } : undefined;
        const reply = await plaza.send(method, url, payload, bearer(token));
        assert.partialDeepStrictEqual(
          reply.json(),
          { status: 401, code: 'auth.invalid_token' },
          what,
        );
      }
    }
    await plaza.advance(11 * 60_000);
    assert.equal((await plaza.me(signedIn.access_token)).statusCode, 401);
    signedIn = (await plaza.login(person)).json<Tokens>();
  });

  it('need a token where they say so', async () => {
    for (const [method, url] of [
      ['GET', '/auth/me'],
      ['GET', '/auth/verify'],
      ['POST', '/auth/validate-token'],
      ['POST', '/auth/logout'],
      ['POST', '/auth/logout-all'],
      ['PUT', '/auth/change-password'],
      ['POST', '/auth/admins'],
      ['POST', '/auth/setup-links'],
      ['POST', `/users/${signedIn.account.id}/activate`],
      ['POST', `/users/${signedIn.account.id}/deactivate`],
      ['PUT', `/users/${signedIn.account.id}/roles`],
    ] as const) {
      const reply = await plaza.send(method, url, method === 'GET' ? undefined : {});
      assert.equal(reply.statusCode, 401, url);
      assert.equal(reply.headers['www-authenticate'], 'Bearer');
      assert.equal(reply.headers['cache-control'], 'no-store');
    }
  });

  for (const [what, payload, status, code] of [
    ['half a body', '{', 400, 'http.malformed_json'],
    ['a list', '[]', 422, 'http.validation'],
    ['a number beyond any', '{"quantity": 1e309}', 422, 'http.validation'],
    ['2 MB', JSON.stringify({ email: 'a'.repeat(2_000_000) }), 413, 'http.too_large'],
    ['a NUL', '{"email":"a\\u0000@example.com"}', 422, 'http.validation'],
    ['__proto__', '{"email":"a@example.com","__proto__":{}}', 400, 'http.forbidden_key'],
    ['an unknown field', '{"roles":["admin"],"is_admin":true}', 422, 'http.validation'],
  ] as const) {
    it(`answer ${what} with its problem and change nothing`, async () => {
      const digest = async () =>
        (
          await plaza.pool('identity').query<{ n: string }>(
            `select concat_ws(',', (select count(*) from accounts), (select count(*) from usernames),
               (select count(*) from sessions), (select count(*) from outbox)) as n`,
          )
        ).rows[0]!.n;
      const before = await digest();
      for (const url of [
        'register',
        'verify-email',
        'resend-code',
        'login',
        'refresh',
        'logout',
        'forgot-password',
        'reset-password',
        'setup',
      ]) {
        const reply = await plaza.post(`/auth/${url}`, payload);
        assert.partialDeepStrictEqual(reply.json(), { status, code }, url);
        assert.equal(reply.headers['content-type'], 'application/problem+json; charset=utf-8');
      }
      assert.equal(await digest(), before);
    });
  }

  it('point at what is wrong in a registration', async () => {
    const reply = await plaza.register(newPerson(), { password: 'corta', username: 'a b' });
    assert.equal(reply.statusCode, 422);
    const pointers = reply.json<{ errors: { pointer: string }[] }>().errors.map((e) => e.pointer);
    assert.deepEqual(pointers, ['#/password']);
    for (const [more, code] of [
      [{ username: 'a b c' }, 'identity.username_invalid'],
      [{ email: 'ana@localhost' }, 'identity.email_invalid'],
      [{ confirm_password: 'otra cosa' }, 'identity.passwords_differ'],
      [{ username: person.username }, 'identity.username_taken'],
    ] as const)
      assert.partialDeepStrictEqual((await plaza.register(newPerson(), more)).json(), { code });
  });

  it('lock a name after repeated failures, for a growing time, also a name that nobody has', async () => {
    const someone = newPerson();
    await plaza.signUp(someone);
    for (const name of [someone.username, 'nobody-has-this']) {
      const tryOnce = (password = 'no es esta') =>
        plaza.post('/auth/login', { username: name, password });
      for (let i = 0; i < 5; i++) assert.equal((await tryOnce()).statusCode, 401);
      const locked = await tryOnce(someone.password);
      assert.partialDeepStrictEqual(locked.json(), {
        status: 429,
        code: 'identity.too_many_tries',
      });
      assert.ok(Number(locked.headers['retry-after']) <= 30);
      await plaza.advance(31_000);
      assert.equal((await tryOnce()).statusCode, 401);
      assert.ok(Number((await tryOnce()).headers['retry-after']) > 30);
    }
    await plaza.advance(61_000);
    assert.equal((await plaza.login(someone)).statusCode, 200);
    // Forgiven: four more slips are free.
    for (let i = 0; i < 4; i++)
      assert.equal((await plaza.login(someone, 'no es esta')).statusCode, 401);
    assert.equal((await plaza.login(someone)).statusCode, 200);
    signedIn = (await plaza.login(person)).json<Tokens>();
  });

  it('end a code after ten minutes, a session after thirty days, and forget what is over', async () => {
    const someone = newPerson();
    await plaza.register(someone);
    const code = await plaza.codeOf(someone.email);
    await plaza.advance(10 * 60_000);
    const late = await plaza.post('/auth/verify-email', { email: someone.email, code });
    assert.equal(late.json<{ code: string }>().code, 'identity.code_not_valid');
    let tokens = (await plaza.login(someone)).json<Tokens>();
    for (let day = 0; day < 29; day += 7) {
      await plaza.advance(7 * 86_400_000);
      tokens = (await plaza.refresh(tokens.refresh_token)).json<Tokens>();
    }
    assert.equal(tokens.refresh_token, undefined);
    const { rows } = await plaza
      .pool('identity')
      .query<{ n: number }>('select count(*)::int as n from sessions');
    assert.equal(rows[0]!.n, 0);
  });
});
