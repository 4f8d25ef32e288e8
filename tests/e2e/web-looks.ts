/**
 * Every page, in both languages, both themes and both widths, with axe: as it is, and again with each thing
 * that opens on it. This is the whole proof, of which `web.ts` is the short cut for CI. It takes about a
 * quarter of an hour:
 *
 *     node tests/e2e/web-looks.ts [addresses, as a regular expression]
 *
 * What a page opens is found by pressing each button that sends nothing; what would change something is
 * answered as a server that is away would, and such an answer is looked at too.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from 'playwright-core';
import {
  cartPath,
  categoryPath,
  checkoutStepPath,
  confirmedPath,
  homePath,
  productPath,
  searchPath,
  sellerPath,
  trackingPath,
} from '../../apps/web/addresses.ts';
import { defaults, startSimulator } from '../../apps/simulator/mercado-pago/simulator.ts';
import { must, send, type Json } from './support/http.ts';
import { freePort } from './support/plaza-process.ts';
import { createReport } from './support/report.ts';
import { shopEnvironment, startServer, type Server } from './support/server-process.ts';
import { guestWithOrder } from './support/web-guest-state.ts';
import { assertNone, axeFaults, chromiumPath, lookAt, open } from './support/web-pages.ts';
import { buy, signUpByPage } from './support/web-purchase.ts';
import { openWebShop } from './support/web-shop.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
type Language = 'es' | 'en';
const languages = ['es', 'en'] as const;
const themes = ['light', 'dark'] as const;
const widths = [390, 1280] as const;
/** Every component in every state: axe takes minutes for it. */
const gallery = '/dev/estados';
const only = new RegExp(process.argv[2] ?? '');

/** Pages of one visitor: what the browser has, and where it goes. */
type Visit = Readonly<{
  name: string;
  state: () => Promise<State>;
  remembered?: Readonly<Record<string, unknown>>;
  paths: (language: Language) => readonly string[];
}>;

/** Until the colours of a theme are on the screen; they reach each level a frame after the one above. */
const settled = (page: Page, theme: (typeof themes)[number]): Promise<unknown> =>
  page.evaluate(async (wanted) => {
    const isThere = (): boolean =>
      matchMedia(`(prefers-color-scheme: ${wanted})`).matches &&
      // What turns for ever, as the gallery shows it, is at rest.
      document.getAnimations().every(({ effect }) => effect?.getTiming().iterations === Infinity);
    for (let quiet = 0; quiet < 4; quiet = isThere() ? quiet + 1 : 0)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  }, theme);

/** A page that does not come to an end is a fault, and the next has its turn. */
const late = (path: string): Promise<never> => {
  const minutes = path === gallery ? 8 : 2;
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`takes more than ${minutes} minutes`)), minutes * 60_000);
  });
};

const openings =
  'button:not([type=submit]):not([disabled]), summary, [popovertarget], [role=combobox]';
const opened =
  'dialog[open], details[open], [popover]:popover-open, [role=menu], [role=listbox], [role=tooltip], [role=status]:not(:empty), [aria-expanded=true]';

/** Of what repeats by rows, the first; the rest opens the same. */
const candidates = async (page: Page): Promise<readonly Locator[]> => {
  const all = await page.locator(openings).all();
  const found: Locator[] = [];
  const seen = new Set<string>();
  for (const one of all) {
    const mark = await one
      .evaluate((element) => {
        const { width, height } = element.getBoundingClientRect();
        if (width === 0 || height === 0 || element.closest('[inert], [aria-hidden=true]'))
          return '';
        const row = element.closest('tr, li, [data-row]');
        const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();
        return row ? `${row.parentElement?.className} ${element.className}` : text;
      })
      .catch(() => '');
    if (mark === '' || seen.has(mark)) continue;
    seen.add(mark);
    found.push(one);
  }
  return found;
};

const openedOf = (page: Page): Promise<string> =>
  page.evaluate(
    (selector) =>
      [...document.querySelectorAll(selector)]
        .map((element) => `${element.tagName} ${element.id} ${element.textContent?.slice(0, 40)}`)
        .join('\n'),
    opened,
  );

