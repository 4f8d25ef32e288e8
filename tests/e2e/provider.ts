/**
 * Purchases and holds of jobs through Mercado Pago, of which the simulator plays every misbehaviour,
 * and Plaza killed with -9 at each named point between intent and ledger. After quiet the simulator's
 * books and ours agree to the cent, nothing is charged without an order, nothing paid twice. Run by
 * `.ci/run`, on Linux. TEST_SEED repeats the plans of a run, PURCHASES, ESCROWS and KILLS change its
 * size: `PURCHASES=2000 ESCROWS=500 KILLS=20` is the whole proof.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { seededRandom } from '#shared/testing/seeded-random.ts';
import { chaos } from '../../apps/simulator/mercado-pago/behaviour.ts';
import { defaults, startSimulator } from '../../apps/simulator/mercado-pago/simulator.ts';
import { allPoints, crashPoints, startGate } from './support/crash-points.ts';
import { deal } from './support/deal.ts';
import { must, readMails, send, type Reply, type Request } from './support/http.ts';
import { linkSeller } from './support/linked-seller.ts';
import { freePort, until } from './support/plaza-process.ts';
import { checkProviderBooks, type SimulatorBooks } from './support/provider-checks.ts';
import { createKills } from './support/kills.ts';
import { createJobs, jobActs, type JobAct } from './support/provider-jobs.ts';
import { createPurchases, purchaseActs, type PurchaseAct } from './support/provider-purchases.ts';
import { createReport } from './support/report.ts';
import { createSeats } from './support/seats.ts';
import { adminPool, shopEnvironment, startServer } from './support/server-process.ts';
import { openShop, type Operate } from './support/shop.ts';

const purchases = Number(process.env['PURCHASES'] ?? 60);
const escrows = Number(process.env['ESCROWS'] ?? 15);
const kills = Number(process.env['KILLS'] ?? 1);
const atOnce = 12;
const buyerCount = 8;
const productCount = 10;
const restMaxMs = 90_000 + (purchases + escrows) * 150;

const began = performance.now();
const random = seededRandom(true);
const root = mkdtempSync(join(tmpdir(), 'plaza-provider-'));
const data = join(root, 'data');
const { step, end } = createReport();
const seats = createSeats(atOnce);
const simulator = await startSimulator({ port: 0, journalPath: join(root, 'books.jsonl') });
const port = await freePort();
const gate = await startGate({
  simulatorUrl: simulator.url,
  plazaUrl: () => `http://127.0.0.1:${port}`,
});
const environment = shopEnvironment(data, port, {
  PLAZA_PUBLIC_URL: gate.url,
  PLAZA_MERCADOPAGO_ACCESS_TOKEN: defaults.accessToken,
  PLAZA_MERCADOPAGO_WEBHOOK_SECRET: defaults.webhookSecret,
  PLAZA_MERCADOPAGO_BASE_URL: gate.url,
  PLAZA_MERCADOPAGO_MODE: 'test',
  PLAZA_MERCADOPAGO_CLIENT_ID: defaults.applicationId,
  PLAZA_MERCADOPAGO_CLIENT_SECRET: defaults.clientSecret,
  PLAZA_MERCADOPAGO_AUTHORIZATION_URL: `${simulator.url}/authorization`,
  PLAZA_MERCADOPAGO_SPLIT: 'on',
});

const simulate = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const reply = await fetch(`${simulator.url}/simulator${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
    headers: body ? { 'content-type': 'application/json' } : {},
  });
  const text = await reply.text();
  assert.ok(reply.ok, `${path}: ${reply.status} ${text}`);
  return JSON.parse(text) as T;
};

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
  products: 1,
  stockOfEach: 1,
  // One more, who sells.
  buyers: buyerCount + 1,
});
const accountIds = await Promise.all(
  shop.tokens.map(async (token) => {
    const request = { method: 'GET', path: '/auth/me', token } as const;
    return String(must(200, request, await send(server.url, request))['id']);
  }),
);
const sellerId = accountIds[buyerCount]!;
await linkSeller({ url: server.url, operate, shop, person: buyerCount, accountId: sellerId });
/** Of whole pesos: Mercado Pago takes no other. Some are of the seller, whose account is charged. */
const variants = await Promise.all(
  Array.from({ length: productCount }, async (_, i) => {
    const price = `${(i + 1) * 1_300}.00`;
    const of = i % 4 === 0 ? { seller_id: sellerId } : {};
    const body = { title: `Jarra ${i}`, price, stock: purchases, status: 'active', ...of };
    const [variant] = (await operate('POST', '/products', body))['variants'] as { id: string }[];
    return variant!.id;
  }),
);
await until(
  async () => {
    const put = variants.map((variant_id) =>
      send(server.url, { method: 'POST', path: '/cart/add', body: { variant_id, quantity: 1 } }),
    );
    return (await Promise.all(put)).every(({ status }) => status === 200);
  },
  15_000,
  'orders knows the products',
);
console.log(`ready: ${productCount} products, ${buyerCount} buyers, a provider that misbehaves`);

