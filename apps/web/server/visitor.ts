import type { FastifyReply, FastifyRequest } from 'fastify';
import { readAll, type Backend, type BackendAnswer } from './backend.ts';
import { linkingCookie, readCookies, writeCookie } from './cookies.ts';
import {
  isOrderToken,
  openOrderTokens,
  orderOfRequest,
  orderTokenSeconds,
  sealOrderTokens,
  withOrderToken,
  withoutOrder,
  type OrderTokens,
} from './order-tokens.ts';
import type { Seal } from './seal.ts';
import {
  enrolmentOf,
  isEnrolment,
  isTokens,
  openSession,
  sealSession,
  sessionOf,
  type Freshness,
  type Session,
} from './session.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

/** As long as identity keeps a family of refresh tokens. */
const sessionSeconds = 30 * 24 * 3600;
const cartSeconds = 60 * 24 * 3600;

/** Where the browser keeps what; `__Host-` where that is allowed: no other host can set it. */
export const cookieNames = (isSecure: boolean) => ({
  session: `${isSecure ? '__Host-' : ''}plaza_session`,
  cart: `${isSecure ? '__Host-' : ''}plaza_cart`,
  orders: `${isSecure ? '__Host-' : ''}plaza_orders`,
});

export type VisitorParts = Readonly<{
  backend: Backend;
  seal: Seal;
  refresh: (session: Session, clientAddress: string) => Promise<Freshness>;
  now: () => number;
}>;

/** What of an answer of the API the page's own server passes on. */
export type PassedAnswer = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  body: BackendAnswer['body'] | Buffer;
}>;

const cartToken = /^[\w-]{20,100}$/;
const isCartPath = (path: string): boolean =>
  /^\/api\/v1\/(?:cart|orders|shipping-options)(?:[/?]|$)/.test(path);
/** Who may use a ticket is bound to the page that asked for it. */
const isTicketPath = (path: string): boolean => path === '/api/v1/ws/ticket';
/** A token that adds a factor opens nothing else, and would close what is open to everybody. */
const isGoodFor = ({ refreshToken }: Session, path: string): boolean =>
  refreshToken !== null || path.startsWith('/api/v1/auth/second-factors');
const isAuthPath = (path: string): boolean => path.startsWith('/api/v1/auth/');
const endsSession = (method: string, path: string): boolean =>
  (method === 'POST' && /^\/api\/v1\/auth\/logout(?:-all)?$/.test(path)) ||
  (method === 'DELETE' && path === '/api/v1/users/me');

/** Headers of the API that a page's script may use. */
const passedBack = [
  'content-type',
  'content-disposition',
  'cache-control',
  'etag',
  'location',
  'x-request-id',
  'retry-after',
  'idempotent-replayed',
  'ratelimit',
  'ratelimit-policy',
  // Of the one page among the API's answers, the receipt.
  'content-security-policy',
  'content-language',
] as const;
const passedOn = [
  'content-type',
  'content-length',
  'accept',
  'accept-language',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-request-id',
  'user-agent',
] as const;

/** The session cannot be refreshed now: neither signed in nor out, so a page must not say either. */
const unavailable = (): PassedAnswer => ({
  status: 503,
  headers: { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '2' },
  body: Buffer.from(
    JSON.stringify({
      type: '/docs/errors/http.unavailable',
      title: 'This part of Plaza is not available right now.',
      status: 503,
      code: 'http.unavailable',
    }),
  ),
});

