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
import { createBuying, drawPlan, type Plan } from './support/buying.ts';
import { must, readMails, send } from './support/http.ts';
import { createJournal } from './support/journal.ts';
import { freePort } from './support/plaza-process.ts';
import { checkPurchases } from './support/purchase-checks.ts';
import { createReport } from './support/report.ts';
import { createSeats } from './support/seats.ts';
import { adminPool, shopEnvironment, startServer } from './support/server-process.ts';
import { openShop, type Operate } from './support/shop.ts';

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

const operate: Operate = async (method, path, body) => {
  const request = { method, path, token: server.token(), ...(body ? { body } : {}) };
  return must(method === 'POST' ? 201 : 200, request, await send(server.url, request));
};

const shop = await openShop({
  url: server.url,
  operate,
  readMails: () => readMails(server.url, server.token()),
  products: productCount,
  stockOfEach,
  buyers: buyerCount,
});
console.log(`ready: ${productCount} products, ${buyerCount} buyers`);

const { buy, ask, figures } = createBuying({
  server: async () => {
    await isUp.promise;
    return server;
  },
  tokenOf: (buyer) => shop.tokens[buyer]!,
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
  drawPlan(n, random, { variants: shop.variants, buyers: buyerCount }),
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

await checkPurchases({
  step,
  journal,
  plans,
  shop,
  operate,
  ask,
  poolOf,
  mailFiles: () => readdirSync(join(data, 'mail')),
  mailboxes: 1,
  restMaxMs,
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
