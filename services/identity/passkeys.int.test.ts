import assert from 'node:assert/strict';
import { createHash, randomUUIDv7 } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import {
  addVirtualAuthenticator,
  openTestBrowser,
  skipWithoutChromium,
} from '#shared/testing/test-browser.ts';
import { deriveKeysFrom } from '#shared/platform/secret.ts';
import type { TestPlazaOptions } from '#shared/testing/test-plaza.ts';
import { createSessionOpener } from './application/signed-in.ts';
import { createDerivedSecrets } from './infrastructure/derived-secrets.ts';
import { createPgPasskeys } from './infrastructure/pg-passkeys.ts';
import {
  bearer,
  claimsOf,
  newPerson,
  startIdentity,
  times,
  type IdentityPlaza,
  type Tokens,
} from './steps.test.ts';

type Assertion = Readonly<{
  id: string;
  response: Readonly<{ clientDataJSON: string; signature: string; userHandle?: string }>;
}>;
type Answer<T> = Readonly<{ status: number; body: T }>;
type Problem = Readonly<{ status: number; code: string }>;

/** What a page of the web app will do; it runs in the browser. */
const pageScript = `
  window.call = async (method, url, body, token) => {
    const headers = { 'content-type': 'application/json' };
    if (token) headers.authorization = 'Bearer ' + token;
    const answer = await fetch('/api/v1' + url, { method, headers, body: JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
  window.make = async (options) => {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
    return (await navigator.credentials.create({ publicKey })).toJSON();
  };
  window.sign = async (options) => {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
    return (await navigator.credentials.get({ publicKey })).toJSON();
  };`;
const pageHtml = `<!doctype html><title>passkeys</title><script>${pageScript}</script>`;
const install: NonNullable<TestPlazaOptions['install']> = async (app) => {
  app.get('/test-page', { config: { access: 'public', isHidden: true } }, (_request, reply) =>
    reply.type('text/html').send(pageHtml),
  );
};