const cookiesIn = (value: string | string[] | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat();
const isLinking = (cookie: string): boolean => cookie.startsWith(`${linkingCookie}=`);

/**
 * Who looks at a page, over one request: their session, refreshed when it is due, and their cart. It
 * asks the API in their name, and gathers the cookies that the answer must set.
 */
export class Visitor {
  readonly #parts: VisitorParts;
  readonly #isSecure: boolean;
  readonly #address: string;
  readonly #userAgent: string | undefined;
  readonly #cookies = new Map<string, string>();
  #session: Session | undefined;
  #cart: string | undefined;
  #orders: OrderTokens;
  #isFresh = false;
  /** The session is due, and nobody could say whether it goes on. */
  #isDoubtful = false;

  constructor(parts: VisitorParts, request: FastifyRequest) {
    this.#parts = parts;
    this.#isSecure = request.protocol === 'https';
    this.#address = request.ip;
    this.#userAgent = request.headers['user-agent'];
    const cookies = readCookies(request.headers.cookie);
    const names = cookieNames(this.#isSecure);
    this.#session = openSession(parts.seal, cookies.get(names.session));
    const cart = cookies.get(names.cart);
    this.#cart = cart !== undefined && cartToken.test(cart) ? cart : undefined;
    this.#orders = openOrderTokens(parts.seal, cookies.get(names.orders));
  }

  get viewer() {
    return this.#session?.viewer ?? null;
  }

  get hasCart(): boolean {
    return this.#cart !== undefined || this.viewer !== null;
  }

  /** Asks the API as this visitor. Answers that hold tokens are kept, and lose them. */
  async ask(
    method: string,
    path: string,
    headers: Readonly<Record<string, string | undefined>>,
    body: BackendAnswer['body'] | Buffer | undefined,
  ): Promise<PassedAnswer> {
    await this.freshen();
    const isEnd = endsSession(method, path);
    const answer = await this.#parts.backend({
      method,
      path,
      headers: this.#headersFor(path, headers),
      body: isEnd && path.includes('/logout') ? this.#logoutBody(path) : body,
      clientAddress: this.#address,
    });
    if (this.#isDoubtful && answer.status === 401) {
      answer.body.resume();
      return unavailable();
    }
    if (isEnd && (answer.status < 300 || answer.status === 401)) this.#end();
    this.#keepOrder(path, answer);
    return this.#keep(path, answer);
  }

  /** Refreshes the session when it is due; one that has ended is forgotten. */
  async freshen(): Promise<void> {
    if (this.#isFresh || !this.#session) return;
    this.#isFresh = true;
    const outcome = await this.#parts.refresh(this.#session, this.#address);
    this.#isDoubtful = outcome.kind === 'unknown';
    if (outcome.kind === 'ended') this.#end();
    else if (outcome.session !== this.#session) this.#open(outcome.session);
  }

  /** Keeps what a mailed link brought, if it opens the order. */
  async openOrder(orderId: unknown, token: unknown): Promise<boolean> {
    if (!isOrderToken(orderId, token)) return false;
    const before = this.#orders;
    this.#setOrders(withOrderToken(before, orderId as string, token as string));
    const answer = await this.ask('GET', `/api/v1/orders/${orderId as string}`, {}, undefined);
    if (answer.status !== 200) this.#setOrders(before);
    return answer.status === 200;
  }

  /** Sets a cookie of preference that the page's scripts read too. */
  prefer(name: string, value: string): void {
    const options = { isSecure: this.#isSecure, isReadable: true, maxAgeSeconds: 365 * 86_400 };
    this.#cookies.set(name, writeCookie(name, value, options));
  }

  /** Says on the answer what the browser is to keep. */
  sign(reply: FastifyReply): void {
    for (const cookie of this.#cookies.values()) reply.header('set-cookie', cookie);
  }

  #headersFor(path: string, given: Readonly<Record<string, string | undefined>>) {
    const headers: Record<string, string> = {};
    for (const name of passedOn) if (given[name] !== undefined) headers[name] = given[name];
    if (this.#userAgent !== undefined) headers['user-agent'] = this.#userAgent;
    if (this.#session && !this.#isDoubtful && isGoodFor(this.#session, path))
      headers['authorization'] = `Bearer ${this.#session.accessToken}`;
    if (given['origin'] !== undefined && isTicketPath(path)) headers['origin'] = given['origin'];
    if (this.#cart !== undefined && isCartPath(path)) headers['x-cart-token'] = this.#cart;
    const orderToken = this.#orders.get(orderOfRequest(path, given['x-order-id']) ?? '');
    if (orderToken !== undefined) headers['x-order-token'] = orderToken;
    if (path.startsWith('/api/v1/auth/logout')) {
      headers['content-type'] = 'application/json';
      delete headers['content-length'];
    }
    return headers;
  }

  #logoutBody(path: string): Buffer | undefined {
    if (path.endsWith('-all') || !this.#session?.refreshToken) return undefined;
    return Buffer.from(JSON.stringify({ refresh_token: this.#session.refreshToken }));
  }

  /** What opens an order that was placed without an account; a claimed one is the account's. */
  #keepOrder(path: string, { status, headers }: BackendAnswer): void {
    const token = headers['x-order-token'];
    const orderId = headers.location?.split('/').at(-1);
    if (isOrderToken(orderId, token))
      this.#setOrders(withOrderToken(this.#orders, orderId!, token as string));
    const claimed = /^\/api\/v1\/orders\/([^/]+)\/claim$/.exec(path)?.[1];
    if (claimed !== undefined && status === 200)
      this.#setOrders(withoutOrder(this.#orders, claimed));
  }

  async #keep(path: string, answer: BackendAnswer): Promise<PassedAnswer> {
    const headers: Record<string, string> = {};
    for (const name of passedBack) {
      const value = answer.headers[name];
      if (typeof value === 'string') headers[name] = value;
    }
    const linking = cookiesIn(answer.headers['set-cookie']).find(isLinking);
    if (linking !== undefined) this.#cookies.set(linkingCookie, linking);
    const { status } = answer;
    const isJson = /json/.test(headers['content-type'] ?? '');
    if (!isJson || !(isAuthPath(path) || isCartPath(path) || status === 401))
      return { status, headers, body: answer.body };
    const bytes = await readAll(answer.body);
    const body: unknown = bytes.length === 0 ? undefined : parseJson(bytes.toString('utf8'));
    const kept = this.#withoutSecrets(body);
    return { status, headers, body: kept === body ? bytes : Buffer.from(JSON.stringify(kept)) };
  }

  /** The same answer without what only the server may know, which is kept. */
  #withoutSecrets(body: unknown): unknown {
    if (isTokens(body)) {
      const session = sessionOf(body, this.#session, this.#parts.now());
      if (session) this.#open(session);
      const { access_token: _access, refresh_token: _refresh, ...rest } = body;
      return rest;
    }
    if (isEnrolment(body)) {
      this.#open(enrolmentOf(body, this.#parts.now()));
      const { enrolment_token: _token, ...rest } = body;
      return rest;
    }
    if (typeof body !== 'object' || body === null) return body;
    if ('cart_token' in body) {
      const { cart_token: token } = body;
      if (typeof token === 'string') this.#setCart(token);
      else if (this.#session && this.#cart !== undefined) this.#setCart(undefined);
      return { ...body, cart_token: null };
    }
    if (
      'code' in body &&
      (body.code === 'auth.session_ended' || body.code === 'auth.invalid_token')
    )
      this.#end();
    return body;
  }

  #open(session: Session): void {
    this.#session = session;
    this.#isFresh = true;
    const { session: name } = cookieNames(this.#isSecure);
    const options = { isSecure: this.#isSecure, maxAgeSeconds: sessionSeconds };
    this.#cookies.set(name, writeCookie(name, sealSession(this.#parts.seal, session), options));
  }

  #end(): void {
    this.#session = undefined;
    const { session: name } = cookieNames(this.#isSecure);
    this.#cookies.set(name, writeCookie(name, '', { isSecure: this.#isSecure, maxAgeSeconds: 0 }));
  }

  #setCart(token: string | undefined): void {
    if (token === this.#cart) return;
    this.#cart = token;
    const { cart: name } = cookieNames(this.#isSecure);
    const maxAgeSeconds = token === undefined ? 0 : cartSeconds;
    const options = { isSecure: this.#isSecure, maxAgeSeconds };
    this.#cookies.set(name, writeCookie(name, token ?? '', options));
  }
  #setOrders(orders: OrderTokens): void {
    this.#orders = orders;
    const { orders: name } = cookieNames(this.#isSecure);
    const maxAgeSeconds = orders.size === 0 ? 0 : orderTokenSeconds;
    const value = orders.size === 0 ? '' : sealOrderTokens(this.#parts.seal, orders);
    this.#cookies.set(name, writeCookie(name, value, { isSecure: this.#isSecure, maxAgeSeconds }));
  }
}
