/**
 * Add to cart and login, 8 at a time: CPU of the whole process tree for one. Beside add to cart the
 * same SQL alone over the same driver; beside login the hash of the password, measured where it runs.
 * Alternated.
 */
import { randomBytes } from 'node:crypto';
import { createPgCarts } from '../services/orders/infrastructure/pg-carts.ts';
import { codeReader } from './lib/codes.ts';
import { childrenCpuMs, costOfEach, median, ownCpuMs, threadsCpuMs, treeCpuMs } from './lib/cpu.ts';
import { contextPool } from './lib/database.ts';
import { request, startPlazaProcess, type PlazaProcess } from './lib/plaza-process.ts';

const rounds = Number(process.env['ROUNDS'] ?? 5);
const perRound = Number(process.env['PER_ROUND'] ?? 400);
const numbers = Array.from({ length: perRound }, (_, n) => n);
const password = 'una clave larga y buena';

const makeVariants = async (plaza: PlazaProcess): Promise<readonly string[]> => {
  const products = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      request(plaza, 201, 'POST', '/products', {
        token: plaza.token,
        body: { title: `Taza ${n}`, price: '48900.00', stock: 1_000, status: 'active' },
      }),
    ),
  );
  return products.map(({ variants }) => (variants as { id: string }[])[0]!.id);
};

const register = async (plaza: PlazaProcess): Promise<string> => {
  const email = 'compradora@example.com';
  const body = { email, username: 'compradora', password, confirm_password: password };
  await request(plaza, 201, 'POST', '/auth/register', { body });
  const code = await codeReader(plaza.data)(email);
  await request(plaza, 200, 'POST', '/auth/verify-email', { body: { email, code } });
  return email;
};

export const benchActions = async () => {
  const plaza = await startPlazaProcess();
  const pool = contextPool(plaza, 'orders');
  try {
    const carts = createPgCarts(pool, { jurisdiction: 'CO', clock: () => new Date() });
    const variants = await makeVariants(plaza);
    const email = await register(plaza);
    const item = (n: number) => ({ variant_id: variants[n % variants.length]!, quantity: 1 });
    const treeMs = (): number => treeCpuMs(plaza.pid);
    const hashMs = (): number => threadsCpuMs(plaza.pid, 'libuv-worker');
    const sqlMs = (): number => ownCpuMs() + childrenCpuMs(plaza.pid);

    const addToCart = (n: number) => request(plaza, 200, 'POST', '/cart/add', { body: item(n) });
    const addAlone = (n: number) =>
      carts.add({ tokenHash: randomBytes(32) }, item(n).variant_id, 1);
    const login = () => request(plaza, 200, 'POST', '/auth/login', { body: { email, password } });

    const results: Record<string, number[]> = {};
    const note = (name: string, value: number): void => void (results[name] ??= []).push(value);
    for (let round = 0; round <= rounds; round++) {
      const added = await costOfEach(numbers, treeMs, addToCart);
      const alone = await costOfEach(numbers, sqlMs, addAlone);
      const hashed = hashMs();
      const loggedIn = await costOfEach(numbers, treeMs, login);
      const hash = (hashMs() - hashed) / perRound;
      if (round === 0) continue; // Warms statements and code.
      note('add to cart, CPU ms', added);
      note('add to cart, its SQL alone, CPU ms', alone);
      note('login, CPU ms', loggedIn);
      note('login, its hash, CPU ms', hash);
    }
    return Object.fromEntries(
      Object.entries(results).map(([name, values]) => [name, median(values)]),
    );
  } finally {
    await pool.end();
    await plaza.stop();
  }
};

if (import.meta.main) console.table(await benchActions());
