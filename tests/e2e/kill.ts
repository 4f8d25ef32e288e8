/**
 * Plaza killed with -9 in the middle of 200 purchases and started again, several times: what was
 * acknowledged stays, every order ends, every invariant holds. Run by `.ci/run`, on Linux.
 * TEST_SEED repeats the plans of a run, KILLS and PURCHASES change its size.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { seededRandom } from '#shared/testing/seeded-random.ts';
import { findFaults } from '../topology/invariants.ts';
import { createBuying, drawPlan, type Plan } from './support/buying.ts';
import { codeIn, must, payBody, readMails, send, type Json, type Request } from './support/http.ts';
import { createJournal } from './support/journal.ts';
import { freePort, until } from './support/plaza-process.ts';
import { createReport } from './support/report.ts';
import { findUnrest } from './support/rest.ts';
import { createSeats } from './support/seats.ts';
import { adminPool, shopEnvironment, startServer } from './support/server-process.ts';

const purchases = Number(process.env['PURCHASES'] ?? 200);
const kills = Number(process.env['KILLS'] ?? 3);
const atOnce = 8;
const buyerCount = 12;
const productCount = 20;
const stockOfEach = 17;
const restMaxMs = 130_000;

const began = performance.now();
const random = seededRandom(true);
const root = mkdtempSync(join(tmpdir(), 'plaza-kill-'));
const data = join(root, 'data');
const environment = shopEnvironment(data, await freePort(), { PLAZA_PAYMENT_WINDOW_MINUTES: '1' });
const { step, end } = createReport();
const journal = createJournal();
const seats = createSeats(atOnce);

let server = await startServer(data, environment);
let isUp = Promise.withResolvers<void>();
isUp.resolve();

const operate = async (method: Request['method'], path: string, body?: object): Promise<Json> => {
  const request = { method, path, token: server.token(), ...(body ? { body } : {}) };
  return must(method === 'POST' ? 201 : 200, request, await send(server.url, request));
};

const makeProduct = async (_: unknown, i: number): Promise<{ id: string; variantId: string }> => {
  const price = `${(i + 1) * 1_250}.50`;
  const body = { title: `Canasto ${i}`, price, stock: stockOfEach, status: 'active' };
  const product = await operate('POST', '/products', body);
  return {
    id: String(product['id']),
    variantId: (product['variants'] as { id: string }[])[0]!.id,
  };
};

const signUp = async (_: unknown, i: number): Promise<string> => {
  const email = `persona${i}@example.com`;
  const password = `clave larga ${i} 7Kx`;
  const body = { email, username: `persona${i}`, password, confirm_password: password };
  const { url } = server;
  const register = { method: 'POST', path: '/auth/register', body } as const;
  must(201, register, await send(url, register));
  let code: string | undefined;
  await until(
    async () => (code = codeIn(await readMails(url, server.token()), email)) !== undefined,
    15_000,
    `a code for ${email}`,
  );
  const verify = { method: 'POST', path: '/auth/verify-email', body: { email, code } } as const;
  return String(must(200, verify, await send(url, verify))['access_token']);
};

const products = await Promise.all(Array.from({ length: productCount }, makeProduct));
const tokens = await Promise.all(Array.from({ length: buyerCount }, signUp));
const variants = products.map(({ variantId }) => variantId);
await until(
  async () => {
    const looks = variants.map((variantId) =>
      send(server.url, {
        method: 'POST',
        path: '/cart/add',
        body: { variant_id: variantId, quantity: 1 },
      }),
    );
    return (await Promise.all(looks)).every(({ status }) => status === 200);
  },
  15_000,
  'orders knows the products',
);
console.log(`ready: ${productCount} products, ${buyerCount} buyers`);

const { buy, ask, figures } = createBuying({
  server: async () => {
    await isUp.promise;
    return server;
  },
  tokenOf: (buyer) => tokens[buyer]!,
  journal,
  seats,
});

const recoveriesMs: number[] = [];
const crash = async (): Promise<void> => {
  isUp = Promise.withResolvers();
  const before = journal.length();
  await server.killTree();
  server = await startServer(data, environment);
  recoveriesMs.push(server.readyMs);
  const recovery = `${Math.round(server.readyMs)} ms`;
  console.log(`killed after ${before} acknowledged answers; healthy again after ${recovery}`);
  isUp.resolve();
};

/** One moment in each equal part of the middle: after so many starts, so many milliseconds. */
const moments = new Map(
  Array.from({ length: kills }, (_, i) => {
    const share = 0.1 + (0.8 * (i + random())) / kills;
    return [Math.max(1, Math.floor(share * purchases)), Math.floor(random() * 200)] as const;
  }),
);
const plans: readonly Plan[] = Array.from({ length: purchases }, (_, n) =>
  drawPlan(n, random, { variants, buyers: buyerCount }),
);

