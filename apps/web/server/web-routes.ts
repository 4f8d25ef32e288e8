import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '#shared/kernel/errors.ts';
import { productName } from '#shared/kernel/shop-name.ts';
import type {
  ApiFetch,
  ApplicationName,
  Credit,
  Language,
  Rendered,
  Renderer,
  RenderRequest,
} from '../render-contract.ts';
import type { Asset, Assets } from './assets.ts';
import { readAll, type Backend } from './backend.ts';
import { chooseEncoding, pack } from './negotiate.ts';
import { sendToNormalAddresses } from './normal-address.ts';
import { requireOwnOrigin } from './origin.ts';
import { pageHeaders } from './page-headers.ts';
import { creditsPage, isAway, isOurFault, plainPage } from './plain-page.ts';
import { lookOf, settingOf } from './page-setting.ts';
import { receiptPageRoute } from './receipt-route.ts';
import { brandRoutes } from './brand-style.ts';
import { createSeal, type SealKeys } from './seal.ts';
import { createShopSettings, type ShopSettings } from './shop.ts';
import { createRefresher } from './session.ts';
import { siteMapRoutes } from './site-map.ts';
import { Visitor, type VisitorParts } from './visitor.ts';

export type WebOptions = Readonly<{
  backend: Backend;
  /** Of this installation, for the session's cookie. */
  sealKeys: SealKeys;
  assets: Assets;
  renderer: Renderer;
  /** Whose work the build holds. */
  credits?: readonly Credit[];
  publicUrl: () => string;
  currency: string;
  language: Language;
  isDevelopment: boolean;
  now?: () => number;
}>;

const config = { access: 'public' } as const;
const schema = { hide: true, querystring: {} };
/** As large as the largest that the API takes, which knows better and says so. */
const bodyLimit = 12 * 1024 * 1024;
const formLimit = 64 * 1024;
const yearSeconds = 31_536_000;

const sendAsset = (request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply => {
  const encoding = chooseEncoding(request.headers['accept-encoding']);
  const packed = encoding === 'br' ? asset.brotli : encoding === 'gzip' ? asset.gzip : undefined;
  if (packed) reply.header('content-encoding', encoding);
  return reply
    .header(
      'cache-control',
      asset.isHashed ? `public, max-age=${yearSeconds}, immutable` : 'public, max-age=3600',
    )
    .header('vary', 'Accept-Encoding')
    .header('cross-origin-resource-policy', 'same-origin')
    .type(asset.type)
    .send(packed ?? asset.bytes);
};

/** Files of the build, and those that browsers and robots look for at the root. */
const assetRoutes =
  (assets: Assets): FastifyPluginAsync =>
  async (app) => {
    app.get<{ Params: { '*': string } }>('/assets/*', { config, schema }, (request, reply) => {
      const asset = assets.find(request.params['*']);
      return asset ? sendAsset(request, reply, asset) : reply.callNotFound();
    });
    for (const name of ['favicon.ico', 'favicon.svg', 'apple-touch-icon.png', 'site.webmanifest'])
      app.get(`/${name}`, { config, schema }, (request, reply) => {
        const asset = assets.find(name);
        return asset ? sendAsset(request, reply, asset) : reply.callNotFound();
      });
  };

/** `/web/api/…`: the API for scripts of our pages, by the session's cookie instead of a token. */
const sessionRoutes =
  (parts: VisitorParts, publicUrl: () => string, shop: ShopSettings): FastifyPluginAsync =>
  async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    app.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/web/api/v1/*',
      config,
      schema,
      bodyLimit,
      handler: async (request, reply) => {
        requireOwnOrigin(request, publicUrl());
        const visitor = new Visitor(parts, request);
        const path = request.url.slice('/web'.length);
        const body = request.body as Readable | undefined;
        const headers = request.headers as Record<string, string | undefined>;
        const answer = await visitor.ask(request.method, path, headers, body ?? undefined);
        visitor.sign(reply);
        if (request.method === 'PUT' && path === '/api/v1/shop') shop.forget();
        reply.code(answer.status).headers(answer.headers);
        reply.header('cache-control', 'private, no-store');
        return reply.send(answer.body);
      },
    });
  };

/** What a mailed link has behind its `#` is given here by the page, and kept where no script reads it. */
const orderLinkRoutes =
  (parts: VisitorParts, publicUrl: () => string): FastifyPluginAsync =>
  async (app) => {
    app.post('/web/order-links', { config, schema, bodyLimit: 1_024 }, async (request, reply) => {
      requireOwnOrigin(request, publicUrl());
      const { order_id, token } = (request.body ?? {}) as Record<string, unknown>;
      const visitor = new Visitor(parts, request);
      const isOpen = await visitor.openOrder(order_id, token);
      visitor.sign(reply);
      reply.header('cache-control', 'private, no-store');
      return isOpen ? reply.code(204).send() : reply.callNotFound();
    });
  };

const toWebHeaders = (headers: Readonly<Record<string, string>>): Headers => new Headers(headers);

/** How the rendered code asks the API: as the visitor of this page. */
const apiOf =
  (visitor: Visitor): ApiFetch =>
  async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = Object.fromEntries(request.headers);
    const body = request.method === 'GET' ? undefined : Buffer.from(await request.arrayBuffer());
    delete headers['content-length'];
    const answer = await visitor.ask(request.method, pathname + search, headers, body);
    const bytes = Buffer.isBuffer(answer.body) ? answer.body : await readAll(answer.body);
    const isEmpty = answer.status === 204 || answer.status === 304;
    return new Response(isEmpty ? null : new Uint8Array(bytes), {
      status: answer.status,
      headers: toWebHeaders(answer.headers),
    });
  };

