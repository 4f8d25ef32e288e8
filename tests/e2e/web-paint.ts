/**
 * What is painted first is what stays: the theme, before any script has run, and the room of the text, when
 * its typeface comes a second late.
 */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { homePath, productPath } from '../../apps/web/addresses.ts';
import type { WebShop } from './support/web-shop.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

const coloursOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement);
    return `${backgroundColor} ${color} ${getComputedStyle(document.body).backgroundColor}`;
  });

/** The theme of the cookie wins over the system's, and neither waits for a script. */
const keepTheme = async (
  browser: Browser,
  origin: string,
  path: string,
  state: State | undefined,
): Promise<void> => {
  const seen: string[] = [];
  for (const [chosen, system] of [
    ['dark', 'light'],
    // The document around each application is made by the same hand.
    ...(state
      ? []
      : ([
          ['light', 'dark'],
          ['system', 'dark'],
        ] as const)),
  ] as const) {
    const context = await browser.newContext({
      colorScheme: system,
      bypassCSP: true,
      ...(state ? { storageState: state } : {}),
    });
    await context.addCookies([{ name: 'plaza_theme', value: chosen, url: origin }]);
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const held = Promise.withResolvers<void>();
    await page.route('**/assets/*.js', async (route) => {
      await held.promise;
      await route.fallback();
    });
    await page.goto(origin + path, { waitUntil: 'commit' });
    await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint').length > 0 || document.body,
    );
    await page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every(
        ({ sheet }) => sheet !== null,
      ),
    );
    assert.equal(await page.locator('html[data-ready]').count(), 0, 'scripts were not held back');
    const first = await coloursOf(page);
    held.resolve();
    await page.waitForSelector('html[data-ready]');
    assert.equal(await coloursOf(page), first, `${path}: ${chosen} on ${system} flashes`);
    seen.push(first);
    await context.close();
  }
  const [dark, light, systemDark] = seen;
  if (state) return;
  assert.notEqual(dark, light, `${path}: the cookie changes nothing`);
  assert.equal(systemDark, dark, `${path}: the system's dark is another`);
};

/** Nothing moves when the typeface comes after the text. */
const swapLate = async (browser: Browser, origin: string, path: string): Promise<string> => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.addInitScript(() => {
    const seen = { moved: 0, by: '' };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as {
        value: number;
        sources?: { node?: Element }[];
      }[]) {
        seen.moved += entry.value;
        seen.by ||= (entry.sources ?? [])
          .map(({ node }) => node?.textContent?.slice(0, 40))
          .join(' · ');
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const late = Promise.withResolvers<void>();
  await page.route('**/*.woff2', async (route) => {
    await late.promise;
    await route.fallback();
  });
  await page.goto(origin + path, { waitUntil: 'commit' });
  await page.waitForSelector('html[data-ready]');
  const isThere = (): Promise<boolean> =>
    page.evaluate(() => document.fonts.check('16px "Archivo Variable"'));
  await page.waitForTimeout(1_000);
  assert.equal(await isThere(), false, 'the typeface was not late');
  late.resolve();
  await page.waitForFunction(() => document.fonts.check('16px "Archivo Variable"'));
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  const { moved, by } = await page.evaluate(
    () => (window as unknown as { seen: { moved: number; by: string } }).seen,
  );
  assert.ok(moved <= 0.005, `${path} has moved by ${moved.toFixed(4)}: ${by}`);
  await context.close();
  return moved.toFixed(4);
};

export const paintOnce = async (
  browser: Browser,
  origin: string,
  state: State,
  shop: Pick<WebShop, 'product'>,
): Promise<string> => {
  await Promise.all([
    keepTheme(browser, origin, homePath('es'), undefined),
    ...['/cuenta', '/admin', '/sistema'].map((path) => keepTheme(browser, origin, path, state)),
  ]);
  const moved = [];
  for (const path of [homePath('es'), productPath('es', shop.product)])
    moved.push(await swapLate(browser, origin, path));
  return `moved by ${moved.join(' and ')} when the typeface came late`;
};
