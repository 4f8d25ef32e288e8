import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { createMetrics } from '#shared/telemetry/metrics.ts';
import { startTestPlaza, type TestPlaza } from '#shared/testing/test-plaza.ts';
import { createEdge } from '../../gateway/edge.ts';
import { createOperatorTokens } from '../../../services/identity/module.ts';
import { modules } from '../../server/targets.ts';
import type { Renderer, RenderRequest } from '../render-contract.ts';
import type { Assets } from './assets.ts';
import { backendHere } from './backend.ts';
import { webRoutes } from './web-routes.ts';

const origin = 'http://shop.example';
const minuteMs = 60_000;

/** Pages that say what they were given, so that the server is tested and not how pages look. */
const renderer: Renderer = {
  renderStore: async ({ request, setting }: RenderRequest) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/es/rota') throw new TypeError('<b>a secret</b> of the code');
    if (pathname.endsWith('/lejos')) throw httpError('unavailable', { retryAfterSeconds: 7 });
    return {
      status: pathname === '/es/nada' ? 404 : 200,
      headers: {},
      html: JSON.stringify({ ...setting, body: await request.text() }),
    };
  },
  renderApplication: async (name, { setting }) => ({
    status: 200,
    headers: {},
    html: JSON.stringify({ name, ...setting }),
  }),
};
const file = (text: string, isHashed: boolean) => ({
  type: 'text/javascript; charset=utf-8',
  isHashed,
  bytes: Buffer.from(text),
  brotli: Buffer.from('as brotli'),
  gzip: undefined,
});
const files = new Map([
  ['store-abcdefgh.js', file('code', true)],
  ['favicon.ico', file('icon', false)],
]);
const assets: Assets = {
  find: (name) => files.get(name),
  hasEntry: () => true,
  ofEntry: () => ({ script: '/assets/store.js', styles: [], preloads: [], font: undefined }),
  ofModule: () => [],
};

/** Nothing is asked there: the browser alone goes away and comes back. */
const linkedSellers = {
  PLAZA_MERCADOPAGO_ACCESS_TOKEN: 'TEST-nobody-asks-with-this',
  PLAZA_MERCADOPAGO_WEBHOOK_SECRET: 'nobody-signs-with-this',
  PLAZA_MERCADOPAGO_MODE: 'test',
  PLAZA_MERCADOPAGO_BASE_URL: 'http://127.0.0.1:9',
  PLAZA_MERCADOPAGO_CLIENT_ID: '1',
  PLAZA_MERCADOPAGO_CLIENT_SECRET: 'nobody-asks-with-this',
};

type Jar = Map<string, string>;
const password = 'tres tazas de tinto';

