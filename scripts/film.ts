/**
 * The first minute as a film for the README, of a Plaza that is started for it in an empty folder:
 *
 *     node scripts/film.ts [--language es] [--out docs/images]
 *
 * What the terminal says is shown as it was said; each page is looked at when it has come to rest, so a still
 * lasts longer or shorter in the film than it did. The seconds on it are those since `npm start`.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import sharp from 'sharp';
import { chromiumPath } from '../tests/e2e/support/chromium.ts';
import { environmentOf, freePort, npmStart, until } from '../tests/e2e/support/plaza-process.ts';

const { values } = parseArgs({
  options: {
    language: { type: 'string', default: 'es' },
    out: { type: 'string', default: 'docs/images' },
  },
});
const isSpanish = values.language === 'es';
const words = isSpanish
  ? {
      shop: 'Nombre de la tienda',
      name: 'Tu nombre',
      email: 'Correo',
      password: 'Contraseña',
      simulate: 'Simular un pedido',
      watch: 'Mirar cómo viaja',
    }
  : {
      shop: 'Name of the shop',
      name: 'Your name',
      email: 'E-mail',
      password: 'Password',
      simulate: 'Simulate an order',
      watch: 'Watch it travel',
    };
const bytesMax = 3 * 1024 * 1024;
const size = { width: 1280, height: 800 };
const width = 960;

const root = mkdtempSync(join(tmpdir(), 'plaza-film-'));
const port = await freePort();
const url = `http://localhost:${port}`;
const plaza = npmStart(
  environmentOf(
    { PLAZA_DATA: join(root, 'data'), PLAZA_PORT: String(port), NO_COLOR: '1' },
    isSpanish ? 'es_CO.UTF-8' : 'en_US.UTF-8',
  ),
);
const began = performance.now();
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ['--no-sandbox', '--disable-gpu'],
});

const frames: Buffer[] = [];
const delays: number[] = [];
const second = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
/** Shown for so many milliseconds, with the moment at which it was taken. */
const keep = async (picture: Buffer, ms: number): Promise<void> => {
  const label = Buffer.from(
    `<svg width="${size.width}" height="${size.height}"><rect x="${size.width - 104}" y="${size.height - 60}" width="84" height="40" rx="10" fill="#151a21"/><text x="${size.width - 62}" y="${size.height - 33}" font-family="Archivo, sans-serif" font-size="20" font-weight="600" text-anchor="middle" fill="#ffffff">${second()}</text></svg>`,
  );
  const labelled = await sharp(picture)
    .composite([{ input: label }])
    .png()
    .toBuffer();
  frames.push(await sharp(labelled).resize(width).png().toBuffer());
  delays.push(ms);
};
const rest = async (page: Page): Promise<void> => {
  await page.waitForSelector('html[data-ready]');
  await page.waitForFunction('document.querySelectorAll("[aria-busy=true]").length === 0');
  await page.evaluate('document.fonts.ready');
};

const mono = readFileSync(
  'node_modules/@fontsource-variable/chivo-mono/files/chivo-mono-latin-wght-normal.woff2',
).toString('base64');
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const terminal = async (page: Page, ms: number): Promise<void> => {
  const said = plaza
    .text()
    .split('\n')
    .filter((line) => !line.startsWith('> '))
    // Where people keep it, who start it in its folder.
    .map((line) => line.replace(join(root, 'data'), './data'))
    .join('\n')
    .trim();
  await page.setContent(
    `<style>@font-face{font-family:mono;src:url(data:font/woff2;base64,${mono})}
      body{margin:0;padding:48px 56px;background:#151a21;color:#e8edf2;font:20px/30px mono;white-space:pre-wrap}
      b{color:#6cc7cf;font-weight:600}</style><body><b>$ npm start</b>\n\n${escape(said)}</body>`,
  );
  await page.evaluate('document.fonts.ready');
  await keep(await page.screenshot(), ms);
};

try {
  const context = await browser.newContext({
    viewport: size,
    locale: isSpanish ? 'es-CO' : 'en-US',
    timezoneId: 'America/Bogota',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    // Only so that a page may be asked whether it is at rest.
    bypassCSP: true,
  });
  const shell = await context.newPage();
  await plaza.untilSays(/Plaza \d/, 60_000);
  await terminal(shell, 1_200);
  const link = /→ (http\S+\/(?:instalar|setup)\/\S+)/;
  await plaza.untilSays(link, 60_000);
  await terminal(shell, 3_000);

  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(link.exec(plaza.text())![1]!);
  await rest(page);
  await keep(await page.screenshot(), 1_500);
  await page.getByLabel(words.shop).fill(isSpanish ? 'Mercado Jacaranda' : 'Jacaranda Market');
  await page.getByLabel(words.name).fill('Lucía Rojas');
  await page.getByLabel(words.email).fill('lucia.rojas@example.com');
  await page.getByLabel(words.password, { exact: true }).fill('tres tazas de tinto');
  await keep(await page.screenshot(), 1_800);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/admin`);
  // The example fills by itself, and the figures with it.
  const filled = join(root, 'data', 'demo.json');
  await until(() => readFileSync(filled, 'utf8').includes('done'), 120_000, 'the example');
  await page.reload();
  await rest(page);
  await page.waitForTimeout(500);
  await keep(await page.screenshot(), 3_000);
  await page.getByRole('button', { name: words.simulate }).click();
  const watch = page.getByRole('link', { name: words.watch });
  await watch.waitFor();
  await page.waitForTimeout(800);
  await keep(await page.screenshot(), 2_500);
  const chain = await watch.getAttribute('href');
  await page.waitForTimeout(1_000);
  await page.goto(url + chain);
  await rest(page);
  await page.getByText('order-paid').first().waitFor();
  await page.waitForTimeout(500);
  await keep(await page.screenshot(), 3_500);
  await page.goto(`${url}/${values.language}`);
  await rest(page);
  await keep(await page.screenshot(), 3_000);

  mkdirSync(values.out, { recursive: true });
  const path = join(values.out, `first-minute-${values.language}.gif`);
  await sharp(frames, { join: { animated: true } })
    .gif({ delay: delays, loop: 0, colours: 128, effort: 10, dither: 0 })
    .toFile(path);
  const { size: bytes } = statSync(path);
  if (bytes > bytesMax) throw new Error(`${path} has ${bytes} bytes, and ${bytesMax} is the most`);
  console.log(`${path} ${(bytes / 1024).toFixed(0)} kB, ${frames.length} pictures`);
} finally {
  await browser.close();
  await plaza.interrupt();
  rmSync(root, { recursive: true, force: true });
}
