/**
 * What pages do while something is not there: they wait without moving, say when it takes long, keep what
 * was typed when a session ends, tell of a price that has changed, and come back to where one was. And
 * how they are without scripts, and to who asked the system for more contrast or for less motion.
 */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { cartPath, homePath, productPath, searchPath } from '../../apps/web/addresses.ts';
import { must, send, type Json } from './support/http.ts';
import { until } from './support/plaza-process.ts';
import type { Server } from './support/server-process.ts';
import { wordsOf } from './support/web-keyboard.ts';
import { open } from './support/web-pages.ts';
import type { WebShop } from './support/web-shop.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
type Shop = Readonly<{ url: string; token: Server['token'] }>;
const say = wordsOf('es', ['kit', 'store', 'account', 'api']);

const openAs = async (browser: Browser, origin: string, state?: State): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'es-CO',
    bypassCSP: true,
    ...(state ? { storageState: state } : {}),
  });
  await context.addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
};

/** A list that takes two seconds: its place is held, nothing in it can be focused, and nothing moves. */
const waitForList = async (browser: Browser, origin: string, state: State): Promise<string> => {
  const page = await openAs(browser, origin, state);
  await page.addInitScript(() => {
    const seen = window as unknown as { moved: number };
    seen.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as {
        value: number;
        hadRecentInput: boolean;
      }[])
        if (!entry.hadRecentInput) seen.moved += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const url = '**/web/api/v1/orders?**';
  await page.route(url, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    await route.fallback();
  });
  await page.goto(`${origin}/cuenta/pedidos`);
  const busy = page.locator('main [aria-busy=true]');
  await busy.first().waitFor();
  const held = await busy.first().evaluate((place) => ({
    inside: place.querySelectorAll('a[href], button, input, select, textarea, [tabindex]').length,
    text: place.textContent ?? '',
    height: place.getBoundingClientRect().height,
  }));
  assert.equal(held.inside, 0, 'something can be focused before it is there');
  assert.doesNotMatch(held.text, /\d/, 'a figure before there is one');
  assert.ok(held.height > 80, `the place is ${held.height} px high`);
  await page
    .getByText(/PZ-\d+/)
    .first()
    .waitFor();
  const moved = await page.evaluate(() => (window as unknown as { moved: number }).moved);
  assert.ok(moved <= 0.02, `the page has moved by ${moved}`);
  await page.unroute(url);
  // What takes long says so: in eight seconds of a clock that is put forward.
  await page.clock.install();
  await page.route(url, () => {});
  await page.goto(`${origin}/cuenta/pedidos`);
  await busy.first().waitFor();
  assert.equal(await page.getByText(say('kit.slow')).count(), 0);
  await page.clock.runFor(8_500);
  await page.getByText(say('kit.slow')).waitFor();
  await page.context().close();
  return `moved by ${moved.toFixed(3)}`;
};

