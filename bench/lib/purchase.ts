/** Whole purchases, from registration to delivery, by 8 buyers at once, and what one costs. */
import { median, threadsCpuMs } from './cpu.ts';
import { request, type PlazaProcess } from './plaza-process.ts';

type Shop = Pick<PlazaProcess, 'url' | 'token'>;

const buyers = 8;
const hashThreads = 'libuv-worker';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Fifty products with stock for all; answers their variants. */
export const prepareShop = async (plaza: Shop): Promise<readonly string[]> => {
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
/** One purchase of a newcomer; `codeOf` reads the code that was mailed. */
export const buy = async (
  plaza: Shop,
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

/** Where CPU is read: all of it, and the process that hashes passwords. */
export type Meter = Readonly<{ cpuMs: () => number; hashingPid: number }>;

/** Does `one` so often, 8 at a time; CPU for one, of it for its hash, and how long one takes. */
export const measure = async (
  { cpuMs: readCpuMs, hashingPid }: Meter,
  times: number,
  one: () => Promise<void>,
) => {
  let left = times;
  const start = performance.now();
  const cpu = readCpuMs();
  const hash = threadsCpuMs(hashingPid, hashThreads);
  const took: number[] = [];
  await Promise.all(
    Array.from({ length: buyers }, async () => {
      while (left-- > 0) {
        const since = performance.now();
        await one();
        took.push(performance.now() - since);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  await pause(1_000); // What follows a purchase (mails, marks) belongs to it.
  const cpuMs = (readCpuMs() - cpu) / times;
  const hashMs = (threadsCpuMs(hashingPid, hashThreads) - hash) / times;
  return {
    cpuMs,
    hashMs,
    withoutHashMs: cpuMs - hashMs,
    perSecond: times / seconds,
    p50Ms: median(took),
  };
};