/** Longer than several kills in a row, on a machine that has other things to do. */
const patienceMs = 600_000;
const figures = { cutOff: 0, away: 0 };
/** As a patient client: what got no answer, or no clear one, is asked again with its key. */
const ask = async (make: () => Request, buyer?: number): Promise<Reply> => {
  for (
    const until_ = performance.now() + patienceMs;
    performance.now() < until_;
    await sleep(100)
  ) {
    await isUp.promise;
    let reply: Reply;
    try {
      reply = await send(server.url, make());
    } catch {
      figures.cutOff += 1;
      continue;
    }
    if (reply.status === 503 || reply.body['code'] === 'http.idempotency_in_progress') {
      figures.away += 1;
      await seats.away(() => sleep(500));
      continue;
    }
    // A token lives ten minutes; who shops for longer signs in again.
    if (reply.status === 401 && buyer !== undefined) {
      const body = shop.signInOf(buyer);
      const signIn = { method: 'POST', path: '/auth/login', body } as const;
      const { body: given } = await ask(() => signIn);
      shop.tokens[buyer] = String(given['access_token']);
      continue;
    }
    if (reply.status < 500) return reply;
    throw new Error(`${reply.status} ${reply.text}`);
  }
  throw new Error(`no answer for too long: ${JSON.stringify(make())}`);
};

let payments = adminPool(data, 'payments');
const tokenOf = (index: number): string => shop.tokens[index]!;
const buying = createPurchases({ ask, tokenOf, simulate, random });
const actOnJob = createJobs({
  ask,
  tokenOf,
  operatorToken: () => server.token(),
  payments: () => payments,
  seats,
  gate,
  pay: buying.payFor,
  chargeBack: (id) => simulate('POST', `/payments/${id}/chargeback`),
  random,
});

const recoveriesMs: number[] = [];
const crash = async (): Promise<void> => {
  isUp = Promise.withResolvers();
  await server.killTree();
  gate.clear();
  void payments.end().catch(() => {});
  server = await startServer(data, environment);
  payments = adminPool(data, 'payments');
  recoveriesMs.push(Math.round(server.readyMs));
  isUp.resolve();
};

const atPoints = createKills({ gate, lockPool: () => adminPool(data, 'payments', 6), crash });

const person = (index: number) => ({ index, id: accountIds[index]! });
const anybody = (): number => Math.floor(random() * buyerCount);
let untold = 0;
let placed = 0;
/** Jobs among the purchases, as evenly as they go. */
const toWork = (ofOrders: readonly PurchaseAct[], ofJobs: readonly JobAct[]) => {
  const orderWork = ofOrders.map((what) => {
    const variant = variants[Math.floor(random() * productCount)]!;
    const plan = { act: what, buyer: anybody(), variant };
    const n = placed++;
    return () => buying.act(n, plan);
  });
  const jobWork = ofJobs.map((what) => {
    const buyer = anybody();
    const payee = (buyer + 1 + Math.floor(random() * (buyerCount - 1))) % buyerCount;
    return async () => {
      const isTold = await actOnJob(what, { buyer: person(buyer), payee: person(payee) });
      if (!isTold) untold += 1;
    };
  });
  return [orderWork, jobWork]
    .flatMap((works) => works.map((one, i) => [i / works.length, one] as const))
    .toSorted(([a], [b]) => a - b)
    .map(([, one]) => one);
};
/** Does the work, and `kill` at the same time, which is told how much is begun, and when all is done. */
const through = async (
  work: readonly (() => Promise<void>)[],
  kill: (begun: () => number, isOver: () => boolean) => Promise<void>,
): Promise<void> => {
  let begun = 0;
  let isOver = false;
  const killing = kill(
    () => begun / work.length,
    () => isOver,
  );
  try {
    await Promise.all(
      work.map((one) =>
        seats.sit(() => {
          begun += 1;
          return one();
        }),
      ),
    );
  } finally {
    isOver = true;
    await killing;
  }
};

await step(`${purchases} purchases and ${escrows} jobs, ${atOnce} at once, killed`, async () => {
  const ofOrders = deal<PurchaseAct>(purchaseActs, purchases, random);
  const ofJobs = deal<JobAct>(jobActs, escrows, random);
  await simulate('PUT', '/behaviour', {
    ...chaos,
    seed: Math.floor(random() * 2 ** 32),
    // A call that hangs costs its whole patience; a few show it.
    calls: { ...chaos.calls, timeout_before: 0.004, timeout_after: 0.004, slow: 0.01 },
    hang_ms: 10_000,
    slow_ms: 800,
    retry_ms: 500,
  });
  await through(toWork(ofOrders, ofJobs), async (begun, isOver) => {
    for (let n = 0; n < kills; n++) {
      while (!isOver() && begun() < (n + 0.2) / kills) await sleep(20);
      await atPoints.killAt(allPoints, isOver);
    }
  });
  const said = [...Map.groupBy([...ofOrders, ...ofJobs], (name) => name)]
    .map(([name, found]) => `${found.length} ${name}`)
    .join(', ');
  return `${said}; ${untold} jobs nobody was told of, ${figures.cutOff} requests cut off, ${figures.away} told to wait`;
});

