import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { deriveKeysFrom } from '#shared/platform/secret.ts';
import { createOperatorTokens } from './module.ts';
import {
  bearer,
  newPerson,
  startIdentity,
  times,
  type IdentityPlaza,
  type Tokens,
} from './steps.test.ts';

describe('administrators', () => {
  let plaza: IdentityPlaza;
  let operator: string;
  before(async () => {
    plaza = await startIdentity();
    operator = await createOperatorTokens({
      pool: plaza.pool('identity'),
      deriveKeys: deriveKeysFrom([Buffer.alloc(32, 7)], 'identity'),
      clock: plaza.clock,
    }).issue(60);
  });
  after(() => plaza.stop());

  const setupToken = async (): Promise<string> =>
    (await plaza.post('/auth/setup-links', {}, bearer(operator))).json<{ token: string }>().token;
  const setUp = (token: string, more: object = {}) =>
    plaza.post('/auth/setup', { token, ...newPerson(), ...more });
  const admins = async (): Promise<number> =>
    (
      await plaza
        .pool('identity')
        .query<{ n: number }>(
          `select count(*)::int as n from accounts where 'admin' = any (roles) and status = 'active'`,
        )
    ).rows[0]!.n;
  const forget = () =>
    plaza
      .pool('identity')
      .query(`update accounts set roles = '{customer}' where 'admin' = any (roles)`);

  describe('by the setup link', () => {
    it('are made once, however many try at once', async () => {
      const token = await setupToken();
      await plaza.warm();
      const replies = await times(10, () => setUp(token));
      assert.equal(replies.filter(({ statusCode }) => statusCode === 201).length, 1);
      assert.equal(await admins(), 1);
      const made = replies.find(({ statusCode }) => statusCode === 201)!.json<Tokens>();
      assert.deepEqual(made.account.roles, ['customer', 'admin']);
      assert.equal(made.account.email_verified, true);
      assert.equal((await plaza.me(made.access_token)).statusCode, 200);
      const refused = replies.find(({ statusCode }) => statusCode !== 201)!;
      assert.partialDeepStrictEqual(refused.json(), { code: 'identity.setup_link_not_valid' });
      const late = await plaza.post('/auth/setup-links', {}, bearer(operator));
      assert.partialDeepStrictEqual(late.json(), { status: 409, code: 'identity.admin_exists' });
      await plaza.settle();
      const { rows } = await plaza
        .pool('identity')
        .query<{ type: string }>('select type from outbox where subject = $1 order by seq', [
          made.account.id,
        ]);
      assert.deepEqual(
        rows.map(({ type }) => type),
        [
          'identity.account-registered.v1',
          'identity.email-verified.v1',
          'identity.account-changed.v1',
        ],
      );
      await forget();
    });

    it('are not made by an older link, a late one, or one whose form was refused', async () => {
      const old = await setupToken();
      const token = await setupToken();
      assert.equal(
        (await setUp(old)).json<{ code: string }>().code,
        'identity.setup_link_not_valid',
      );
      // A refusal leaves the link as it was.
      const taken = newPerson();
      await plaza.register(taken);
      assert.equal((await setUp(token, { email: taken.email })).statusCode, 409);
      assert.equal((await setUp(token, { username: taken.username })).statusCode, 409);
      assert.equal((await setUp(token, { password: 'password123' })).statusCode, 422);
      await plaza.advance(31 * 60_000);
      assert.equal((await setUp(token)).statusCode, 422);
      assert.equal(await admins(), 0);
      assert.equal((await setUp(await setupToken())).statusCode, 201);
      await forget();
    });

    it('are made from this machine only', async () => {
      const token = await setupToken();
      const payload = { token, ...newPerson() };
      for (const from of [
        { remoteAddress: '203.0.113.9' },
        { remoteAddress: '127.0.0.1', headers: { 'x-forwarded-for': '203.0.113.9' } },
      ]) {
        for (const [method, url] of [
          ['POST', '/api/v1/auth/setup'],
          ['GET', `/setup/${token}`],
          ['POST', `/instalar/${token}`],
        ] as const) {
          const body = method === 'POST' ? { payload } : {};
          const reply = await plaza.app.inject({ method, url, ...body, ...from });
          assert.equal(reply.statusCode, 404);
          assert.equal(reply.json<{ code: string }>().code, 'http.not_found');
        }
      }
      assert.equal(await admins(), 0);
    });

    it('need the operator to ask for a link', async () => {
      const tokens = await plaza.signUp(newPerson());
      for (const url of ['/auth/setup-links', '/auth/admins']) {
        const reply = await plaza.post(url, {}, bearer(tokens.access_token));
        assert.partialDeepStrictEqual(reply.json(), {
          status: 403,
          code: 'auth.insufficient_role',
        });
      }
    });
  });

  describe('on the setup page', () => {
    const form = (url: string, values: Record<string, string>, language = 'es') =>
      plaza.app.inject({
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'accept-language': language,
        },
        payload: new URLSearchParams(values).toString(),
      });

    it('fill in a form that needs no script, in their language', async () => {
      const token = await setupToken();
      for (const [url, language, title] of [
        [`/instalar/${token}`, 'es-CO,es;q=0.9,en;q=0.1', 'Crea tu cuenta de administración'],
        [`/setup/${token}`, 'fr,en-US;q=0.8,es;q=0.2', 'Create your administrator account'],
        [`/setup/${token}`, '', 'Crea tu cuenta de administración'],
      ] as const) {
        const page = await plaza.app.inject({ url, headers: { 'accept-language': language } });
        assert.equal(page.statusCode, 200);
        assert.ok(page.body.includes(`<h1>${title}</h1>`));
        assert.match(
          String(page.headers['content-security-policy']),
          /^default-src 'none'; style-src 'sha256-/,
        );
        assert.equal(page.headers['cache-control'], 'no-store');
        assert.equal(page.headers['referrer-policy'], 'no-referrer');
        assert.doesNotMatch(page.body, /<script|style="|undefined/);
        for (const name of ['email', 'username', 'password', 'confirm_password'])
          assert.ok(
            page.body.includes(`<label for="${name}">`) && page.body.includes(`id="${name}"`),
          );
      }
    });

    it('are told what is wrong beside the field, and keep what they typed', async () => {
      const token = await setupToken();
      const { email, username, password } = newPerson();
      const good = { email, username, password, confirm_password: password };
      for (const [change, text] of [
        [{ email: '"><script>' }, 'Escribe un correo'],
        [{ username: 'a b' }, 'Usa de 3 a 32'],
        [{ password: 'corta', confirm_password: 'corta' }, 'al menos 8 caracteres.</span>'],
        [{ confirm_password: 'otra' }, 'no son iguales'],
        [{ password: 'password123', confirm_password: 'password123' }, 'se adivina primero'],
      ] as const) {
        const reply = await form(`/instalar/${token}`, { ...good, ...change });
        assert.equal(reply.statusCode, 422);
        assert.ok(reply.body.includes(text), text);
        assert.match(reply.body, /role="alert"/);
        assert.match(reply.body, /aria-invalid="true"/);
        assert.doesNotMatch(reply.body, /<script|value="una clave/);
      }
      const reply = await form(`/instalar/${token}`, { ...good, username: 'a b' });
      assert.ok(reply.body.includes(`value="${email}"`));
      const done = await form(`/setup/${token}`, good, 'en');
      assert.equal(done.statusCode, 200);
      assert.ok(done.body.includes('Your account is ready') && done.body.includes('href="/docs"'));
      assert.equal((await plaza.login({ email, username, password })).statusCode, 200);
      const dead = await form(`/setup/${token}`, good, 'en');
      assert.equal(dead.statusCode, 404);
      assert.ok(dead.body.includes('This link no longer works'));
      assert.equal((await plaza.app.inject({ url: `/setup/${token}` })).statusCode, 404);
      const many = { ...good, email: 'a'.repeat(9_000) };
      assert.equal((await form(`/setup/${token}`, many)).statusCode, 413);
      await forget();
    });
  });

  describe('at work', () => {
    const asAdmin = async (): Promise<Tokens> => {
      const person = newPerson();
      const made = await plaza.post('/auth/admins', person, bearer(operator));
      assert.equal(made.statusCode, 201, made.body);
      assert.partialDeepStrictEqual(made.json(), {
        roles: ['customer', 'admin'],
        email_verified: true,
      });
      return (await plaza.login(person)).json<Tokens>();
    };
    const roles = (by: string, id: string, names: readonly string[]) =>
      plaza.send('PUT', `/users/${id}/roles`, { roles: names }, bearer(by));
    const say = (by: string, id: string, verb: string) =>
      plaza.send('POST', `/users/${id}/${verb}`, undefined, bearer(by));

    it('give and take roles, which ends sessions only when one is taken', async () => {
      const { access_token: by } = await asAdmin();
      const person = newPerson();
      const first = await plaza.signUp(person);
      const granted = await roles(by, first.account.id, ['customer', 'seller']);
      assert.partialDeepStrictEqual(granted.json(), { roles: ['customer', 'seller'] });
      const second = (await plaza.refresh(first.refresh_token)).json<Tokens>();
      assert.deepEqual(second.account.roles, ['customer', 'seller']);
      await roles(by, first.account.id, ['customer']);
      assert.equal((await plaza.refresh(second.refresh_token)).statusCode, 401);
      assert.equal((await roles(by, first.account.id, ['service'])).statusCode, 422);
      assert.equal((await roles(by, first.account.id, [])).statusCode, 422);
      const customer = (await plaza.login(person)).json<Tokens>();
      const refused = await roles(customer.access_token, first.account.id, ['admin']);
      assert.partialDeepStrictEqual(refused.json(), {
        status: 403,
        code: 'auth.insufficient_role',
      });
      assert.equal((await roles(by, crypto.randomUUID(), ['customer'])).statusCode, 404);
      assert.equal((await roles(by, 'not-an-id', ['customer'])).statusCode, 422);
    });

    it('keep an account out and let it in again', async () => {
      const { access_token: by } = await asAdmin();
      const person = newPerson();
      const { account, refresh_token } = await plaza.signUp(person);
      assert.equal((await say(by, account.id, 'deactivate')).statusCode, 200);
      assert.equal((await plaza.refresh(refresh_token)).statusCode, 401);
      assert.equal((await plaza.login(person)).statusCode, 401);
      assert.equal((await say(by, account.id, 'deactivate')).statusCode, 200);
      assert.equal((await say(by, account.id, 'activate')).statusCode, 200);
      assert.equal((await plaza.login(person)).statusCode, 200);
      assert.equal((await say(by, crypto.randomUUID(), 'deactivate')).statusCode, 404);
    });

    it('give themselves nothing, and the last of them stays', async () => {
      await forget();
      const one = await asAdmin();
      const self = one.account.id;
      assert.partialDeepStrictEqual(
        (await roles(one.access_token, self, ['customer', 'admin', 'support'])).json(),
        { status: 403, code: 'identity.own_role_raised' },
      );
      for (const reply of [
        await roles(one.access_token, self, ['customer']),
        await say(one.access_token, self, 'deactivate'),
        await say(operator, self, 'deactivate'),
      ])
        assert.partialDeepStrictEqual(reply.json(), { status: 409, code: 'identity.last_admin' });
      assert.equal(await admins(), 1);
    });

    it('cannot remove each other at the same moment', async () => {
      for (let round = 0; round < 5; round++) {
        await forget();
        const all = [await asAdmin(), await asAdmin(), await asAdmin()];
        await plaza.warm();
        const replies = await Promise.all(
          all.map(({ access_token: by }, i) =>
            say(by, all[(i + 1) % all.length]!.account.id, 'deactivate'),
          ),
        );
        assert.equal(await admins(), 1);
        const refused = replies.filter(({ statusCode }) => statusCode !== 200);
        // Who was removed first is no administrator any more, and is told so or comes too late.
        const codes = refused.map((reply) => reply.json<{ code: string }>().code);
        assert.equal(codes.length, 1);
        assert.match(codes[0]!, /^(identity\.last_admin|auth\.session_ended)$/);
        await plaza.pool('identity').query(`update accounts set status = 'active'
          where status = 'deactivated' and email_verified_at is not null`);
      }
    });
  });
});
