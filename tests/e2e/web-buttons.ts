/**
 * Every button does something: each one is pressed once on a page as it is when it opens, and must change
 * the page or its address, ask the server, open something, or move the focus. A run presses those of a few
 * pages that are drawn by lot, and says by which seed; `PLAZA_WEB_BUTTONS=all` presses all of them (about
 * ten minutes), and `PLAZA_WEB_BUTTONS=<seed>` those of that run again.
 */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { assertNone, type Fault } from './support/web-pages.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Pages of one visitor: what the browser has, and where it goes. */
export type PressedVisit = Readonly<{
  state: State;
  remembered?: Readonly<Record<string, unknown>>;
  paths: readonly string[];
}>;

const drawnPages = 2;
/** What a press does is there by then, also on a busy machine. */
const withinMs = 1_500;

/** A few of all, the same ones for the same seed. */
const draw = <T>(all: readonly T[], count: number, seed: number): readonly T[] => {
  let state = seed;
  const next = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state;
  };
  return all
    .map((one) => ({ one, lot: next() }))
    .toSorted((a, b) => a.lot - b.lot)
    .slice(0, count)
    .map(({ one }) => one);
};

type Button = Readonly<{ index: number; mark: string; name: string; isOfFrame: boolean }>;

/** The buttons that can be pressed; of what repeats by rows the first. */
const buttonsOf = (page: Page): Promise<readonly Button[]> =>
  page.evaluate(() => {
    const seen = new Set<string>();
    return [...document.querySelectorAll<HTMLButtonElement>('button')].flatMap((button, index) => {
      const { width, height } = button.getBoundingClientRect();
      const isThere =
        button.checkVisibility({ visibilityProperty: true }) &&
        width > 1 &&
        height > 1 &&
        !button.closest('[inert], [aria-hidden=true], [aria-busy=true]');
      if (!isThere || button.disabled || button.ariaDisabled === 'true') return [];
      const name = (button.ariaLabel ?? button.textContent ?? '').trim();
      const row = button.closest('tr, li, [data-row]');
      const mark = row ? `${row.parentElement?.className} ${button.className}` : name;
      if (seen.has(mark)) return [];
      seen.add(mark);
      return [{ index, mark, name, isOfFrame: button.closest('main') === null }];
    });
  });

/** Watches for everything that a press can do; `done` says what it was. */
const watch = (page: Page, index: number): Promise<void> =>
  page.evaluate((at) => {
    const seen = { done: '' };
    Object.assign(window, { pressed: seen });
    const say = (what: string): void => {
      seen.done ||= what;
    };
    new MutationObserver(() => say('the page')).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    const button = document.querySelectorAll('button')[at];
    document.addEventListener('focusin', ({ target }) => {
      if (target !== button) say('the focus');
    });
    document.addEventListener('invalid', () => say('what is missing'), true);
    document.addEventListener('scroll', () => say('the place'), true);
    document.addEventListener('toggle', () => say('something open'), true);
    window.print = () => say('paper');
    if (navigator.clipboard)
      navigator.clipboard.writeText = async () => {
        say('the clipboard');
      };
  }, index);

/** Until the page moves no more by itself, as far as it ever does. */
const settle = (page: Page): Promise<unknown> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let timer = setTimeout(resolve, 250);
        const observer = new MutationObserver(() => {
          clearTimeout(timer);
          timer = setTimeout(resolve, 250);
        });
        observer.observe(document, { subtree: true, childList: true, attributes: true });
        setTimeout(resolve, 2_000);
      }),
  );

const openPage = async (page: Page, url: string): Promise<void> => {
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForSelector('html[data-ready]', { timeout: 10_000 });
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'));
  await settle(page);
};

