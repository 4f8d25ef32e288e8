/** The operator's list of events under more than any shop brings: it draws once a frame, and few rows. */
import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page, WebSocketRoute } from 'playwright-core';
import { wordsOf } from './support/web-keyboard.ts';
import { open } from './support/web-pages.ts';

const say = wordsOf('es', ['kit', 'system']);
const perSecond = 60;
const seconds = 3;
/** More than a tab keeps. */
const flood = 600;

/** A socket of ours in the place of the gateway's, which tells of as many events as we like. */
const takeSocket = async (page: Page) => {
  let socket: WebSocketRoute | undefined;
  let told = 0;
  const from = Date.now();
  await page.routeWebSocket('**/ws', (route) => {
    socket = route;
    route.onMessage((text) => {
      const { type, topic } = JSON.parse(String(text)) as { type: string; topic: string };
      if (type === 'subscribe') route.send(JSON.stringify({ type: 'subscribed', topic, seq: '0' }));
    });
  });
  const tell = (): void => {
    told += 1;
    socket?.send(
      JSON.stringify({
        type: 'event',
        topic: 'operator',
        seq: null,
        id: crypto.randomUUID(),
        event: 'orders.order-placed.v1',
        data: { source: '/orders', correlation_id: crypto.randomUUID() },
        happened_at: new Date(from + told).toISOString(),
      }),
    );
  };
  return { tell, told: () => told };
};

type Watched = Readonly<{ frames: number; drawn: number; longestMs: number }>;

/** How often the list was drawn, and how many frames there were to draw it in. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen = { frames: 0, drawn: 0, longestMs: 0 };
    Object.assign(window, { seen });
    const tick = (): void => {
      seen.frames += 1;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    new MutationObserver(() => (seen.drawn += 1)).observe(
      document.querySelector('[data-events]')!,
      { childList: true },
    );
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        seen.longestMs = Math.max(seen.longestMs, Math.round(duration));
    }).observe({ type: 'long-animation-frame' });
  });

const watched = (page: Page): Promise<Watched> =>
  page.evaluate(() => ({ ...(window as unknown as { seen: Watched }).seen }));

const counted = (page: Page, attribute: string): Promise<number> =>
  page
    .locator(`[data-${attribute}]`)
    .evaluate((element, name) => Number(element.getAttribute(`data-${name}`)), attribute);

const rowsDrawn = (page: Page): Promise<number> => page.locator('[data-events] > li').count();

export const sustainStream = async (
  browser: Browser,
  origin: string,
  state: Awaited<ReturnType<BrowserContext['storageState']>>,
): Promise<string> => {
  const context = await browser.newContext({ storageState: state, bypassCSP: true });
  await context.addCookies([{ name: 'plaza_language', value: 'es', url: origin }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const { tell, told } = await takeSocket(page);
  await open(page, `${origin}/sistema/eventos`);
  await page.getByText(say('live.live'), { exact: true }).waitFor();
  await page.locator('[data-events]').waitFor();
  await watch(page);
  const isThere = (count: number): Promise<unknown> =>
    page.waitForFunction(
      (wanted) =>
        document.querySelector('[data-arrived]')?.getAttribute('data-arrived') === String(wanted),
      count,
    );

  for (let tick = 0; tick < seconds * 20; tick++) {
    for (let i = 0; i < perSecond / 20; i++) tell();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await isThere(told());
  const steady = await watched(page);
  assert.ok(steady.drawn <= steady.frames + 1, `${steady.drawn} times in ${steady.frames} frames`);
  // A busy machine draws slowly; one that stands still for a second shows nobody anything.
  assert.ok(steady.longestMs < 1_000, `a frame of ${steady.longestMs} ms`);

  for (let i = 0; i < flood; i++) tell();
  await isThere(told());
  const { drawn, frames } = await watched(page);
  const [timesInFlood, framesOfFlood] = [drawn - steady.drawn, frames - steady.frames];
  assert.ok(timesInFlood <= framesOfFlood + 1, `${timesInFlood} times in ${framesOfFlood} frames`);
  assert.equal(await counted(page, 'events'), 500, 'kept');
  assert.ok((await rowsDrawn(page)) < 60, `${await rowsDrawn(page)} rows are drawn`);

  await page.getByRole('button', { name: say('live.pause'), exact: true }).click();
  const first = page.locator('[data-events] a').first();
  const still = await first.getAttribute('href');
  for (let i = 0; i < 37; i++) tell();
  await isThere(told());
  assert.equal(await first.getAttribute('href'), still, 'the list moves while it pauses');
  assert.equal(await counted(page, 'waiting'), 37);
  await page.locator('[data-waiting]').click();
  await page.getByRole('button', { name: say('live.pause'), exact: true }).waitFor();
  await page.locator('[data-waiting]').waitFor({ state: 'detached' });
  assert.notEqual(await first.getAttribute('href'), still, 'what came is not shown');

  // Who reads further down is not moved either, and meets the rows that were not drawn.
  await page.mouse.wheel(0, 9_000);
  await page.waitForFunction(() => scrollY > 5_000);
  const middle = page.locator('[data-events] > li').nth(20);
  const read = await middle.innerText();
  const top = (await middle.boundingBox())?.y;
  for (let i = 0; i < 5; i++) tell();
  await isThere(told());
  assert.equal(await middle.innerText(), read, 'what one reads is another row');
  assert.equal((await middle.boundingBox())?.y, top, 'what one reads has moved');
  assert.ok(Number(await middle.getAttribute('aria-posinset')) > 100);
  await context.close();
  return `${steady.drawn} times in ${steady.frames} frames, ${flood} at once in ${timesInFlood}, the longest ${steady.longestMs} ms`;
};
