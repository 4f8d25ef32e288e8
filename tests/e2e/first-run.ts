/**
 * What a newcomer meets, from `npm start` in an empty folder on: run by `.ci/run`, on Linux. Every
 * step is told with its figure; the last line is `N passed, N failed`.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { demoProducts } from '../../apps/demo/catalogue.ts';
import { runFilePath, type RunFile } from '../../apps/server/run-file.ts';
import { rebuildOrders } from '../../services/orders/infrastructure/rebuild-orders.ts';
import {
  environmentOf,
  freePort,
  npmStart,
  repository,
  runCli,
  until,
  type PlazaProcess,
} from './support/plaza-process.ts';
import { isAlive, memoryOf, outboundOf } from './support/process-tree.ts';
import { hasBrowser, openFirstVisit } from './support/first-visit.ts';
import { becomeAnotherCountry } from './support/other-country.ts';
import { createReport } from './support/report.ts';

const firstStartMaxMs = 15_000;
const laterStartMaxMs = 4_000;
const stopMaxMs = 3_000;
const memoryMaxMegabytes = 400;
/** After so long the pools close a connection that nobody uses. */
const idleConnectionMs = 30_000;
const seedMaxMs = 180_000;

/** Where nobody but the example has put anything in this run. */
const emptyWithoutExample = Object.entries({
  catalog: `products variants stock stock_movements categories listings availability reservations
    order_reservations search_documents search_postings search_words`,
  orders: `streams events orders order_contacts offers known_products tax_rates shipping_methods`,
  payments: `payments payables payable_lines refunds transfers journal_lines ledger_accounts
    commission_rules sandbox_charges`,
  demo: 'seeded_rows seeded_files fillings unfinished',
}).flatMap(([schema, tables]) => tables.split(/\s+/).map((table) => `${schema}.${table}`));

const root = mkdtempSync(join(tmpdir(), 'plaza-first-run-'));
const data = join(root, 'data');
const port = await freePort();
const url = `http://localhost:${port}`;
const settings = { PLAZA_DATA: data, PLAZA_PORT: String(port) };
const environment = environmentOf(settings);
const { step, end } = createReport();
const running: PlazaProcess[] = [];
const outbound = new Set<string>();

const start = (env = environment): PlazaProcess => {
  const plaza = npmStart(env);
  running.push(plaza);
  return plaza;
};
const watch = setInterval(() => {
  for (const { pid } of running) for (const remote of outboundOf(pid)) outbound.add(remote);
}, 100);

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const assertWithin = (ms: number, maxMs: number): string => {
  assert.ok(ms <= maxMs, `${seconds(ms)}, and ${seconds(maxMs)} is the limit`);
  return seconds(ms);
};
const readRun = (): RunFile => JSON.parse(readFileSync(runFilePath(data), 'utf8')) as RunFile;
const ask = async <Body>(path: string): Promise<Body> => {
  const headers = { authorization: `Bearer ${readRun().token}` };
  const answer = await fetch(`${url}/api/v1${path}`, { headers });
  assert.equal(answer.status, 200, `${path}: ${answer.status}`);
  return (await answer.json()) as Body;
};
type Page<Item> = { items: Item[]; next_cursor: string | null };
const askAll = async <Item>(path: string): Promise<Item[]> => {
  const found: Item[] = [];
  for (let cursor = ''; ;) {
    const page = await ask<Page<Item>>(`${path}&limit=100${cursor}`);
    found.push(...page.items);
    if (page.next_cursor === null) return found;
    cursor = `&cursor=${encodeURIComponent(page.next_cursor)}`;
  }
};
const countAll = async () => {
  const products = await askAll<unknown>('/products?status=any');
  const orders = await askAll<{ status: string; placed_at: string }>('/orders?view=all');
  const entries = await ask<{ is_sound: boolean; entry_count: number }>('/ledger/verify');
  return { products: products.length, orders: orders.length, entries: entries.entry_count };
};

const connectAsOwner = (): pg.Pool => {
  const postgres = join(data, 'postgres');
  const lines = readFileSync(join(postgres, 'data', 'postmaster.pid'), 'utf8').split('\n');
  return new pg.Pool({
    host: '127.0.0.1',
    port: Number(lines[3]),
    user: 'plaza_admin',
    password: readFileSync(join(postgres, 'superuser-password'), 'utf8').trim(),
    database: 'plaza',
    options: '-c search_path=orders',
  });
};

const startedAt = performance.now();
let plaza = start();
let setupUrl = '';
let visit: Awaited<ReturnType<typeof openFirstVisit>> | undefined;

