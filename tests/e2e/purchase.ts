/**
 * The whole story of a purchase over HTTP, told step by step: a shop is filled from files, a guest
 * finds a product by a misspelt word, becomes a buyer, pays, is served, and everything agrees. Run
 * by `.ci/run`, on Linux.
 */
import assert from 'node:assert/strict';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createCatalogueFiles } from './support/catalogue-files.ts';
import {
  cards,
  codeIn,
  must,
  payBody,
  readMails,
  send,
  type Json,
  type MailItem,
  type Request,
} from './support/http.ts';
import { freePort, repository, until } from './support/plaza-process.ts';
import { createReport } from './support/report.ts';
import { shopEnvironment, startServer } from './support/server-process.ts';

const patienceMs = 10_000;
const stockAtFirst = 10;

const began = performance.now();
const root = mkdtempSync(join(tmpdir(), 'plaza-purchase-'));
const environment = shopEnvironment(join(root, 'data'), await freePort());
const { step, end } = createReport();
const server = await startServer(join(root, 'data'), environment);
console.log(`Plaza is healthy at ${server.url} after ${Math.round(server.readyMs)} ms`);

type Options = Omit<Request, 'method' | 'path'>;
const call = async (
  status: number,
  method: Request['method'],
  path: string,
  options: Options = {},
): Promise<Json> => {
  const request = { method, path, ...options };
  return must(status, request, await send(server.url, request));
};
/** As the operator of the shop. */
const operate = (method: Request['method'], path: string, body?: object): Promise<Json> =>
  call(method === 'POST' && path === '/products' ? 201 : 200, method, path, {
    token: server.token(),
    ...(body ? { body } : {}),
  });

const { importFile, exportFile } = createCatalogueFiles(environment, root);
/** What an import may not touch when it changes nothing: messages tell of every change. */
/** Of what changed in the catalogue; that somebody of the staff imported is told, whatever it changed. */
const newestCatalogEvent = async (): Promise<unknown> => {
  const { items } = await operate('GET', '/admin/events?type=catalog.*&limit=50');
  return (items as Json[]).find(({ type }) => type !== 'catalog.staff-acted.v1')?.['id'];
};

const ours = 'services/catalog/fixtures/tienda.csv';
/** Catalogues of real merchants, beside the project on the machines that have them. */
const real = globSync('../shared/data/*.csv', { cwd: repository }).toSorted();
for (const path of real.length > 0 ? real : [ours]) {
  const file = join(repository, path);
  const name = basename(path);
  let size = 0;
  await step(`a dry run of ${name} says what would happen, and does nothing`, async () => {
    const before = await newestCatalogEvent();
    const [created, ...others] = importFile(file, '--dry-run');
    size = created!;
    assert.ok(size > 0);
    assert.deepEqual(others, [0, 0, 0]);
    assert.equal(await newestCatalogEvent(), before);
    return `${size} products`;
  });
  await step(
    `the import of ${name} creates them, and the same file again changes nothing`,
    async () => {
      assert.deepEqual(importFile(file), [size, 0, 0, 0]);
      const imported = await newestCatalogEvent();
      assert.deepEqual(importFile(file), [0, 0, size, 0]);
      assert.equal(await newestCatalogEvent(), imported);
      return `${size} created, then ${size} unchanged`;
    },
  );
}
await step('what is exported changes nothing when it is imported', async () => {
  const before = await newestCatalogEvent();
  const first = exportFile('first.csv');
  const [created, updated, unchanged, refused] = importFile(first.file);
  assert.deepEqual([created, updated, refused], [0, 0, 0]);
  assert.equal(await newestCatalogEvent(), before);
  assert.equal(exportFile('second.csv').text, first.text);
  return `${unchanged} products, ${first.text.length} characters`;
});

