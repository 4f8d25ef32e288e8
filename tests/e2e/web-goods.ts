/**
 * Goods and money in the back office, as somebody who runs a shop meets them. Run by `web.ts`, in its
 * shop and its browser, after somebody has bought there.
 */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { must, send, type Json } from './support/http.ts';
import { until } from './support/plaza-process.ts';
import type { createReport } from './support/report.ts';
import { adminPool, type Server } from './support/server-process.ts';
import { tabTo } from './support/web-keyboard.ts';
import { assertNone, axeFaults, lookAt, looks, open } from './support/web-pages.ts';
import { lookAround } from './support/web-sound.ts';
import type { WebShop } from './support/web-shop.ts';
import { pressTwice } from './web-optimism.ts';
import { addPictures } from './web-pictures.ts';

type Setting = Readonly<{
  browser: Browser;
  server: Server;
  data: string;
  shop: WebShop;
  step: ReturnType<typeof createReport>['step'];
}>;

const account = {
  email: 'julia@example.com',
  username: 'julia',
  full_name: 'Julia Duarte',
  password: 'cinco sillas de mimbre',
  roles: ['customer', 'admin'],
};

const signIn = async ({ browser, server }: Setting): Promise<BrowserContext> => {
  const request = { method: 'POST', path: '/users', token: server.token(), body: account } as const;
  must(201, request, await send(server.url, request));
  const context = await browser.newContext({
    locale: 'es-CO',
    viewport: { width: 1280, height: 900 },
    reducedMotion: 'reduce',
    bypassCSP: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await open(page, `${server.url}/entrar?volver=%2Fadmin`);
  await page.getByLabel('Usuario o correo').fill(account.username);
  await page.getByLabel('Contraseña', { exact: true }).fill(account.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/admin');
  await page.close();
  return context;
};

/** A product with two variants and a picture, and no hand on a mouse. */
const makeByKeyboard = async (page: Page, origin: string): Promise<string> => {
  await open(page, `${origin}/admin/productos`);
  await page.keyboard.press('n');
  await page.waitForURL('**/admin/productos/nuevo');
  const type = async (label: RegExp, text: string): Promise<void> => {
    await tabTo(page, label);
    await page.keyboard.type(text);
  };
  await type(/^Nombre$/, 'Hamaca de hilo');
  await type(/^Descripción/, 'Tejida en telar.');
  await tabTo(page, /^Agregar opción/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.type('Color');
  await type(/^Valores de la opción 1/, 'Azul, Crudo');
  for (const price of ['189000', '179000']) {
    await type(/^Precio/, price);
    await type(/^Existencias/, '4');
  }
  await tabTo(page, /^Crear como borrador/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Hamaca de hilo' }).waitFor();
  const picture = await sharp({
    create: { width: 640, height: 640, channels: 3, background: '#27a' },
  })
    .png()
    .toBuffer();
  // Asked for before the key is pressed, so that no dialog of the system is faster.
  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, /^Agregar imágenes/);
  await page.keyboard.press('Enter');
  const file = { name: 'hamaca.png', mimeType: 'image/png', buffer: picture };
  await (await chooser).setFiles([file]);
  await page.getByLabel('Texto de la imagen 1').waitFor();
  await pressTwice(
    page,
    page.getByRole('button', { name: 'Poner en venta' }),
    /\/api\/v1\/products\//,
  );
  await page.getByText('En venta', { exact: true }).waitFor();
  return new URL(page.url()).pathname.split('/').at(-1)!;
};

/** Two people change one title: both values are shown, and the chosen one is what is stored. */
const clash = async (page: Page, { server }: Setting, id: string): Promise<string> => {
  const request = { method: 'GET', path: `/products/${id}`, token: server.token() } as const;
  const read = async (): Promise<Json> => must(200, request, await send(server.url, request));
  const title = page.getByLabel('Nombre', { exact: true });
  await title.fill('Hamaca mía');
  await page.getByRole('region', { name: 'Cambios sin guardar' }).waitFor();
  await page.reload();
  await page.getByText('Recuperamos lo que no habías guardado').waitFor();
  assert.equal(await title.inputValue(), 'Hamaca mía', 'what was typed is kept');
  const answer = await fetch(`${server.url}/api/v1/products/${id}`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      'if-match': '*',
      authorization: `Bearer ${server.token()}`,
    },
    body: JSON.stringify({ title: 'Hamaca de otra persona' }),
  });
  assert.equal(answer.status, 200);
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Alguien más cambió esto' });
  await dialog.getByText('Hamaca de otra persona').waitFor();
  await dialog.getByText('Hamaca mía').waitFor();
  const faults = await axeFaults(page);
  await dialog.getByRole('button', { name: 'Guardar lo elegido' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hamaca mía' }).waitFor();
  assert.equal((await read())['title'], 'Hamaca mía');
  assertNone(faults);
  return 'both values shown';
};

const digits = (text: string): number => Number(text.replaceAll(/\D/g, ''));

/** Takes three units that were damaged, and compares what is shown with what is stored. */
const adjust = async (page: Page, { server, data }: Setting): Promise<string> => {
  await open(page, `${server.url}/admin/inventario?q=CAN-M`);
  await page.getByRole('button', { name: /Mediano/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Movimiento').selectOption({ label: 'Dañadas' });
  await dialog.getByLabel('Unidades').fill('3');
  await dialog.getByLabel(/^Motivo/).fill('Se mojaron en la bodega');
  const remove = dialog.getByRole('button', { name: 'Quitar unidades' });
  await pressTwice(page, remove, /\/api\/v1\/products\/[^/]+\/stock\/remove/, true);
  await dialog.getByText('Se mojaron en la bodega').waitFor();
  const faults = await axeFaults(page);
  const pool = adminPool(data, 'catalog');
  const { rows } = await pool.query<{ on_hand: number; available: number; moved: number }>(
    `select s.on_hand, s.on_hand - s.reserved as available, (select m.quantity from stock_movements m
       where m.variant_id = v.id order by m.seq desc limit 1) as moved
     from stock s join variants v on v.id = s.variant_id where v.sku = 'CAN-M'`,
  );
  await pool.end();
  const [stored] = rows;
  assert.ok(stored);
  assert.equal(stored.moved, -3);
  const shown = async (name: string): Promise<number> =>
    digits(await dialog.locator('dt', { hasText: name }).first().locator('+ dd').innerText());
  await until(
    async () => (await shown('En mano')) === stored.on_hand,
    5_000,
    'the new level on the page',
  );
  assert.equal(await shown('Disponible'), stored.available);
  assertNone(faults);
  return `${stored.on_hand} on hand`;
};

const importFile = [
  'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status',
  'ruana-lana,Ruana de lana,Title,Default Title,RUA-1,129000.00,5,active',
  'mochila-fique,Mochila de fique,Title,Default Title,MOC-1,doce mil,3,active',
].join('\n');

/** A trial says which line is wrong and stores nothing. */
const tryImport = async (page: Page, { server, data }: Setting): Promise<string> => {
  await open(page, `${server.url}/admin/importar`);
  await page
    .getByLabel('Archivo CSV')
    .setInputFiles([
      { name: 'productos.csv', mimeType: 'text/csv', buffer: Buffer.from(importFile) },
    ]);
  await page.getByRole('button', { name: 'Probar sin guardar' }).click();
  const row = page.getByRole('row', { name: /mochila-fique/ });
  await row.waitFor();
  assert.match(await row.innerText(), /^3\s/, 'the line of the file');
  const faults = await axeFaults(page);
  const count = async (): Promise<number> => {
    const pool = adminPool(data, 'catalog');
    const { rows } = await pool.query(`select from products where handle = 'ruana-lana'`);
    await pool.end();
    return rows.length;
  };
  assert.equal(await count(), 0, 'a trial stores nothing');
  await page.getByRole('button', { name: 'Importar', exact: true }).click();
  await page.getByText('Importación terminada').waitFor();
  assert.equal(await count(), 1, 'what is right is stored');
  assertNone(faults);
  return 'line 3';
};

/** Pays one piece back and puts it on the shelf; the money and the shelf are what the page says. */
const refundOne = async (page: Page, { server, data }: Setting): Promise<string> => {
  const catalog = adminPool(data, 'catalog');
  const payments = adminPool(data, 'payments');
  const onHand = async (): Promise<number> => {
    const { rows } = await catalog.query<{ on_hand: number }>(
      `select s.on_hand from stock s join variants v on v.id = s.variant_id where v.sku = 'CAN-M'`,
    );
    const [stored] = rows;
    assert.ok(stored);
    return stored.on_hand;
  };
  const before = await onHand();
  await open(page, `${server.url}/admin/pagos?status=completed`);
  await page.locator('[data-row-opener]').first().click();
  await page.getByRole('button', { name: 'Reembolsar' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .getByLabel(/^Unidades de/)
    .first()
    .selectOption('1');
  await dialog.getByLabel('Vuelven al inventario').first().selectOption('1');
  const faults = await axeFaults(page);
  await dialog.getByLabel('Motivo').fill('Llegó con un golpe');
  const pay = dialog.getByRole('button', { name: 'Reembolsar', exact: true });
  await pressTwice(page, pay, /\/api\/v1\/payments\/[^/]+\/refunds/, true);
  await page.getByText('1 unidad vuelve al inventario').waitFor();
  const paymentId = new URL(page.url()).pathname.split('/').at(-1);
  const { rows } = await payments.query<{ minor: string }>(
    'select refunded_minor as minor from payments where id = $1',
    [paymentId],
  );
  const [stored] = rows;
  assert.ok(stored);
  const shown = await page.locator('dt', { hasText: 'Reembolsado' }).locator('+ dd').innerText();
  assert.equal(digits(shown) * 100, Number(stored.minor));
  await until(async () => (await onHand()) === before + 1, 10_000, 'the piece on the shelf');
  await Promise.all([catalog.end(), payments.end()]);
  assertNone(faults);
  return `${shown} back`;
};

/** The balance of each account is what its lines add up to, and the books say of themselves that they are sound. */
const readBooks = async (page: Page, { server, data }: Setting): Promise<string> => {
  await open(page, `${server.url}/admin/libros?kind=provider`);
  await page.getByRole('link', { name: 'provider:sandbox' }).click();
  const closing = page.locator('[data-closing]', { hasText: /\d/ });
  await closing.waitFor();
  const pool = adminPool(data, 'payments');
  const { rows } = await pool.query<{ minor: string }>(
    `select abs(sum(case side when 'credit' then amount_minor else -amount_minor end)) as minor
     from journal_lines where account_id = 'provider:sandbox'`,
  );
  await pool.end();
  const [stored] = rows;
  assert.ok(stored);
  assert.equal(digits(await closing.innerText()) * 100, Number(stored.minor));
  await page.locator('[data-row-opener]').first().click();
  await page.getByRole('dialog').getByRole('table').waitFor();
  const faults = await axeFaults(page);
  await open(page, `${server.url}/admin/libros`);
  await page.getByRole('button', { name: 'Verificar los libros' }).click();
  await page.getByText('Los libros están bien').waitFor();
  assertNone(faults);
  return `${stored.minor} at the provider`;
};

const routes = [
  'productos',
  'productos/nuevo',
  'inventario',
  'importar',
  'vendedores',
  'pagos',
  'devoluciones',
  'contracargos',
  'pagos-a-vendedores',
  'pagos-a-vendedores/archivos',
  'libros',
  'libros/cuenta?account=provider:sandbox&currency=COP',
  'libros/balance',
  'conciliacion',
];

/** Until what was asked of the browser is on the screen: colours reach each level a frame after the one above. */
const settled = (page: Page, theme: 'light' | 'dark'): Promise<unknown> =>
  page.evaluate(async (wanted) => {
    const quietFrames = 4;
    const isThere = (): boolean =>
      matchMedia(`(prefers-color-scheme: ${wanted})`).matches &&
      document.getAnimations().length === 0;
    for (let quiet = 0; quiet < quietFrames; quiet = isThere() ? quiet + 1 : 0)
      await new Promise((resolve) => requestAnimationFrame(resolve));
  }, theme);

/** Each page once, in every theme and width, and in English where it is narrowest. */
const crawl = async (context: BrowserContext, { server }: Setting, more: readonly string[]) => {
  const faults: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error')
      faults.push(`${page.url()} says ${message.text().slice(0, 200)}`);
  });
  page.on('pageerror', ({ message }) => faults.push(`${page.url()} raises ${message}`));
  for (const route of [...routes, ...more]) {
    await open(page, `${server.url}/admin/${route}`);
    for (const { theme, width } of looks) {
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 900 });
      await settled(page, theme);
      // What a theme changes is its colours; what the width changes is all else.
      const rules = theme === 'dark' ? ['color-contrast'] : undefined;
      const found = [...(await lookAt(page)).faults, ...(await axeFaults(page, rules))];
      if (theme === 'light' && width === 390) found.push(...(await lookAround(page)));
      faults.push(...found.map((fault) => `${route} ${theme} ${width} ${fault}`));
    }
  }
  await context.addCookies([{ name: 'plaza_language', value: 'en', url: server.url }]);
  await page.setViewportSize({ width: 320, height: 900 });
  for (const route of [...routes, ...more]) {
    await open(page, `${server.url}/admin/${route}`);
    faults.push(...(await lookAt(page)).faults.map((fault) => `${route} en 320 ${fault}`));
  }
  await page.close();
  assertNone(faults);
  return `${routes.length + more.length} pages`;
};

export const checkGoods = async (setting: Setting): Promise<void> => {
  const { step, server, shop } = setting;
  let context: BrowserContext | undefined;
  let page: Page | undefined;
  let product = '';
  await step(
    'the back office: a product with variants and a picture is made by keyboard',
    async () => {
      context = await signIn(setting);
      page = await context.newPage();
      page.setDefaultTimeout(15_000);
      product = await makeByKeyboard(page, server.url);
      return product;
    },
  );
  if (!context || !page) return;
  const [on, at] = [context, page];
  await step('the back office: a stale product shows both values', () =>
    clash(at, setting, product),
  );
  await step('the back office: pictures are pasted, sent again and put in order', () =>
    addPictures(at, server, product),
  );
  await step('the back office: stock is adjusted as it is stored', () => adjust(at, setting));
  await step('the back office: a trial import names the wrong line', () => tryImport(at, setting));
  await step('the back office: the books are shown as they are', () => readBooks(at, setting));
  await step('the back office: a refund puts its piece on the shelf', () => refundOne(at, setting));
  const payment = new URL(at.url()).pathname.replace('/admin/', '');
  await step('the back office: every page of goods and money is sound', () =>
    crawl(on, setting, [`productos/${product}`, `vendedores/${shop.sellerId}`, payment]),
  );
  await context.close();
};