await step('killed at every named point between intent and ledger', async () => {
  if (kills === 0) return 'not asked for';
  // What nobody passed at the right moment is waited for by some more of those who pass most.
  for (let n = 0; n < 8 && atPoints.missed().length > 0; n++) {
    const more = [
      Array.from({ length: 8 }, () => 'pays twice' as const),
      Array.from({ length: 4 }, () => 'is given back in part' as const),
    ] as const;
    await through(toWork(...more), (_, isOver) => atPoints.killAt(atPoints.missed(), isOver));
  }
  assert.deepEqual(atPoints.missed(), []);
  const said = allPoints.map(
    (point) => `${crashPoints[point]} ${point} ${atPoints.hits.get(point)}`,
  );
  return `${said.join('; ')}; recovery ${recoveriesMs.join(', ')} ms`;
});

const orders = adminPool(data, 'orders');
const others = new Map<string, Pool>();
const poolOf = (context: string): Pool => {
  const known = { orders, payments }[context] ?? others.get(context);
  if (known) return known;
  const pool = adminPool(data, context);
  others.set(context, pool);
  return pool;
};

/**
 * Timers of minutes and hours are made due, and pages are made to expire: nobody waits for them here.
 * What was claimed a moment ago (and so is due in a minute) is being worked on, and left alone.
 */
const idle = `due_at > now()
  and due_at not between now() + interval '56 seconds' and now() + interval '61 seconds'`;
const passTime = async (isFirst: boolean): Promise<void> => {
  await payments.query(`update provider_checkouts set expires_at = now() - interval '1 hour'
    where expires_at > now() - interval '30 minutes'`);
  // Every page is read once, since nobody may have told of a dispute; then those that are open.
  await payments.query(
    `update deadlines d set due_at = now()
     where ${idle} and (kind in ('send-refund', 'refund-charge', 'provider-notification')
       or (kind = 'poll-checkout' and ($1 or exists (
         select from payments p where p.id::text = d.key and p.status in ('pending', 'authorized'))
         or exists (select from provider_charges c where c.payment_id::text = d.key
           and c.status = 'approved' and c.refunded_minor = c.amount_minor))))`,
    [isFirst],
  );
  await orders.query(`update deadlines set due_at = now() where ${idle}`);
};
/** Staff ask again for what the provider did not do, as the guide says. */
const askAgain = async (): Promise<void> => {
  const { rows } = await payments.query<{ payment_id: string }>(
    `select distinct payment_id from refunds r
     where status = 'failed' and hold_id is null and not exists (
       select from refunds o where o.payment_id = r.payment_id and o.created_at > r.created_at)`,
  );
  for (const { payment_id: id } of rows)
    await ask(() => ({
      method: 'POST',
      path: `/payments/${id}/refunds`,
      token: server.token(),
      body: { reason: 'asked for once more' },
    }));
};
const restless = `
  select (select count(*) from payments where status in ('pending', 'authorized'))
    + (select count(*) from refunds where status = 'requested')
    + (select count(*) from provider_refunds where status in ('requested', 'pending'))
    + (select count(*) from provider_charges
       where status = 'approved' and refunded_minor = amount_minor)
    + (select count(*) from deadlines where kind = 'poll-checkout' and due_at <= now())
    + (select count(*) from outbox where sent_at is null)
    + (select count(*) from deadlines where kind = 'provider-notification') as n`;

await step('after quiet everything comes to rest', async () => {
  const from = performance.now();
  await simulate('POST', '/quiet');
  let calm = 0;
  // The second time nothing is told any more, which would put off reading a page until tomorrow.
  let readings = 0;
  for (let n = -1; calm < 4; await sleep(500)) {
    if (performance.now() - from > restMaxMs) throw new Error(`${n} things are still under way`);
    const isReadingAll = n === -1 || (n === 0 && readings === 1);
    if (isReadingAll) readings += 1;
    await passTime(isReadingAll);
    await askAgain();
    await simulate('POST', '/quiet');
    n = Number((await payments.query<{ n: string }>(restless)).rows[0]!.n);
    calm = n === 0 && readings === 2 ? calm + 1 : 0;
  }
  return `${Math.round((performance.now() - from) / 1000)} s`;
});

await checkProviderBooks({
  step,
  books: await simulate<SimulatorBooks>('GET', '/books'),
  payments,
  orders,
  poolOf,
  paid: buying.approved,
  verify: async () =>
    (await operate('GET', '/ledger/verify')) as { faults: string[]; entry_count: number },
});

await step('it stops cleanly', async () => {
  await Promise.all([payments, orders, ...others.values()].map((pool) => pool.end()));
  assert.equal(await server.stop(), 0);
});
gate.close();
await simulator.close();

console.log(
  `${purchases} purchases and ${escrows} jobs, ${Math.round((performance.now() - began) / 1000)} s`,
);
const code = end();
if (code === 0) rmSync(root, { recursive: true, force: true, maxRetries: 5 });
else console.log(`the data are kept in ${root}`);
process.exit(code);
