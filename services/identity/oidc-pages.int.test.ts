import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as client from 'openid-client';
import {
  actionsOf,
  Browser,
  returnTo,
  startApplications,
  type Applications,
} from './applications.test.ts';
import { newPerson } from './steps.test.ts';

describe('the pages between an application and its code', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications();
  });
  after(() => plaza.stop());

  const start = async (more: Record<string, string> = {}, language = 'es') => {
    const config = await plaza.discover();
    const { url, checks } = await plaza.begin(config, more);
    const browser = new Browser(plaza.issuer, language);
    const page = await browser.open(url);
    const [signIn, refuse] = actionsOf(page.html).map((action) => `${plaza.issuer}${action}`);
    return { config, checks, browser, page, signIn: signIn!, refuse: refuse! };
  };

  it('speak as the application asks, else as the browser does', async () => {
    assert.match((await start()).page.html, /<html lang="es">[^]*Entra para seguir/);
    assert.match((await start({}, 'en')).page.html, /<html lang="en">[^]*Sign in to continue/);
    assert.match((await start({ ui_locales: 'fr en' })).page.html, /<html lang="en">/);
    const { browser, signIn } = await start({ ui_locales: 'en' });
    const { username, password } = plaza.person;
    const consent = await browser.post(signIn, { username, password });
    assert.match(consent.html, /Contabilidad Andina wants to use your account/);
    assert.match(consent.html, /See your cart and your orders/);
    assert.match(consent.html, new RegExp(`<strong>${username}</strong>`));
    assert.match(consent.html, /<strong>app\.example<\/strong>/);
  });

  it('say for how long an application may do it', async () => {
    const { username, password } = plaza.person;
    for (const [language, said] of [
      ['es', 'El acceso termina a más tardar en 30 días.'],
      ['en', 'The access ends after 30 days at the latest.'],
    ] as const) {
      const { browser, signIn } = await start({ ui_locales: language });
      const consent = await browser.post(signIn, { username, password });
      assert.ok(consent.html.includes(said), consent.html);
    }
  });

  it('run no script, fit in no frame, and send forms here or on to the application only', async () => {
    const { page } = await start();
    const headers = page.reply!.headers;
    const policy = headers.get('content-security-policy')!;
    assert.match(policy, /^default-src 'none'; style-src 'sha256-[\w+/=]+'; /);
    assert.match(
      policy,
      /form-action 'self' https:\/\/app\.example; base-uri 'none'; frame-ancestors 'none'$/,
    );
    assert.ok(!page.html.includes('<script'));
    assert.match(headers.get('cache-control')!, /no-store/);
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
  });

  it('show the names of applications as text', async () => {
    const evil = await plaza.register({
      name: '<img src=x onerror=alert(1)> "Banco"',
      grant_types: ['authorization_code'],
      redirect_uris: [returnTo],
      scopes: ['openid'],
    });
    const { url } = await plaza.begin(await plaza.discover(evil), {
      scope: 'openid',
      login_hint: '"><img src=x>',
    });
    const { html } = await new Browser(plaza.issuer).open(url);
    assert.ok(!html.includes('<img'), html);
    assert.ok(html.includes('&lt;img src=x onerror=alert(1)&gt;'));
  });

  it('answer wrong passwords as sign-in does, and lock the name', async () => {
    const person = newPerson();
    await plaza.signUp(person);
    const { browser, signIn } = await start();
    const { username, password } = person;
    for (let i = 0; i < 5; i++) {
      const page = await browser.post(signIn, { username, password: 'no es esta' });
      assert.equal(page.reply?.status, 422);
      assert.match(page.html, /El usuario o la contraseña no es correcto/);
      assert.ok(page.html.includes(`value="${username}"`) && !page.html.includes('no es esta'));
    }
    const locked = await browser.post(signIn, { username, password });
    assert.match(locked.html, /Demasiados intentos\. Espera (2\d|30) segundos/);
    const reply = await plaza.login(person);
    assert.equal(reply.json<{ code: string }>().code, 'identity.too_many_tries');
  });

  it('leave no session behind, since nobody has its tokens', async () => {
    const person = newPerson();
    const { account } = await plaza.signUp(person);
    await plaza.authorize(plaza.web, {}, person);
    const { rows } = await plaza
      .pool('identity')
      .query<{ n: number }>(
        'select count(*)::int as n from sessions where account_id = $1 and ended_at is null',
        [account.id],
      );
    assert.equal(rows[0]!.n, 1);
  });

  it('take a no, and tell the application', async () => {
    const first = await start();
    const end = await first.browser.post(first.refuse);
    const told = new URL(end.url);
    assert.ok(end.url.startsWith(returnTo));
    assert.equal(told.searchParams.get('error'), 'access_denied');
    assert.equal(told.searchParams.get('state'), first.checks.expectedState);

    const second = await start();
    const { username, password } = plaza.person;
    const consent = await second.browser.post(second.signIn, { username, password });
    const [, refuse] = actionsOf(consent.html);
    const refused = await second.browser.post(`${plaza.issuer}${refuse}`);
    assert.equal(new URL(refused.url).searchParams.get('error'), 'access_denied');
  });

  it('are for the browser that was sent there, in the order that they come', async () => {
    const { browser, signIn, page } = await start();
    const { username, password } = plaza.person;
    const stranger = new Browser(plaza.issuer);
    const other = await start();
    for (const [who, url] of [
      [stranger, page.url],
      [stranger, signIn],
      [other.browser, signIn],
      [browser, signIn.replace(/\/sign-in$/, '/allow')],
    ] as const) {
      const answer =
        url === page.url ? await who.open(url) : await who.post(url, { username, password });
      assert.equal(answer.reply?.status, 404, url);
      assert.match(answer.html, /Esta página ya no sirve/);
    }
    const consent = await browser.post(signIn, { username, password });
    assert.equal(consent.reply?.status, 200);
    assert.equal((await browser.post(signIn, { username, password })).reply?.status, 404);
    const [allow] = actionsOf(consent.html);
    const end = await browser.post(`${plaza.issuer}${allow}`);
    assert.ok(end.url.startsWith(returnTo));
    assert.equal((await browser.post(`${plaza.issuer}${allow}`)).reply?.status, 404);
  });

  it('ask who is there each time: the sign-in of one application is none for another', async () => {
    const config = await plaza.discover();
    const browser = new Browser(plaza.issuer);
    for (let round = 0; round < 2; round++) {
      const { url, checks } = await plaza.begin(config);
      const page = await browser.open(url);
      const { username, password } = plaza.person;
      assert.match(page.html, /Entra para seguir/);
      const consent = await browser.post(`${plaza.issuer}${actionsOf(page.html)[0]}`, {
        username,
        password,
      });
      const end = await browser.post(`${plaza.issuer}${actionsOf(consent.html)[0]}`);
      await client.authorizationCodeGrant(config, new URL(end.url), checks);
    }
    // Somebody else at the same browser is somebody else.
    const person = newPerson();
    const { account } = await plaza.signUp(person);
    const { url, checks } = await plaza.begin(config);
    const page = await browser.open(url);
    const consent = await browser.post(`${plaza.issuer}${actionsOf(page.html)[0]}`, {
      username: person.username,
      password: person.password,
    });
    const end = await browser.post(`${plaza.issuer}${actionsOf(consent.html)[0]}`);
    const given = await client.authorizationCodeGrant(config, new URL(end.url), checks);
    assert.equal(given.claims()!.sub, account.id);
  });
});

