import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** A browser's PDF names its pages in clear. */
const pagesOf = (pdf: Buffer): number =>
  [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;

/** Makes as many rows as a receipt of one page has to hold. */
const fillRows = (page: Page, rows: number): Promise<void> =>
  page.evaluate((count) => {
    const body = document.querySelector('tbody')!;
    while (body.rows.length < count) body.append(body.rows.item(0)!.cloneNode(true));
  }, rows);

/** Nothing of a receipt is beside the screen of the narrowest phone, however long a word and an amount are. */
export const assertNarrow = async (page: Page): Promise<void> => {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => {
    const row = document.querySelector('tbody')!.rows.item(0)!;
    const before = row.innerHTML;
    row.cells.item(1)!.textContent = 'Portacubiertos'.repeat(3);
    row.cells.item(row.cells.length - 1)!.textContent = '$ 1.234.567.890';
    const { scrollWidth } = document.documentElement;
    row.innerHTML = before;
    return scrollWidth;
  });
  assert.equal(width, 320);
  if (size) await page.setViewportSize(size);
};

/**
 * The receipt prints from one style sheet on every kind of paper: a dozen lines on one page, in black on
 * white whatever the screen has, and without what is for the screen only. What its code opens says that
 * it is authentic, and nothing of who bought.
 */
export const checkReceipt = async (page: Page): Promise<void> => {
  await page.getByRole('heading', { level: 1, name: /^Comprobante del pedido PZ-/ }).waitFor();
  await page.getByText('Visa terminada en 4242').waitFor();
  await page.getByText('no reemplaza la factura electrónica').waitFor();
  const text = await page.locator('main').innerText();
  await assertNarrow(page);
  await fillRows(page, 12);
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  const paint = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.body);
    const nav: HTMLElement = document.querySelector('nav')!;
    return [color, backgroundColor, getComputedStyle(nav).display];
  });
  assert.deepEqual(paint, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'none']);
  for (const paper of [
    { format: 'A4' },
    { format: 'Letter' },
    // A roll is as long as what is on it.
    { width: '80mm', height: '420mm' },
  ]) {
    const pdf = await page.pdf({ ...paper, preferCSSPageSize: false });
    assert.equal(pagesOf(pdf), 1, `a dozen lines on one page of ${JSON.stringify(paper)}`);
  }
  await fillRows(page, 60);
  assert.ok(pagesOf(await page.pdf({ format: 'A4' })) > 1, 'and more lines go on');
  await page.emulateMedia({ colorScheme: null, media: null });

  const [address] = /https?:\/\/\S+\/es\/comprobante\/\S+/.exec(text)!;
  const buyer = (await page.getByText('Comprador:').locator('..').innerText()).slice(
    'Comprador: '.length,
  );
  const context = await page.context().browser()!.newContext({ locale: 'es-CO' });
  const anybody = await context.newPage();
  await anybody.goto(address);
  await anybody.getByRole('heading', { level: 1, name: 'Comprobante auténtico' }).waitFor();
  const told = await anybody.content();
  for (const secret of buyer.split(' · ')) assert.ok(!told.includes(secret), secret);
  const forged = await anybody.goto(`${address.slice(0, -3)}AAA`);
  assert.equal(forged?.status(), 404);
  await context.close();
};
