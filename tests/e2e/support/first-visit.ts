import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { chromiumPath } from './chromium.ts';

export const hasBrowser = existsSync(chromiumPath);

/** What a newcomer does in the browser: the setup link, the back office, an order to watch. */
export const openFirstVisit = async (setupUrl: string) => {
  const { origin } = new URL(setupUrl);
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const context = await browser.newContext({ locale: 'es-CO' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return {
    close: () => browser.close(),
    /** Fills the one screen behind the link; ends in front of the back office, signed in. */
    install: async (): Promise<void> => {
      await page.goto(setupUrl);
      await page.waitForSelector('html[data-ready]');
      await page.getByLabel('Tu nombre').fill('Lucía Rojas');
      await page.getByLabel('Correo').fill('lucia.rojas@example.com');
      await page.getByLabel('Contraseña', { exact: true }).fill('tres tazas de tinto');
      await page.keyboard.press('Enter');
      await page.waitForURL(`${origin}/admin`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    },
    /** Has an order simulated, sees it as it happens, and follows it to the end of its chain. */
    watchAnOrder: async (): Promise<string> => {
      await page.goto(`${origin}/sistema`);
      await page.getByText('En vivo', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Simular un pedido' }).click();
      const link = page.getByRole('link', { name: 'Mirar cómo viaja' });
      await link.waitFor();
      const order = new URL((await link.getAttribute('href'))!, origin).pathname;
      await page.locator(`[data-live-events] a[href^="${order}"]`).first().waitFor();
      await page.goto(origin + order);
      const chain = page.locator('[data-chain]');
      for (const event of ['order-placed', 'stock-reserved', 'payment-completed', 'order-paid'])
        await chain.getByText(event).first().waitFor();
      const steps = await chain.locator('> li').count();
      assert.ok(steps >= 4, `${steps} steps`);
      return `${steps} events`;
    },
  };
};
