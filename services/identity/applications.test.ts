import assert from 'node:assert/strict';
import * as client from 'openid-client';
import type { TestPlazaOptions } from '#shared/testing/test-plaza.ts';
import { catalogModule } from '../catalog/module.ts';
import { ordersModule } from '../orders/module.ts';
import { identityModule } from './module.ts';
import { bearer, newPerson, startIdentity, type Person, type Tokens } from './steps.test.ts';

// What the tests of applications share: a listening Plaza, registered applications, and a browser.
// The client is openid-client, which we did not write.

export type Registered = Readonly<{ client_id: string; client_secret?: string; etag: string }>;
export const returnTo = 'https://app.example/cb';
type Init = Readonly<{
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: URLSearchParams | string;
}>;
const loopback = { execute: [client.allowInsecureRequests] };

/** A browser without scripts: it keeps cookies, follows redirects until the application's, posts forms. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #origin: string;
  readonly #language: string;

  constructor(origin: string, language = 'es') {
    this.#origin = origin;
    this.#language = language;
  }

  async #send(url: string, init: Init = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { accept: 'text/html', 'accept-language': this.#language, cookie };
    const reply = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: { ...headers, ...init.headers },
    });
    for (const line of reply.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair!.indexOf('=');
      const [name, value] = [pair!.slice(0, at), pair!.slice(at + 1)];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return reply;
  }

  /** The page or the application's address that this leads to. */
  async open(
    url: string,
    init?: Init,
  ): Promise<{ url: string; reply: Response | undefined; html: string }> {
    let next = url;
    let how = init;
    for (let hops = 0; hops < 10; hops++) {
      if (!next.startsWith(`${this.#origin}/`)) return { url: next, reply: undefined, html: '' };
      const reply = await this.#send(next, how);
      const location = reply.headers.get('location');
      if (location === null) return { url: next, reply, html: await reply.text() };
      next = new URL(location, next).href;
      how = undefined;
    }
    throw new Error('too many redirects');
  }

  post(url: string, form: Readonly<Record<string, string>> = {}) {
    return this.open(url, { method: 'POST', body: new URLSearchParams(form) });
  }
}

/** Addresses of the forms on a page. */
export const actionsOf = (html: string): readonly string[] =>
  [...html.matchAll(/action="([^"]+)"/g)].map(([, action]) => action!);

export const startApplications = async (
  environment: Readonly<Record<string, string>> = {},
  /** Where it listens, and what applications call it, when something is in between. */
  place: Readonly<{
    port?: number;
    issuer?: string;
    resources?: NonNullable<TestPlazaOptions['resources']>;
  }> = {},
) => {
  const modules = [identityModule, catalogModule, ordersModule];
  const { resources = {} } = place;
  const plaza = await startIdentity({ modules, environment, resources });
  await plaza.app.listen({ host: '127.0.0.1', port: place.port ?? 0 });
  const address = plaza.app.server.address();
  assert.ok(typeof address === 'object' && address);
  const issuer = place.issuer ?? `http://localhost:${address.port}`;
  const person = newPerson();
  const tokens = await plaza.signUp(person);
  const adminPerson = newPerson();
  await plaza.signUp(adminPerson);
  await plaza
    .pool('identity')
    .query(`update accounts set roles = '{customer,admin}' where username = $1`, [
      adminPerson.username,
    ]);
  const admin = (await plaza.login(adminPerson)).json<Tokens>();

  const register = async (body: object): Promise<Registered> => {
    const reply = await plaza.post('/auth/oauth-clients', body, bearer(admin.access_token));
    assert.equal(reply.statusCode, 201, reply.body);
    return { ...reply.json<Registered>(), etag: String(reply.headers.etag) };
  };
  const web = await register({
    name: 'Contabilidad Andina',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [returnTo],
    scopes: ['openid', 'profile', 'email', 'offline_access', 'orders:read', 'products:read'],
  });
  const spa = await register({
    name: 'Vitrina',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [returnTo],
    scopes: ['openid', 'orders:read', 'offline_access'],
  });
  const discover = (it: Registered = web) =>
    client.discovery(
      new URL(issuer),
      it.client_id,
      it.client_secret,
      it.client_secret === undefined ? client.None() : undefined,
      loopback,
    );

  /** Where the library sends the browser, and what it needs to take it back. */
  const begin = async (
    config: client.Configuration,
    more: Readonly<Record<string, string>> = {},
  ) => {
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const expectedState = client.randomState();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: returnTo,
      scope: 'openid profile email offline_access orders:read',
      prompt: 'consent',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      ...more,
    });
    return { url: url.href, checks: { pkceCodeVerifier, expectedState } };
  };

  /** The application's address with the code, after sign-in and consent by a person. */
  const approve = async (url: string, who: Person = person): Promise<URL> => {
    const browser = new Browser(issuer);
    const signIn = await browser.open(url);
    assert.equal(signIn.reply?.status, 200, signIn.html);
    const [action] = actionsOf(signIn.html);
    const { username, password } = who;
    let page = await browser.post(`${issuer}${action}`, { username, password });
    if (page.reply) {
      assert.equal(page.reply.status, 200, page.html);
      page = await browser.post(`${issuer}${actionsOf(page.html)[0]}`);
    }
    assert.equal(page.reply, undefined, page.html);
    return new URL(page.url);
  };

  const authorize = async (
    it: Registered = web,
    more?: Readonly<Record<string, string>>,
    who?: Person,
  ) => {
    const config = await discover(it);
    const { url, checks } = await begin(config, more);
    const callback = await approve(url, who);
    const given = await client.authorizationCodeGrant(config, callback, checks);
    return { config, given, callback, checks };
  };

  return {
    ...plaza,
    issuer,
    person,
    tokens,
    admin,
    web,
    spa,
    register,
    discover,
    begin,
    approve,
    authorize,
    call: (path: string, token: string, init: Init = {}) =>
      fetch(`${issuer}/api/v1${path}`, { ...init, headers: { ...init.headers, ...bearer(token) } }),
  };
};

export type Applications = Awaited<ReturnType<typeof startApplications>>;
