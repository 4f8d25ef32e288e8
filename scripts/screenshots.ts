/**
 * The pictures of the README, of a shop that runs and is filled with the example:
 *
 *     node scripts/screenshots.ts [--origin http://localhost:8000] [--data ./data]
 *
 * Store and operator page side by side, light and dark, 1280 px wide, in both languages. The operator page
 * is opened by an administrator that is made for it and stays: use a shop for trying out.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { spawnSync } from 'node:child_process';
import { chromium, type Browser } from 'playwright-core';
import sharp, { type Sharp } from 'sharp';

const { values } = parseArgs({
  options: {
    origin: { type: 'string', default: 'http://localhost:8000' },
    data: { type: 'string', default: './data' },
    out: { type: 'string', default: 'docs/images' },
  },
});
const origin = values.origin;
const out = values.out;
const bytesMax = 90 * 1024;

type Theme = 'light' | 'dark';

/** Somebody who may see the operator page. */
const makeAdministrator = (): Readonly<{ email: string; password: string }> => {
  const name = `vitrina.${randomBytes(3).toString('hex')}`;
  const email = `${name}@example.com`;
  const password = randomBytes(12).toString('base64url');
  const made = spawnSync(
    process.execPath,
    ['apps/cli/main.ts', 'admin', 'create', email, '--username', name, '--password-stdin'],
    {
      env: { ...process.env, PLAZA_DATA: resolve(values.data) },
      input: password,
      encoding: 'utf8',
    },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  return { email, password };
};

const take = async (
  browser: Browser,
  look: Readonly<{ theme: Theme; language: 'es' | 'en'; width: number; height: number }>,
  work: Readonly<{ path: string; signIn?: ReturnType<typeof makeAdministrator>; until?: string }>,
): Promise<Buffer> => {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    reducedMotion: 'reduce',
    locale: look.language === 'es' ? 'es-CO' : 'en-US',
    deviceScaleFactor: 1,
  });
  await context.addCookies([{ name: 'plaza_language', value: look.language, url: origin }]);
  const page = await context.newPage();
  if (work.signIn) {
    const answer = await context.request.post(`${origin}/web/api/v1/auth/login`, {
      headers: { origin },
      data: work.signIn,
    });
    if (!answer.ok()) throw new Error(`sign-in: ${answer.status()} ${await answer.text()}`);
  }
  await page.goto(origin + work.path, { waitUntil: 'load' });
  await page.waitForSelector('html[data-ready]');
  if (work.until !== undefined) await page.getByText(work.until, { exact: true }).first().waitFor();
  await page.waitForFunction('document.querySelectorAll("[aria-busy=true]").length === 0');
  await page.waitForTimeout(1_500);
  const picture = await page.screenshot();
  await context.close();
  return picture;
};

const save = async (picture: Sharp, name: string): Promise<void> => {
  const path = join(out, name);
  await picture.webp({ quality: 82, effort: 6 }).toFile(path);
  const { size } = statSync(path);
  if (size > bytesMax) throw new Error(`${path} has ${size} bytes, and ${bytesMax} is the most`);
  console.log(`${path} ${(size / 1024).toFixed(0)} kB`);
};

/** Two pages beside each other, half as large as they were looked at. */
const beside = async (left: Buffer, right: Buffer, theme: Theme): Promise<Sharp> => {
  const [width, height] = [632, 474];
  const small = (picture: Buffer): Promise<Buffer> =>
    sharp(picture).resize(width, height, { fit: 'cover', position: 'top' }).png().toBuffer();
  const background = theme === 'light' ? '#d3d8de' : '#2f3944';
  return sharp({ create: { width: width * 2 + 16, height, channels: 3, background } }).composite([
    { input: await small(left), left: 0, top: 0 },
    { input: await small(right), left: width + 16, top: 0 },
  ]);
};

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env['PLAZA_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const signIn = makeAdministrator();
  const { items } = (await (
    await fetch(`${origin}/api/v1/products?q=cafetera&limit=1`)
  ).json()) as {
    items: { id: string }[];
  };
  const { id, slug } = (await (
    await fetch(`${origin}/api/v1/products/${items[0]!.id}`)
  ).json()) as { id: string; slug: string };
  const { productPath } = await import('../apps/web/addresses.ts');
  for (const language of ['es', 'en'] as const)
    for (const theme of ['light', 'dark'] as const) {
      const look = { theme, language, width: 1440, height: 1080 };
      const store = await take(browser, look, { path: productPath(language, { id, slug }) });
      const operator = await take(browser, look, {
        path: '/sistema',
        signIn,
        until: language === 'es' ? 'En vivo' : 'Live',
      });
      await save(await beside(store, operator, theme), `plaza-${language}-${theme}.webp`);
    }
} finally {
  await browser.close();
}
