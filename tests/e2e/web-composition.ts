/** What the design asks of the page of a product, measured: what one looks at first, and where it stands. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { productPath } from '../../apps/web/addresses.ts';
import type { WebShop } from './support/web-shop.ts';

export const measureProductPage = async (
  browser: Browser,
  origin: string,
  shop: WebShop,
): Promise<string> => {
  const context = await browser.newContext({
    locale: 'es-CO',
    colorScheme: 'light',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(origin + productPath('es', shop.product));
  await page.waitForSelector('html[data-ready]');
  await page.evaluate(() => document.fonts.ready);
  const seen = await page.evaluate(() => {
    const column = document.querySelector('main form')!;
    const texts = [...column.querySelectorAll<HTMLElement>('*')].filter((element) =>
      [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '',
      ),
    );
    const sizeOf = (element: Element) => Number.parseFloat(getComputedStyle(element).fontSize);
    const largest = texts.toSorted((a, b) => sizeOf(b) - sizeOf(a))[0]!;
    const buy = column.querySelector('button[value=buy]')!;
    const fill = getComputedStyle(buy).backgroundColor;
    const textWith = (words: string) => texts.find((element) => element.innerText.includes(words));
    const bottomOf = (element: Element | undefined) =>
      element?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY;
    const title = document.querySelector('h1')!;
    return {
      largest: largest.innerText,
      filled: [...document.querySelectorAll('main button, main a')].filter(
        (element) => getComputedStyle(element).backgroundColor === fill,
      ).length,
      lefts: [title, largest, buy].map((element) =>
        Math.round(element.getBoundingClientRect().left),
      ),
      bottoms: [bottomOf(textWith('Llega entre')), bottomOf(textWith('Pago protegido'))],
      cards: getComputedStyle(column).borderTopWidth,
    };
  });
  await context.close();
  assert.match(seen.largest, /^\$\s[\d.]+$/, 'the price is the largest text');
  assert.equal(seen.filled, 1, 'one filled button');
  assert.equal(new Set(seen.lefts).size, 1, `left edges ${seen.lefts.join(', ')}`);
  for (const bottom of seen.bottoms)
    assert.ok(bottom <= 900, `delivery and protection end at ${seen.bottoms.join(', ')}`);
  assert.equal(seen.cards, '0px', 'no card around the column');
  return `delivery and protection end at ${seen.bottoms.map(Math.round).join(' and ')} of 900 px`;
};
