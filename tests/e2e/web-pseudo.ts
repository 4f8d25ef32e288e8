/**
 * The pages in the pseudo-locale, where each message is accented and a third longer: what stands there
 * without an accent is no message, and what has no room on a narrow phone is found before a translator does.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { assertNone, open, type Fault } from './support/web-pages.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
type Language = 'es' | 'en';

/** A letter of a message in the pseudo-locale has a mark; these have none that was put there. */
const unmarked = /[A-Za-zÁÉÍÓÚÜÑáéíóúüñ]{2,}/g;

/** Names that are the same everywhere, and what stands in code. */
const everywhere =
  'Plaza Node PZ px KB MB kB ms min Ctrl Esc COP CSV SVG PNG JSON Visa Español English'.split(' ');
/** What stands for a picture of somebody. */
const initials = /^\p{Lu}{2}$/u;

/** What `Intl` writes, which no catalogue has: months, days, spans of time, countries. */
const wordsOfIntl = (): readonly string[] => {
  const texts: string[] = [];
  for (const locale of ['es-CO', 'en-CO']) {
    for (let i = 0; i < 84; i++)
      for (const style of ['long', 'short'] as const) {
        const at = new Date(Date.UTC(2026, i % 12, i, 6 + i));
        const day = { weekday: style, month: style, day: 'numeric', hour: 'numeric' } as const;
        texts.push(new Intl.DateTimeFormat(locale, day).format(at));
      }
    for (const style of ['long', 'short', 'narrow'] as const)
      for (const unit of ['second', 'minute', 'hour', 'day', 'week', 'month', 'year'] as const)
        for (const numeric of ['auto', 'always'] as const)
          for (const amount of [-2, -1, 0, 1, 2])
            texts.push(
              new Intl.RelativeTimeFormat(locale, { style, numeric }).format(amount, unit),
            );
    texts.push(new Intl.DateTimeFormat(locale, { dateStyle: 'full' }).formatRange(0, 9e8));
    const regions = new Intl.DisplayNames(locale, { type: 'region' });
    for (const code of 'AR BO BR CL CO CR CU DO EC ES GT HN MX NI PA PE PR PY SV US UY VE'.split(
      ' ',
    ))
      texts.push(regions.of(code)!);
  }
  return texts.flatMap((text) => text.match(unmarked) ?? []);
};

/** The words that data brings: values, but no names of states, which people must not read. */
const wordsOfData = (value: unknown, key = ''): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => wordsOfData(item, key));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, item]) => wordsOfData(item, name));
  if (typeof value !== 'string') return [];
  const isState = /^[a-z]+(?:_[a-z]+)*$/.test(value) && !/name|title|slug|tax_class|term/.test(key);
  return isState ? [] : (value.match(unmarked) ?? []);
};

const textsOf = (page: Page) =>
  page.evaluate(() => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      // Names of events, ids and code are no words of a language.
      if (node.parentElement?.closest('script, style, noscript, code, pre, kbd, .font-mono'))
        continue;
      if (node.textContent?.trim()) texts.push(node.textContent.trim());
    }
    for (const element of document.querySelectorAll('*'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = element.getAttribute(name)?.trim();
        if (text && !element.closest('code, pre')) texts.push(text);
      }
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      element !== document.body &&
      (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
    // What is fixed makes no page wider, and is cut all the same.
    const cut = [...document.querySelectorAll('a, button, input, select')]
      .filter((element) => {
        const { width, right } = element.getBoundingClientRect();
        return width > 1 && right > window.innerWidth + 1 && !scrolls(element);
      })
      .map((element) => element.textContent?.trim() || element.tagName);
    const handover = document.getElementById('handover')?.textContent ?? '{}';
    return {
      texts,
      handover,
      cut,
      over: document.documentElement.scrollWidth - window.innerWidth,
    };
  });

