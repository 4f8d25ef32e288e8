/**
 * Purchases through Mercado Pago, of which the simulator plays every misbehaviour, and Plaza killed
 * with -9 in the middle. After quiet the simulator's books and ours agree to the cent, nothing is
 * charged without an order, nothing paid twice. Run by `.ci/run`, on Linux. TEST_SEED repeats the
 * plans of a run, KILLS and PURCHASES change its size.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '#shared/testing/seeded-random.ts';
import { chaos } from '../../apps/simulator/mercado-pago/behaviour.ts';
import { defaults, startSimulator } from '../../apps/simulator/mercado-pago/simulator.ts';
import { must, readMails, send, type Reply, type Request } from './support/http.ts';
import { freePort, until } from './support/plaza-process.ts';
import { checkProviderBooks, type SimulatorBooks } from './support/provider-checks.ts';
import { createReport } from './support/report.ts';
import { createSeats } from './support/seats.ts';
import { adminPool, shopEnvironment, startServer } from './support/server-process.ts';
import { openShop, type Operate } from './support/shop.ts';

const purchases = Number(process.env['PURCHASES'] ?? 200);
const kills = Number(process.env['KILLS'] ?? 3);
const atOnce = 8;
const buyerCount = 8;
const productCount = 10;
const restMaxMs = 90_000 + purchases * 150;

/** What the buyer does on the page, and what becomes of it. */
const acts = [
  ['pays', 40],
  ['is declined and pays', 12],
  ['pays twice', 12],
  ['is declined', 8],
  ['pays slowly', 10],
  ['goes away', 6],
  ['pays and cancels', 6],
  ['pays and disputes', 6],
] as const;
type Act = (typeof acts)[number][0];