await step('the first line comes at once', async () => {
  await plaza.untilSays(/Plaza \d/, 5_000);
  // Half a second is Plaza's; npm itself takes about as long before it.
  return assertWithin(plaza.firstLineMs(), 1_500);
});
await step('the first start is healthy', async () =>
  assertWithin(await plaza.untilHealthy(url), firstStartMaxMs),
);
await step('the table names every address and the setup link', async () => {
  await plaza.untilSays(/Ctrl\+C/, 10_000);
  const text = plaza.text();
  for (const part of ['/api/v1', '/docs', '/admin', '/sistema', 'npx plaza admin crear'])
    assert.ok(text.includes(part), part);
  assert.match(text, new RegExp(`API +${url}/api/v1`));
  assert.ok(!text.includes('\u001B['), 'no colours without a terminal');
  setupUrl = /→ (http\S+\/instalar\/\S+)/.exec(text)?.[1] ?? '';
  assert.notEqual(setupUrl, '');
  for (const path of ['/docs/', '/openapi.json', '/health'])
    assert.equal((await fetch(url + path)).status, 200, path);
});
await step('the setup link makes one administrator, once', async () => {
  const readPage = { headers: { accept: 'text/html' } };
  assert.equal((await fetch(setupUrl, readPage)).status, 200);
  const form = (username: string) =>
    new URLSearchParams({
      email: `${username}@example.com`,
      username,
      password: 'tres tazas de tinto',
      confirm_password: 'tres tazas de tinto',
    });
  const send = (username: string) => fetch(setupUrl, { method: 'POST', body: form(username) });
  if (hasBrowser) {
    visit = await openFirstVisit(setupUrl);
    await visit.install();
  } else assert.equal((await send('primera')).status, 200);
  const answers = await Promise.all([send('segunda'), send('tercera')]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [404, 404],
  );
  assert.equal((await fetch(setupUrl, readPage)).status, 404);
  return hasBrowser ? 'by its page, to the back office' : 'without a browser';
});
await step('a second start says that it runs, with the same table', () => {
  const second = runCli(environment, ['start']);
  assert.equal(second.code, 0, second.err);
  assert.match(second.out, /Ya está en marcha/);
  assert.ok(second.out.includes(`${url}/api/v1`));
  assert.doesNotMatch(second.out, /instalar/, 'there is an administrator now');
  const english = runCli(environmentOf(settings, 'en_US.UTF-8'), ['start', '--json']);
  const table = JSON.parse(english.out) as { is_already_running: boolean; url: string };
  assert.deepEqual([table.is_already_running, table.url], [true, url]);
});
let filledMs = 0;
await step('the example fills by itself', async () => {
  await plaza.untilSays(/[Tt]ienda de ejemplo lista/, seedMaxMs);
  filledMs = performance.now() - startedAt;
  return /lista: (.+)/.exec(plaza.text())?.[1];
});

await step('sixty products in stock as the catalogue says', async () => {
  const shelf = new Map(demoProducts.flatMap((one) => one.variants.map((v) => [v.sku, v.stock])));
  type Product = { id: string; variants: { sku: string; on_hand: number; reserved: number }[] };
  const cards = await askAll<{ id: string; image: { url: string } | null }>(
    '/products?sort=newest',
  );
  assert.equal(cards.length, demoProducts.length);
  for (const { id, image } of cards) {
    const { variants } = await ask<Product>(`/products/${id}`);
    for (const { sku, on_hand: onHand, reserved } of variants)
      assert.equal(onHand - reserved, shelf.get(sku), sku);
    assert.ok(image, `${id} has no picture`);
  }
  const picture = await fetch(url + cards[0]!.image!.url);
  assert.equal(picture.headers.get('content-type'), 'image/webp');
  return `${shelf.size} variants`;
});
await step('thirty days of orders, and books that balance', async () => {
  const orders = await askAll<{ status: string; placed_at: string }>('/orders?view=all');
  const days = new Set(orders.map((order) => order.placed_at.slice(0, 10)));
  assert.ok(days.size >= 28, `${days.size} days`);
  const statuses = Map.groupBy(orders, ({ status }) => status);
  for (const status of ['paid', 'shipped', 'delivered', 'failed', 'cancelled', 'refunded'])
    assert.ok(statuses.has(status), `no order is ${status}`);
  const books = await ask<{ is_sound: boolean; faults: string[] }>('/ledger/verify');
  assert.deepEqual(books.faults, []);
  return [...statuses].map(([status, list]) => `${list.length} ${status}`).join(', ');
});
await step('every order replays from its events to what is stored', async () => {
  const pool = connectAsOwner();
  try {
    const { eventCount, differences } = await rebuildOrders(pool);
    assert.deepEqual(differences, []);
    assert.ok(eventCount > 500, `${eventCount} events`);
    const past = await pool.query(`select 1 from pg_database where datname = 'plaza_demo'`);
    assert.equal(past.rowCount, 0, 'the database of the past is gone');
    return `${eventCount} events`;
  } finally {
    await pool.end();
  }
});
if (visit)
  await step(
    'an order is simulated, seen as it happens, and followed along its chain',
    async () => {
      const from = performance.now();
      const seen = await visit!.watchAnOrder();
      const ms = performance.now() - from;
      await visit!.close();
      const whole = seconds(filledMs + ms);
      return `${seen} in ${assertWithin(ms, 15_000)}; with the start and the example ${whole}`;
    },
  );
