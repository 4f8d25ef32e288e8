/** What the store does when something is not as it should be, and what it does at a provider's page. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import {
  cartPath,
  categoryPath,
  checkoutStepPath,
  confirmedPath,
  homePath,
  searchPath,
  trackingPath,
} from '../../apps/web/addresses.ts';
import { payOrderPath } from '../../apps/web/client/kit/order-paths.ts';
import { guestWithOrder } from './support/web-guest-state.ts';
import { tabTo, wordsOf } from './support/web-keyboard.ts';
import { axeFaults, assertNone } from './support/web-pages.ts';
import { assertNarrow } from './support/web-receipt.ts';
import { until } from './support/plaza-process.ts';
import type { WebShop } from './support/web-shop.ts';

type Guest = Awaited<ReturnType<typeof guestWithOrder>>;
const say = wordsOf('es');

const openAs = async (browser: Browser, guest: Guest): Promise<Page> => {
  const context = await browser.newContext({
    locale: 'es-CO',
    storageState: guest.state,
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  await context.addInitScript((draft) => {
    sessionStorage.setItem('plaza.checkout', JSON.stringify(draft));
  }, guest.draft);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
};
const goTo = async (page: Page, url: string): Promise<void> => {
  await page.goto(url);
  await page.waitForSelector('html[data-ready]');
};

/** Mercado Pago's simulator has a page to click through, as the real one has. */
export const payAtProvider = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
): Promise<void> => {
  const page = await openAs(browser, await guestWithOrder(browser, origin, shop, 'rosa'));
  await goTo(page, origin + checkoutStepPath('es', 'payment'));
  await page.getByRole('radio', { name: say('checkout.method.checkout') }).check();
  await page.getByRole('button', { name: /Mercado Pago$/ }).click();
  await page.waitForURL((url) => url.origin !== origin);
  await page.locator('button[value="approved/accredited"]').click();
  const back = page.getByRole('heading', { level: 1, name: say('confirmed.paid.title') });
  if (!page.url().startsWith(origin)) await page.locator(`a[href^="${origin}"]`).first().click();
  await back.waitFor();
  assert.match(page.url(), /\/(?:es\/pedido|en\/order)\/\w{22}\//);
  await page.context().close();
};

/** Whoever left before paying comes back to the order that is there; its end is told, too. */
export const payLater = async (browser: Browser, origin: string, shop: WebShop): Promise<void> => {
  const guest = await guestWithOrder(browser, origin, shop, 'elena', { isPaid: false });
  const page = await openAs(browser, guest);
  const orders: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/orders'))
      orders.push(request.url());
  });
  await goTo(page, origin + trackingPath('es', guest.orderId));
  const go = page.getByRole('link', { name: say('payOrder.go'), exact: true });
  await go.waitFor();
  await page.getByText(/^Se puede pagar hasta el /).waitFor();
  assert.equal(await page.locator('main .bg-primary-fill').count(), 1, 'one way on');
  await go.click();
  await page.waitForURL(`**${payOrderPath('es', guest.orderId)}`);
  assertNone(await axeFaults(page));
  const late = await page.context().newPage();
  await late.route(`**/web/api/v1/orders/${guest.orderId}`, async (route) => {
    const answer = await route.fetch();
    const order = (await answer.json()) as object;
    await route.fulfill({ json: { ...order, status: 'cancelled', cancel_reason: 'unpaid' } });
  });
  await goTo(late, origin + payOrderPath('es', guest.orderId));
  await late.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await late.getByText(say('payOrder.expired')).waitFor({ timeout: 5_000 });
  assert.equal(await late.getByLabel(say('checkout.number')).count(), 0, 'no form is left');
  assertNone(await axeFaults(late));
  await late.close();
  await page.getByRole('radio', { name: say('checkout.method.card') }).check();
  await page.getByLabel(say('checkout.number')).fill('4242424242424242');
  await page.getByLabel(say('checkout.expiry')).fill('1234');
  await page.getByLabel(say('checkout.code')).fill('123');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${confirmedPath('es', guest.orderId)}`);
  await page.getByRole('heading', { level: 1, name: say('confirmed.paid.title') }).waitFor();
  assert.deepEqual(orders, [], 'no second order');
  const cart = await page.request.get(`${origin}/web/api/v1/cart`);
  assert.equal(((await cart.json()) as { items: object[] }).items.length, 1, 'the cart stays');
  // Who comes back by the address once more is told that it is paid.
  await goTo(page, origin + payOrderPath('es', guest.orderId));
  await page.waitForURL(`**${confirmedPath('es', guest.orderId)}`);
  await page.goto(`${origin}/web/api/v1/orders/${guest.orderId}/receipt`);
  await assertNarrow(page);
  await page.context().close();
};

export const chooseSuggestion = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
): Promise<void> => {
  const context = await browser.newContext({ locale: 'es-CO', bypassCSP: true });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await goTo(page, origin + homePath('es'));
  await tabTo(page, say('frame.search'));
  await page.keyboard.type('kanasto');
  const options = page.getByRole('option');
  await options.first().waitFor();
  assertNone(await axeFaults(page));
  const field = page.getByRole('combobox', { name: say('frame.search') });
  assert.equal(await field.getAttribute('aria-expanded'), 'true');
  await page.keyboard.press('Escape');
  assert.equal(await options.count(), 0);
  assert.equal(await field.inputValue(), 'kanasto', 'what was typed stays');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('hoga');
  await options.filter({ hasText: say('suggest.category') }).waitFor();
  await page.keyboard.press('ArrowDown');
  const active = await field.getAttribute('aria-activedescendant');
  assert.equal(await page.locator(`#${active}`).getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${categoryPath('es', shop.category)}`);
  await context.close();

  const plain = await browser.newContext({ locale: 'es-CO', javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(origin + homePath('es'));
  await still.locator('#search').fill('canasto');
  await still.locator('#search').press('Enter');
  await still.waitForURL(`**${searchPath('es')}?q=canasto`);
  await plain.close();
};

export const changeInTwoTabs = async (
  browser: Browser,
  origin: string,
  guest: Guest,
): Promise<void> => {
  const one = await openAs(browser, guest);
  const two = await one.context().newPage();
  two.setDefaultTimeout(15_000);
  // Tabs tell each other; this one does not hear.
  await two.addInitScript(() => Reflect.deleteProperty(globalThis, 'BroadcastChannel'));
  const three = await one.context().newPage();
  for (const page of [one, two, three]) await goTo(page, origin + cartPath('es'));
  const quantity = (page: Page) => page.locator('output').first();
  const before = Number(await quantity(one).innerText());
  const more = (page: Page) => page.getByRole('button', { name: say('kit.more') }).first();
  const shows = (page: Page, wanted: number) =>
    page.waitForFunction(
      (text) => document.querySelector('output')?.innerText === text,
      String(wanted),
    );
  // An impatient hand has no conflict with itself.
  let saved = 0;
  one.on('response', (answer) => (saved += answer.request().method() === 'PUT' ? 1 : 0));
  await more(one).click();
  await more(one).click();
  await until(() => saved === 2, 10_000, 'both changes');
  await shows(one, before + 2);
  assert.equal(await one.getByRole('alert').filter({ hasText: /\S/ }).count(), 0);
  await shows(three, before + 2);
  await three.close();
  await more(two).click();
  const notice = two.getByRole('alert').filter({ hasText: `${before + 2}` });
  await notice.waitFor();
  assert.match(await notice.innerText(), new RegExp(`${before + 2}[^]*${before + 1}`));
  const chosen = two.waitForResponse((answer) => answer.request().method() === 'PUT');
  await notice.getByRole('button', { name: `${before + 1}` }).click();
  await chosen;
  await notice.waitFor({ state: 'detached' });
  await one.reload();
  await shows(one, before + 1);
  await one.context().close();
};

/** One part at a time is away; the frame stands, and the page says what is missing and how to try again. */
export const failInTurn = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
  guest: Guest,
): Promise<string> => {
  const page = await openAs(browser, guest);
  const away = async (pattern: RegExp, work: () => Promise<void>): Promise<void> => {
    await page.route(pattern, (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status: 503, code: 'http.unavailable', request_id: 'req-away' }),
      }),
    );
    await work();
    await page.getByRole('banner').getByRole('link').first().waitFor();
    await page.unroute(pattern);
  };
  await goTo(page, origin + homePath('es'));
  const footer = page.getByRole('contentinfo');
  await away(/\/web\/api\/v1\/products(?:\?|$)/, async () => {
    await footer.getByRole('link', { name: say('frame.allProducts') }).click();
    await page.getByText(say('listing.failed')).waitFor();
  });
  await away(/\/web\/api\/v1\/products\/suggestions/, async () => {
    await page.locator('#search').fill('canasto');
    await page.locator('#search').press('Enter');
    await page.getByText(shop.product.title).first().waitFor();
  });
  await away(/\/web\/api\/v1\/cart/, async () => {
    await page.getByRole('link', { name: /^Carrito/ }).click();
    await page.getByRole('heading', { level: 1, name: say('cart.title') }).waitFor();
    // What is known of the cart is still shown.
    await page.getByRole('link', { name: say('cart.checkout') }).waitFor();
  });
  await away(/\/web\/api\/v1\/shipping-options/, async () => {
    await goTo(page, origin + checkoutStepPath('es', 'shipping'));
    await page.locator('[name=department]').fill('Caldas Norte');
    await page.getByText(say('checkout.optionsFailed')).waitFor();
  });
  // By hand, unless the page has asked again by itself.
  const retry = page.getByRole('button', { name: say('kit.retry') });
  await retry.click({ timeout: 2_000 }).catch(() => {});
  await page.getByRole('radio', { name: /Mensajería/ }).waitFor();
  await goTo(page, origin + confirmedPath('es', guest.orderId));
  await away(/\/history$/, async () => {
    await page.getByRole('link', { name: say('confirmed.follow') }).click();
    await page.waitForURL(`**${trackingPath('es', guest.orderId)}`);
    await page.getByText(say('tracking.eventsFailed')).waitFor();
  });
  // The page asks again by itself while an order is under way.
  await page.getByText(say('tracked.OrderPaid')).waitFor();

  await goTo(page, origin + checkoutStepPath('es', 'payment'));
  await page.getByRole('radio', { name: say('checkout.method.card') }).check();
  await page.context().setOffline(true);
  await page.getByText(say('kit.offline')).waitFor({ timeout: 2_000 });
  await page.getByText(say('checkout.offline')).waitFor();
  const pay = page.getByRole('button', { name: /^Pagar/ });
  assert.equal(await pay.getAttribute('aria-disabled'), 'true');
  await page.context().setOffline(false);
  await page.getByText(say('kit.offline')).waitFor({ state: 'detached' });
  await page.context().close();
  return '5 parts and the network';
};
