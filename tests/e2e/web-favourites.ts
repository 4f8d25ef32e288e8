/** What a visitor keeps for later: by the heart, over a sign-in, and in the list of the account. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { categoryPath, productPath } from '../../apps/web/addresses.ts';
import { assertNone, axeFaults, lookAt, open, openWatched } from './support/web-pages.ts';
import type { WebShop } from './support/web-shop.ts';

type State = Awaited<ReturnType<BrowserContext['storageState']>>;
type Options = Readonly<{ browser: Browser; origin: string; shop: WebShop; state: State }>;

const phone = { theme: 'light', width: 390 } as const;
const desk = { theme: 'dark', width: 1280 } as const;
const list = '/web/api/v1/users/me/favourites';

/** The ids of what the server has, the newest first. */
const keptOf = async (page: Page, origin: string): Promise<readonly string[]> => {
  const answer = await page.request.get(origin + list);
  assert.equal(answer.status(), 200);
  const { items } = (await answer.json()) as { items: { id: string }[] };
  return items.map(({ id }) => id);
};

const inSpanish = (page: Page, origin: string): Promise<void> =>
  page.context().addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);

/** Somebody without a session presses the heart, signs in, and finds the product kept. */
const keepOverSignIn = async ({ browser, origin, shop }: Options): Promise<void> => {
  const path = productPath('es', shop.product);
  const html = await (await fetch(origin + path)).text();
  assert.doesNotMatch(html, /favorit/i, 'what is somebody’s own is not in a page for all');
  const watched = await openWatched(browser, origin, phone, undefined);
  const { page } = watched;
  page.setDefaultTimeout(15_000);
  await inSpanish(page, origin);
  await open(page, origin + path);
  const heart = page.getByRole('button', { name: 'Guardar en favoritos', exact: true });
  await heart.waitFor();
  assert.equal(await heart.getAttribute('aria-pressed'), 'false');
  const box = (await heart.boundingBox())!;
  assert.deepEqual([box.width, box.height], [44, 44]);
  const faults = [...(await lookAt(page)).faults, ...(await axeFaults(page))];
  await heart.click();
  await page.waitForURL('**/entrar?volver=**');
  await page.getByLabel('Usuario o correo').fill('lucia');
  await page.getByLabel('Contraseña', { exact: true }).fill('tres tazas de tinto');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${path}`);
  const kept = page.getByRole('button', { name: 'Quitar de favoritos', exact: true });
  await kept.waitFor();
  assert.equal(await kept.getAttribute('aria-pressed'), 'true');
  await page.getByText('Guardado en favoritos').waitFor();
  assert.deepEqual(await keptOf(page, origin), [shop.product.id]);
  await page.reload();
  await kept.waitFor();
  faults.push(...(await lookAt(page)).faults, ...(await axeFaults(page)), ...watched.takeFaults());
  await watched.close();
  assertNone(faults);
};

/** Each card of a list has one, and all of them ask once. */
const keepFromList = async ({ browser, origin, shop, state }: Options): Promise<number> => {
  const watched = await openWatched(browser, origin, desk, state);
  const { page } = watched;
  page.setDefaultTimeout(15_000);
  await inSpanish(page, origin);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes(list)) asked.push(request.url());
  });
  await open(page, origin + categoryPath('es', shop.category));
  await page.getByRole('button', { name: `Quitar de favoritos: ${shop.product.title}` }).waitFor();
  const others = page.getByRole('button', { name: /^Guardar en favoritos: / });
  const count = (await others.count()) + 1;
  assert.equal(asked.length, 1, `${asked.length} requests for ${count} hearts`);
  await page.getByRole('button', { name: 'Guardar en favoritos: Canasto 2' }).focus();
  const pressed = performance.now();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Quitar de favoritos: Canasto 2' }).waitFor();
  const shownMs = performance.now() - pressed;
  assert.ok(shownMs < 1_000, `shown after ${shownMs} ms`);
  await page.getByText('Guardado en favoritos').waitFor();
  const faults = [...(await lookAt(page)).faults, ...(await axeFaults(page))];
  assertNone([...faults, ...watched.takeFaults()]);
  await watched.close();
  return count;
};

/** The list of the account: into the cart, out of it, back again, and what is not sold any more. */
const lookThrough = async ({ browser, origin, shop, state }: Options): Promise<void> => {
  const watched = await openWatched(browser, origin, phone, state);
  const { page } = watched;
  page.setDefaultTimeout(15_000);
  await inSpanish(page, origin);
  const headers = { origin };
  const put = await page.request.put(`${origin}${list}/${shop.gone.id}`, { headers });
  assert.equal(put.status(), 204, await put.text());
  await page.clock.install();
  await open(page, `${origin}/cuenta/favoritos`);
  const row = (name: string) => page.getByRole('listitem').filter({ hasText: name }).last();
  const retired = row('Canasto retirado');
  await retired.getByText('Ya no se vende').waitFor();
  assert.equal(await retired.getByRole('link').count(), 0);
  assert.equal(await retired.getByRole('button').count(), 1, 'it can only be removed');
  await row(shop.product.title).getByRole('link', { name: 'Elegir opción' }).waitFor();
  const faults = [...(await lookAt(page)).faults, ...(await axeFaults(page))];
  await row('Canasto 2').getByRole('button', { name: 'Agregar al carrito' }).click();
  await page.getByText('Agregado al carrito').waitFor();
  const away = page.getByRole('button', { name: 'Quitar de favoritos: Canasto retirado' });
  const before = await keptOf(page, origin);
  await away.focus();
  await page.keyboard.press('Enter');
  await page.getByText('Quitado de favoritos: Canasto retirado').waitFor();
  const undo = page.getByRole('button', { name: 'Deshacer' });
  assert.ok(await undo.evaluate((button) => button === document.activeElement));
  faults.push(...(await lookAt(page)).faults, ...(await axeFaults(page)));
  await page.clock.fastForward(8_000);
  await page.keyboard.press('Enter');
  await away.waitFor();
  await assertSoon(async () => (await keptOf(page, origin)).length === before.length);
  await away.click();
  await undo.waitFor();
  await page.mouse.move(5, 5);
  await page.clock.fastForward(6_000);
  assert.equal(await undo.count(), 1);
  await page.clock.fastForward(1_500);
  await undo.waitFor({ state: 'detached' });
  assert.equal((await keptOf(page, origin)).length, before.length - 1);
  for (const id of before)
    assert.equal((await page.request.delete(`${origin}${list}/${id}`, { headers })).status(), 204);
  await open(page, `${origin}/cuenta/favoritos`);
  await page.getByRole('heading', { name: 'Todavía no guardas nada' }).waitFor();
  faults.push(...(await lookAt(page)).faults, ...(await axeFaults(page)), ...watched.takeFaults());
  await watched.close();
  assertNone(faults);
};

const assertSoon = async (check: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + 5_000;
  while (!(await check())) {
    assert.ok(performance.now() < end, 'not in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export const keepFavourites = async (options: Options): Promise<string> => {
  await keepOverSignIn(options);
  const count = await keepFromList(options);
  await lookThrough(options);
  return `over a sign-in, by one of ${count} hearts of a list, and back`;
};
