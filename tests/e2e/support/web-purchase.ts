import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { productPath } from '../../../apps/web/addresses.ts';
import { codeIn } from './http.ts';
import { until } from './plaza-process.ts';
import type { WebShop } from './web-shop.ts';

const email = 'lucia@example.com';

/** Registers by the pages in Spanish, with one mistake on the way; answers the browser's state. */
export const signUpByPage = async (browser: Browser, origin: string, shop: WebShop) => {
  const context = await browser.newContext({ locale: 'es-CO' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${origin}/registro`);
  await page.waitForSelector('html[data-ready]');
  await page.getByLabel('Correo').fill(email);
  await page.getByLabel('Usuario').fill('lu');
  await page.getByLabel('Contraseña', { exact: true }).fill('tres tazas de tinto');
  await page.keyboard.press('Enter');
  await page.getByText('Es demasiado corto.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'username');
  assert.equal(await page.getByLabel('Correo').inputValue(), email, 'what was typed stays');
  await page.getByLabel('Usuario').fill('lucia');
  await page.getByLabel('Contraseña', { exact: true }).fill('tres tazas de tinto');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/verificar**');
  let code: string | undefined;
  await until(
    async () => (code = codeIn(await shop.readMails(), email)) !== undefined,
    10_000,
    'the code',
  );
  await page.getByLabel('Código').fill(code!);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/es');
  const seen = await page.evaluate(() =>
    JSON.stringify([document.cookie, Object.entries(localStorage), Object.entries(sessionStorage)]),
  );
  assert.doesNotMatch(seen, /eyJ|session|token/i, 'a script can see the session');
  const state = await context.storageState();
  await context.close();
  return state;
};

const pressUntilFocused = async (page: Page, name: RegExp, most = 80): Promise<void> => {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      return element?.getAttribute('aria-label') ?? element?.innerText ?? '';
    });
    if (name.test(focused.trim())) return;
  }
  throw new Error(`no Tab reaches ${String(name)}`);
};

/** Buys with the keyboard alone: search, product, cart, a declined card, an approved one, the order. */
export const buy = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
  storageState: Awaited<ReturnType<typeof signUpByPage>>,
): Promise<string> => {
  const startedAt = performance.now();
  const context = await browser.newContext({ locale: 'es-CO', storageState });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${origin}/es`);
  await page.waitForSelector('html[data-ready]');
  await pressUntilFocused(page, /^Saltar/);
  await page.getByLabel('Buscar', { exact: true }).first().focus();
  await page.keyboard.type('canasto rollo');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/es/buscar?q=**');
  await page.getByRole('heading', { level: 1, name: /Resultados/ }).waitFor();
  await pressUntilFocused(page, /^Canasto de rollo con tapa/);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${productPath('es', shop.product)}**`);
  await page.getByRole('heading', { level: 1, name: shop.product.title }).waitFor();
  await pressUntilFocused(page, /^Agregar al carrito/);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Ver carrito' }).waitFor();
  await page.getByRole('link', { name: /^Carrito, un producto/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/es/carrito');
  await pressUntilFocused(page, /^Continuar con la compra/);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/es/pagar');

  const fill = async (number: string): Promise<void> => {
    for (const [label, value] of [
      ['Número de la tarjeta', number],
      ['Vencimiento', '1234'],
      ['Código de seguridad', '123'],
    ] as const) {
      await page.getByLabel(label).fill('');
      await page.getByLabel(label).pressSequentially(value);
    }
  };
  await fill('4242424242424241');
  await page.keyboard.press('Enter');
  await page.getByText('Ese no es un número de tarjeta.').waitFor();
  await fill('4000000000009995');
  await page.keyboard.press('Enter');
  await page.getByText('La tarjeta no tiene fondos suficientes').waitFor();
  await fill('4242424242424242');
  // Twice at once, as an impatient hand does.
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/confirmado');
  await page.getByRole('heading', { level: 1, name: 'Pago recibido' }).waitFor();
  await page.getByRole('link', { name: 'Seguir el pedido' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/cuenta/pedidos/**');
  await page.getByText('Productos apartados').waitFor();
  await page.goto(`${origin}/cuenta/pedidos`);
  await page.getByText('Pagado', { exact: true }).waitFor();
  const paid = await page.getByText('Pagado', { exact: true }).count();
  assert.equal(paid, 1, 'one order for two clicks');
  assert.equal(await page.getByText('No siguió', { exact: true }).count(), 1, 'the declined one');
  await context.close();
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
};
