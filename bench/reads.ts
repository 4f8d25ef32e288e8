/**
 * Product list (20), product by id and search. Hot: the same answer again, beside bare Fastify that
 * answers the same bytes from memory, alternated. Cold: answers that no cache has, as CPU of the
 * whole process tree, at 1,000 and at 100,000 products.
 */
import pg from 'pg';
import { databasePassword } from '#shared/platform/secret.ts';
import { generateCatalogue } from '../services/catalog/infrastructure/generate-catalogue.ts';
import { median, treeCpuMs } from './lib/cpu.ts';
import { startFloor } from './lib/floor.ts';
import { load } from './lib/load.ts';
import { startPlazaProcess, type PlazaProcess } from './lib/plaza-process.ts';

const sizes = (process.env['SIZES'] ?? '1000,100000').split(',').map(Number);
const rounds = Number(process.env['ROUNDS'] ?? 5);
const roundMs = Number(process.env['ROUND_MS'] ?? 2_000);
const connections = 50;
const coldRequests = 1_500;

type Item = Readonly<{ id: string; title: string }>;

const catalogPool = (plaza: PlazaProcess): pg.Pool =>
  new pg.Pool({
    host: '127.0.0.1',
    port: plaza.databasePort,
    database: 'plaza',
    user: 'plaza_catalog',
    password: databasePassword(plaza.secret, 'catalog'),
    max: 1,
  });

/** Product ids and title words all over the catalogue, in an order that no page has. */
const sample = async (pool: pg.Pool): Promise<readonly Item[]> => {
  const { rows } = await pool.query<Item>(
    `select id, title from products where status = 'active' order by hashtext(id::text) limit 4000`,
  );
  return rows;
};

const coldPaths = (items: readonly Item[]) => {
  const at = (n: number): Item => items[n % items.length]!;
  const words = (n: number): string =>
    at(n * 7)
      .title.split(' ')
      .slice(0, 2)
      .map(encodeURIComponent)
      .join('%20');
  const many = <T>(make: (n: number) => T): T[] =>
    Array.from({ length: coldRequests }, (_, n) => make(n));
  const sorts = ['newest', 'price_asc', 'price_desc', 'title'];
  return {
    list: many((n) => `/api/v1/products?sort=${sorts[n % 4]}&min_price=${100 + n * 3}`),
    // Each once: a product asked for again is answered from memory.
    detail: items.slice(0, coldRequests).map(({ id }) => `/api/v1/products/${id}`),
    search: many((n) => `/api/v1/products?q=${words(n)}&min_price=${n}`),
  };
};

/** Asks each path once, 8 at a time; CPU of the tree for one, in milliseconds. */
const coldCost = async (plaza: PlazaProcess, paths: readonly string[]): Promise<number> => {
  const before = treeCpuMs(plaza.pid);
  const left = [...paths];
  const ask = async (): Promise<void> => {
    for (let path = left.pop(); path !== undefined; path = left.pop()) {
      const reply = await fetch(plaza.url + path);
      const text = await reply.text();
      if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${text}`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, ask));
  return (treeCpuMs(plaza.pid) - before) / paths.length;
};

export const benchReads = async () => {
  const plaza = await startPlazaProcess();
  const floor = await startFloor();
  const pool = catalogPool(plaza);
  const result: Record<string, Record<string, number>> = {};
  try {
    let from = 0;
    for (const size of sizes) {
      await generateCatalogue(pool, {
        products: size - from,
        from,
        sellerIds: ['0199f3a2-7b1c-7d7e-8a55-0242ac120012'],
      });
      from = size;
      await pool.query('analyze');
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const items = await sample(pool);
      const cold = coldPaths(items);
      for (const [name, paths] of Object.entries(cold)) {
        await coldCost(plaza, paths.slice(0, 300)); // Warms statements and code, not these answers.
        (result[`${name} cold, CPU ms`] ??= {})[size] = await coldCost(plaza, paths.slice(300));
      }
      const hot = {
        list: '/api/v1/products',
        detail: `/api/v1/products/${items[0]!.id}`,
        search: `/api/v1/products?q=${encodeURIComponent(items[1]!.title.split(' ')[0]!)}`,
      };
      for (const [name, path] of Object.entries(hot)) {
        const reply = await fetch(plaza.url + path);
        const floorPath = await floor.serve(name, await reply.text());
        const ours: number[] = [];
        const floors: number[] = [];
        for (let round = 0; round <= rounds; round++) {
          const a = await load(floor.url, [floorPath], connections, roundMs);
          const b = await load(plaza.url, [path], connections, roundMs);
          if (round === 0) continue; // Warms both.
          floors.push(a.perSecond);
          ours.push(b.perSecond);
        }
        (result[`${name} hot, per second`] ??= {})[size] = median(ours);
        (result[`${name} floor, per second`] ??= {})[size] = median(floors);
        (result[`${name} hot of floor`] ??= {})[size] = median(ours.map((v, i) => v / floors[i]!));
      }
    }
    return result;
  } finally {
    floor.stop();
    await pool.end();
    await plaza.stop();
  }
};

if (import.meta.main) console.table(await benchReads());