await step(`${purchases} purchases, ${atOnce} at once, through ${kills} kills`, async () => {
  let started = 0;
  let crashes = Promise.resolve();
  await Promise.all(
    plans.map((plan) =>
      seats.sit(async () => {
        started += 1;
        const afterMs = moments.get(started);
        if (afterMs !== undefined)
          crashes = crashes.then(() => sleep(afterMs)).then(() => isUp.promise.then(crash));
        await buy(plan);
      }),
    ),
  );
  await crashes;
  assert.equal(recoveriesMs.length, moments.size);
  assert.ok(figures.cutOff > 0, 'no kill met a request under way: this run shows nothing');
  const kept = `${figures.keptWaiting} waits for a dead try`;
  return `${figures.cutOff} requests cut off, ${kept}, recovery ${recoveriesMs.map(Math.round).join(', ')} ms`;
});

const pools = new Map<string, Pool>();
const poolOf = (context: string): Pool => {
  const pool = pools.get(context) ?? adminPool(data, context);
  pools.set(context, pool);
  return pool;
};

await step('everything comes to rest, and every order to an end', async () => {
  let left: readonly string[] = [];
  let quiet = 0;
  const look = async (): Promise<boolean> => {
    left = await findUnrest(poolOf('orders'));
    quiet = left.length === 0 ? quiet + 1 : 0;
    await sleep(200);
    return quiet >= 5;
  };
  const ms = await until(look, restMaxMs, 'rest').catch(() => {
    throw new Error(`still waiting: ${left.join(', ')}`);
  });
  const { rows } = await poolOf('orders').query<{ status: string; n: number }>(
    'select status, count(*)::int as n from orders group by status order by n desc',
  );
  const ends = ['paid', 'shipped', 'delivered', 'cancelled', 'failed', 'refunded'];
  assert.deepEqual(
    rows.filter(({ status }) => !ends.includes(status)),
    [],
  );
  return `${(ms / 1000).toFixed(1)} s; ${rows.map(({ status, n }) => `${n} ${status}`).join(', ')}`;
});

await step('no answer was a surprise', () => {
  assert.deepEqual(journal.surprises, []);
});

await step('every acknowledged order is there, with its total, and no other', async () => {
  for (const { id, total } of journal.orders) {
    const order = await operate('GET', `/orders/${id}`);
    assert.equal(order['total'], total, `order ${id}`);
  }
  const { rows } = await poolOf('orders').query<{ id: string }>('select id from orders');
  const known = journal.orders.map(({ id }) => id).toSorted();
  assert.deepEqual(rows.map(({ id }) => id).toSorted(), known);
  assert.equal(known.length, purchases, 'some purchases placed no order');
  return `${known.length} orders`;
});

await step('every acknowledged payment is what was said', async () => {
  const may: Readonly<Record<string, readonly string[]>> = {
    completed: ['completed', 'refunded'],
    pending: ['completed', 'refunded', 'failed'],
    // The order was cancelled while it was paid.
    refunded: ['refunded'],
    failed: ['failed'],
  };
  const said = Map.groupBy(journal.payments, ({ status }) => status);
  for (const { id, status, orderId } of journal.payments) {
    const payment = await operate('GET', `/payments/${id}`);
    assert.equal(payment['order_id'], orderId);
    const is = String(payment['status']);
    assert.ok(may[status]?.includes(is), `payment ${id} was ${status} and is ${is}`);
  }
  return [...said].map(([status, list]) => `${list.length} ${status}`).join(', ');
});