await step('status, doctor and version succeed', () => {
  const status = runCli(environment, ['estado', '-o', 'json']);
  assert.equal(status.code, 0, status.err);
  assert.equal((JSON.parse(status.out) as { status: string }).status, 'healthy');
  const doctor = runCli(environment, ['doctor']);
  assert.equal(doctor.code, 0, doctor.out);
  assert.match(doctor.out, /Todo en orden/);
  assert.equal(runCli(environment, ['version']).code, 0);
});
await step('wrong words and settings are exit code 2', () => {
  assert.equal(runCli(environment, ['nonsense']).code, 2);
  assert.equal(runCli(environment, ['status', '--nonsense']).code, 2);
  assert.equal(runCli(environment, ['import']).code, 2);
  const wrong = runCli({ ...environment, PLAZA_PORT: 'eight' }, ['start']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /PLAZA_PORT="eight"/);
  const noTerminal = runCli(environment, ['admin', 'create', 'nadie@example.com']);
  assert.equal(noTerminal.code, 2, 'no question without a terminal');
});
await step('events follow prints a change once, and ends with its signal', async () => {
  const follow = [
    'apps/cli/main.ts',
    'events',
    'follow',
    '--type',
    'catalog.product-*',
    '-o',
    'json',
  ];
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, follow, {
    cwd: repository,
    env: environment,
    stdio: [...stdio],
  });
  try {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    await sleep(1_500);
    const { items } = await ask<Page<{ id: string }>>('/products?limit=1');
    for (const verb of ['deactivate', 'activate']) {
      const path = `/api/v1/products/${items[0]!.id}/${verb}`;
      const headers = { authorization: `Bearer ${readRun().token}` };
      assert.equal((await fetch(url + path, { method: 'POST', headers })).status, 200);
    }
    const lines = (): string[] => text.split('\n').filter((line) => line !== '');
    await until(() => lines().length >= 2, 10_000, 'the events');
    await sleep(2_500);
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0);
    const ids = lines().map((line) => (JSON.parse(line) as { id: string }).id);
    assert.deepEqual([ids.length, new Set(ids).size], [2, 2]);
  } finally {
    child.kill('SIGKILL');
  }
});
await step('a second administrator comes by the command line', () => {
  const create = (email: string, password: string) =>
    runCli(environment, ['admin', 'crear', email, '--password-stdin'], `${password}\n`);
  const created = create('Otra.Persona@example.com', 'una frase bien larga');
  assert.equal(created.code, 0, created.err);
  assert.match(created.out, /otra\.persona/);
  const again = create('otra.persona@example.com', 'una frase bien larga');
  assert.equal(again.code, 1);
  assert.match(again.err, /Ya hay una cuenta|ya existe/);
  assert.match(create('tercera@example.com', 'corta').err, /al menos 8 caracteres/);
});
await step('export, import again: nothing changes', () => {
  const file = join(root, 'products.csv');
  assert.equal(runCli(environment, ['export', file]).code, 0);
  const again = runCli(environment, ['importar', file, '-o', 'json']);
  assert.equal(again.code, 0, again.out + again.err);
  const [result] = JSON.parse(again.out) as [Record<string, number>];
  assert.equal(result['products_unchanged'], demoProducts.length);
});
await step('idle, the whole tree stays small', async () => {
  // Idle is when the connections of what was done before have been closed, too.
  await sleep(idleConnectionMs + 2_000);
  const megabytes = memoryOf(plaza.pid);
  assert.ok(megabytes < memoryMaxMegabytes, `${megabytes.toFixed(0)} MB`);
  return `${megabytes.toFixed(0)} MB`;
});