type Variant = Readonly<{ id: string; price: string; available: number }>;
type Product = Readonly<{ id: string; title: string; status?: string; variants: Variant[] }>;
let shirt: Product;
let imported: Product;
await step('the shop puts on sale what is not yet', async () => {
  const drafts = await operate('GET', '/products?status=draft&limit=100');
  const made = await operate('POST', '/products', {
    title: 'Camiseta de algodón orgánico',
    description: 'Tejida en Boyacá, suave y fresca.',
    price: '48900.00',
    stock: stockAtFirst,
  });
  for (const { id } of [...(drafts['items'] as Product[]), made as Product])
    await operate('POST', `/products/${id}/activate`);
  shirt = (await operate('GET', `/products/${String(made['id'])}`)) as Product;
  assert.equal(shirt.status, 'active');
  const { items } = await call(200, 'GET', '/products?in_stock=true&limit=100');
  const other = (items as Product[]).find(({ id }) => id !== shirt.id);
  assert.ok(other, 'nothing that was imported is in stock');
  imported = (await operate('GET', `/products/${other.id}`)) as Product;
  return `${(drafts['items'] as object[]).length + 1} activated`;
});

const variantOf = (product: Product): Variant =>
  product.variants.find(({ available }) => available > 0)!;
let cartToken = '';
await step('a guest finds a product by a misspelt word without accents', async () => {
  const wrong = 'camizeta algodon organico';
  const found = await call(200, 'GET', `/products?q=${encodeURIComponent(wrong)}`);
  const [hit] = found['items'] as Product[];
  assert.equal(hit?.id, shirt.id, JSON.stringify(found));
  return `"${wrong}" finds "${hit.title}"`;
});
type Cart = Readonly<{
  cart_token: string | null;
  items: { variant_id: string; quantity: number }[];
  total: string;
}>;
const addToCart = async (product: Product, quantity: number, options: Options): Promise<Cart> => {
  const body = { variant_id: variantOf(product).id, quantity };
  const request = { method: 'POST', path: '/cart/add', body, ...options } as const;
  // Orders hears of a new product a moment after the shop.
  let reply = await send(server.url, request);
  const isKnown = async (): Promise<boolean> =>
    reply.status === 200 || (reply = await send(server.url, request)).status === 200;
  await until(isKnown, patienceMs, 'the product in the cart');
  return reply.body as unknown as Cart;
};
const quantitiesIn = ({ items }: Cart): Readonly<Record<string, number>> =>
  Object.fromEntries(items.map(({ variant_id: id, quantity }) => [id, quantity]));

await step('and fills a cart', async () => {
  const first = await addToCart(shirt, 2, {});
  cartToken = String(first.cart_token);
  const cart = await addToCart(imported, 1, { headers: { 'x-cart-token': cartToken } });
  assert.deepEqual(quantitiesIn(cart), { [variantOf(shirt).id]: 2, [variantOf(imported).id]: 1 });
  return `2 × ${shirt.title}, 1 × ${imported.title}: ${cart.total}`;
});

const email = 'lucia@example.com';
let token = '';
const mails = (): Promise<readonly MailItem[]> => readMails(server.url, server.token());
await step('registers, and confirms with the code that was mailed', async () => {
  const password = 'una clave larga y buena';
  const person = { email, username: 'lucia', full_name: 'Lucía Peña' };
  await call(201, 'POST', '/auth/register', {
    body: { ...person, password, confirm_password: password },
  });
  let code: string | undefined;
  const isMailed = async () => (code = codeIn(await mails(), email)) !== undefined;
  await until(isMailed, patienceMs, 'the mail with the code');
  const tokens = await call(200, 'POST', '/auth/verify-email', { body: { email, code } });
  token = String(tokens['access_token']);
  return email;
});
let total = '';
await step("the guest's cart and the account's become one", async () => {
  await addToCart(shirt, 1, { token });
  const headers = { 'x-cart-token': cartToken };
  const merged = (await call(200, 'GET', '/cart', { token, headers })) as unknown as Cart;
  const expected = { [variantOf(shirt).id]: 3, [variantOf(imported).id]: 1 };
  assert.deepEqual(quantitiesIn(merged), expected);
  const guest = (await call(200, 'GET', '/cart', { headers })) as unknown as Cart;
  assert.deepEqual(guest.items, [], 'the cart of the guest is empty now');
  ({ total } = merged);
  return `3 × ${shirt.title}, 1 × ${imported.title}: ${total}`;
});

