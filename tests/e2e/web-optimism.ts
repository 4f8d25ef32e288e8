/**
 * What a page shows before the server has answered, when the answer is no: afterwards it shows what the
 * server has, and says why. And what is never shown before: an impatient hand does it once.
 */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import { cartPath, productPath } from '../../apps/web/addresses.ts';
import { wordsOf } from './support/web-keyboard.ts';
import { open } from './support/web-pages.ts';
import type { WebShop } from './support/web-shop.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
const say = wordsOf('es');

/** A server that is broken, and one that says no. */
const refusals = [
  [500, 'http.internal'],
  [409, 'http.conflict'],
] as const;

/** What was shown before the answer goes when the page has heard of it, or has asked again. */
export const eventually = async (check: () => Promise<void>): Promise<void> => {
  const end = performance.now() + 5_000;
  for (;;)
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
};

/** Does something while each change is refused, once in either way; `check` compares with the server. */
export const whileRefused = async (
  page: Page,
  change: () => Promise<void>,
  check: () => Promise<void>,
): Promise<void> => {
  for (const [status, code] of refusals) {
    let refused = 0;
    // The ticket of the socket comes and goes by itself.
    const isChange = (request: Request): boolean =>
      request.method() !== 'GET' && !request.url().includes('ticket');
    await page.route('**/web/api/v1/**', (route) => {
      if (!isChange(route.request())) return route.fallback();
      refused += 1;
      return route.fulfill({
        status,
        contentType: 'application/problem+json',
        body: JSON.stringify({ status, code, request_id: 'req-refused' }),
      });
    });
    const answered = page.waitForResponse((answer) => isChange(answer.request()));
    await change();
    assert.equal((await answered).status(), status);
    await page.getByRole('alert').filter({ hasText: /\S/ }).first().waitFor();
    await page.unroute('**/web/api/v1/**');
    assert.ok(refused > 0, 'nothing was refused');
    await eventually(check);
  }
};

const openAs = async (browser: Browser, origin: string, state: State): Promise<Page> => {
  const context = await browser.newContext({
    storageState: state,
    locale: 'es-CO',
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  await context.addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return page;
};

const read = async <Body>(page: Page, origin: string, path: string): Promise<Body> => {
  const answer = await page.request.get(`${origin}/web/api/v1${path}`);
  assert.equal(answer.status(), 200, path);
  return (await answer.json()) as Body;
};

/** How many, and whether a line is there: as the cart of the server has it. */
const changeCart = async (page: Page, origin: string): Promise<void> => {
  await open(page, origin + cartPath('es'));
  const quantity = page.locator('output').first();
  const isSame = async (): Promise<void> => {
    const { items } = await read<{ items: { quantity: number }[] }>(page, origin, '/cart');
    assert.deepEqual(
      (await page.locator('output').allInnerTexts()).map(Number),
      items.map((item) => item.quantity),
    );
  };
  await quantity.waitFor();
  await whileRefused(
    page,
    () =>
      page
        .getByRole('button', { name: say('kit.more') })
        .first()
        .click(),
    isSame,
  );
  const { 0: away } = say('cart.remove').split('{');
  await whileRefused(
    page,
    () =>
      page
        .getByRole('button', { name: new RegExp(`^${away}`) })
        .first()
        .click(),
    isSame,
  );
};

type Notifications = Readonly<{ items: { read_at: string | null }[]; unread_count: number }>;
type Choices = Readonly<{ items: { cause: string; email: boolean; in_app: boolean }[] }>;

const changeNotifications = async (page: Page, origin: string): Promise<void> => {
  await open(page, `${origin}/cuenta/notificaciones`);
  const one = page.getByRole('button', { name: /^Marcar como leída: / });
  await one.first().waitFor();
  const isSame = async (): Promise<void> => {
    const { items } = await read<Notifications>(page, origin, '/notifications?limit=20');
    assert.equal(await one.count(), items.filter((item) => item.read_at === null).length);
  };
  await whileRefused(page, () => one.first().click(), isSame);
  const all = page.getByRole('button', { name: 'Marcar todo como leído' });
  await whileRefused(page, () => all.click(), isSame);
  const boxes = page.locator('table input[type=checkbox]:not(:disabled)');
  const checked = (): Promise<boolean[]> =>
    boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked));
  const before = await checked();
  const kept = await read<Choices>(page, origin, '/notifications/preferences');
  await whileRefused(
    page,
    () => boxes.first().click(),
    async () => {
      assert.deepEqual(await checked(), before);
      assert.deepEqual(await read<Choices>(page, origin, '/notifications/preferences'), kept);
    },
  );
};

