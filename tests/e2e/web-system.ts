/** The operator page in a browser, on the shop that `web.ts` has opened. */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { must, send, type Json } from './support/http.ts';
import { until } from './support/plaza-process.ts';
import { adminPool } from './support/server-process.ts';
import type { WebShop } from './support/web-shop.ts';
import { assertNone, axeFaults, lookAt, looks, open, openWatched } from './support/web-pages.ts';
import { lookAround } from './support/web-sound.ts';
import { sustainStream } from './web-stream.ts';

type Step = (name: string, work: () => Promise<string | void>) => Promise<void>;

type Options = Readonly<{
  browser: Browser;
  origin: string;
  data: string;
  shop: WebShop;
  token: () => string;
  step: Step;
}>;

const operator = { username: 'operadora', password: 'cinco tazas de tinto' };

export const pages = [
  '/sistema',
  '/sistema/servicios/orders',
  '/sistema/eventos',
  '/sistema/colas',
  '/sistema/correo',
  '/sistema/registros',
];

const signIn = async ({ browser, origin, token }: Options) => {
  const request = {
    method: 'POST',
    path: '/users',
    token: token(),
    body: {
      ...operator,
      email: 'operadora@example.com',
      full_name: 'Rosa Mejía',
      roles: ['customer', 'admin'],
    },
  } as const;
  must(201, request, await send(origin, request));
  const context = await browser.newContext();
  const answer = await context.request.post(`${origin}/web/api/v1/auth/login`, {
    data: operator,
    headers: { origin },
  });
  assert.equal(answer.status(), 200, await answer.text());
  const state = await context.storageState();
  await context.close();
  return state;
};

/** An event that an ordinary change tells; answers its process. */
const change = async ({ origin, token, shop }: Options, n: number): Promise<string> => {
  const requestId = crypto.randomUUID();
  const verb = n % 2 === 0 ? 'deactivate' : 'activate';
  const answer = await fetch(`${origin}/api/v1/products/${shop.product.id}/${verb}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token()}`, 'x-request-id': requestId },
  });
  assert.equal(answer.status, 200, await answer.text());
  return requestId;
};

/** A message of today that a consumer did not take, as the bus buries it. */
const bury = async ({ origin, token, data }: Options): Promise<void> => {
  const request = {
    method: 'GET',
    path: '/admin/events?type=catalog.product-changed*&limit=1',
    token: token(),
  } as const;
  const { items } = must(200, request, await send(origin, request)) as Json & { items: Json[] };
  const { sent_at: _sent, ...event } = items[0] ?? {};
  const message = { specversion: '1.0', datacontenttype: 'application/json', ...event };
  const pool = adminPool(data, 'orders');
  try {
    await pool.query(
      `insert into dead_letters (consumer, message_id, message, error, attempts)
       values ('keep-offers-when-product-changed', $1, $2, 'Error: the shelf was away', 6)`,
      [event['id'], JSON.stringify({ traceparent: null, ...message })],
    );
  } finally {
    await pool.end();
  }
};