describe('the server of pages', () => {
  let plaza: TestPlaza;
  before(async () => {
    const edge = createEdge({
      log: createLogger({ level: 'silent' }),
      corsOrigins: [],
      metrics: createMetrics(),
      version: '0',
      startedAt: new Date(),
      mailbox: undefined,
      pages: (app) =>
        webRoutes({
          backend: backendHere(app),
          sealKeys: [Buffer.alloc(32, 9)],
          assets,
          renderer,
          publicUrl: () => origin,
          currency: 'COP',
          language: 'es',
          isDevelopment: true,
          now: () => plaza.clock().getTime(),
        }),
    });
    plaza = await startTestPlaza({
      modules,
      keysFromIdentity: true,
      environment: { PLAZA_TRUSTED_PROXIES: '10.0.0.9', ...linkedSellers },
      ...edge,
    });
  });
  after(() => plaza.stop());

  /** As a browser asks: with the cookies that it has, which it keeps. */
  const browse = async (
    jar: Jar,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    payload?: object,
    more: InjectOptions['headers'] = {},
  ): Promise<LightMyRequestResponse> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const own = method === 'GET' ? {} : { origin };
    const given = Object.entries({ host: 'shop.example', cookie, ...own, ...more });
    const headers = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    const answer = await plaza.app.inject({
      method,
      url,
      headers,
      ...(payload ? { payload } : {}),
    });
    for (const { name, value, maxAge } of answer.cookies) {
      if (maxAge === 0) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  let people = 0;
  /** Somebody new, signed in by the pages. */
  const signUp = async (): Promise<Jar> => {
    const jar: Jar = new Map();
    const username = `lucia${++people}`;
    const email = `${username}@example.com`;
    const body = { email, username, password, confirm_password: password };
    const registered = await browse(jar, 'POST', '/web/api/v1/auth/register', body);
    assert.equal(registered.statusCode, 201, registered.body);
    await plaza.settle();
    const mail = plaza.mails.findLast(({ to }) => to === email);
    const code = /\b\d{8}\b/.exec(mail!.text)![0];
    const verified = await browse(jar, 'POST', '/web/api/v1/auth/verify-email', { email, code });
    assert.equal(verified.statusCode, 200, verified.body);
    return jar;
  };
  const who = (jar: Jar) => browse(jar, 'GET', '/web/api/v1/auth/me');

  it('keeps tokens in a sealed cookie that no script reads, and out of every answer', async () => {
    const jar = await signUp();
    const body = { username: 'lucia1', password };
    const answer = await browse(new Map(), 'POST', '/web/api/v1/auth/login', body);
    assert.equal(answer.statusCode, 200);
    assert.deepEqual(Object.keys(answer.json<object>()).toSorted(), [
      'account',
      'expires_in',
      'token_type',
    ]);
    const [cookie] = answer.cookies;
    assert.partialDeepStrictEqual(cookie, {
      name: 'plaza_session',
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
    });
    assert.doesNotMatch(cookie!.value, /eyJ/, 'sealed');
    assert.equal(answer.headers['cache-control'], 'private, no-store');
    assert.equal((await who(jar)).json<{ username: string }>().username, 'lucia1');
  });

  it('lets the cookie open the pages only: the API itself knows none', async () => {
    const jar = await signUp();
    assert.equal((await browse(jar, 'GET', '/api/v1/auth/me')).statusCode, 401);
  });

  it('takes a changed cookie for none', async () => {
    const jar = await signUp();
    const sealed = jar.get('plaza_session')!;
    jar.set('plaza_session', `${sealed.slice(0, -4)}AAAA`);
    assert.equal((await who(jar)).statusCode, 401);
  });

  it('names its cookies for this host alone where the visitor came by https', async () => {
    const answer = await plaza.app.inject({
      method: 'POST',
      url: '/web/api/v1/auth/login',
      remoteAddress: '10.0.0.9',
      headers: {
        origin: 'https://shop.example',
        host: 'shop.example',
        'x-forwarded-proto': 'https',
        'x-forwarded-for': '203.0.113.7',
      },
      payload: { username: 'lucia1', password },
    });
    assert.partialDeepStrictEqual(answer.cookies[0], {
      name: '__Host-plaza_session',
      secure: true,
      path: '/',
    });
  });

  for (const [name, headers] of [
    ['of another site', { origin: 'https://evil.example' }],
    ['of a frame without origin', { origin: 'null' }],
    ['that does not say where it comes from', { origin: undefined }],
    ['of another site, by its own word', { origin: undefined, 'sec-fetch-site': 'cross-site' }],
  ] as const)
    it(`refuses a change ${name}`, async () => {
      const jar = await signUp();
      for (const url of ['/web/api/v1/auth/logout', '/es/p/x']) {
        const form = { 'content-type': 'application/x-www-form-urlencoded' };
        const answer = await browse(jar, 'POST', url, undefined, {
          ...headers,
          ...(url.startsWith('/web') ? {} : form),
        });
        assert.equal(answer.statusCode, 403, url);
        assert.equal(answer.json<{ code: string }>().code, 'http.foreign_origin');
      }
      assert.equal((await who(jar)).statusCode, 200, 'still signed in');
    });

  it('takes a change without Origin that the browser says is of this site', async () => {
    const jar = await signUp();
    const own = { origin: undefined, 'sec-fetch-site': 'same-origin' };
    assert.equal((await browse(jar, 'POST', '/web/api/v1/auth/logout', {}, own)).statusCode, 204);
  });

  it('refreshes once for all tabs, and a tab that missed it does not end the session', async () => {
    const jar = await signUp();
    const late = new Map(jar);
    await plaza.advance(11 * minuteMs);
    const tabs = await Promise.all(Array.from({ length: 12 }, () => who(new Map(jar))));
    assert.deepEqual(new Set(tabs.map(({ statusCode }) => statusCode)), new Set([200]));
    const sql = 'select count(*)::int as n from refresh_tokens where used_at is not null';
    const { rows } = await plaza.pool('identity').query<{ n: number }>(sql);
    assert.equal(rows[0]!.n, 1, 'one refresh');
    // Longer than identity's own grace: the answer with the new cookie never came here.
    await plaza.advance(minuteMs);
    assert.equal((await who(late)).statusCode, 200);
    await plaza.advance(11 * minuteMs);
    assert.equal((await who(late)).statusCode, 200, 'and goes on');
  });

  it('binds the ticket of a socket to the page that asked for it', async () => {
    const jar = await signUp();
    const answer = await browse(jar, 'POST', '/web/api/v1/ws/ticket', {});
    assert.equal(answer.statusCode, 201, answer.body);
    const { rows } = await plaza
      .pool('notifications')
      .query<{ origin: string | null }>('select origin from live_tickets');
    assert.deepEqual(rows, [{ origin }]);
  });

  it('signs out for good', async () => {
    const jar = await signUp();
    const stolen = new Map(jar);
    const answer = await browse(jar, 'POST', '/web/api/v1/auth/logout', {});
    assert.equal(answer.statusCode, 204);
    assert.equal(jar.has('plaza_session'), false);
    assert.equal((await who(stolen)).statusCode, 401);
    assert.equal(stolen.has('plaza_session'), false, 'what has ended is forgotten');
  });

  /** Two pieces of something new, as the cart takes them. */
  const twoPieces = async (): Promise<Readonly<{ variant_id: string; quantity: number }>> => {
    const tokens = createOperatorTokens({
      pool: plaza.pool('identity'),
      deriveKeys: plaza.deriveKeysOf('identity'),
      clock: plaza.clock,
    });
    const product = await plaza.app.inject({
      method: 'POST',
      url: '/api/v1/products',
      headers: { authorization: `Bearer ${await tokens.issue(5)}` },
      payload: { title: 'Canasto', price: '1250.00', stock: 5, status: 'active' },
    });
    const [variant] = product.json<{ variants: { id: string }[] }>().variants;
    return { variant_id: variant!.id, quantity: 2 };
  };

  it('keeps what opens a guest’s order where no script reads it, until an account has it', async () => {
    const email = 'ines@example.com';
    const jar: Jar = new Map();
    const added = await browse(jar, 'POST', '/web/api/v1/cart/add', await twoPieces());
    assert.equal(added.statusCode, 200, added.body);
    const contact = { email, full_name: 'Inés Rojas' };
    const key = { 'idempotency-key': 'order-of-ines' };
    const place = () => browse(jar, 'POST', '/web/api/v1/orders', { contact }, key);
    const placed = await place();
    assert.equal(placed.statusCode, 201, placed.body);
    assert.equal(placed.headers['x-order-token'], undefined, 'no script sees it');
    const cookie = placed.cookies.find(({ name }) => name === 'plaza_orders');
    assert.partialDeepStrictEqual(cookie, { httpOnly: true, sameSite: 'Lax' });
    const { id, number } = placed.json<{ id: string; number: string }>();
    assert.equal((await place()).json<{ id: string }>().id, id, 'a second click is the same order');
    await plaza.settle();

    const url = `/web/api/v1/orders/${id}`;
    assert.equal((await browse(jar, 'GET', url)).statusCode, 200);
    assert.equal((await browse(new Map(), 'GET', url)).statusCode, 401, 'nobody else');
    const asSession: Jar = new Map([['plaza_session', jar.get('plaza_orders')!]]);
    assert.equal((await browse(asSession, 'GET', url)).statusCode, 401, 'it is no session');

    const card = { type: 'card', number: '4242424242424242', expiry_month: 12, expiry_year: 2099 };
    const payment = { order_id: id, payment_method: card };
    const pay = (more: object) =>
      browse(jar, 'POST', '/web/api/v1/payments', payment, { 'idempotency-key': 'p', ...more });
    assert.equal((await pay({})).statusCode, 401, 'a payment says of which order it is');
    const paid = await pay({ 'x-order-id': id });
    assert.equal(paid.statusCode, 201, paid.body);
    await plaza.settle();

    const receipt = await browse(jar, 'GET', `${url}/receipt`);
    assert.ok(receipt.body.includes(number));
    assert.match(
      String(receipt.headers['content-security-policy']),
      /^default-src 'none'; style-src/,
    );

    const mail = plaza.mails.findLast(({ to }) => to === email)!;
    const [, orderId, token] = /\/es\/seguimiento\/([\w-]+)#([\w-]{43})/.exec(mail.text)!;
    assert.equal(orderId, id, 'the mail leads to the page of tracking');
    const other: Jar = new Map();
    const open = (given: object) => browse(other, 'POST', '/web/order-links', given);
    assert.equal((await open({ order_id: id, token: 'x'.repeat(43) })).statusCode, 404);
    assert.equal((await open({ order_id: 7 })).statusCode, 404);
    assert.equal((await browse(other, 'GET', url)).statusCode, 401, 'and nothing was kept');
    assert.equal((await open({ order_id: id, token })).statusCode, 204);
    assert.equal((await browse(other, 'GET', url)).statusCode, 200);

    const account: Jar = new Map([
      ...(await signUp()),
      ['plaza_orders', other.get('plaza_orders')!],
    ]);
    const claimed = await browse(account, 'POST', `${url}/claim`, {});
    assert.equal(claimed.statusCode, 200, claimed.body);
    assert.equal(account.has('plaza_orders'), false);
    assert.equal((await browse(account, 'GET', url)).statusCode, 200);
    assert.equal((await browse(jar, 'GET', url)).statusCode, 404, 'its tokens have ended');
  });

  it('keeps a guest’s cart in a cookie of its own, and drops it once it is the account’s', async () => {
    const body = await twoPieces();
    const jar: Jar = new Map();
    const added = await browse(jar, 'POST', '/web/api/v1/cart/add', body);
    assert.equal(added.statusCode, 200, added.body);
    assert.equal(added.json<{ cart_token: null }>().cart_token, null, 'no script sees it');
    assert.equal(added.cookies[0]?.httpOnly, true);
    const account = await signUp();
    const both: Jar = new Map([...jar, ...account]);
    const merged = await browse(both, 'GET', '/web/api/v1/cart');
    const [line] = merged.json<{ items: { quantity: number }[] }>().items;
    assert.equal(line?.quantity, 2);
    assert.equal(both.has('plaza_cart'), false);
    assert.equal(
      (await browse(jar, 'GET', '/web/api/v1/cart')).json<{ items: [] }>().items.length,
      0,
    );
  });

  it('gives a seller who goes away to link an account the cookie that they come back with', async () => {
    const username = `lucia${people + 1}`;
    await signUp();
    await plaza
      .pool('identity')
      .query(`update accounts set roles = '{customer,seller}' where username = $1`, [username]);
    const jar: Jar = new Map();
    await browse(jar, 'POST', '/web/api/v1/auth/login', { username, password });
    const asked = await browse(jar, 'POST', '/web/api/v1/mercadopago/seller-link');
    assert.equal(asked.statusCode, 201, asked.body);
    const cookie = asked.cookies.find(({ name }) => name === 'plaza_link');
    assert.partialDeepStrictEqual(cookie, {
      path: '/api/v1/mercadopago/seller-link',
      httpOnly: true,
      sameSite: 'Lax',
    });
    const { authorization_url: there } = asked.json<{ authorization_url: string }>();
    const state = new URL(there).searchParams.get('state')!;
    const back = await browse(
      jar,
      'GET',
      `/api/v1/mercadopago/seller-link/callback?state=${state}`,
    );
    assert.ok(back.body.includes('url=/cuenta/cobros?resultado=denied'), back.body);
  });

  it('makes the first administrator by the page of its link, signed in at once', async () => {
    const tokens = createOperatorTokens({
      pool: plaza.pool('identity'),
      deriveKeys: plaza.deriveKeysOf('identity'),
      clock: plaza.clock,
    });
    const authorization = `Bearer ${await tokens.issue(5)}`;
    const link = await plaza.app.inject({
      method: 'POST',
      url: '/api/v1/auth/setup-links',
      headers: { authorization },
      payload: {},
    });
    const { token } = link.json<{ token: string }>();
    const jar: Jar = new Map();
    const page = await browse(jar, 'GET', `/instalar/${token}`, undefined, { accept: 'text/html' });
    assert.equal(page.statusCode, 200);
    assert.ok(page.body.startsWith('{'), 'the page of this server, and not that of identity');
    const body = { token, email: 'rosa@example.com', username: 'rosa', password };
    const made = await browse(jar, 'POST', '/web/api/v1/auth/setup', body);
    assert.equal(made.statusCode, 201, made.body);
    assert.doesNotMatch(made.body, /eyJ/);
    assert.deepEqual((await who(jar)).json<{ roles: string[] }>().roles.includes('admin'), true);
    const again = await browse(new Map(), 'POST', '/web/api/v1/auth/setup', body);
    assert.equal(again.json<{ code: string }>().code, 'identity.setup_link_not_valid');
  });

  it('says who looks to the page, and sends who is nobody to sign in', async () => {
    const jar = await signUp();
    const page = await browse(jar, 'GET', '/es');
    assert.match(page.json<{ viewer: { username: string } }>().viewer.username, /^lucia/);
    assert.doesNotMatch(page.body, /eyJ|token/, 'no token in a page');
    const guest = await browse(new Map(), 'GET', '/cuenta/pedidos?x=1');
    assert.equal(guest.statusCode, 302);
    assert.equal(guest.headers.location, '/entrar?volver=%2Fcuenta%2Fpedidos%3Fx%3D1');
    assert.equal((await browse(jar, 'GET', '/cuenta')).json<{ name: string }>().name, 'account');
  });

  it('serves the page of `/admin` to browsers, and the API under its alias to programs', async () => {
    const jar = await signUp();
    const page = await browse(jar, 'GET', '/admin', undefined, { accept: 'text/html' });
    assert.equal(page.json<{ name: string }>().name, 'admin');
    assert.equal((await browse(jar, 'GET', '/admin/audit')).statusCode, 401);
  });

  it('chooses the language by the address, the choice, the browser, and then the shop', async () => {
    const language = async (url: string, cookie: string, accept: string): Promise<string> => {
      const headers = { cookie, 'accept-language': accept, host: 'shop.example' };
      return (await plaza.app.inject({ url, headers })).json<{ language: string }>().language;
    };
    assert.equal(await language('/en', 'plaza_language=es', 'es'), 'en');
    assert.equal(await language('/entrar', 'plaza_language=en', 'es'), 'en');
    assert.equal(await language('/entrar', '', 'pt-BR, en;q=0.8, es;q=0.3'), 'en');
    assert.equal(await language('/entrar', '', 'de'), 'es');
  });

  it('answers each page with headers that let it load its own files only', async () => {
    const [one, two] = await Promise.all([
      browse(new Map(), 'GET', '/es'),
      browse(new Map(), 'GET', '/es'),
    ]);
    const policy = String(one.headers['content-security-policy']);
    assert.match(
      policy,
      /default-src 'none'; script-src 'self' 'nonce-[\w+/=]{24}'; style-src 'self'/,
    );
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.notEqual(policy, two.headers['content-security-policy'], 'a nonce works once');
    assert.equal(one.headers['x-frame-options'], 'DENY');
  });

  it('has one form of each public address, and keeps what was asked with it', async () => {
    for (const [url, location] of [
      ['/es/?utm_source=Correo', '/es?utm_source=Correo'],
      ['/ES/c/Hogar', '/es/c/hogar'],
    ] as const) {
      const answer = await browse(new Map(), 'GET', url);
      assert.equal(answer.statusCode, 301, url);
      assert.equal(answer.headers.location, location);
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = await browse(new Map(), 'POST', '/es/', undefined, form);
    assert.equal(sent.statusCode, 200, 'what is sent is not sent away');
  });

  it('tells people and programs apart where nothing is', async () => {
    const page = await browse(new Map(), 'GET', '/no/such', undefined, { accept: 'text/html' });
    assert.match(String(page.headers['content-type']), /text\/html/);
    for (const url of ['/no/such', '/api/v1/no-such', '/assets/no.js']) {
      const answer = await browse(new Map(), 'GET', url);
      assert.equal(answer.statusCode, 404, url);
      assert.match(String(answer.headers['content-type']), /problem\+json/);
    }
    assert.equal((await browse(new Map(), 'POST', '/no/such', {})).statusCode, 404, 'not 405');
    assert.equal((await browse(new Map(), 'GET', '/es/nada')).statusCode, 404);
  });

  it('says in a page of their language that the shop is away, or that a page failed', async () => {
    const accept = { accept: 'text/html', 'x-request-id': 'req-12345678' };
    const away = await browse(new Map(), 'GET', '/en/lejos', undefined, accept);
    assert.equal(away.statusCode, 503);
    assert.equal(away.headers['retry-after'], '7');
    assert.equal(away.headers['cache-control'], 'no-store');
    assert.match(String(away.headers['content-type']), /text\/html/);
    assert.match(away.body, /<html lang="en"[^]*<h1[^>]*>We are doing maintenance</);
    const dark: Jar = new Map([['plaza_theme', 'dark']]);
    const failed = await browse(dark, 'GET', '/es/rota', undefined, accept);
    assert.equal(failed.statusCode, 500);
    assert.match(failed.body, /<html lang="es" data-theme="dark"[^]*No pudimos mostrar/);
    assert.match(failed.body, /font-mono[^]*req-12345678/);
    assert.doesNotMatch(failed.body, /secret/);
    for (const [url, status] of [
      ['/es/lejos', 503],
      ['/es/rota', 500],
    ] as const) {
      const answer = await browse(new Map(), 'GET', url, undefined, { accept: '*/*' });
      assert.equal(answer.statusCode, status, url);
      assert.match(String(answer.headers['content-type']), /problem\+json/, 'for programs');
    }
  });

  it('serves files packed, and for ever where their name says what they hold', async () => {
    const packed = { 'accept-encoding': 'gzip, br' };
    const script = await browse(new Map(), 'GET', '/assets/store-abcdefgh.js', undefined, packed);
    assert.partialDeepStrictEqual(script.headers, {
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    const icon = await browse(new Map(), 'GET', '/favicon.ico');
    assert.equal(icon.headers['cache-control'], 'public, max-age=3600');
    assert.equal(icon.body, 'icon');
  });
});
