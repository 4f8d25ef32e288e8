/**
 * The back office as those who run a shop meet it, in the browser and plaza that `web.ts` started: a
 * refund by keyboard in both languages that ledger, timeline and stock agree on, figures that equal SQL,
 * and axe on each page with its overlays. Light is looked at on a phone and dark on a desk;
 * `PLAZA_WEB_LOOKS=all` looks at all four.
 */
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Pool } from 'pg';
import { cards, must, payBody, send, type Json } from './support/http.ts';
import { until } from './support/plaza-process.ts';
import {
  assertNone,
  axeFaults,
  lookAt,
  looks,
  open,
  openWatched,
  type Look,
} from './support/web-pages.ts';
import { lookAround } from './support/web-sound.ts';
import { adminPool, type Server } from './support/server-process.ts';
import { compareAnalytics } from './web-analytics.ts';
import { checkOffice } from './web-office.ts';

type Step = (name: string, work: () => Promise<string> | string) => Promise<void>;
type State = Awaited<ReturnType<typeof signIn>>;
type Order = Readonly<{ id: string; number: string; variantId: string; unitPrice: string }>;

const admin = { username: 'marta.rojas', password: 'nueve velas de cera' } as const;

const customer = { username: 'ines.duque', password: 'cinco mesas de roble' } as const;

/** Words of the journey in each language. */
const words = {
  es: {
    more: /^Una unidad más/,
    reason: /^Motivo/,
    done: 'Hecho',
    refund: 'Dinero devuelto',
    why: 'Llegó rota una pieza',
  },
  en: {
    more: /^One more/,
    reason: /^Reason/,
    done: 'Done',
    refund: 'Money refunded',
    why: 'One piece arrived broken',
  },
} as const;
type Language = keyof typeof words;

const ask = (server: Server) => {
  const asking =
    (method: 'GET' | 'POST', token: () => string) =>
    async (status: number, path: string, body?: object): Promise<Json> => {
      const request = { method, path, token: token(), ...(body ? { body } : {}) };
      return must(status, request, await send(server.url, request));
    };
  return { get: asking('GET', server.token), post: asking('POST', server.token), asking };
};

const signIn = async (browser: Browser, origin: string) => {
  const context = await browser.newContext({ locale: 'es-CO' });
  const page = await context.newPage();
  await page.goto(`${origin}/entrar?volver=${encodeURIComponent('/admin')}`);
  await page.waitForSelector('html[data-ready]');
  await page.locator('input[autocomplete~=username]').fill(admin.username);
  await page.locator('input[type=password]').fill(admin.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/admin');
  const state = await context.storageState();
  await context.close();
  return state;
};

/** An administrator, a customer and a paid order of three pieces for each journey. */
const prepare = async (server: Server): Promise<readonly Order[]> => {
  const { get, post, asking } = ask(server);
  await post(201, '/auth/admins', { ...admin, email: 'marta.rojas@example.com' });
  await post(201, '/users', {
    ...customer,
    email: 'ines.duque@example.com',
    full_name: 'Inés Duque',
    roles: ['customer'],
  });
  const login = { method: 'POST', path: '/auth/login', body: customer } as const;
  const { access_token: token } = must(200, login, await send(server.url, login));
  const buy = asking('POST', () => String(token));
  // Of its own: others buy what the shop has.
  const product = { title: 'Hamaca de algodón', price: '84500.00', stock: 40, status: 'active' };
  const made = await post(201, '/products', product);
  const variant = (made['variants'] as { id: string; price: string }[]).at(0)!;
  const orders: Order[] = [];
  for (const _ of ['es', 'en']) {
    const items = [{ variant_id: variant.id, quantity: 3 }];
    const { id, number } = await buy(201, '/orders', { items });
    const stateIs = (wanted: string) => async () =>
      (await get(200, `/orders/${String(id)}`))['status'] === wanted;
    await until(stateIs('awaiting_payment'), 15_000, 'the order waits for its payment');
    // payments hears of the order a moment later than orders itself.
    const pay = {
      method: 'POST',
      path: '/payments',
      token: String(token),
      body: payBody(String(id), cards.approved),
    } as const;
    await until(
      async () => (await send(server.url, pay)).status === 201,
      15_000,
      'payments takes the payment',
    );
    await until(stateIs('paid'), 15_000, 'the order is paid');
    orders.push({
      id: String(id),
      number: String(number),
      variantId: variant.id,
      unitPrice: variant.price,
    });
  }
  return orders;
};

const focusedText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = element?.id === '' ? null : document.querySelector(`label[for="${element?.id}"]`);
    const text = element?.getAttribute('aria-label') ?? label?.textContent ?? element?.innerText;
    return (text ?? '').trim();
  });