describe('an installation behind a proxy with https', () => {
  let plaza: Applications;
  before(async () => {
    plaza = await startApplications({
      PLAZA_PUBLIC_URL: 'https://plaza.example',
      PLAZA_SIGN_INS_PER_MINUTE: '30',
    });
  });
  after(() => plaza.stop());

  it('says its public name, and gives cookies that only https and only this host can have', async () => {
    const found = await plaza.send('GET', '/.well-known/openid-configuration');
    assert.partialDeepStrictEqual(found.json(), {
      issuer: 'https://plaza.example',
      authorization_endpoint: 'https://plaza.example/oauth2/authorize',
      token_endpoint: 'https://plaza.example/oauth2/token',
    });
    const query = new URLSearchParams({
      client_id: plaza.web.client_id,
      response_type: 'code',
      redirect_uri: returnTo,
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    const reply = await plaza.send('GET', `/oauth2/authorize?${query.toString()}`, undefined, {
      host: 'plaza.internal:8001',
    });
    assert.equal(reply.statusCode, 303, reply.body);
    assert.match(String(reply.headers.location), /^\/oauth2\/interaction\/[\w-]+$/);
    const cookies = [reply.headers['set-cookie'] ?? []].flat();
    assert.ok(cookies.length >= 2, `${cookies.length} cookies`);
    for (const cookie of cookies) {
      assert.match(cookie, /^__(Secure|Host)-plaza_\w+(\.sig)?=/);
      assert.match(cookie, /; secure/i);
      assert.match(cookie, /; httponly/i);
      assert.match(cookie, /; samesite=lax/i);
    }
  });

  it('counts tries for tokens as tries to sign in, and says so as the RFC does', async () => {
    const ask = () =>
      plaza.send('POST', '/oauth2/token', 'grant_type=client_credentials', {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from(`${plaza.web.client_id}:wrong`).toString('base64')}`,
      });
    const first = await ask();
    assert.equal(first.statusCode, 401);
    assert.equal(first.json<{ error: string }>().error, 'invalid_client');
    assert.match(String(first.headers['www-authenticate']), /^Basic /);
    let last = first;
    for (let i = 0; i < 30; i++) last = await ask();
    assert.equal(last.statusCode, 429);
    assert.equal(last.json<{ error: string }>().error, 'temporarily_unavailable');
    assert.equal(last.headers['cache-control'], 'no-store');
    assert.ok(Number(last.headers['retry-after']) > 0);
  });
});
