/**
 * Where a page should be and is none: a loader that raises leaves the frame around it, and says by which id
 * support finds it; a closed shop says so in a page that everybody can read.
 */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { homePath, productPath } from '../../apps/web/addresses.ts';
import { loadWeb } from '../../apps/web/server/load.ts';
import { plainPage } from '../../apps/web/server/plain-page.ts';
import type { ApiFetch, PageSetting } from '../../apps/web/render-contract.ts';
import { wordsOf } from './support/web-keyboard.ts';
import { assertNone, axeFaults, lookAt, looks, open } from './support/web-pages.ts';
import type { WebShop } from './support/web-shop.ts';

const say = wordsOf('es', ['kit', 'store']);

/** The page that the server sends when the API answers what no loader can read. */
const renderBroken = async (origin: string, path: string): Promise<void> => {
  const { renderer, assets } = (await loadWeb())!;
  const setting: PageSetting = {
    language: 'es',
    locale: 'es-CO',
    timeZone: 'America/Bogota',
    currency: 'COP',
    theme: 'system',
    origin,
    viewer: null,
    hasCart: false,
    shopName: 'La Ceiba',
    isDevelopment: false,
    returnDays: null,
    now: Date.now(),
  };
  const answerWith =
    (status: number, body: unknown): ApiFetch =>
    async (request) =>
      request.url.includes('/categories')
        ? Response.json({ items: [{ id: '1', slug: 'hogar', name: 'Hogar' }] })
        : Response.json(body, { status });
  const render = (api: ApiFetch) =>
    renderer.renderStore({
      request: new Request(origin + path),
      setting,
      api,
      requestId: 'req-of-this-test',
      nonce: 'n',
      assets: assets.ofEntry('client/store/entry-browser.tsx'),
      assetsOfPage: assets.ofModule,
    });
  const raised = await render(answerWith(200, { id: 'x', slug: 5 }));
  assert.equal(raised.status, 500);
  assert.match(raised.html!, /<header[^]*<nav[^]*Hogar[^]*<main/, 'header and places survive');
  assert.match(raised.html!, /<button[^>]*font-mono[^>]*>[^]*req-of-this-test/);
  const away = await render(answerWith(503, { status: 503, code: 'http.unavailable' }));
  assert.equal(away.status, 503);
  assert.equal(away.headers['retry-after'], '10');
};

/** The same on the way from page to page, where the browser asks. */
const breakOnTheWay = async (browser: Browser, origin: string): Promise<void> => {
  const context = await browser.newContext({ locale: 'es-CO', bypassCSP: true });
  await context.addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.route('**/web/api/v1/products/**', (route) =>
    route.fulfill({ json: { id: 'x', slug: 5 } }),
  );
  await open(page, origin + homePath('es'));
  await page.locator('main a[href^="/es/p/"]').first().click();
  await page.getByRole('heading', { name: say('error.500.title') }).waitFor();
  assert.equal(await page.locator('header').first().isVisible(), true);
  await page.getByRole('banner').getByRole('link').first().click();
  await page.waitForURL(`**${homePath('es')}`);
  await context.close();
};

/** The page of a closed shop, in both languages, themes and widths, before any script. */
const lookAtPlain = async (browser: Browser, origin: string): Promise<void> => {
  const { assets } = (await loadWeb())!;
  const entry = assets.ofEntry('client/store/entry-browser.tsx');
  const faults: string[] = [];
  for (const look of looks.filter(({ theme, width }) => (theme === 'light') === (width === 390)))
    for (const kind of ['away', 'failed'] as const) {
      const language = look.theme === 'dark' ? 'en' : 'es';
      const context = await browser.newContext({
        viewport: { width: look.width, height: 900 },
        colorScheme: look.theme,
        bypassCSP: true,
      });
      const page = await context.newPage();
      const parts = {
        kind,
        shopName: 'La Ceiba',
        language,
        theme: 'system',
        requestId: 'req-1',
        nonce: 'n',
      } as const;
      await page.route(`${origin}/es/closed`, (route) =>
        route.fulfill({ contentType: 'text/html', body: plainPage({ ...parts, assets: entry }) }),
      );
      await page.goto(`${origin}/es/closed`);
      const found = [...(await lookAt(page)).faults, ...(await axeFaults(page))];
      faults.push(...found.map((fault) => `${kind} ${language} ${look.width}: ${fault}`));
      if (process.env['PLAZA_WEB_SHOTS'])
        await page.screenshot({
          path: `${process.env['PLAZA_WEB_SHOTS']}/${kind}-${language}-${look.width}.png`,
        });
      await context.close();
    }
  assertNone(faults);
};

export const showFailed = async (
  browser: Browser,
  origin: string,
  shop: Pick<WebShop, 'product'>,
): Promise<void> => {
  await renderBroken(origin, productPath('es', shop.product));
  await breakOnTheWay(browser, origin);
  await lookAtPlain(browser, origin);
};
