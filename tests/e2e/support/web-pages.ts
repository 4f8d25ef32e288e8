import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { inspectPage } from './web-sound.ts';

export { chromiumPath } from './chromium.ts';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export type Look = Readonly<{ theme: 'light' | 'dark'; width: 390 | 1280 }>;
export const looks: readonly Look[] = (['light', 'dark'] as const).flatMap((theme) =>
  ([390, 1280] as const).map((width) => ({ theme, width })),
);

/** What is wrong with a page, as sentences; none when nothing is. */
export type Fault = string;

/** What people must not read: placeholders of code, dates of machines, and a count of nothing. */
const neverShown =
  /\b(?:undefined|null|NaN|Invalid Date)\b|\[object |\b\d{4}-\d\d-\d\d\b|\b0 (?:resultados|results)\b|\bCannot read/;
/** Names of states and fields, as the API writes them; a variable of the environment is called as it is. */
const named = /\b[a-z]+(?:_[a-z]+)+\b|\b(?!PLAZA_)[A-Z]{2,}(?:_[A-Z]+)+\b/;

/** Opens pages in one look and gathers what each has said against itself. */
export const openWatched = async (
  browser: Browser,
  origin: string,
  look: Look,
  state: Awaited<ReturnType<BrowserContext['storageState']>> | undefined,
  /** What its tab remembers of the visit. */
  remembered: Readonly<Record<string, unknown>> = {},
) => {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 900 },
    colorScheme: look.theme,
    // Nothing moves while it is looked at.
    reducedMotion: 'reduce',
    // A phone has no pointer.
    hasTouch: look.width === 390,
    bypassCSP: true,
    ...(state ? { storageState: state } : {}),
  });
  await context.addInitScript((items) => {
    for (const [key, value] of Object.entries(items))
      sessionStorage.setItem(key, JSON.stringify(value));
  }, remembered);
  const page = await context.newPage();
  let faults: Fault[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      faults.push(`says ${message.text().slice(0, 200)}`);
  });
  page.on('pageerror', (error) => faults.push(`raises ${error.message.slice(0, 200)}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol))
      faults.push(`asks ${url.origin}`);
  });
  return {
    page,
    close: () => context.close(),
    /** What it has said since it was asked last. */
    takeFaults: (): readonly Fault[] => {
      const taken = faults;
      faults = [];
      return taken;
    },
  };
};

export const open = async (page: Page, url: string): Promise<number> => {
  const answer = await page.goto(url, { waitUntil: 'load' });
  try {
    await page.waitForSelector('html[data-ready]', { timeout: 10_000 });
    // The gallery of states shows what loads for ever.
    if (!url.endsWith('/dev/estados'))
      await page.waitForFunction(() => document.querySelectorAll('[aria-busy=true]').length === 0);
  } catch {
    throw new Error(`${url} does not become ready`);
  }
  return answer?.status() ?? 0;
};

type AxeResult = Readonly<{
  violations: readonly Readonly<{
    id: string;
    nodes: readonly Readonly<{ target: unknown[] }>[];
  }>[];
}>;
type Axe = Readonly<{ run: (options: object) => Promise<AxeResult> }>;

/** What axe finds with the tags of our promise, or with some of its rules only. */
export const axeFaults = async (
  page: Page,
  rules?: readonly string[],
): Promise<readonly Fault[]> => {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (runOnly) =>
      (window as unknown as { axe: Axe }).axe.run({ runOnly, resultTypes: ['violations'] }),
    rules ? { type: 'rule', values: rules } : { type: 'tag', values: axeTags },
  );
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 2)
        .map(({ target }) => String(target))
        .join(' · ')}`,
  );
};

export type Seen = Readonly<{ title: string; links: readonly string[]; faults: readonly Fault[] }>;

/** What a page is, and what every page must be. */
export const lookAt = async (page: Page): Promise<Seen> => {
  const { title, lang, headings, links, text, words, scrollWidth, width } = await page.evaluate(
    () => ({
      title: document.title,
      lang: document.documentElement.lang,
      headings: document.querySelectorAll('h1').length,
      links: [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map(({ href }) => href),
      text: document.body.innerText,
      // Names of events, ids and code stand in their own letters.
      words: [...document.querySelectorAll<HTMLElement>('body *')]
        .filter(
          (element) =>
            element.checkVisibility() &&
            !element.closest('code, pre, kbd, .font-mono, script, style'),
        )
        .flatMap(({ childNodes }) => [...childNodes])
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent)
        .join('\n'),
      scrollWidth: document.documentElement.scrollWidth,
      width: window.innerWidth,
    }),
  );
  const shown = neverShown.exec(text)?.[0] ?? named.exec(words)?.[0];
  const faults = [
    ...(title === '' || title.length > 60 ? [`has the title ${JSON.stringify(title)}`] : []),
    ...(['es', 'en'].includes(lang) ? [] : [`is in ${lang}`]),
    ...(headings === 1 ? [] : [`has ${headings} h1`]),
    ...(scrollWidth <= width ? [] : [`is ${scrollWidth} px wide in ${width}`]),
    ...(shown === undefined ? [] : [`shows ${shown}`]),
    ...(await inspectPage(page)),
  ];
  return { title, links, faults };
};

/** Fails with every fault, each with its page. */
export const assertNone = (faults: readonly Fault[]): void =>
  assert.equal(faults.length, 0, `${faults.length} faults:\n  ${faults.slice(0, 25).join('\n  ')}`);