const began = performance.now();
const random = seededRandom(true);
const root = mkdtempSync(join(tmpdir(), 'plaza-provider-'));
const data = join(root, 'data');
const { step, end } = createReport();
const seats = createSeats(atOnce);
const simulator = await startSimulator({ port: 0, journalPath: join(root, 'books.jsonl') });
const port = await freePort();
const environment = shopEnvironment(data, port, {
  PLAZA_PUBLIC_URL: `http://127.0.0.1:${port}`,
  PLAZA_MERCADOPAGO_ACCESS_TOKEN: defaults.accessToken,
  PLAZA_MERCADOPAGO_WEBHOOK_SECRET: defaults.webhookSecret,
  PLAZA_MERCADOPAGO_BASE_URL: simulator.url,
  PLAZA_MERCADOPAGO_MODE: 'test',
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
  buyers: buyerCount,
});
/** Of whole pesos: Mercado Pago takes no other. */
const variants = await Promise.all(
  Array.from({ length: productCount }, async (_, i) => {
    const price = `${(i + 1) * 1_300}.00`;
    const body = { title: `Jarra ${i}`, price, stock: purchases, status: 'active' };
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

const figures = { cutOff: 0, away: 0 };
/** As a patient client: what got no answer, or no clear one, is asked again with its key. */
const ask = async (make: () => Request, buyer?: number): Promise<Reply> => {
  for (const until_ = performance.now() + 120_000; performance.now() < until_; await sleep(100)) {
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
  throw new Error('no answer for too long');
};

const pickAct = (): Act => {
  let point = random() * acts.reduce((sum, [, weight]) => sum + weight, 0);
  return (acts.find(([, weight]) => (point -= weight) < 0) ?? acts[0])[0];
};

type Preference = Readonly<{ payment_id: string; preference_id: string; order_id: string }>;

const placeOrder = async (n: number, buyer: number, variant: string): Promise<Preference> => {
  const placed = await ask(
    () => ({
      method: 'POST',
      path: '/orders',
      token: shop.tokens[buyer]!,
      body: { items: [{ variant_id: variant, quantity: 1 }] },
      headers: { 'idempotency-key': `order-${n}` },
    }),
    buyer,
  );
  assert.equal(placed.status, 201, placed.text);
  const id = String(placed.body['id']);
  for (;;) {
    const reply = await ask(
      () => ({
        method: 'POST',
        path: '/mercadopago/create-preference',
        token: shop.tokens[buyer]!,
        body: { order_id: id },
        headers: { 'idempotency-key': `pay-${n}` },
      }),
      buyer,
    );
    if (reply.status === 201) return reply.body as Preference;
    // The order has not yet asked for its payment.
    assert.equal(reply.body['code'], 'payments.order_not_payable', reply.text);
    await sleep(50);
  }
};

const payAtProvider = (preference: Preference, status: string): Promise<{ id: number }> =>
  simulate('POST', `/preferences/${preference.preference_id}/pay`, { status });
const approved = new Set<string>();

const act = async (n: number, plan: Readonly<{ act: Act; buyer: number; variant: string }>) => {
  const preference = await placeOrder(n, plan.buyer, plan.variant);
  const pay = async (): Promise<number> => {
    const { id } = await payAtProvider(preference, 'approved');
    approved.add(preference.payment_id);
    return id;
  };
  switch (plan.act) {
    case 'goes away':
      return;
    case 'is declined':
      await payAtProvider(preference, 'rejected');
      return;
    case 'is declined and pays':
      await payAtProvider(preference, 'rejected');
      await pay();
      return;
    case 'pays':
      await pay();
      return;
    case 'pays twice':
      await Promise.all([pay(), pay()]);
      return;
    case 'pays slowly': {
      const { id } = await payAtProvider(preference, 'in_process');
      await sleep(random() * 500);
      await simulate('POST', `/payments/${id}/decide`, { status: 'approved' });
      approved.add(preference.payment_id);
      return;
    }
    case 'pays and cancels':
      await Promise.all([
        pay(),
        ask(
          () => ({
            method: 'POST',
            path: `/orders/${preference.order_id}/cancel`,
            token: shop.tokens[plan.buyer]!,
          }),
          plan.buyer,
        ),
      ]);
      return;
    case 'pays and disputes':
      await simulate('POST', `/payments/${await pay()}/chargeback`);
      return;
  }
};

const recoveriesMs: number[] = [];
const crash = async (): Promise<void> => {
  isUp = Promise.withResolvers();
  await server.killTree();
  server = await startServer(data, environment);
  recoveriesMs.push(Math.round(server.readyMs));
  isUp.resolve();
};
const moments = new Map(
  Array.from({ length: kills }, (_, i) => {
    const share = 0.1 + (0.8 * (i + random())) / kills;
    return [Math.max(1, Math.floor(share * purchases)), Math.floor(random() * 300)] as const;
  }),
);

await step(`${purchases} purchases, ${atOnce} at once, through ${kills} kills`, async () => {
  const plans = Array.from({ length: purchases }, () => ({
    act: pickAct(),
    buyer: Math.floor(random() * buyerCount),
    variant: variants[Math.floor(random() * productCount)]!,
  }));
  await simulate('PUT', '/behaviour', {
    ...chaos,
    seed: Math.floor(random() * 2 ** 32),
    // A call that hangs costs its whole patience; a few show it.
    calls: { ...chaos.calls, timeout_before: 0.004, timeout_after: 0.004, slow: 0.01 },
    hang_ms: 10_000,
    slow_ms: 800,
    retry_ms: 500,
  });
  let started = 0;
  let crashes = Promise.resolve();
  await Promise.all(
    plans.map((plan, n) =>
      seats.sit(async () => {
        started += 1;
        const afterMs = moments.get(started);
        if (afterMs !== undefined) crashes = crashes.then(() => sleep(afterMs)).then(crash);
        await act(n, plan);
      }),
    ),
  );
  await crashes;
  assert.equal(recoveriesMs.length, moments.size);
  const counts = Map.groupBy(plans, (plan) => plan.act);
  const said = [...counts].map(([name, found]) => `${found.length} ${name}`).join(', ');
  return `${said}; ${figures.cutOff} requests cut off, ${figures.away} told to wait, recovery ${recoveriesMs.join(', ')} ms`;
});

const payments = adminPool(data, 'payments');
const orders = adminPool(data, 'orders');

/** Timers of minutes and hours are made due, and pages are made to expire: nobody waits for them here. */
const passTime = async (): Promise<void> => {
  await payments.query(`update provider_checkouts set expires_at = now() - interval '1 hour'
    where expires_at > now() - interval '30 minutes'`);
  await payments.query(`update deadlines set due_at = now()
    where kind in ('poll-checkout', 'send-refund', 'refund-charge') and due_at > now()`);
  await orders.query('update deadlines set due_at = now() where due_at > now()');
};
/** Staff ask again for what the provider did not do, as the guide says. */
const askAgain = async (): Promise<void> => {
  const { rows } = await payments.query<{ payment_id: string }>(
    `select distinct payment_id from refunds r where status = 'failed' and not exists (
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
    + (select count(*) from outbox where sent_at is null)
    + (select count(*) from deadlines where kind = 'provider-notification') as n`;

await step('after quiet everything comes to rest', async () => {
  const from = performance.now();
  await simulate('POST', '/quiet');
  let calm = 0;
  for (let n = -1; calm < 3; await sleep(700)) {
    if (performance.now() - from > restMaxMs) throw new Error(`${n} things are still under way`);
    await passTime();
    await askAgain();
    await simulate('POST', '/quiet');
    n = Number((await payments.query<{ n: string }>(restless)).rows[0]!.n);
    calm = n === 0 ? calm + 1 : 0;
  }
  return `${Math.round((performance.now() - from) / 1000)} s`;
});

await checkProviderBooks({
  step,
  books: await simulate<SimulatorBooks>('GET', '/books'),
  payments,
  orders,
  paid: approved,
  verify: async () =>
    (await operate('GET', '/ledger/verify')) as { faults: string[]; entry_count: number },
});

await step('it stops cleanly', async () => {
  await Promise.all([payments.end(), orders.end()]);
  assert.equal(await server.stop(), 0);
});
await simulator.close();

console.log(`${purchases} purchases, ${Math.round((performance.now() - began) / 1000)} s`);
const code = end();
if (code === 0) rmSync(root, { recursive: true, force: true, maxRetries: 5 });
else console.log(`the data are kept in ${root}`);
process.exit(code);