const before = await countAll();
await step('after kill -9 of the whole tree all data are there', async () => {
  await plaza.killAll();
  running.pop();
  assert.equal(runCli(environment, ['status']).code, 3, 'a dead process is not a running one');
  plaza = start();
  const ms = await plaza.untilHealthy(url);
  assert.deepEqual(await countAll(), before);
  await plaza.untilSays(/se recuperaron/, 5_000);
  return `${before.products} products, ${before.orders} orders; ${seconds(ms)}`;
});
await step('Ctrl+C ends it, cleanly and soon, and says how to go on', async () => {
  const pids = plaza.tree();
  const ms = await plaza.interrupt();
  assert.match(plaza.text(), /Para seguir: npm start/);
  assert.deepEqual(pids.filter(isAlive), []);
  running.pop();
  return assertWithin(ms, stopMaxMs);
});
await step('a later start is quick, and fills nothing again', async () => {
  plaza = start(environmentOf(settings, 'en_US.UTF-8'));
  const ms = await plaza.untilHealthy(url);
  await plaza.untilSays(/Ctrl\+C/, 5_000);
  assert.match(plaza.text(), /example shop/);
  assert.doesNotMatch(plaza.text(), /fills in the background|recovered/);
  assert.deepEqual(await countAll(), before);
  return assertWithin(ms, laterStartMaxMs);
});
await step('the example goes whole, and leaves what is of the owner', async () => {
  assert.equal(runCli(environment, ['sembrar', 'limpiar']).code, 2, 'nothing without a yes');
  const clear = () => {
    const done = runCli(environment, ['sembrar', 'limpiar', '--yes', '-o', 'json']);
    assert.equal(done.code, 0, done.err);
    return JSON.parse(done.out) as { removed: Record<string, number>; kept: object[] };
  };
  const from = performance.now();
  const { removed, kept } = clear();
  const ms = performance.now() - from;
  assert.deepEqual(kept, []);
  assert.deepEqual([removed['products'], removed['orders']], [before.products, before.orders]);
  assert.deepEqual(await countAll(), { products: 0, orders: 0, entries: 0 });
  const people = await ask<Page<{ roles: string[] }>>('/users?limit=100');
  assert.ok(people.items.length > 0 && people.items.every(({ roles }) => roles.includes('admin')));
  for (const path of ['/ledger/verify', '/admin/audit/verify'])
    assert.equal((await ask<{ is_sound: boolean }>(path)).is_sound, true, path);
  const pool = connectAsOwner();
  try {
    const { rows } = await pool.query<{ name: string }>(
      `select name from unnest($1::text[]) name where (xpath('/row/n/text()', query_to_xml(
         'select count(*) as n from ' || name, false, true, '')))[1]::text <> '0'`,
      [emptyWithoutExample],
    );
    assert.deepEqual(rows, []);
  } finally {
    await pool.end();
  }
  assert.deepEqual(readdirSync(join(data, 'files')), []);
  assert.deepEqual(clear().removed, { products: 0, orders: 0, people: 0 });
  const again = runCli(environment, ['start', '--json']);
  assert.equal((JSON.parse(again.out) as { demo: string }).demo, 'none');
  const { products, orders, people: persons } = removed;
  return `${products} products, ${orders} orders, ${persons} people in ${seconds(ms)}`;
});
await step('plaza stop ends it; once more, there is nothing to stop', async () => {
  const from = performance.now();
  assert.equal(runCli(environment, ['stop']).code, 0);
  const ms = performance.now() - from;
  assert.equal(await plaza.ended, 0);
  running.pop();
  assert.equal(runCli(environment, ['stop']).code, 3);
  const doctor = runCli(environment, ['doctor', '-o', 'json']);
  assert.equal(doctor.code, 0, doctor.out);
  return assertWithin(ms, stopMaxMs + 1_000);
});
await step('a busy port is named, and the next one taken', async () => {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const env = { ...environment, PLAZA_DATA: join(root, 'second'), PLAZA_DEMO: 'off' };
  const second = start(env);
  await second.untilSays(/Ctrl\+C/, firstStartMaxMs);
  assert.match(second.text(), new RegExp(`puerto ${port} está ocupado: uso el \\d+`));
  assert.doesNotMatch(second.text(), /ejemplo:|ejemplo se/);
  await second.interrupt();
  assert.match(second.text(), /Plaza está detenida/);
  running.pop();
  other.close();
});
await step('SIGTERM in the middle of a start leaves nothing running', async () => {
  const early = start({ ...environment, PLAZA_DATA: join(root, 'third') });
  await early.untilSays(/Plaza \d/, 5_000);
  await sleep(400);
  const pids = early.tree();
  const from = performance.now();
  process.kill(-early.pid, 'SIGTERM');
  await early.ended;
  running.pop();
  const ms = performance.now() - from;
  await until(() => !pids.some(isAlive), 5_000, 'the end of all processes');
  return assertWithin(ms, stopMaxMs);
});
await step('a shop of another country is that after a crash, too', async () => {
  const fourth = join(root, 'fourth');
  const told = await becomeAnotherCountry({
    data: fourth,
    url,
    start: () => start({ ...environment, PLAZA_DATA: fourth }),
  });
  running.splice(0);
  return told;
});
await step('nothing was asked of the outside world', () => {
  assert.deepEqual([...outbound], []);
});

clearInterval(watch);
for (const left of running) await left.killAll().catch(() => {});
rmSync(root, { recursive: true, force: true, maxRetries: 5 });
process.exit(end());
