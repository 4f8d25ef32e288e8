/**
 * The pages as people meet them, in Debian's Chromium: a purchase by keyboard and by hand, then every
 * page in two languages, two themes and two widths with axe, and the budgets of bytes. The last line is
 * `N passed, N failed`; without Chromium it says what it did not look at.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
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
import { guestWithOrder } from './support/web-guest-state.ts';
import { defaults, startSimulator } from '../../apps/simulator/mercado-pago/simulator.ts';
import { buy, signUpByPage } from './support/web-purchase.ts';
import { openWebShop } from './support/web-shop.ts';
import { measureBudgets } from './support/web-budgets.ts';
import { lookAround } from './support/web-sound.ts';
import {
  assertNone,
  axeFaults,
  chromiumPath,
  lookAt,
  looks,
  open,
  openWatched,
  type Look,
} from './support/web-pages.ts';
import { checkAccount } from './web-account.ts';
import { keepFavourites } from './web-favourites.ts';
import { checkGoods } from './web-goods.ts';
import { lookAtBackOffice } from './web-admin.ts';
import { measureProductPage } from './web-composition.ts';
import { pressButtons } from './web-buttons.ts';
import { showFailed } from './web-failed.ts';
import { leaveForm } from './web-leave.ts';
import { paintOnce } from './web-paint.ts';
import { buyAsGuest } from './web-guest.ts';
import { adminPaths, checkPseudo } from './web-pseudo.ts';
import { refuseOptimism } from './web-optimism.ts';
import { watchStates } from './web-waits.ts';
import {
  changeInTwoTabs,
  chooseSuggestion,
  failInTurn,
  payAtProvider,
  payLater,
} from './web-states.ts';
import { freePort } from './support/plaza-process.ts';
import { createReport } from './support/report.ts';
import { checkStructuredData } from './support/structured-data.ts';
import { checkSystem, pages as systemPaths } from './web-system.ts';
import { shopEnvironment, startServer } from './support/server-process.ts';

const languages = ['es', 'en'] as const;
const { step, end } = createReport();
const root = mkdtempSync(join(tmpdir(), 'plaza-web-'));
const data = join(root, 'data');
const simulator = await startSimulator({ port: 0 });
const provider = {
  PLAZA_MERCADOPAGO_ACCESS_TOKEN: defaults.accessToken,
  PLAZA_MERCADOPAGO_WEBHOOK_SECRET: defaults.webhookSecret,
  PLAZA_MERCADOPAGO_BASE_URL: simulator.url,
  PLAZA_MERCADOPAGO_MODE: 'test',
};
const settings = { ...provider, PLAZA_SECOND_FACTOR: 'required:support' };
const server = await startServer(data, shopEnvironment(data, await freePort(), settings));
const { url: origin } = server;
const shop = await openWebShop(origin, server.token);

await step('the budgets of bytes hold', () => {
  const measured = measureBudgets();
  assertNone(measured.flatMap(({ faults }) => faults));
  return measured
    .map(({ name, initial, css }) => `${name} ${initial.toFixed(1)} kB + ${css.toFixed(1)} kB CSS`)
    .join(', ');
});

/** Addresses and what each answers, before any script runs. */
const statuses = [
  ['/', 302],
  ['/es', 200],
  ['/en', 200],
  ['/es/nada', 404],
  ['/es/', 301],
  ['/ES/c/Hogar', 301],
  ['/es/p/nada-0000000000000000000000', 404],
  ['/es/p/nada', 404],
  [productPath('es', shop.gone), 410],
  ['/es/c/no-hay', 404],
  ['/es/pagar', 302],
  ['/en/checkout/payment', 200],
  ['/es/pagar/otra-cosa', 404],
  ['/es/seguimiento', 200],
  ['/en/tracking/01a22421-ceb6-7562-ad51-c7865a2299c3', 200],
  ['/es/seguimiento/nada', 404],
  ['/es/vendedor/nadie-0000000000000000000000', 404],
  [`/es/p/otro-nombre-${productPath('es', shop.product).slice(-22)}`, 301],
  ['/entrar', 200],
  ['/entrar/segundo-paso', 302],
  ['/cuenta', 302],
  ['/cuenta/no-hay', 302],
  ['/creditos', 200],
  ['/robots.txt', 200],
  ['/sitemap.xml', 200],
  ['/sitemap-1.xml', 200],
  ['/favicon.ico', 200],
  ['/assets/no-hay.js', 404],
] as const;
await step('every address answers its own status', async () => {
  for (const [path, status] of statuses) {
    const headers = { accept: 'text/html' };
    const answer = await fetch(origin + path, { redirect: 'manual', headers });
    assert.equal(answer.status, status, path);
  }
  return `${statuses.length} addresses`;
});