describe(
  'a passkey, in Chromium with a virtual authenticator',
  { skip: skipWithoutChromium },
  () => {
    let plaza: IdentityPlaza;
    let browser: Browser;
    let origin: string;
    before(async () => {
      plaza = await startIdentity({ install });
      // A port that is not the configured one, as when that was busy.
      await plaza.app.listen({ host: '127.0.0.1', port: 0 });
      const { port } = plaza.app.server.address() as AddressInfo;
      origin = `http://localhost:${port}`;
      browser = await openTestBrowser();
    });
    after(async () => {
      await browser?.close();
      await plaza?.stop();
    });

    /** A page of its own with an authenticator of its own. */
    const openPage = async (url = `${origin}/test-page`) => {
      const page = await (await browser.newContext()).newPage();
      await page.goto(url);
      return { page, authenticator: await addVirtualAuthenticator(page) };
    };
    const inPage = <T>(page: Page, name: string, ...given: readonly unknown[]): Promise<T> =>
      page.evaluate(
        ([called, all]) =>
          (globalThis as unknown as Record<string, (...all: readonly unknown[]) => T>)[called]!(
            ...all,
          ),
        [name, given] as const,
      );
    const call = <T>(page: Page, method: string, url: string, body: object = {}, token?: string) =>
      inPage<Answer<T>>(page, 'call', method, url, body, token);
    const make = (page: Page, given: object) => inPage<Assertion>(page, 'make', given);
    const sign = (page: Page, given: object) => inPage<Assertion>(page, 'sign', given);
    const register = async (page: Page, token: string, name = 'Mi llave') => {
      const path = '/auth/second-factors/passkeys';
      const { body: options } = await call<object>(page, 'POST', `${path}/options`, {}, token);
      const credential = await make(page, options);
      return call<{ id: string; recovery_codes: string[] | null }>(
        page,
        'POST',
        path,
        { name, credential },
        token,
      );
    };
    /** Somebody with a passkey, at their page. */
    const holder = async () => {
      const person = newPerson();
      const tokens = await plaza.signUp(person);
      const { page, authenticator } = await openPage();
      const registered = await register(page, tokens.access_token);
      assert.equal(registered.status, 201, JSON.stringify(registered.body));
      return { person, tokens, page, authenticator, registered: registered.body };
    };
    const options = async (page: Page, url = '/auth/passkeys/options', body = {}) =>
      (await call<Record<string, unknown>>(page, 'POST', url, body)).body;
    const verify = (page: Page, credential: object) =>
      call<Tokens & Problem>(page, 'POST', '/auth/passkeys/verify', { credential });
    const refused = (answer: Answer<unknown>, status: number, code: string): void =>
      assert.partialDeepStrictEqual(answer.body, { status, code });

    it('is registered, listed by its name, and signs in alone, with no name given', async () => {
      const { person, tokens, page, registered } = await holder();
      assert.equal(registered.recovery_codes?.length, 10);
      const asked = await options(page);
      assert.deepEqual(Object.keys(asked).toSorted(), [
        'challenge',
        'rpId',
        'timeout',
        'userVerification',
      ]);
      const answer = await verify(page, await sign(page, asked));
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      assert.equal(answer.body.account.id, tokens.account.id);
      assert.deepEqual(claimsOf(answer.body.access_token).amr, ['hwk']);
      const list = await plaza.send(
        'GET',
        '/auth/second-factors',
        undefined,
        bearer(answer.body.access_token),
      );
      const [item] = list.json<{ items: Record<string, string>[] }>().items;
      assert.partialDeepStrictEqual(item, { id: registered.id, kind: 'passkey', name: 'Mi llave' });
      assert.ok(item!['last_used_at']);
      await plaza.settle();
      assert.ok(
        plaza.mailsTo(person.email).some(({ subject }) => subject.includes('segundo paso nuevo')),
      );
    });

    it('gets another name from its holder, after a fresh proof', async () => {
      const { tokens, registered } = await holder();
      const { tokens: other } = await holder();
      const rename = (token: string, id: string, body: object) =>
        plaza.send('PATCH', `/auth/second-factors/passkeys/${id}`, body, bearer(token));
      const { access_token: token } = tokens;
      const nameOf = async () => {
        const reply = await plaza.send('GET', '/auth/second-factors', undefined, bearer(token));
        return reply.json<{ items: { name: string }[] }>().items[0]!.name;
      };
      const name = 'Llave del trabajo';
      const renamed = await rename(token, registered.id, { name: ` ${name} ` });
      assert.equal(renamed.statusCode, 204, renamed.body);
      assert.equal(await nameOf(), name);
      for (const wrong of [
        { name: ' ' },
        { name: '' },
        { name: 'x'.repeat(61) },
        { name: 'a\nb' },
        {},
      ])
        assert.equal((await rename(token, registered.id, wrong)).statusCode, 422);
      assert.equal((await rename(token, registered.id, { name, kind: 'totp' })).statusCode, 422);
      for (const [by, id] of [
        [other.access_token, registered.id],
        [token, crypto.randomUUID()],
      ] as const)
        assert.partialDeepStrictEqual((await rename(by, id, { name: 'Mía' })).json(), {
          status: 404,
          code: 'identity.factor_not_found',
        });
      await plaza.advance(601_000);
      const late = (await plaza.refresh(tokens.refresh_token)).json<Tokens>();
      const stale = await rename(late.access_token, registered.id, { name: 'Tarde' });
      assert.partialDeepStrictEqual(stale.json(), { code: 'auth.step_up_required' });
      const { rows } = await plaza.pool('identity').query(
        `select type, actor_id from account_events
         where account_id = $1 and type = 'PasskeyRenamed'`,
        [tokens.account.id],
      );
      assert.deepEqual(rows, [{ type: 'PasskeyRenamed', actor_id: tokens.account.id }]);
    });

    it('passes the second step after a password, and a step-up', async () => {
      const { person, tokens, page } = await holder();
      const asked = await plaza.asked(person);
      assert.deepEqual(asked.methods, ['passkey', 'recovery_code']);
      const { challenge_id } = asked;
      const forStep = await options(page, '/auth/verify-code/passkey', { challenge_id });
      assert.equal((forStep['allowCredentials'] as object[]).length, 1);
      const credential = await sign(page, forStep);
      // For its step it is good, alone it is not.
      refused(await verify(page, credential), 401, 'identity.passkey_not_valid');
      const body = { challenge_id, method: 'passkey', credential };
      const passed = await call<Tokens>(page, 'POST', '/auth/verify-code', body);
      assert.equal(passed.status, 200, JSON.stringify(passed.body));
      assert.deepEqual(claimsOf(passed.body.access_token).amr, ['pwd', 'hwk']);
      const { access_token: token } = tokens;
      const begun = await call<{ challenge_id: string; methods: string[] }>(
        page,
        'POST',
        '/auth/step-up/challenge',
        {},
        token,
      );
      assert.deepEqual(begun.body.methods, ['passkey', 'recovery_code']);
      const id = { challenge_id: begun.body.challenge_id };
      const again = await sign(page, await options(page, '/auth/verify-code/passkey', id));
      const proof = { ...id, method: 'passkey', credential: again };
      const stepped = await call<Tokens>(page, 'POST', '/auth/step-up', proof, token);
      assert.equal(stepped.status, 200, JSON.stringify(stepped.body));
      assert.deepEqual(claimsOf(stepped.body.access_token).amr, ['hwk']);
      assert.notEqual(claimsOf(stepped.body.access_token).sid, claimsOf(token).sid);
    });

    it('signs in over a new secret of the installation', async () => {
      const { page, tokens } = await holder();
      const { database } = plaza;
      const deriveKeys = deriveKeysFrom([Buffer.alloc(32, 8), Buffer.alloc(32, 7)]);
      const { pool } = plaza;
      const { rows: before } = await pool('identity').query('select * from signing_keys');
      const next = await startIdentity({ database, resources: { deriveKeys }, install });
      try {
        await next.app.listen({ host: '127.0.0.1', port: 0 });
        const { port } = next.app.server.address() as AddressInfo;
        await page.goto(`http://localhost:${port}/test-page`);
        const signedIn = await verify(page, await sign(page, await options(page)));
        assert.equal(signedIn.status, 200, JSON.stringify(signedIn.body));
        assert.equal((signedIn.body as Tokens).account.id, tokens.account.id);
        const { rows: after } = await pool('identity').query('select * from signing_keys');
        assert.notDeepEqual(after, before);
      } finally {
        await next.stop();
        // The others of this file go on with the secret before.
        const both = deriveKeysFrom([Buffer.alloc(32, 7), Buffer.alloc(32, 8)]);
        await (await startIdentity({ database, resources: { deriveKeys: both } })).stop();
      }
    });

    it('of somebody else passes nobody else’s step', async () => {
      const mine = await holder();
      const theirs = await holder();
      const { challenge_id } = await plaza.asked(theirs.person);
      const own = await plaza.asked(mine.person);
      const forOwn = await options(mine.page, '/auth/verify-code/passkey', {
        challenge_id: own.challenge_id,
      });
      const credential = await sign(mine.page, forOwn);
      const stolen = await plaza.post('/auth/verify-code', {
        challenge_id,
        method: 'passkey',
        credential,
      });
      assert.partialDeepStrictEqual(stolen.json(), {
        status: 422,
        code: 'identity.code_not_valid',
      });
    });

    it('works once for a signature, fifty at a time', async () => {
      const { page } = await holder();
      const credential = await sign(page, await options(page));
      await plaza.warm();
      const post = () =>
        fetch(`${origin}/api/v1/auth/passkeys/verify`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ credential }),
        });
      const replies = await times(50, post);
      const won = replies.filter(({ status }) => status === 200);
      assert.equal(won.length, 1);
      assert.equal(replies.filter(({ status }) => status === 401).length, 49);
    });

    it('works once for a challenge too, where it does not count its uses', async () => {
      const { tokens, registered, page } = await holder();
      const pool = plaza.pool('identity');
      await pool.query('update passkeys set counter = 0 where id = $1', [registered.id]);
      const { challenge } = (await options(page)) as { challenge: string };
      const challengeHash = createHash('sha256').update(challenge).digest('hex');
      const passkeys = createPgPasskeys({ pool, clock: plaza.clock });
      const [credential] = (
        await pool.query('select credential_id from passkeys where id = $1', [registered.id])
      ).rows as { credential_id: Buffer }[];
      const found = await passkeys.find(credential!.credential_id);
      assert.equal(found?.account.id, tokens.account.id);
      const { account } = found;
      const by = {
        trace: { correlationId: crypto.randomUUID() },
        actorId: null,
        ip: '',
        userAgent: null,
      };
      const opener = createSessionOpener({
        secrets: createDerivedSecrets(plaza.deriveKeysOf('identity')),
        accessTokens: undefined as never,
        clock: plaza.clock,
        newId: randomUUIDv7,
      });
      await plaza.warm();
      const proof = {
        method: 'passkey',
        passkeyId: registered.id,
        counter: 0,
        challengeHash,
      } as const;
      const opened = await times(50, () =>
        passkeys.signIn(proof, account, opener.prepare(['hwk']).session, by),
      );
      assert.equal(opened.filter(Boolean).length, 1);
    });

    it('ends a challenge after five minutes', async () => {
      const { page } = await holder();
      const credential = await sign(page, await options(page));
      await plaza.advance(300_001);
      refused(await verify(page, credential), 401, 'identity.passkey_not_valid');
    });

    it('is refused when it was copied, which is written down', async () => {
      const { page, authenticator, tokens } = await holder();
      for (let i = 0; i < 3; i++)
        assert.equal((await verify(page, await sign(page, await options(page)))).status, 200);
      const [credential] = await authenticator.credentials();
      assert.ok(credential!.signCount >= 3, `the counter is at ${credential!.signCount}`);
      await authenticator.replaceByCopy(credential!, 0);
      refused(
        await verify(page, await sign(page, await options(page))),
        401,
        'identity.passkey_not_valid',
      );
      const sql = `select type from account_events where account_id = $1 and type like 'Passkey%'`;
      const { rows } = await plaza.pool('identity').query(sql, [tokens.account.id]);
      assert.deepEqual(rows, [{ type: 'PasskeyCopied' }, { type: 'PasskeyRefused' }]);
      // The right one, which counts on, goes on working.
      await authenticator.replaceByCopy(credential!, credential!.signCount);
      assert.equal((await verify(page, await sign(page, await options(page)))).status, 200);
    });

    it('is refused from another origin, exactly', async () => {
      const { page, tokens } = await holder();
      const credential = await sign(page, await options(page));
      const client = JSON.parse(
        Buffer.from(credential.response.clientDataJSON, 'base64url').toString(),
      ) as { origin: string };
      assert.equal(client.origin, origin);
      // A real page of the same domain, on another port: its own signature over its own origin.
      const elsewhere = `http://localhost:${Number(new URL(origin).port) === 65_000 ? 65_001 : 65_000}`;
      const other = await (await browser.newContext()).newPage();
      await other.route(`${elsewhere}/**`, (route) =>
        route.fulfill({ contentType: 'text/html', body: pageHtml }),
      );
      await other.goto(`${elsewhere}/`);
      await addVirtualAuthenticator(other);
      const path = '/auth/second-factors/passkeys';
      const by = bearer(tokens.access_token);
      const port = { 'content-type': 'application/json', ...by };
      const real = async (url: string, body: object) => {
        const init = { method: 'POST', headers: port, body: JSON.stringify(body) };
        const reply = await fetch(`${origin}/api/v1${url}`, init);
        return { status: reply.status, body: (await reply.json()) as object };
      };
      const begun = await real(`${path}/options`, {});
      const made = await make(other, { ...begun.body, excludeCredentials: [] });
      refused(
        await real(path, { name: 'Otra', credential: made }),
        422,
        'identity.passkey_refused',
      );
      // And a signature that claims the right origin, changed on its way.
      const forged = Buffer.from(JSON.stringify({ ...client, origin: elsewhere })).toString(
        'base64url',
      );
      refused(
        await verify(page, {
          ...credential,
          response: { ...credential.response, clientDataJSON: forged },
        }),
        401,
        'identity.passkey_not_valid',
      );
      assert.equal((await verify(page, credential)).status, 200);
    });

    it('is refused when nobody unlocked it', async () => {
      const { page, authenticator } = await holder();
      await authenticator.setUserVerified(false);
      const asked = { ...(await options(page)), userVerification: 'discouraged' };
      refused(await verify(page, await sign(page, asked)), 401, 'identity.passkey_not_valid');
      await authenticator.setUserVerified(true);
      assert.equal((await verify(page, await sign(page, await options(page)))).status, 200);
    });

    it('is one account’s only, and its challenge is for its account and for once', async () => {
      const { page, tokens } = await holder();
      const path = '/auth/second-factors/passkeys';
      const begun = await call<object>(page, 'POST', `${path}/options`, {}, tokens.access_token);
      const other = await plaza.signUp(newPerson());
      const { page: otherPage } = await openPage();
      const credential = await make(otherPage, { ...begun.body, excludeCredentials: [] });
      const add = (token: string) =>
        call<object>(page, 'POST', path, { name: 'Otra', credential }, token);
      refused(await add(other.access_token), 422, 'identity.passkey_refused');
      assert.equal((await add(tokens.access_token)).status, 201);
      refused(await add(tokens.access_token), 422, 'identity.passkey_refused');
    });

    it('goes when its holder says so, and signs in no more', async () => {
      const { page, person, tokens, registered } = await holder();
      const credential = await sign(page, await options(page));
      const url = `/auth/second-factors/${registered.id}`;
      const gone = await plaza.send('DELETE', url, undefined, bearer(tokens.access_token));
      assert.equal(gone.statusCode, 204);
      refused(await verify(page, credential), 401, 'identity.passkey_not_valid');
      assert.equal((await plaza.login(person)).json<Tokens>().token_type, 'Bearer');
    });

    it('of a deactivated account signs in no more', async () => {
      const { page, tokens } = await holder();
      const sql = `update accounts set status = 'deactivated' where id = $1`;
      await plaza.pool('identity').query(sql, [tokens.account.id]);
      refused(
        await verify(page, await sign(page, await options(page))),
        401,
        'identity.passkey_not_valid',
      );
    });

    it('that is nonsense is refused as such', async () => {
      const { page } = await openPage();
      const nonsense = { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' };
      const credential = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response: nonsense };
      refused(await verify(page, credential), 401, 'identity.passkey_not_valid');
      refused(await verify(page, { ...credential, id: 'A*' }), 422, 'http.validation');
      refused(await verify(page, { ...credential, user: 'x' }), 422, 'http.validation');
    });
  },
);