const visit = async (
  browser: Browser,
  server: Server,
  { state, remembered = {}, paths }: Visit,
  language: Language,
  width: (typeof widths)[number],
): Promise<string> => {
  const context = await browser.newContext({
    storageState: await state(),
    reducedMotion: 'reduce',
    bypassCSP: true,
    viewport: { width, height: 900 },
  });
  await context.addCookies([{ name: 'plaza_language', value: language, url: server.url }]);
  await context.addInitScript((items) => {
    for (const [key, value] of Object.entries(items))
      sessionStorage.setItem(key, JSON.stringify(value));
  }, remembered);
  // Nothing that is pressed here changes the shop for the pages after it.
  await context.route('**/*', (route) =>
    route.request().method() === 'GET'
      ? route.fallback()
      : route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          body: JSON.stringify({ status: 503, code: 'http.unavailable' }),
        }),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(`${page.url()} raises ${message}`));
  let looks = 0;
  const see = async (what: string): Promise<void> => {
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      await settled(page, theme);
      // The documents name codes and events, and are laid out as documents.
      const seen = what.startsWith('/docs') ? [] : (await lookAt(page)).faults;
      const found = [...seen, ...(await axeFaults(page))];
      looks += 1;
      faults.push(
        ...found
          // A licence says of itself when it is null and void.
          .filter((fault) => !(what.startsWith('/creditos') && fault === 'shows null'))
          .map((fault) => `${what} ${language} ${theme} ${width}: ${fault}`),
      );
    }
  };
  let overlays = 0;
  const seePage = async (path: string): Promise<void> => {
    const again = async (): Promise<void> => {
      // The documents have no script that would say that it is there.
      if (path.startsWith('/docs')) await page.goto(server.url + path);
      else await open(page, server.url + path);
      await page.locator('h1').first().waitFor();
      const isAsked = new URL(page.url()).pathname === '/entrar' && path !== '/entrar';
      assert.ok(!isAsked, `${path} asks to sign in`);
    };
    await again();
    await see(path);
    // The gallery shows what opens elsewhere.
    const count = path === gallery ? 0 : (await candidates(page)).length;
    for (let i = 0; i < count; i++) {
      const before = await openedOf(page);
      const one = (await candidates(page)).at(i);
      if (!one) break;
      const name = await one.evaluate(
        (element) => element.getAttribute('aria-label') ?? element.textContent ?? '',
      );
      await one.click({ timeout: 1_000, noWaitAfter: true }).catch(() => {});
      await page.waitForTimeout(150);
      const isElsewhere = new URL(page.url()).pathname !== new URL(server.url + path).pathname;
      // What leads to another page is looked at there.
      const now = isElsewhere ? before : await openedOf(page).catch(() => before);
      if (now !== before) {
        await page
          .waitForFunction(
            () => document.querySelectorAll('dialog[open] [aria-busy=true]').length === 0,
          )
          .catch(() => {});
        overlays += 1;
        await see(`${path} with “${name.trim().slice(0, 40)}”`);
        await page.keyboard.press('Escape');
      }
      if (isElsewhere || (await openedOf(page).catch(() => '')) !== before) await again();
    }
  };
  const all = paths(language).filter((path) => only.test(path));
  for (const path of all)
    await Promise.race([seePage(path), late(path)]).catch((error: unknown) => {
      faults.push(`${path} ${language} ${width}: ${String(error).slice(0, 200)}`);
    });
  await context.close();
  assertNone(faults);
  return `${all.length} pages and ${overlays} times something on them, ${looks} looks`;
};

const { step, end } = createReport();
const root = mkdtempSync(join(tmpdir(), 'plaza-looks-'));
const data = join(root, 'data');
const simulator = await startSimulator({ port: 0 });
const server = await startServer(
  data,
  shopEnvironment(data, await freePort(), {
    PLAZA_MERCADOPAGO_ACCESS_TOKEN: defaults.accessToken,
    PLAZA_MERCADOPAGO_WEBHOOK_SECRET: defaults.webhookSecret,
    PLAZA_MERCADOPAGO_BASE_URL: simulator.url,
    PLAZA_MERCADOPAGO_MODE: 'test',
  }),
);
const shop = await openWebShop(server.url, server.token);
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ['--no-sandbox', '--disable-gpu'],
});
const get = async (path: string): Promise<Json> => {
  const request = { method: 'GET', path, token: server.token() } as const;
  return must(200, request, await send(server.url, request));
};