await step('every acknowledged change is in the history of its order', async () => {
  const eventOf = {
    shipped: 'OrderShipped',
    delivered: 'OrderDelivered',
    cancelled: 'OrderCancelled',
  } as const;
  for (const { orderId, status } of journal.statuses) {
    const { items } = await operate('GET', `/orders/${orderId}/history`);
    const times = (items as { type: string }[]).filter(({ type }) => type === eventOf[status]);
    assert.equal(times.length, 1, `order ${orderId}: ${eventOf[status]} ${times.length} times`);
  }
  const said = Map.groupBy(journal.statuses, ({ status }) => status);
  return [...said].map(([status, list]) => `${list.length} ${status}`).join(', ');
});

await step('the same requests again get the same answers, byte for byte', async () => {
  const repeat = async (n: number, path: string, key: string, body: object) =>
    ask(() => ({
      method: 'POST',
      path,
      body,
      token: tokens[plans[n]!.buyer]!,
      headers: { 'idempotency-key': key },
    }));
  for (const { n, text } of journal.orders) {
    const reply = await repeat(n, '/orders', `order-${n}`, { items: plans[n]!.items });
    assert.deepEqual([reply.status, reply.text], [201, text]);
  }
  for (const { n, orderId, card, httpStatus, text } of journal.payments) {
    const reply = await repeat(n, '/payments', `pay-${n}`, payBody(orderId, card));
    assert.deepEqual([reply.status, reply.text], [httpStatus, text]);
  }
  return `${journal.orders.length + journal.payments.length} requests`;
});

await step('what was sold is what left the shelf', async () => {
  type Order = { status: string; lines: { variant_id: string; quantity: number }[] };
  const sold = new Map<string, number>();
  for (const { id } of journal.orders) {
    const { status, lines } = (await operate('GET', `/orders/${id}`)) as Order;
    if (!['paid', 'shipped', 'delivered'].includes(status)) continue;
    for (const { variant_id: variantId, quantity } of lines)
      sold.set(variantId, (sold.get(variantId) ?? 0) + quantity);
  }
  type Stock = { variants: { variant_id: string; on_hand: number; reserved: number }[] };
  for (const { id, variantId } of products) {
    const [level] = ((await operate('GET', `/products/${id}/stock`)) as Stock).variants;
    const expected = [stockOfEach - (sold.get(variantId) ?? 0), 0];
    assert.deepEqual([level!.on_hand, level!.reserved], expected, `variant ${variantId}`);
  }
  const pieces = [...sold.values()].reduce((sum, n) => sum + n, 0);
  return `${pieces} of ${productCount * stockOfEach} pieces`;
});

await step('all invariants hold, and the ledger is sound', async () => {
  let entries = 0;
  const faults = await findFaults(poolOf, async () => {
    const books = await operate('GET', '/ledger/verify');
    entries = Number(books['entry_count']);
    assert.equal(books['is_sound'], (books['faults'] as string[]).length === 0);
    return books['faults'] as string[];
  });
  assert.deepEqual(faults, []);
  return `${entries} entries in the books`;
});

await step('buyers were told of every step, once', async () => {
  const { rows: untold } = await poolOf('orders').query<{ type: string; id: string }>(
    `select o.type, o.id from orders.outbox o
     where o.type ~ '^orders[.]order-(paid|failed|cancelled|shipped|delivered|refunded)[.]'
       and not exists (select from notifications.notifications n where n.cause_id = o.id)`,
  );
  assert.deepEqual(untold, []);
  const { rows: notices } = await poolOf('notifications').query<{ id: string }>(
    'select id from notifications',
  );
  const files = readdirSync(join(data, 'mail'));
  const missing = notices.filter(
    ({ id }) => files.filter((name) => name.includes(id)).length !== 1,
  );
  assert.deepEqual(missing, []);
  const { rows: dead } = await poolOf('notifications').query('select error from dead_letters');
  assert.deepEqual(dead, []);
  return `${notices.length} mails`;
});

await step('it stops cleanly', async () => {
  await Promise.all([...pools.values()].map((pool) => pool.end()));
  assert.equal(await server.stop(), 0);
});

console.log(
  `${purchases} purchases, ${recoveriesMs.length} kills, ${journal.length()} acknowledged answers ` +
    `checked, ${Math.round((performance.now() - began) / 1000)} s`,
);
const code = end();
if (code === 0) rmSync(root, { recursive: true, force: true, maxRetries: 5 });
else console.log(`the data are kept in ${root}`);
process.exit(code);