/** The addresses of pages; what is below none of them is for others to answer, or nowhere. */
const storePaths = ['/', '/es', '/es/*', '/en', '/en/*'];
const signInPaths = [
  '/entrar',
  '/entrar/*',
  '/registro',
  '/recuperar',
  '/restablecer/*',
  '/verificar',
  '/verificar/*',
];
const applicationPaths: readonly (readonly [ApplicationName, string])[] = [
  ['account', '/cuenta'],
  ['admin', '/admin'],
  ['system', '/sistema'],
];

/** The pages, their session, and their files, on any server that can ask the API. */
export const webRoutes =
  (options: WebOptions): FastifyPluginAsync =>
  async (app) => {
    const { backend, assets, renderer, publicUrl, now = Date.now } = options;
    const parts: VisitorParts = {
      backend,
      seal: createSeal(options.sealKeys),
      refresh: createRefresher({ backend, now }),
      now,
    };
    const shop = createShopSettings(backend, now);
    await app.register(assetRoutes(assets));
    await app.register(brandRoutes);
    await app.register(sessionRoutes(parts, publicUrl, shop));
    await app.register(orderLinkRoutes(parts, publicUrl));
    await app.register(siteMapRoutes({ backend, publicUrl }));
    await app.register(async (scope) => pageRoutes(scope, options, parts, renderer, shop));
  };

/** The request as the rendered code reads it; forms are small, and read before. */
const toWebRequest = (request: FastifyRequest): Request => {
  const url = `${request.protocol}://${request.host}${request.originalUrl}`;
  const { method } = request;
  if (method === 'GET' || method === 'HEAD') return new Request(url);
  const body = new Uint8Array((request.body as Buffer | undefined) ?? Buffer.alloc(0));
  const type = request.headers['content-type'] ?? 'application/x-www-form-urlencoded';
  return new Request(url, { method, body, headers: { 'content-type': type } });
};

