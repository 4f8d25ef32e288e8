/**
 * How long the pages of the example shop take to answer a hand (INP) and what moves by itself (CLS), on a phone
 * whose processor is four times slower. Each interaction is what web-vitals calls one: the longest event
 * with the same `interactionId`, from the input to the next paint; the worst of all counts.
 *
 *     node bench/interactions.ts
 *     ORIGIN=http://localhost:8000 CPU=1 WIDTH=1440 node bench/interactions.ts
 */
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { chromium, type Page } from 'playwright-core';
import { cartPath, categoryPath, homePath, productPath } from '../apps/web/addresses.ts';
import { findProduct, startDemoShop } from './lib/demo-shop.ts';

const chromiumPath = process.env['PLAZA_TEST_CHROMIUM'] ?? '/usr/bin/chromium';
const slowdown = Number(process.env['CPU'] ?? 4);
const width = Number(process.env['WIDTH'] ?? 390);
const rounds = Number(process.env['ROUNDS'] ?? 3);
/** What is promised of public pages. */
const inpMaxMs = slowdown > 1 ? 200 : 100;
const clsMax = 0.02;

/** Runs in the page before any script of it. */
const observe = `
  window.answered = { worst: 0, what: '', shift: 0 };
  const longest = new Map();
  const see = ({ interactionId, duration, name }) => {
    if (!interactionId) return;
    longest.set(interactionId, Math.max(longest.get(interactionId) ?? 0, duration));
    if (longest.get(interactionId) > window.answered.worst)
      Object.assign(window.answered, { worst: longest.get(interactionId), what: name });
  };
  for (const type of ['event', 'first-input'])
    new PerformanceObserver((list) => list.getEntries().forEach(see))
      .observe({ type, buffered: true, durationThreshold: 16 });
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, value } of list.getEntries())
      if (!hadRecentInput) window.answered.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

type Answered = Readonly<{ worst: number; what: string; shift: number }>;
type Step = Readonly<{ name: string; act: (page: Page) => Promise<void> }>;

const settle = (page: Page): Promise<void> => page.waitForTimeout(600);
const open = async (page: Page, url: string): Promise<void> => {
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForSelector('html[data-ready]');
  await settle(page);
};

const stepsOf = (origin: string, product: string): readonly Step[] => [
  {
    name: 'home: type into the search, choose what is suggested',
    act: async (page) => {
      await open(page, origin + homePath('es'));
      await page.getByLabel('Buscar', { exact: true }).first().click();
      await page.keyboard.type('cafe', { delay: 60 });
      await settle(page);
      await page.keyboard.press('ArrowDown');
      await settle(page);
    },
  },
  {
    name: 'category: open the filters, choose two, apply',
    act: async (page) => {
      await open(page, origin + categoryPath('es', 'hogar'));
      const filters = page.getByRole('button', { name: /^Filtros/ });
      if (await filters.isVisible()) await filters.click();
      await settle(page);
      const boxes = page.locator('input[type=checkbox]:visible');
      for (const i of [1, 2]) await boxes.nth(i).click();
      await page
        .getByRole('button', { name: /^(?:Aplicar|Ver)/ })
        .last()
        .click();
      await settle(page);
    },
  },
  {
    name: 'product: choose a size, into the cart',
    act: async (page) => {
      await open(page, origin + product);
      await page.locator('label:has(input[type=radio]), [role=radio]').nth(1).click();
      await settle(page);
      await page
        .getByRole('button', { name: /^(?:Agregar al carrito|Al carrito)/ })
        .locator('visible=true')
        .first()
        .click();
      await page.getByRole('link', { name: 'Ver carrito' }).waitFor();
      await settle(page);
    },
  },
  {
    name: 'cart: remove, undo',
    act: async (page) => {
      await open(page, origin + cartPath('es'));
      await page
        .getByRole('button', { name: /^Quitar/ })
        .first()
        .click();
      await settle(page);
      await page.getByRole('button', { name: 'Deshacer' }).first().click();
      await settle(page);
    },
  },
  {
    name: 'sign-in: type, show the password, change the theme',
    act: async (page) => {
      await open(page, `${origin}/entrar`);
      await page.getByLabel('Usuario o correo').click();
      await page.keyboard.type('marta', { delay: 60 });
      await page.getByRole('button', { name: /^Ver la contraseña/ }).click();
      await page.getByText('Oscuro', { exact: true }).click();
      await settle(page);
    },
  },
];

if (!existsSync(chromiumPath)) {
  console.error(`There is no ${chromiumPath}.`);
  process.exit(2);
}
const shop = await startDemoShop();
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const product = productPath('es', await findProduct(shop.origin));
  console.log(
    `CPU ×${slowdown}, ${width} px, ${rounds} rounds, load average ${loadavg()[0]!.toFixed(1)}\n`,
  );
  console.log(
    '| interactions | INP, median of rounds | worst | by | CLS, worst |\n|---|---|---|---|---|',
  );
  const steps = stepsOf(shop.origin, product);
  const seen = new Map<string, Answered[]>(steps.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext({
      viewport: { width, height: 844 },
      locale: 'es-CO',
      hasTouch: width < 800,
    });
    await context.addInitScript(observe);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    for (const { name, act } of steps) {
      await act(page);
      seen.get(name)!.push(await page.evaluate('window.answered'));
    }
    await context.close();
  }
  let isOver = false;
  for (const [name, all] of seen) {
    const sorted = all.toSorted((a, b) => a.worst - b.worst);
    const middle = sorted[Math.floor(sorted.length / 2)]!;
    const worst = sorted.at(-1)!;
    const shift = Math.max(...all.map((one) => one.shift));
    isOver ||= middle.worst > inpMaxMs || shift > clsMax;
    console.log(
      `| ${[name, `${middle.worst} ms`, `${worst.worst} ms`, worst.what, shift.toFixed(3)].join(' | ')} |`,
    );
  }
  console.log(
    `\nload average ${loadavg()[0]!.toFixed(1)}; promised: INP ${inpMaxMs} ms, CLS ${clsMax}`,
  );
  process.exitCode = isOver ? 1 : 0;
} finally {
  await browser.close();
  await shop.stop();
}