/** Takes the database away from one context, and gives it back. */
const withoutPayments = async (data: string, work: () => Promise<void>): Promise<void> => {
  const pool = adminPool(data, 'payments');
  try {
    await pool.query('alter role plaza_payments nologin');
    await pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'plaza_payments'`,
    );
    await work();
  } finally {
    await pool.query('alter role plaza_payments login');
    await pool.end();
  }
};

export const checkSystem = async (options: Options): Promise<void> => {
  const { browser, origin, data, step } = options;
  const state = await signIn(options);
  const openPage = async (path: string): Promise<Page> => {
    const context = await browser.newContext({ storageState: state, locale: 'es-CO' });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await open(page, origin + path);
    return page;
  };

  await step('the operator page is for administrators, and shows no other address', async () => {
    const context = await browser.newContext({ storageState: state });
    const ask = (path: string) =>
      context.request.get(origin + path, { headers: { accept: 'text/html' }, maxRedirects: 0 });
    assert.equal((await ask('/sistema/no-hay')).status(), 404);
    assert.equal((await ask('/sistema')).status(), 200);
    await context.close();
    assert.equal(
      (await fetch(`${origin}/sistema`, { redirect: 'manual', headers: { accept: 'text/html' } }))
        .status,
      302,
    );
  });

  await step('an event appears while one looks, and leads to its chain', async () => {
    const page = await openPage('/sistema');
    await page.getByText('En vivo', { exact: true }).waitFor();
    await page.waitForTimeout(300);
    const hrefs = () =>
      page
        .locator('[data-live-events] a')
        .evaluateAll((rows) => rows.map((one) => one.getAttribute('href')!));
    const earlier = new Set(await hrefs());
    const from = performance.now();
    const process = await change(options, 0);
    await change(options, 1);
    const row = page.locator(`[data-live-events] a[href*="${process}"]`).first();
    await row.waitFor({ timeout: 3_000 });
    const ms = Math.round(performance.now() - from);
    // The newest stand on top: above ours is nothing that was there before, though others may have come.
    const shown = await hrefs();
    const ours = shown.findIndex((href) => href.includes(process));
    assert.ok(shown.slice(0, ours).every((href) => !earlier.has(href)));
    await row.click();
    await page.locator('[data-chain] li').first().waitFor();
    assert.match(await page.locator('[data-chain]').innerText(), /product-changed/);
    await page.context().close();
    return `${ms} ms, two changes with it`;
  });

  await step('the list of events keeps up with a flood, and stands still when one wants', () =>
    sustainStream(browser, origin, state),
  );

  await step('a dead letter is given again, after one was asked', async () => {
    await bury(options);
    const page = await openPage('/sistema/colas');
    await page.getByText('the shelf was away').waitFor();
    await page.getByRole('button', { name: 'Reintentar' }).click();
    const dialog = page.getByRole('dialog');
    assert.deepEqual(await axeFaults(page), []);
    await dialog.getByRole('button', { name: 'Entregar mensaje' }).click();
    await page.getByText('Mensaje entregado').waitFor();
    await page.getByText('Todo está entregado').waitFor();
    await page.context().close();
  });

  await step('a part that is away is named, and the page and the shop stay up', async () => {
    const page = await openPage('/sistema');
    const row = page.locator('tr', { hasText: 'payments' });
    await withoutPayments(data, async () => {
      await row.getByText('Sin respuesta').waitFor();
      await page.getByText(/de \d servicios no est.*Pagos y garantía no responde/s).waitFor();
      const others = await page.locator('tr', { hasText: 'orders' }).innerText();
      assert.doesNotMatch(others, /Sin respuesta/);
      assert.equal((await fetch(`${origin}/es`)).status, 200);
    });
    await row.getByText('Operativo').waitFor();
    const isHealthy = async (): Promise<boolean> =>
      (await fetch(`${origin}/health`)).status === 200;
    await until(isHealthy, 10_000, 'health');
    await page.context().close();
  });

  await step('the pages of the operator are sound in both themes and widths', async () => {
    const faults: string[] = [];
    const process = await change(options, 0);
    await change(options, 1);
    let seen = 0;
    for (const look of looks) {
      const watched = await openWatched(browser, origin, look, state);
      const value = look.theme === 'light' ? 'es' : 'en';
      await watched.page.context().addCookies([{ name: 'plaza_language', value, url: origin }]);
      // Each page in two looks that differ in all; the densest ones in every look.
      const isWhole = (look.theme === 'light') === (look.width === 390);
      const all = [...pages, `/sistema/eventos/${process}`];
      for (const path of isWhole ? all : ['/sistema', '/sistema/colas']) {
        await open(watched.page, origin + path);
        const { faults: own } = await lookAt(watched.page);
        const found = [
          ...own,
          ...(await axeFaults(watched.page)),
          ...(isWhole && look.theme === 'light' ? await lookAround(watched.page) : []),
          ...watched.takeFaults(),
        ];
        faults.push(
          ...found.map((fault) => `${path} ${value} ${look.theme} ${look.width}: ${fault}`),
        );
        seen += 1;
      }
      await watched.close();
    }
    assertNone(faults);
    return `${seen} pages`;
  });
};