type Favourites = Readonly<{ items: { id: string }[] }>;

/** The heart of a product, and its removal from the list: as the account's list of the server has it. */
const changeFavourites = async (page: Page, origin: string, shop: WebShop): Promise<void> => {
  const { id, title } = shop.product;
  const readIds = async (): Promise<readonly string[]> =>
    (await read<Favourites>(page, origin, '/users/me/favourites')).items.map((item) => item.id);
  const change = async (method: 'put' | 'delete'): Promise<void> => {
    const url = `${origin}/web/api/v1/users/me/favourites/${id}`;
    assert.equal((await page.request[method](url, { headers: { origin } })).status(), 204);
  };
  const heart = page.getByRole('button', { name: /^(?:Guardar en|Quitar de) favoritos$/ });
  for (const isKept of [false, true]) {
    await change(isKept ? 'put' : 'delete');
    await open(page, origin + productPath('es', shop.product));
    await page.locator(`main button[aria-pressed=${isKept}][title$=favoritos]`).first().waitFor();
    await whileRefused(
      page,
      () => heart.click(),
      async () => {
        assert.equal(await heart.getAttribute('aria-pressed'), String(isKept));
        assert.equal((await readIds()).includes(id), isKept);
      },
    );
  }
  await open(page, `${origin}/cuenta/favoritos`);
  const away = page.getByRole('button', { name: /^Quitar de favoritos: / });
  await away.first().waitFor();
  await whileRefused(
    page,
    () => page.getByRole('button', { name: `Quitar de favoritos: ${title}` }).click(),
    async () => assert.equal(await away.count(), (await readIds()).length),
  );
  await change('delete');
};

export const refuseOptimism = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
  guest: State,
  account: State,
): Promise<string> => {
  const buyer = await openAs(browser, origin, guest);
  await changeCart(buyer, origin);
  await buyer.context().close();
  const reader = await openAs(browser, origin, account);
  await changeNotifications(reader, origin);
  await changeFavourites(reader, origin, shop);
  await reader.context().close();
  return 'eight changes, refused twice each';
};

/**
 * An impatient hand on a button whose first try goes wrong: two clicks are one request, and the next try
 * is the same request. Answers what was sent.
 */
export const pressTwice = async (
  page: Page,
  button: Locator,
  path: RegExp,
  isFirstLost = false,
): Promise<readonly Request[]> => {
  const sent: Request[] = [];
  const keep = (request: Request): void => {
    if (request.method() !== 'GET' && path.test(request.url())) sent.push(request);
  };
  page.on('request', keep);
  if (isFirstLost) {
    await page.route(path, (route) =>
      route.request().method() === 'GET'
        ? route.fallback()
        : route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: JSON.stringify({ status: 503, code: 'http.unavailable', request_id: 'req-lost' }),
          }),
    );
    await button.dblclick();
    await page.getByRole('alert').filter({ hasText: 'req-lost' }).waitFor();
    await page.unroute(path);
  }
  const answered = page.waitForResponse((answer) => sent.includes(answer.request()));
  await button.dblclick();
  await answered;
  page.off('request', keep);
  const wanted = isFirstLost ? 2 : 1;
  assert.equal(sent.length, wanted, `${sent.length} requests for ${String(path)}`);
  const keys = sent.map((request) => request.headers()['idempotency-key']);
  assert.equal(new Set(keys).size, 1, `each try has a key of its own: ${keys.join(', ')}`);
  return sent;
};