type Order = Readonly<{
  id: string;
  number: string;
  status: string;
  total: string;
  payment_id: string | null;
}>;
type Level = Readonly<{
  variant_id: string;
  on_hand: number;
  reserved: number;
  movements: { kind: string; quantity: number; order_id: string | null }[];
}>;
let order: Order;
const onHandBefore = new Map<string, number>();
const readOrder = async (): Promise<Order> =>
  (await call(200, 'GET', `/orders/${order.id}`, { token })) as Order;
const becomes = (status: string): Promise<number> =>
  until(async () => (await readOrder()).status === status, patienceMs, `order ${status}`);
const levelOf = async (product: Product): Promise<Level> => {
  const { variants } = await operate('GET', `/products/${product.id}/stock`);
  const { id } = variantOf(product);
  return (variants as Level[]).find(({ variant_id: variantId }) => variantId === id)!;
};

await step('places the order, and the stock is set aside', async () => {
  const headers = { 'idempotency-key': 'pedido-1' };
  const body = { expected_total: total };
  for (const product of [shirt, imported])
    onHandBefore.set(product.id, (await levelOf(product)).on_hand);
  order = (await call(201, 'POST', '/orders', { token, headers, body })) as Order;
  assert.deepEqual([order.status, order.total], ['pending', total]);
  await becomes('awaiting_payment');
  const { on_hand: onHand, reserved } = await levelOf(shirt);
  assert.deepEqual([onHand, reserved], [stockAtFirst, 3]);
  const cart = (await call(200, 'GET', '/cart', { token })) as unknown as Cart;
  assert.deepEqual(cart.items, []);
  return `${order.number}, ${order.total}`;
});
let paymentId = '';
await step('pays', async () => {
  const headers = { 'idempotency-key': 'pago-1' };
  const body = payBody(order.id, cards.approved);
  const request = { method: 'POST', path: '/payments', token, headers, body } as const;
  let reply = await send(server.url, request);
  // Payments hears of the order a moment after its buyer.
  const isTaken = async (): Promise<boolean> => {
    if (reply.body['code'] === 'payments.order_not_payable')
      reply = await send(server.url, request);
    return reply.body['code'] !== 'payments.order_not_payable';
  };
  await until(isTaken, patienceMs, 'the payment');
  const payment = must(201, request, reply);
  assert.deepEqual([payment['status'], payment['amount']], ['completed', total]);
  paymentId = String(payment['id']);
  await becomes('paid');
  return `${String(payment['amount'])} ${String(payment['currency'])}`;
});
await step('an administrator ships and delivers', async () => {
  for (const status of ['shipped', 'delivered']) {
    const moved = await operate('PUT', `/orders/${order.id}/status`, { status });
    assert.equal(moved['status'], status);
  }
  order = await readOrder();
  assert.deepEqual([order.status, order.payment_id], ['delivered', paymentId]);
});