/** A place that was shown for a moment stays for 300 ms, so that nothing flashes. */
export const keepPlace = async (browser: Browser, origin: string, state: State): Promise<void> => {
  const page = await openAs(browser, origin, state);
  await page.addInitScript(() => {
    const seen = { from: 0, to: 0 };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      const isShown = document.querySelector('main [aria-busy=true]:not(.invisible)') !== null;
      if (isShown) seen.from ||= performance.now();
      else if (seen.from > 0) seen.to ||= performance.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  // The answer comes as soon as the place is there; what is asked for again later comes at once.
  await page.route(
    '**/web/api/v1/orders?**',
    async (route) => {
      await page.locator('main [aria-busy=true]:not(.invisible)').first().waitFor();
      await route.fallback();
    },
    { times: 1 },
  );
  await page.goto(`${origin}/cuenta/pedidos`);
  await page.waitForFunction(() => (window as unknown as { seen: { to: number } }).seen.to > 0);
  const { from, to } = await page.evaluate(
    () => (window as unknown as { seen: { from: number; to: number } }).seen,
  );
  assert.ok(to - from >= 280, `the place was there for ${Math.round(to - from)} ms`);
  await page.context().close();
};

/** The session ends while somebody types: it stays, and is saved from the same place after signing in. */
const keepTyped = async (browser: Browser, origin: string, state: State): Promise<void> => {
  const page = await openAs(browser, origin, state);
  await open(page, `${origin}/cuenta/perfil`);
  const name = page.getByLabel(say('profile.name'));
  await name.fill('Lucía Rojas de la Peña');
  const session = await page.context().cookies();
  await page.context().clearCookies();
  await page.getByRole('button', { name: say('profile.save'), exact: true }).click();
  const way = page.getByRole('link', { name: say('kit.signInElsewhere') });
  await way.waitFor();
  assert.equal(await way.getAttribute('target'), '_blank');
  assert.equal(await name.inputValue(), 'Lucía Rojas de la Peña');
  await page.context().addCookies(session);
  await page.getByRole('button', { name: say('profile.save'), exact: true }).click();
  await page.getByText(say('profile.saved')).waitFor();
  assert.equal(new URL(page.url()).pathname, '/cuenta/perfil');
  await page.context().close();
};

/** A price changes after it was put into the cart: its line says from what to what. */
const tellOfPrice = async (browser: Browser, { url, token }: Shop): Promise<void> => {
  const ask = async (method: 'POST' | 'GET', path: string, body?: object): Promise<Json> => {
    const request = { method, path, token: token(), ...(body ? { body } : {}) };
    return must(method === 'POST' ? 201 : 200, request, await send(url, request));
  };
  const made = await ask('POST', '/products', {
    title: 'Ruana de lana virgen',
    price: '189000.00',
    stock: 5,
    status: 'active',
  });
  const variantId = (made['variants'] as { id: string }[]).at(0)?.id ?? '';
  const page = await openAs(browser, url);
  const put = () =>
    page.request.post(`${url}/web/api/v1/cart/add`, {
      data: { variant_id: variantId, quantity: 1 },
      headers: { origin: url },
    });
  await until(async () => (await put()).ok(), 10_000, 'orders knows the product');
  const changed = await fetch(
    `${url}/api/v1/products/${String(made['id'])}/variants/${variantId}`,
    {
      method: 'PATCH',
      headers: {
        'content-type': 'application/json',
        'if-match': '*',
        authorization: `Bearer ${token()}`,
      },
      body: JSON.stringify({ price: '199000.00' }),
    },
  );
  assert.equal(changed.status, 200, await changed.text());
  const isTold = async (): Promise<boolean> =>
    /"is_price_changed":true/.test(await (await page.request.get(`${url}/web/api/v1/cart`)).text());
  await until(isTold, 10_000, 'the cart knows the new price');
  await open(page, url + cartPath('es'));
  const line = say('cart.priceChanged').split('{').at(0) ?? '';
  const told = await page.locator('li', { hasText: line }).first().innerText();
  assert.match(told, /\$\s189\.000[^]*\$\s199\.000/, 'from what to what');
  await page.getByRole('button', { name: say('cart.acceptPrice') }).click();
  await page.getByText(line).waitFor({ state: 'detached' });
  await page.context().close();
};

/** Borders and focus are there without colours of ours, and nothing moves for who asked for stillness. */
const heedSystem = async (browser: Browser, origin: string, shop: WebShop): Promise<void> => {
  const page = await openAs(browser, origin);
  await page.emulateMedia({ forcedColors: 'active', contrast: 'more', reducedMotion: 'reduce' });
  for (const path of [homePath('es'), productPath('es', shop.product)]) {
    await open(page, origin + path);
    await page.keyboard.press('Tab');
    const faults = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, input:not([type=hidden]), select')]
        .filter((element) => element.checkVisibility())
        .flatMap((element) => {
          const name = element.getAttribute('aria-label') ?? element.innerText ?? element.id;
          element.focus();
          const { outlineStyle, borderTopWidth, borderTopStyle } = getComputedStyle(element);
          const isNative = element.matches('[type=radio], [type=checkbox], .sr-only');
          return [
            ...(outlineStyle === 'none' && !isNative ? [`${name} shows no focus`] : []),
            ...((borderTopStyle === 'none' || borderTopWidth === '0px') && !isNative
              ? [`${name} has no border`]
              : []),
          ];
        }),
    );
    assert.deepEqual(faults, [], path);
  }
  const add = page.getByRole('button', { name: say('product.add') });
  await add.click();
  await page.getByRole('link', { name: say('product.seeCart') }).waitFor();
  const moving = await page.evaluate(
    () =>
      document
        .getAnimations()
        .filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 1).length,
  );
  assert.equal(moving, 0, `${moving} animations for who asked for none`);
  const line = (contrast: 'more' | 'no-preference'): Promise<string> =>
    page
      .emulateMedia({ forcedColors: 'none', contrast })
      .then(() =>
        page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--line')),
      );
  assert.notEqual(await line('more'), await line('no-preference'), 'more contrast changes nothing');
  await page.context().close();
};

/** Without scripts people still filter, fill a cart and sign in. */
const shopPlainly = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
  account: Readonly<{ username: string; password: string }>,
): Promise<void> => {
  const context = await browser.newContext({ locale: 'es-CO', javaScriptEnabled: false });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${origin}${searchPath('es')}?q=canasto`);
  await page.locator('main form input[name=stock]').first().check();
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL('**stock=1**');
  await page.goto(origin + productPath('es', shop.product));
  await page.getByRole('button', { name: say('product.add') }).click();
  await page.waitForURL(`**${cartPath('es')}`);
  await page.getByText(shop.product.title).first().waitFor();
  await page.goto(`${origin}/entrar?volver=%2Fcuenta`);
  await page.locator('input[autocomplete~=username]').fill(account.username);
  await page.locator('input[type=password]').fill(account.password);
  await page.locator('main form button[type=submit]').click();
  await page.waitForURL('**/cuenta');
  await context.close();
};

/** The way on begins at the title of the new page; the way back ends where one was. */
const comeBack = async (browser: Browser, origin: string): Promise<void> => {
  const page = await openAs(browser, origin);
  await page.setViewportSize({ width: 1280, height: 500 });
  await open(page, origin + homePath('es'));
  const link = page.locator('main a[href^="/es/p/"]').last();
  await link.scrollIntoViewIfNeeded();
  const top = (): Promise<number> => page.evaluate(() => Math.round(scrollY));
  const before = await top();
  assert.ok(before > 100, `there is nothing to scroll: ${before}`);
  const title = await page.title();
  await link.click();
  await page.waitForURL('**/es/p/**');
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1' && scrollY === 0);
  assert.notEqual(await page.title(), title);
  await page.goBack();
  await page.waitForURL(`**${homePath('es')}`);
  await page.waitForFunction((wanted) => Math.abs(scrollY - wanted) < 4, before);
  await page.context().close();
};

export const watchStates = async (
  browser: Browser,
  server: Shop,
  shop: WebShop,
  state: State,
  account: Readonly<{ username: string; password: string }>,
): Promise<string> => {
  const moved = await waitForList(browser, server.url, state);
  await keepPlace(browser, server.url, state);
  await keepTyped(browser, server.url, state);
  await tellOfPrice(browser, server);
  await heedSystem(browser, server.url, shop);
  await shopPlainly(browser, server.url, shop, account);
  await comeBack(browser, server.url);
  return moved;
};
