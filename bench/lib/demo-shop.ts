import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Json = Readonly<Record<string, unknown>>;

export type DemoShop = Readonly<{ origin: string; stop: () => Promise<void> }>;

const port = 18_110;
const fillMaxMs = 300_000;

/** The example shop, filled, as `npm start` shows it; `ORIGIN` names one that is up already. */
export const startDemoShop = async (): Promise<DemoShop> => {
  const given = process.env['ORIGIN'];
  if (given !== undefined) return { origin: given, stop: async () => {} };
  const data = await mkdtemp(join(tmpdir(), 'plaza-bench-pages-'));
  const child = spawn(process.execPath, ['apps/cli/main.ts', 'start'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      LANG: 'en_US.UTF-8',
      PLAZA_DATA: data,
      PLAZA_PORT: String(port),
      PLAZA_LOG_LEVEL: 'warn',
      PLAZA_REQUESTS_PER_MINUTE: '900000000',
    },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const filled = new Promise<void>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (/example shop (?:is )?ready/i.test(said)) resolve();
    });
    child.once('exit', () => reject(new Error(`the shop ended:\n${said}`)));
    setTimeout(() => reject(new Error(`the shop is not filled:\n${said}`)), fillMaxMs).unref();
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  await filled.catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { origin: `http://localhost:${port}`, stop };
};

const read = async (origin: string, path: string): Promise<Json> =>
  (await (await fetch(origin + path)).json()) as Json;

/** A product with sizes and a picture, which most pages of a shop are about. */
export const findProduct = async (origin: string) => {
  const { items } = await read(origin, '/api/v1/products?q=cafetera&limit=1');
  const [{ id }] = items as [{ id: string }];
  const product = await read(origin, `/api/v1/products/${id}`);
  const [variant] = product['variants'] as { id: string }[];
  return { id, slug: String(product['slug']), variantId: variant!.id };
};

/** The cookie of a visitor who has put something into the cart. */
export const fillCart = async (origin: string, variantId: string): Promise<string> => {
  const reply = await fetch(`${origin}/web/api/v1/cart/add`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ variant_id: variantId, quantity: 1 }),
  });
  if (reply.status !== 200) throw new Error(`cart: ${reply.status} ${await reply.text()}`);
  return reply.headers
    .getSetCookie()
    .map((line) => line.replace(/;.*/s, ''))
    .join('; ');
};