await step(
  'filters that leave nothing say what the words are close to, and each leads out',
  async () => {
    const ask = async (query: string): Promise<string> =>
      (await fetch(`${origin}${searchPath('es')}?q=${query}`)).text();
    const filtered = await ask('canasto&min=9000000&stock=1');
    assert.match(filtered, /Quizá buscas[^]*<a[^>]*href="\/es\/p\/[^>]*>[^<]*Canasto/);
    for (const rest of ['q=canasto&amp;stock=1', 'q=canasto&amp;min=9000000'])
      assert.ok(filtered.includes(`href="/es/buscar?${rest}"`), rest);
  },
);

await step('the page of a product says all of it without a script', async () => {
  const path = productPath('es', shop.product);
  const html = await (await fetch(origin + path)).text();
  for (const part of [
    `<link rel="canonical" href="${origin}${path}">`,
    `hreflang="en" href="${origin}${productPath('en', shop.product)}"`,
    'property="og:image"',
    shop.product.title,
    '<h1',
    'Llega entre el ',
    'Mensajería',
  ])
    assert.ok(html.includes(part), part);
  const json =
    /<script type="application\/ld\+json">(\{"@context":"https:\/\/schema.org","@type":"Product".*?)<\/script>/.exec(
      html,
    )?.[1] ?? '';
  const { offers } = JSON.parse(json) as {
    offers: Record<string, unknown>[];
  };
  assert.partialDeepStrictEqual(offers[0], {
    price: shop.product.price,
    priceCurrency: 'COP',
    availability: 'https://schema.org/InStock',
    shippingDetails: { shippingRate: { value: '12900.00', currency: 'COP' } },
  });
  checkStructuredData(html, origin);
  for (const other of [
    homePath('es'),
    categoryPath('es', shop.category),
    sellerPath('es', shop.sellerId, shop.sellerName),
  ])
    checkStructuredData(await (await fetch(origin + other)).text(), origin);
  const scripts = [...html.matchAll(/<script(?![^>]*type="application)[^>]*>/g)].map(
    ([tag]) => tag,
  );
  assert.ok(
    scripts.length > 0 && scripts.every((tag) => tag.includes('nonce="')),
    'a script without a nonce',
  );
});

if (!existsSync(chromiumPath)) {
  console.log(`Not looked at, since there is no ${chromiumPath}: the purchase, axe, the crawl.`);
} else {
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  let state: Awaited<ReturnType<typeof signUpByPage>> | undefined;
  let guest: Awaited<ReturnType<typeof guestWithOrder>>;
  await Promise.all([
    step('somebody registers, is declined, pays, and follows the order', async () => {
      state = await signUpByPage(browser, origin, shop);
      return buy(browser, origin, shop, state);
    }),
    ...languages.map((language) =>
      step(`a guest buys by keyboard in ${language}, and a new account keeps the order`, () =>
        buyAsGuest(browser, origin, shop, language),
      ),
    ),
    step('a guest has an order and a cart', async () => {
      guest = await guestWithOrder(browser, origin, shop);
    }),
  ]);

  await Promise.all([
    step('the page of a product is composed as it was designed', () =>
      measureProductPage(browser, origin, shop),
    ),
    step('a guest pays on the page of a provider and comes back', () =>
      payAtProvider(browser, origin, shop),
    ),
    step('a page that fails leaves its frame, and a closed shop says so in words', () =>
      showFailed(browser, origin, shop),
    ),
    step('who left before paying pays the order that is there', () =>
      payLater(browser, origin, shop),
    ),
    step('what is typed is completed, by keyboard', () => chooseSuggestion(browser, origin, shop)),
    step('two tabs that change one line show both values', () =>
      changeInTwoTabs(browser, origin, guest),
    ),
    step('a part that fails leaves the rest, and says so; so does a network that is away', () =>
      failInTurn(browser, origin, shop, guest),
    ),
  ]);
  await Promise.all([
    step('what is shown before the answer is taken back when the answer is no', () =>
      refuseOptimism(browser, origin, shop, guest.state, state!),
    ),
    step(
      'waiting, a session that ends, a price that changes: each is said, and nothing is lost',
      () =>
        watchStates(browser, server, shop, state!, {
          username: 'lucia',
          password: 'tres tazas de tinto',
        }),
    ),
  ]);
  await step('what is kept for later is found again, over a sign-in too', () =>
    keepFavourites({ browser, origin, shop, state: state! }),
  );
  await checkAccount({ browser, origin, shop, token: server.token, state: state!, step });
  await checkGoods({ browser, server, data, shop, step });

  const pagesOf = (language: 'es' | 'en'): readonly string[] => [
    homePath(language),
    categoryPath(language, shop.category),
    `${searchPath(language)}?q=canasto`,
    `${searchPath(language)}?q=zzzzqqq`,
    productPath(language, shop.product),
    sellerPath(language, shop.sellerId, shop.sellerName),
    cartPath(language),
    ...(['details', 'shipping', 'payment'] as const).map((step) =>
      checkoutStepPath(language, step),
    ),
    confirmedPath(language, guest.orderId),
    trackingPath(language),
    trackingPath(language, guest.orderId),
    `/${language}/nada`,
    `/${language}/p/nada`,
  ];
  const withoutPrefix = [
    '/entrar',
    '/registro',
    '/recuperar',
    '/verificar',
    '/restablecer/x',
    '/creditos',
    '/dev/estados',
  ];
  // Licences are of others and in their words; the gallery has words of no catalogue.
  const wordedPages = withoutPrefix.filter(
    (path) => path !== '/creditos' && path !== '/dev/estados',
  );
  const accountPages = [
    '',
    '/pedidos',
    '/favoritos',
    '/direcciones',
    '/notificaciones',
    '/perfil',
    '/seguridad',
    '/cobros',
    '/datos',
  ].map((path) => `/cuenta${path}`);
  /** The browser says so of the API's honest answer that no copy was asked for yet. */
  const isExpected = (path: string, fault: string): boolean =>
    /status of 404/.test(fault) && (path === '/cuenta/datos' || path.endsWith('/nada'));

  /** What no theme changes is measured in one of them. */
  const isLight = ({ theme }: Look): boolean => theme === 'light';
  const titles = new Map<string, string>();
  const links = new Set<string>();
  const crawl = async (language: 'es' | 'en', look: Look): Promise<string> => {
    const faults: string[] = [];
    let pages = 0;
    for (const isSignedIn of [false, true]) {
      const watched = await openWatched(browser, origin, look, isSignedIn ? state : guest.state, {
        'plaza.checkout': guest.draft,
      });
      await watched.page
        .context()
        .addCookies([{ name: 'plaza_language', value: language, url: origin }]);
      for (const path of isSignedIn ? accountPages : [...pagesOf(language), ...withoutPrefix]) {
        await open(watched.page, origin + path);
        const seen = await lookAt(watched.page);
        const found = [
          ...seen.faults,
          ...(await axeFaults(watched.page)),
          ...(isLight(look) ? await lookAround(watched.page) : []),
          ...watched.takeFaults(),
        ];
        faults.push(
          ...found.filter((fault) => !isExpected(path, fault)).map((fault) => `${path} ${fault}`),
        );
        const key = `${language} ${seen.title}`;
        const isSamePage = titles.get(key) === undefined || titles.get(key) === path;
        // The steps of a purchase are one page, and so is what is said of one order.
        const isOneOfMany =
          /\/nada$|\/(?:pagar|checkout)\/|\/(?:pedido|order|seguimiento|tracking)\//;
        if (!isSamePage && !isOneOfMany.test(path))
          faults.push(`${path} has the title of ${titles.get(key)}`);
        titles.set(key, path);
        // A page that is not there links to itself in the other language, which is not there either.
        if (!path.endsWith('/nada'))
          for (const link of seen.links)
            // A receipt is there for whoever has what opens it, and that is in the browser.
            if (!link.includes('/web/api/')) links.add(link.replace(/#.*/, ''));
        pages += 1;
      }
      await watched.close();
    }
    assertNone(faults);
    return `${pages} pages`;
  };
  // Each language, theme and width once; with PLAZA_WEB_LOOKS=all in all their pairs, and web-looks.ts sees
  // what opens on each page, too.
  const crawled = languages.flatMap((language) =>
    looks
      .filter(
        ({ theme, width }) =>
          process.env['PLAZA_WEB_LOOKS'] === 'all' ||
          ((theme === 'light') === (width === 390) && (theme === 'light') === (language === 'es')),
      )
      .map((look) => ({ language, look })),
  );
  await Promise.all(
    crawled.map(({ language, look }) =>
      step(`every page is sound in ${language}, ${look.theme}, ${look.width} px`, () =>
        crawl(language, look),
      ),
    ),
  );

  await step('no link leads nowhere', async () => {
    const dead: string[] = [];
    for (const link of links) {
      const answer = await fetch(link, { redirect: 'manual', headers: { accept: 'text/html' } });
      if (answer.status >= 400) dead.push(`${link} ${answer.status}`);
    }
    assert.ok(links.size > 30, `only ${links.size} links found`);
    assertNone(dead);
    return `${links.size} links`;
  });
  const administrator = await lookAtBackOffice({ step, browser, server, data, stranger: state! });
  await Promise.all([
    step('each text is a message, and a longer one has room on a narrow phone', () =>
      checkPseudo(browser, origin, [
        {
          state: guest.state,
          remembered: { 'plaza.checkout': guest.draft },
          pathsOf: (language) => [...pagesOf(language), ...wordedPages],
        },
        { state, pathsOf: () => accountPages },
        { state: administrator, pathsOf: () => adminPaths },
      ]),
    ),
    step('what was typed and not saved is asked for before one leaves', () =>
      leaveForm(browser, origin, administrator),
    ),
    step('what is painted first is what stays', () =>
      paintOnce(browser, origin, administrator, shop),
    ),
  ]);
  await step('every button does something', () =>
    pressButtons(browser, origin, [
      {
        state: guest.state,
        remembered: { 'plaza.checkout': guest.draft },
        paths: [...pagesOf('es'), ...withoutPrefix],
      },
      { state: state!, paths: accountPages },
      { state: administrator, paths: [...adminPaths, ...systemPaths] },
    ]),
  );
  // Last, since it takes a part of the system away.
  await checkSystem({ browser, origin, data, shop, token: server.token, step });
  await browser.close();
}

await server.stop();
await simulator.close();
rmSync(root, { recursive: true, force: true });
process.exit(end());