const account = await signUpByPage(browser, server.url, shop);
await buy(browser, server.url, shop, account);
const guest = await guestWithOrder(browser, server.url, shop);
const administrator = { email: 'julia@example.com', password: 'cinco sillas de mimbre' };
const made = {
  method: 'POST',
  path: '/users',
  token: server.token(),
  body: {
    ...administrator,
    username: 'julia',
    full_name: 'Julia Duarte',
    roles: ['customer', 'admin'],
  },
} as const;
must(201, made, await send(server.url, made));
/** Anew for each look: a session that two browsers keep fresh ends. */
const signIn = async (data: object): Promise<State> => {
  const context = await browser.newContext();
  const answer = await context.request.post(`${server.url}/web/api/v1/auth/login`, {
    headers: { origin: server.url },
    data,
  });
  assert.ok(answer.ok(), await answer.text());
  const state = await context.storageState();
  await context.close();
  return state;
};
const office = (): Promise<State> => signIn(administrator);
const ownOrder = await (async () => {
  const context = await browser.newContext({ storageState: account });
  const answer = await context.request.get(`${server.url}/web/api/v1/orders`);
  const { items } = (await answer.json()) as { items: { id: string; buyer_id: string }[] };
  await context.close();
  return items.at(0)!;
})();

await (async () => {
  const context = await browser.newContext({ storageState: account });
  const kept = await context.request.put(
    `${server.url}/web/api/v1/users/me/favourites/${shop.product.id}`,
    { headers: { origin: server.url } },
  );
  assert.ok(kept.ok(), await kept.text());
  await context.close();
})();

const { payment_id: payment } = await get(`/orders/${ownOrder.id}`);
const events = (await get('/admin/events?limit=1'))['items'] as Readonly<{ id: string }>[];

const visits: readonly Visit[] = [
  {
    name: 'the store, by a guest',
    state: async () => guest.state,
    remembered: { 'plaza.checkout': guest.draft },
    paths: (language) => [
      homePath(language),
      categoryPath(language, shop.category),
      `${searchPath(language)}?q=canasto`,
      `${searchPath(language)}?q=zzzzqqq`,
      productPath(language, shop.product),
      sellerPath(language, shop.sellerId, shop.sellerName),
      cartPath(language),
      ...(['details', 'shipping', 'payment'] as const).map((at) => checkoutStepPath(language, at)),
      confirmedPath(language, guest.orderId),
      trackingPath(language),
      trackingPath(language, guest.orderId),
      `/${language}/nada`,
      '/entrar',
      '/registro',
      '/recuperar',
      '/verificar',
      '/restablecer/x',
      '/docs',
      '/docs/errores',
      '/docs/eventos',
      '/creditos',
      gallery,
    ],
  },
  {
    name: 'the account',
    state: () => signIn({ username: 'lucia', password: 'tres tazas de tinto' }),
    paths: () =>
      [
        '',
        '/pedidos',
        `/pedidos/${ownOrder.id}`,
        '/favoritos',
        '/direcciones',
        '/notificaciones',
        '/perfil',
        '/seguridad',
        '/cobros',
        '/datos',
      ].map((path) => `/cuenta${path}`),
  },
  {
    name: 'orders and people in the back office',
    state: office,
    paths: () =>
      [
        '',
        '/pedidos',
        `/pedidos/${ownOrder.id}`,
        '/analitica',
        '/clientes',
        `/clientes/${ownOrder.buyer_id}`,
        '/equipo',
        '/auditoria',
        '/ajustes',
        '/ajustes/tienda',
        '/ajustes/comisiones',
        '/ajustes/envios',
        '/ajustes/acceso',
        '/no-hay',
      ].map((path) => `/admin${path}`),
  },
  {
    name: 'goods and money in the back office',
    state: office,
    paths: () =>
      [
        'productos',
        'productos/nuevo',
        `productos/${shop.product.id}`,
        'inventario',
        'importar',
        'vendedores',
        `vendedores/${shop.sellerId}`,
        'pagos',
        `pagos/${String(payment)}`,
        'devoluciones',
        'contracargos',
        'pagos-a-vendedores',
        'pagos-a-vendedores/archivos',
        'libros',
        'libros/cuenta?account=provider:sandbox&currency=COP',
        'libros/balance',
        'conciliacion',
      ].map((path) => `/admin/${path}`),
  },
  {
    name: 'the page of the operator',
    state: office,
    paths: () =>
      [
        '',
        '/servicios/orders',
        '/eventos',
        `/eventos/${events.at(0)?.id ?? ''}`,
        '/trazas',
        '/colas',
        '/correo',
        '/registros',
      ].map((path) => `/sistema${path}`),
  },
];

for (const one of visits)
  for (const width of widths)
    await Promise.all(
      languages.map((language) =>
        step(`${one.name}, in ${language}, ${width} px`, () =>
          visit(browser, server, one, language, width),
        ),
      ),
    );
await browser.close();
await server.stop();
await simulator.close();
rmSync(root, { recursive: true, force: true });
process.exit(end());