console.log('and everything agrees:');
await step('stock', async () => {
  const isCommitted = async () => (await levelOf(shirt)).reserved === 0;
  await until(isCommitted, patienceMs, 'the end of the hold');
  const told: string[] = [];
  for (const [product, sold] of [
    [shirt, 3],
    [imported, 1],
  ] as const) {
    const { on_hand: onHand, reserved, movements } = await levelOf(product);
    const before = onHandBefore.get(product.id)!;
    assert.deepEqual([onHand, reserved], [before - sold, 0]);
    const own = movements.filter(({ order_id: id }) => id === order.id);
    assert.deepEqual(
      own.map(({ quantity }) => quantity),
      [-sold],
    );
    told.push(`${product.title} ${before} → ${onHand} (${own[0]!.kind})`);
  }
  return told.join('; ');
});
await step('ledger', async () => {
  type Line = { account: string; side: 'debit' | 'credit'; amount: string };
  const { items } = await operate('GET', `/ledger/entries?order_id=${order.id}`);
  const entries = items as { payment_id: string; cause_type: string; lines: Line[] }[];
  // Newest first: what was captured was earned when it was delivered.
  assert.deepEqual(
    entries.map(({ payment_id, cause_type }) => [payment_id, cause_type]),
    [
      [paymentId, 'earning'],
      [paymentId, 'capture'],
    ],
  );
  const cents = (lines: readonly Line[], side: Line['side']): bigint =>
    lines
      .filter((line) => line.side === side)
      .reduce((sum, line) => sum + BigInt(line.amount.replace('.', '')), 0n);
  for (const { lines } of entries)
    assert.deepEqual(
      [cents(lines, 'debit'), cents(lines, 'credit')],
      Array(2).fill(BigInt(total.replace('.', ''))),
    );
  const books = await operate('GET', '/ledger/verify');
  assert.deepEqual([books['is_sound'], books['faults']], [true, []]);
  return entries
    .flatMap(({ lines }) => lines)
    .map(({ account, side, amount }) => `${side} ${account} ${amount}`)
    .join('; ');
});
await step('history', async () => {
  const history = await call(200, 'GET', `/orders/${order.id}/history`, { token });
  const items = history['items'] as { version: number; type: string; data: Json }[];
  const types = items.map(({ type }) => type);
  assert.deepEqual(types, [
    'OrderPlaced',
    'StockConfirmed',
    'PaymentRequested',
    'OrderPaid',
    'OrderShipped',
    'OrderDelivered',
  ]);
  assert.deepEqual(
    items.map(({ version }) => version),
    [1, 2, 3, 4, 5, 6],
  );
  assert.equal(items[0]!.data['total'], total);
  assert.equal(items[3]!.data['payment_id'], paymentId);
  return types.join(' → ');
});
await step('e-mails', async () => {
  const about = async (): Promise<readonly MailItem[]> =>
    (await mails()).filter(({ to, subject }) => to === email && subject.includes(order.number));
  await until(async () => (await about()).length >= 3, patienceMs, 'three mails of the order');
  const all = (await mails()).filter(({ to }) => to === email);
  const subjects = (await about()).map(({ subject }) => subject).toReversed();
  const steps = ['pago recibido', 'en camino', 'entregado'];
  // Mails of one moment may leave in any order; there is one of each.
  assert.deepEqual(
    subjects.toSorted(),
    steps.map((s) => `Pedido ${order.number}: ${s}`).toSorted(),
  );
  assert.equal(all.length, 4, 'the code and three of the order');
  const paid = all.find(({ subject }) => subject.endsWith(steps[0]!))!;
  // `$ 146.719,99` in Spanish, without cents when there are none.
  const plain = paid.text.replaceAll('.', '').replaceAll(',', '.');
  assert.ok(plain.includes(total.replace(/\.00$/, '')), paid.text);
  return subjects.join('; ');
});
await step('no message is left, and it stops cleanly', async () => {
  type Depth = { outbox_pending: number; dead_letters: number };
  let services: Record<string, Depth> = {};
  const isQuiet = async (): Promise<boolean> => {
    const status = (await (await fetch(`${server.url}/status`)).json()) as Json;
    services = status['services'] as Record<string, Depth>;
    return Object.values(services).every((depth) => depth.outbox_pending === 0);
  };
  await until(isQuiet, patienceMs, 'empty outboxes');
  assert.ok(Object.values(services).every((depth) => depth.dead_letters === 0));
  assert.equal(await server.stop(), 0);
});

console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`);
const code = end();
if (code === 0) rmSync(root, { recursive: true, force: true, maxRetries: 5 });
else console.log(`the data are kept in ${root}`);
process.exit(code);