/** Where no page can be rendered, people still get one in their language, and programs their problem. */
const sayPlainly = (scope: FastifyInstance, options: WebOptions, shop: ShopSettings): void => {
  scope.setErrorHandler(async (error, request, reply) => {
    if (!isOurFault(error) || !/\btext\/html\b/.test(request.headers.accept ?? '')) throw error;
    const kind = isAway(error) ? 'away' : 'failed';
    if (kind === 'failed')
      request.log.error({ err: error, request_id: request.id }, 'a page failed');
    const nonce = randomBytes(16).toString('base64');
    const { retryAfterSeconds = 10 } = error instanceof DomainError ? error.details : {};
    if (kind === 'away') reply.header('retry-after', String(retryAfterSeconds));
    reply
      .code(kind === 'away' ? 503 : 500)
      .headers({ ...pageHeaders(nonce, request.protocol === 'https'), 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8');
    const assets = options.assets.ofEntry(storeEntry);
    const look = lookOf(request, options.language);
    const { name } = await shop.read(request.ip);
    const shopName = name ?? productName;
    return reply.send(plainPage({ kind, shopName, ...look, requestId: request.id, nonce, assets }));
  });
};

const storeEntry = 'client/store/entry-browser.tsx';

/** Whose work comes with the pages. */
const creditsRoute = (scope: FastifyInstance, options: WebOptions, shop: ShopSettings): void => {
  scope.get('/creditos', { config, schema }, async (request, reply) => {
    const { name } = await shop.read(request.ip);
    const nonce = randomBytes(16).toString('base64');
    const assets = options.assets.ofEntry(storeEntry);
    const look = { ...lookOf(request, options.language), shopName: name ?? productName, assets };
    const encoding = chooseEncoding(request.headers['accept-encoding']);
    if (encoding) reply.header('content-encoding', encoding);
    return reply
      .headers(pageHeaders(nonce, request.protocol === 'https'))
      .type('text/html; charset=utf-8')
      .send(await pack(creditsPage(look, options.credits ?? []), encoding));
  });
};

const pageRoutes = (
  scope: FastifyInstance,
  options: WebOptions,
  parts: VisitorParts,
  renderer: Renderer,
  shop: ShopSettings,
): void => {
  const { assets, publicUrl, isDevelopment } = options;
  sayPlainly(scope, options, shop);
  creditsRoute(scope, options, shop);
  sendToNormalAddresses(scope);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: formLimit },
    (_request, body, done) => done(null, body),
  );

  const send = async (
    request: FastifyRequest,
    reply: FastifyReply,
    visitor: Visitor,
    { status, headers, html }: Rendered,
    nonce: string,
  ): Promise<FastifyReply> => {
    visitor.sign(reply);
    reply.code(status).headers({ ...pageHeaders(nonce, request.protocol === 'https'), ...headers });
    if (html === undefined) return reply.send('');
    const encoding = chooseEncoding(request.headers['accept-encoding']);
    if (encoding) reply.header('content-encoding', encoding);
    return reply.type('text/html; charset=utf-8').send(await pack(html, encoding));
  };

  const inputOf = async (request: FastifyRequest, entry: string) => {
    requireOwnOrigin(request, publicUrl());
    const visitor = new Visitor(parts, request);
    const [setting] = await Promise.all([shop.read(request.ip), visitor.freshen()]);
    const nonce = randomBytes(16).toString('base64');
    const input: RenderRequest = {
      request: toWebRequest(request),
      setting: settingOf(request, visitor, setting, options),
      api: apiOf(visitor),
      requestId: request.id,
      nonce,
      assets: assets.ofEntry(entry),
      assetsOfPage: assets.ofModule,
    };
    return { visitor, nonce, input };
  };

  const renderStore = async (request: FastifyRequest, reply: FastifyReply) => {
    const { visitor, nonce, input } = await inputOf(request, storeEntry);
    return send(request, reply, visitor, await renderer.renderStore(input), nonce);
  };
  const renderApplication =
    (name: ApplicationName) => async (request: FastifyRequest, reply: FastifyReply) => {
      const { visitor, nonce, input } = await inputOf(request, `client/${name}/entry-browser.tsx`);
      if (visitor.viewer === null) {
        const back = encodeURIComponent(request.url);
        const headers = { location: `/entrar?volver=${back}` };
        return send(request, reply, visitor, { status: 302, headers, html: undefined }, nonce);
      }
      const page = await renderer.renderApplication(name, input);
      return page ? send(request, reply, visitor, page, nonce) : renderStore(request, reply);
    };

  for (const url of storePaths) {
    scope.get(url, { config, schema }, renderStore);
    if (url !== '/') scope.post(url, { config, schema }, renderStore);
  }
  for (const url of signInPaths) {
    scope.get(url, { config, schema }, renderStore);
    scope.post(url, { config, schema }, renderStore);
  }
  // Identity has a page of its own at the address of the link, for where there are no others.
  for (const url of ['/web/instalar/:token', '/web/setup/:token']) {
    scope.get(url, { config, schema }, renderStore);
    scope.post(url, { config, schema }, renderStore);
  }
  void scope.register(
    receiptPageRoute(parts, options.language, {
      signedOut: renderApplication('account'),
      notThere: renderStore,
    }),
  );
  for (const [name, url] of applicationPaths) {
    if (!assets.hasEntry(`client/${name}/entry-browser.tsx`)) continue;
    scope.get(url, { config, schema }, renderApplication(name));
    scope.get(`${url}/*`, { config, schema }, renderApplication(name));
  }
  if (isDevelopment) scope.get('/dev/estados', { config, schema }, renderStore);
  // A person who mistypes an address gets a page; programs keep their problem details.
  scope.get('/*', { config, schema }, (request, reply) => {
    const wantsPage = /\btext\/html\b/.test(request.headers.accept ?? '');
    const isOfPrograms =
      /^\/(?:api|web|oauth2|\.well-known|docs|health|metrics|assets|ws)(?:[/?]|$)/;
    if (!wantsPage || isOfPrograms.test(request.url)) return reply.callNotFound();
    return renderStore(request, reply);
  });
};