/** Opens pages in the pseudo-locale and says what of them is no message, or is too wide. */
export const findEscapes = async (
  options: Readonly<{
    browser: Browser;
    origin: string;
    state: State | undefined;
    language: Language;
    width: number;
    paths: readonly string[];
    remembered?: Readonly<Record<string, unknown>>;
  }>,
): Promise<readonly Fault[]> => {
  const { browser, origin, state, language, width, paths, remembered = {} } = options;
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    reducedMotion: 'reduce',
    locale: language === 'es' ? 'es-CO' : 'en-US',
    ...(state ? { storageState: state } : {}),
  });
  const cookies = { plaza_pseudo: 'on', plaza_language: language };
  await context.addCookies(
    Object.entries(cookies).map(([name, value]) => ({ name, value, url: origin })),
  );
  await context.addInitScript((items) => {
    for (const [key, value] of Object.entries(items))
      sessionStorage.setItem(key, JSON.stringify(value));
  }, remembered);
  const page = await context.newPage();
  let bodies: Promise<unknown>[] = [];
  page.on('response', (answer) => {
    if (answer.url().includes('/web/api/')) bodies.push(answer.json().catch(() => null));
  });
  const known = new Set([...everywhere, ...wordsOfIntl()]);
  const faults: Fault[] = [];
  for (const path of paths) {
    bodies = [];
    await open(page, origin + path);
    if (new URL(page.url()).pathname.startsWith('/entrar') && !path.startsWith('/entrar')) {
      faults.push(`${path} asks to sign in`);
      continue;
    }
    const found = await textsOf(page).catch((error: unknown) => String(error));
    if (typeof found === 'string') {
      faults.push(`${path} goes on to ${page.url()}: ${found.slice(0, 80)}`);
      continue;
    }
    const { texts, handover, cut, over } = found;
    const data = wordsOfData([remembered, JSON.parse(handover), ...(await Promise.all(bodies))]);
    const words = new Set([...data, ...known, ...path.split(/[^\p{L}]+/u)]);
    const escaped = texts.filter(
      (text) =>
        !initials.test(text) && (text.match(unmarked) ?? []).some((word) => !words.has(word)),
    );
    for (const text of new Set(escaped))
      faults.push(`${path} says “${text.slice(0, 80)}” of no catalogue`);
    for (const text of cut) faults.push(`${path} cuts “${text.slice(0, 80)}” off at ${width}`);
    if (over > 0) faults.push(`${path} is ${over} px too wide for ${width}`);
  }
  await context.close();
  return faults;
};

type Visit = Readonly<{
  state: State | undefined;
  remembered?: Readonly<Record<string, unknown>>;
  pathsOf: (language: Language) => readonly string[];
}>;

/** Both languages, each on a phone of its own width, so that every page is seen once narrow. */
export const checkPseudo = async (
  browser: Browser,
  origin: string,
  visits: readonly Visit[],
): Promise<string> => {
  const look = async (language: Language, width: number) => {
    const faults: Fault[] = [];
    let pages = 0;
    for (const { pathsOf, ...visit } of visits) {
      const paths = pathsOf(language);
      pages += paths.length;
      faults.push(...(await findEscapes({ browser, origin, ...visit, language, width, paths })));
    }
    return { pages, faults };
  };
  const found = await Promise.all([look('es', 320), look('en', 390)]);
  assertNone(found.flatMap(({ faults }) => faults));
  return `${found.reduce((sum, { pages }) => sum + pages, 0)} pages`;
};

/** The back office and the operator's page, as far as their lists go. */
export const adminPaths: readonly string[] = [
  '/admin',
  '/admin/pedidos',
  '/admin/analitica',
  '/admin/productos',
  '/admin/inventario',
  '/admin/importar',
  '/admin/pagos',
  '/admin/devoluciones',
  '/admin/contracargos',
  '/admin/pagos-a-vendedores',
  '/admin/libros',
  '/admin/conciliacion',
  '/admin/vendedores',
  '/admin/clientes',
  '/admin/equipo',
  '/admin/auditoria',
  '/admin/ajustes',
  '/sistema',
  '/sistema/eventos',
  '/sistema/colas',
  '/sistema/correo',
  '/sistema/registros',
];