const tabTo = async (page: Page, name: RegExp, most = 60): Promise<void> => {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (name.test(await focusedText(page))) return;
  }
  throw new Error(`no Tab reaches ${String(name)}`);
};

const one = async <Row extends object>(pool: Pool, text: string, ...values: unknown[]) =>
  (await pool.query<Row>(text, values)).rows.at(0)!;

const stockOf = async (catalog: Pool, variantId: string): Promise<number> =>
  (
    await one<{ n: number }>(
      catalog,
      'select on_hand as n from stock where variant_id = $1',
      variantId,
    )
  ).n;

/** Refunds one of three pieces and puts it back on the shelf, by keys alone. */
const refundByKeys = async (
  page: Page,
  origin: string,
  language: Language,
  order: Order,
): Promise<void> => {
  const say = words[language];
  await open(page, `${origin}/admin`);
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.waitForURL('**/admin/pedidos');
  // The page before has rows too, and no search.
  await page.locator('[data-page-search]').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type(order.number);
  await page.waitForURL(`**q=${order.number}`);
  await page.waitForFunction(() => document.querySelectorAll('[data-row-opener]').length === 1);
  await tabTo(page, new RegExp(`^${order.number}`));
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/admin/pedidos/${order.id}`);
  await page.locator('[data-entry=money]').first().waitFor();
  await page.keyboard.press('r');
  await page.locator('dialog[open] [role=group]').waitFor();
  await tabTo(page, say.more);
  await page.keyboard.press('Enter');
  await tabTo(page, say.reason);
  await page.keyboard.type(say.why);
  await page.keyboard.press('Enter');
  await page.getByText(say.refund, { exact: true }).first().waitFor();
  await page.getByText(say.done, { exact: true }).first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[data-entry=money]').length > 1);
};

const journey = async (
  browser: Browser,
  server: Server,
  pools: Readonly<{ payments: Pool; catalog: Pool }>,
  state: State,
  language: Language,
  order: Order,
): Promise<string> => {
  const startedAt = performance.now();
  const before = await stockOf(pools.catalog, order.variantId);
  const context = await browser.newContext({ storageState: state, reducedMotion: 'reduce' });
  await context.addCookies([{ name: 'plaza_language', value: language, url: server.url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await refundByKeys(page, server.url, language, order);

  const refund = await one<{ amount: string; status: string; reason: string }>(
    pools.payments,
    `select (r.amount_minor / 100.0)::numeric(20, 2)::text as amount, r.status, r.reason
     from refunds r join payments p on p.id = r.payment_id where p.order_id = $1`,
    order.id,
  );
  const { why: reason } = words[language];
  assert.deepEqual(refund, { amount: order.unitPrice, status: 'completed', reason });
  await until(
    async () => (await stockOf(pools.catalog, order.variantId)) === before + 1,
    10_000,
    'one piece is on the shelf again',
  );
  // What the page tells of the money is what the books hold, entry by entry.
  const booked = await pools.payments.query<{ id: string }>(
    'select id from journal_entries where order_id = $1 order by recorded_at',
    [order.id],
  );
  const { get } = ask(server);
  const told = (await get(200, `/payments/timeline?order_id=${order.id}`))['items'] as {
    entry_id: string;
    params: { amount: string };
  }[];
  assert.deepEqual(
    told.map(({ entry_id: id }) => id).toSorted(),
    booked.rows.map(({ id }) => id).toSorted(),
  );
  assert.equal(await page.locator('[data-entry=money]').count(), booked.rows.length);
  assert.ok(
    told.some(({ params }) => params.amount === order.unitPrice),
    'the refund is among them',
  );
  if (language === 'en') await meetConflict(page, server, order);
  await context.close();
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
};

/** Somebody else ships the order that is open here: both states are shown, and nothing is overwritten. */
const meetConflict = async (page: Page, server: Server, order: Order): Promise<void> => {
  await open(page, `${server.url}/admin/pedidos/${order.id}`);
  await page.locator('[data-entry=money]').first().waitFor();
  const { token } = server;
  const path = `/orders/${order.id}/status`;
  const ship = { method: 'PUT', path, token: token(), body: { status: 'shipped' } } as const;
  must(200, ship, await send(server.url, ship));
  await page.keyboard.press('s');
  // The dialog begins at the button that closes it.
  await page.locator('dialog[open] input').first().focus();
  await page.keyboard.press('Enter');
  const table = page.locator('dialog[open] table');
  await table.waitFor();
  const states = await table.locator('tbody tr').first().locator('td').allInnerTexts();
  assert.equal(new Set(states).size, 2, `both states: ${states.join(', ')}`);
  await page.keyboard.press('Escape');
};

const figuresSql = {
  orders: `select jsonb_build_object(
    'sales-1', coalesce(sum(total_minor) filter (where placed_at >= d.today), 0) / 100,
    'sales-7', coalesce(sum(total_minor) filter (where placed_at >= d.today - interval '6 days'), 0) / 100,
    'sales-30', coalesce(sum(total_minor), 0) / 100, 'orders-30', count(o.id)) as figures
    from (select date_trunc('day', now() at time zone $1) at time zone $1 as today) d
    left join orders o on o.placed_at >= d.today - interval '29 days'
      and o.status not in ('pending', 'awaiting_payment', 'failed', 'cancelled')
      and not exists (select from events e where e.stream_id = o.id and e.type = 'OrderCancelled')`,
  states: `select coalesce(jsonb_object_agg('status-' || status, n), '{}') as figures
    from (select status, count(*) as n from orders group by status) by_status`,
  paid: `select jsonb_build_object('queue-ship', count(*)) as figures from orders where status = 'paid'`,
  payments: `select jsonb_build_object(
    'queue-refunds', (select count(*) from refunds where status = 'requested'),
    'queue-failedRefunds', (select count(*) from refunds where status = 'failed'),
    'queue-disputes', (select count(*) from chargebacks where status = 'opened'),
    'queue-alerts', (select count(*) from payment_alerts where resolved_at is null)) as figures`,
  stock: `select jsonb_build_object('queue-stock', count(*)) as figures
    from stock s join products p on p.id = s.product_id
    where s.is_listed and p.status = 'active' and s.on_hand - s.reserved <= s.low_threshold`,
} as const;

type Figures = Readonly<Record<string, number>>;

/** Every figure of the home page, read as a person reads it, beside what SQL says. */
const compareFigures = async (
  page: Page,
  origin: string,
  pools: Readonly<Record<'orders' | 'payments' | 'catalog', Pool>>,
): Promise<string> => {
  await open(page, `${origin}/admin`);
  await page.locator('[data-figure=sales-30]').waitFor();
  const shown = await page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>('[data-figure]')].map((element) => [
        element.dataset['figure'],
        Number(element.innerText.replaceAll(/\D/g, '')),
      ]),
    ),
  );
  const of = async (pool: Pool, text: string, ...values: unknown[]): Promise<Figures> =>
    (await one<{ figures: Figures }>(pool, text, ...values)).figures;
  const counted: Figures = {
    ...(await of(pools.orders, figuresSql.orders, 'America/Bogota')),
    ...(await of(pools.orders, figuresSql.states)),
    ...(await of(pools.orders, figuresSql.paid)),
    ...(await of(pools.payments, figuresSql.payments)),
    ...(await of(pools.catalog, figuresSql.stock)),
  };
  for (const [name, figure] of Object.entries(counted)) assert.equal(shown[name], figure, name);
  const { 'orders-30': sold = 0, 'queue-stock': low = 0 } = counted;
  assert.ok(sold >= 2 && low > 0, 'there is something to count');
  // A figure leads to the list that it is counted of.
  await page.locator('[data-figure=orders-30]').click();
  await page.waitForURL('**/admin/pedidos?**');
  await page.locator('[data-page-search]').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[aria-busy=true]').length === 0);
  await page.locator('[data-row-opener]').first().waitFor();
  assert.equal(await page.locator('[data-row-opener]').count(), Math.min(sold, 25));
  return `${Object.keys(counted).length} figures`;
};

type Overlay = Readonly<{ name: string; path: string; open: (page: Page) => Promise<void> }>;

const pressAndWait =
  (key: string) =>
  async (page: Page): Promise<void> => {
    await page.keyboard.press(key);
    await page.locator('dialog[open]').waitFor();
  };
const openFirstRow = async (page: Page): Promise<void> => {
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.locator('dialog[open]').waitFor();
};

/** Pages with what opens above them. */
const overlaysOf = (order: Order): readonly Overlay[] => [
  { name: 'its palette', path: '/admin', open: pressAndWait('Control+k') },
  { name: 'its keys', path: '/admin', open: pressAndWait('?') },
  { name: 'shipping', path: `/admin/pedidos/${order.id}`, open: pressAndWait('s') },
  { name: 'refunding', path: `/admin/pedidos/${order.id}`, open: pressAndWait('r') },
  { name: 'roles', path: '/admin/equipo', open: openFirstRow },
  { name: 'an entry', path: '/admin/auditoria', open: openFirstRow },
  { name: 'a new tax', path: '/admin/ajustes', open: pressAndWait('n') },
  {
    name: 'chosen rows',
    path: '/admin/pedidos',
    open: async (page) => {
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.locator('[role=region] [role=status]').waitFor();
    },
  },
];

const crawl = async (
  browser: Browser,
  origin: string,
  state: State,
  look: Look,
  order: Order,
  customer: string,
): Promise<string> => {
  // Both languages, each in both widths.
  const language = look.theme === 'light' ? 'es' : 'en';
  const faults: string[] = [];
  const watched = await openWatched(browser, origin, look, state);
  const { page } = watched;
  page.setDefaultTimeout(10_000);
  await page.context().addCookies([{ name: 'plaza_language', value: language, url: origin }]);
  const paths = [
    '/admin',
    '/admin/pedidos',
    '/admin/pedidos?q=zzz',
    `/admin/pedidos/${order.id}`,
    '/admin/analitica',
    '/admin/clientes',
    `/admin/clientes/${customer}`,
    '/admin/equipo',
    '/admin/auditoria',
    '/admin/ajustes',
    '/admin/ajustes/comisiones',
    '/admin/ajustes/envios',
    '/admin/no-hay',
  ];
  const see = async (what: string): Promise<void> => {
    const { faults: seen } = await lookAt(page);
    const found = [...seen, ...(await axeFaults(page)), ...watched.takeFaults()];
    faults.push(...found.map((fault) => `${what} ${fault}`));
  };
  for (const path of paths) {
    await open(page, origin + path);
    await page.locator('h1').waitFor();
    await see(path);
    if (look.theme === 'light')
      faults.push(...(await lookAround(page)).map((fault) => `${path} ${fault}`));
  }
  const all = overlaysOf(order);
  const overlays =
    look.theme === 'light' ? all : all.filter(({ name }) => /palette|refunding/.test(name));
  for (const overlay of overlays) {
    await open(page, origin + overlay.path);
    await page.locator('h1').waitFor();
    const what = `${overlay.path} with ${overlay.name}`;
    await overlay.open(page).catch(() => faults.push(`${what} does not open`));
    await see(what);
  }
  if (look.width === 390) {
    await open(page, `${origin}/admin`);
    await page.locator('header button').first().click();
    await page.locator('dialog[open] nav').waitFor();
    await see('/admin with its drawer');
  }
  await watched.close();
  assertNone(faults);
  return `${paths.length} pages, ${overlays.length} overlays`;
};

/** Somebody without the role sees why, and who can change it; nobody gets the pages of others. */
const guard = async (browser: Browser, origin: string, stranger: State): Promise<string> => {
  const answer = await fetch(`${origin}/admin/pedidos`, {
    redirect: 'manual',
    headers: { accept: 'text/html' },
  });
  assert.equal(answer.status, 302);
  assert.match(answer.headers.get('location') ?? '', /^\/entrar\?volver=%2Fadmin%2Fpedidos$/);
  const context = await browser.newContext({ storageState: stranger });
  const page = await context.newPage();
  await open(page, `${origin}/admin/pedidos`);
  await page.locator('[data-state=permission]').waitFor();
  assert.equal(await page.locator('aside a[href^="/admin"], table').count(), 0);
  await context.close();
  return 'signed out and without the role';
};

/** An order that comes while one reads is told of, and moves nothing until one asks for it. */
const hearOfOrder = async (
  browser: Browser,
  server: Server,
  state: State,
  variantId: string,
): Promise<string> => {
  const context = await browser.newContext({ storageState: state, locale: 'es-CO' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const subscribed = page.waitForEvent('websocket').then((socket) =>
    socket.waitForEvent('framereceived', {
      predicate: ({ payload }) => /subscribed/.test(String(payload)),
    }),
  );
  await open(page, `${server.url}/admin/pedidos`);
  const rows = page.locator('tbody tr');
  await rows.first().waitFor();
  await subscribed;
  const before = await rows.allInnerTexts();
  const login = { method: 'POST', path: '/auth/login', body: customer } as const;
  const { access_token: token } = must(200, login, await send(server.url, login));
  const from = performance.now();
  const items = [{ variant_id: variantId, quantity: 1 }];
  const { number } = await ask(server).asking('POST', () => String(token))(201, '/orders', {
    items,
  });
  const show = page.getByRole('button', { name: 'Un pedido nuevo · Mostrar' });
  await show.waitFor({ timeout: 3_000 });
  const ms = Math.round(performance.now() - from);
  assert.deepEqual(await rows.allInnerTexts(), before);
  await show.click();
  await rows.first().getByText(String(number)).waitFor();
  await show.waitFor({ state: 'detached' });
  await context.close();
  return `${ms} ms after it was placed`;
};

export const lookAtBackOffice = async (
  parts: Readonly<{
    step: Step;
    browser: Browser;
    server: Server;
    data: string;
    /** Somebody who has no role here. */
    stranger: State;
  }>,
): Promise<State> => {
  const { step, browser, server, data, stranger } = parts;
  const pools = {
    orders: adminPool(data, 'orders'),
    payments: adminPool(data, 'payments'),
    catalog: adminPool(data, 'catalog'),
  };
  const orders = await prepare(server);
  const state = await signIn(browser, server.url);
  await step('the back office is for administrators', () => guard(browser, server.url, stranger));
  for (const [i, language] of (['es', 'en'] as const).entries())
    await step(`a part of an order is refunded and restocked by keyboard in ${language}`, () =>
      journey(browser, server, pools, state, language, orders.at(i)!),
    );
  await step('the figures of the back office are what SQL says', async () => {
    const context = await browser.newContext({ storageState: state });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const compared = await compareFigures(page, server.url, pools);
    const analysed = await compareAnalytics(page, server.url, pools, figuresSql.stock);
    await context.close();
    return `${compared}, analytics ${analysed}`;
  });
  await step('an order that comes is told, and moves nothing until one asks', () =>
    hearOfOrder(browser, server, state, orders.at(0)!.variantId),
  );
  const { buyer_id: customerId } = await ask(server).get(200, `/orders/${orders.at(0)!.id}`);
  const seen =
    process.env['PLAZA_WEB_LOOKS'] === 'all'
      ? looks
      : looks.filter(({ theme, width }) => (theme === 'light') === (width === 390));
  await Promise.all(
    seen.map((look) =>
      step(`the back office is sound, ${look.theme}, ${look.width} px`, () =>
        crawl(browser, server.url, state, look, orders.at(0)!, String(customerId)),
      ),
    ),
  );
  const left = await checkOffice({
    step,
    browser,
    origin: server.url,
    data,
    state,
    admin,
    orderId: orders.at(0)!.id,
    customerId: String(customerId),
  });
  await Promise.all(Object.values(pools).map((pool) => pool.end()));
  return left;
};
