import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { productPath } from '../../../apps/web/addresses.ts';
import { codeIn } from './http.ts';
import { until } from './plaza-process.ts';
import { tabTo } from './web-keyboard.ts';
import { checkReceipt } from './web-receipt.ts';
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
  // What is wrong is said when the field is left, and no longer while somebody types.
  const tooShort = page.getByText('Es demasiado corto.');
  await page.getByLabel('Usuario').pressSequentially('l');
  assert.equal(await tooShort.count(), 0);
  await page.getByLabel('Contraseña', { exact: true }).fill('tres tazas de tinto');
  await tooShort.waitFor();
  await page.getByLabel('Usuario').pressSequentially('u');
  await tooShort.waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await tooShort.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'username');
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
  await tabTo(page, /^Saltar/);
  await page.getByLabel('Buscar', { exact: true }).first().focus();
  await page.keyboard.type('canasto rollo');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/es/buscar?q=**');
  await page.getByRole('heading', { level: 1, name: /Resultados/ }).waitFor();
  await tabTo(page, /^Canasto de rollo con tapa/);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${productPath('es', shop.product)}**`);
  await page.getByRole('heading', { level: 1, name: shop.product.title }).waitFor();
  await tabTo(page, /^Agregar al carrito/);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Ver carrito' }).waitFor();
  await page.getByRole('link', { name: /^Carrito, 1 producto/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/es/carrito');
  await tabTo(page, /^Continuar con la compra/);
  await page.keyboard.press('Enter');
  // Who has an account is asked for nothing but where it goes.
  await page.waitForURL('**/es/pagar/envio');
  await tabTo(page, /^Envío a una dirección/);
  await page.keyboard.press('ArrowDown');
  await tabTo(page, /^Recoger en el taller/);
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/es/pagar/pago');
  await tabTo(page, /^Mercado Pago/);
  await page.keyboard.press('ArrowDown');

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
  await page.waitForTimeout(500);
  await shop.ship(new URL(page.url()).pathname.split('/').at(-1)!);
  // Long before the page would ask again by itself.
  await page.getByText('Enviado', { exact: true }).first().waitFor({ timeout: 6_000 });
  await page.getByText('9100234567', { exact: true }).waitFor();
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Descargar PDF' }).click();
  assert.match((await file).suggestedFilename(), /^comprobante-PZ-\d+\.pdf$/);
  await page.getByRole('link', { name: 'Comprobante', exact: true }).click();
  await page.waitForURL('**/comprobante');
  await checkReceipt(page);
  await page.goto(`${origin}/cuenta/pedidos`);
  await page.getByText('Enviado', { exact: true }).waitFor();
  const shipped = await page.getByText('Enviado', { exact: true }).count();
  assert.equal(shipped, 1, 'one order for two clicks');
  assert.equal(
    await page.getByText('No se completó', { exact: true }).count(),
    1,
    'the declined one',
  );
  await context.close();
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
};