/** Presses one button and answers whether that did anything. */
const press = async (page: Page, url: string, { index, name }: Button): Promise<boolean> => {
  await openPage(page, url);
  const button = page.locator('button').nth(index);
  // What has come and gone by itself since the page was read is found when it is there.
  const now = await button.evaluate((one) => (one.ariaLabel ?? one.textContent ?? '').trim());
  if (now !== name) return true;
  await button.scrollIntoViewIfNeeded();
  await watch(page, index);
  const before = page.url();
  let asked = '';
  const hear = (request: { url: () => string }): void => {
    // The socket comes again by itself.
    if (!request.url().endsWith('/ws/ticket')) asked ||= request.url();
  };
  page.on('request', hear);
  page.on('dialog', hearDialog);
  page.once('filechooser', () => (asked ||= 'a file'));
  page.once('download', () => (asked ||= 'a download'));
  page.once('popup', () => (asked ||= 'a window'));
  try {
    await button.click({ timeout: 5_000 });
    for (let waited = 0; waited < withinMs; waited += 50) {
      const done = await page
        .evaluate(() => (window as unknown as { pressed?: { done: string } }).pressed?.done ?? '-')
        .catch(() => 'another page');
      if (done !== '' || asked !== '' || page.url() !== before) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return false;
  } finally {
    page.off('request', hear);
    page.off('dialog', hearDialog);
  }
  function hearDialog(dialog: { dismiss: () => Promise<void> }): void {
    asked ||= 'a question';
    void dialog.dismiss();
  }
};

/** One of a group that is chosen already is pressed for nothing, as it should be. */
const isChosen = (page: Page, { index }: Button): Promise<boolean> =>
  page
    .locator('button')
    .nth(index)
    .evaluate(
      (one) =>
        one.ariaSelected === 'true' ||
        one.ariaChecked === 'true' ||
        one.ariaPressed === 'true' ||
        one.ariaCurrent === 'true' ||
        one.ariaCurrent === 'page',
    );

const newPage = async (
  browser: Browser,
  origin: string,
  { state, remembered = {} }: PressedVisit,
): Promise<Page> => {
  const context = await browser.newContext({
    storageState: state,
    bypassCSP: true,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  });
  await context.addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  await context.addInitScript((items) => {
    for (const [key, value] of Object.entries(items))
      sessionStorage.setItem(key, JSON.stringify(value));
  }, remembered);
  // What a page asks for again by itself would count as the answer of a button that does nothing.
  await context.addInitScript(() => {
    const later = window.setTimeout.bind(window);
    const soon = (ms: unknown): boolean => Number(ms ?? 0) < 1_500;
    window.setTimeout = ((work: () => void, ms?: number) =>
      soon(ms) ? later(work, ms) : 0) as typeof window.setTimeout;
    window.setInterval = (() => 0) as unknown as typeof window.setInterval;
  });
  // What would change the shop, end the session or delete is asked for and not done: none has to be left out.
  await context.route('**/*', (route) =>
    route.request().method() === 'GET'
      ? route.fallback()
      : route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          body: JSON.stringify({ status: 503, code: 'http.unavailable' }),
        }),
  );
  // What others do does not count as the answer of a button.
  await context.routeWebSocket('**/ws', () => {});
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
};

export const pressButtons = async (
  browser: Browser,
  origin: string,
  visits: readonly PressedVisit[],
): Promise<string> => {
  const setting = process.env['PLAZA_WEB_BUTTONS'] ?? '';
  const isAll = setting === 'all';
  const seed = /^\d+$/.test(setting) ? Number(setting) : Date.now() % 100_000;
  const pages = visits.flatMap((visit) => visit.paths.map((path) => ({ visit, path })));
  const chosen = isAll ? pages : draw(pages, drawnPages, seed);
  const faults: Fault[] = [];
  const pressed = new Map<PressedVisit, Set<string>>();
  let count = 0;
  for (const { visit, path } of chosen) {
    const known = pressed.get(visit) ?? new Set();
    pressed.set(visit, known);
    const page = await newPage(browser, origin, visit);
    await openPage(page, origin + path);
    for (const button of await buttonsOf(page)) {
      // The frame is the same around every page.
      if (button.isOfFrame && known.has(button.mark)) continue;
      if (button.isOfFrame) known.add(button.mark);
      count += 1;
      const isDone = await press(page, origin + path, button).catch((error: unknown) => {
        faults.push(`${path} «${button.name}» ${String(error).slice(0, 200)}`);
        return true;
      });
      if (!isDone && !(await isChosen(page, button)))
        faults.push(`${path} «${button.name}» does nothing`);
    }
    await page.context().close();
  }
  if (!isAll) console.log(`  pressed by lot: PLAZA_WEB_BUTTONS=${seed}`);
  assertNone(faults);
  assert.ok(count > 0, 'no button was found');
  return `${count} buttons on ${chosen.length} of ${pages.length} pages`;
};
