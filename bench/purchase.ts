/**
 * A whole purchase, from registration to delivery, by 8 buyers at once: CPU of the whole process
 * tree, PostgreSQL included. Beside it the hash of the password, measured where it runs: the threads
 * of libuv do nothing else to speak of, since files are written by the main thread. And the floor:
 * as many requests to bare Fastify and as many one-row statements over the same driver, alternated.
 */
import { median, threadsCpuMs, treeCpuMs } from './lib/cpu.ts';
import { request, startPlazaProcess, type PlazaProcess } from './lib/plaza-process.ts';
import { startPurchaseFloor } from './lib/purchase-floor.ts';

const buyers = 8;
const hashThreads = 'libuv-worker';
const purchasesARound = Number(process.env['PURCHASES'] ?? 200);
const rounds = Number(process.env['ROUNDS'] ?? 5);

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const prepare = async (plaza: PlazaProcess): Promise<readonly string[]> => {
  const { token } = plaza;
  const products = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      request(plaza, 201, 'POST', '/products', {
        token,
        body: { title: `Taza ${i}`, price: '48900.00', stock: 100_000, status: 'active' },
      }),
    ),
  );
  await pause(500);
  return products.map((product) => (product['variants'] as { id: string }[])[0]!.id);
};

let count = 0;
const buy = async (
  plaza: PlazaProcess,
  codeOf: (email: string) => Promise<string>,
  variants: readonly string[],
) => {
  const n = ++count;
  const email = `comprador${n}@example.com`;
  const password = 'una clave larga y buena';
  const registration = { email, username: `comprador${n}`, password, confirm_password: password };
  const variantId = variants[n % variants.length]!;
  const cart = await request(plaza, 200, 'POST', '/cart/add', {
    body: { variant_id: variantId, quantity: 1 },
  });
  await request(plaza, 201, 'POST', '/auth/register', { body: registration });
  const code = await codeOf(email);
  const tokens = await request(plaza, 200, 'POST', '/auth/verify-email', { body: { email, code } });
  const token = String(tokens['access_token']);
  const headers = { 'x-cart-token': String(cart['cart_token']), 'idempotency-key': `order-${n}` };
  const order = await request(plaza, 201, 'POST', '/orders', { token, headers, body: {} });
  const id = String(order['id']);
  for (let status = ''; status !== 'awaiting_payment'; await pause(10))
    status = String((await request(plaza, 200, 'GET', `/orders/${id}`, { token }))['status']);
  const body = {
    order_id: id,
    payment_method: {
      type: 'card',
      number: '4242424242424242',
      expiry_month: 12,
      expiry_year: 2099,
    },
  };
  for (let isPaid = false; !isPaid;) {
    isPaid = await request(plaza, 201, 'POST', '/payments', {
      token,
      body,
      headers: { 'idempotency-key': `pay-${n}` },
    }).then(
      () => true,
      async () => {
        await pause(10);
        return false;
      },
    );
  }
  for (let status = ''; status !== 'paid'; await pause(10))
    status = String((await request(plaza, 200, 'GET', `/orders/${id}`, { token }))['status']);
  for (const status of ['shipped', 'delivered'])
    await request(plaza, 200, 'PUT', `/orders/${id}/status`, {
      token: plaza.token,
      body: { status },
    });
};

/** Does `one` so often, 8 at a time; CPU of the tree below `pid` for one, and of its hashes. */
const measure = async (pid: number, times: number, one: () => Promise<void>) => {
  let left = times;
  const start = performance.now();
  const cpu = treeCpuMs(pid);
  const hash = threadsCpuMs(pid, hashThreads);
  await Promise.all(
    Array.from({ length: buyers }, async () => {
      while (left-- > 0) await one();
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await pause(1_000); // What follows a purchase (mails, marks) belongs to it.
  const cpuMs = (treeCpuMs(pid) - cpu) / times;
  const hashMs = (threadsCpuMs(pid, hashThreads) - hash) / times;
  return { cpuMs, hashMs, withoutHashMs: cpuMs - hashMs, perSecond: times / seconds };
};

export const benchPurchase = async () => {
  const plaza = await startPlazaProcess();
  const floor = await startPurchaseFloor();
  try {
    const variants = await prepare(plaza);
    const { codeReader } = await import('./lib/codes.ts');
    const codeOf = codeReader(plaza);
    const purchases = (times: number) =>
      measure(plaza.pid, times, () => buy(plaza, codeOf, variants));
    const floors = (times: number) => measure(floor.pid, times, () => floor.buy());
    // A server runs for days: its code is compiled and warm.
    await purchases(3 * purchasesARound);
    await floors(3 * purchasesARound);
    const results: Awaited<ReturnType<typeof measure>>[] = [];
    const floorResults: typeof results = [];
    for (let i = 0; i < rounds; i++) {
      results.push(await purchases(purchasesARound));
      floorResults.push(await floors(purchasesARound));
    }
    return {
      purchaseCpuMs: median(results.map((r) => r.cpuMs)),
      hashCpuMs: median(results.map((r) => r.hashMs)),
      withoutHashCpuMs: median(results.map((r) => r.withoutHashMs)),
      perSecond: median(results.map((r) => r.perSecond)),
      floorWithoutHashCpuMs: median(floorResults.map((r) => r.withoutHashMs)),
      floorHashCpuMs: median(floorResults.map((r) => r.hashMs)),
    };
  } finally {
    await floor.stop();
    await plaza.stop();
  }
};

if (import.meta.main) console.log(JSON.stringify(await benchPurchase(), null, 2));
