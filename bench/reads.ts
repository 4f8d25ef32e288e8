/**
 * Product list (20), product by id and search. Hot: the same answer again, beside bare Fastify that
 * answers the same bytes from memory, alternated. Cold: answers that no cache has, as CPU of the
 * whole process tree, beside the same SQL alone over the same driver, alternated. At 1,000 and at
 * 100,000 products.
 */
import type pg from 'pg';
import type { ListQuery } from '../services/catalog/application/queries/list-products.ts';
import { generateCatalogue } from '../services/catalog/infrastructure/generate-catalogue.ts';
import { createPgProductLists } from '../services/catalog/infrastructure/pg-product-lists.ts';
import { createPgProductViews } from '../services/catalog/infrastructure/pg-product-views.ts';
import { childrenCpuMs, costOfEach, median, ownCpuMs, treeCpuMs } from './lib/cpu.ts';
import { startFloor } from './lib/floor.ts';
import { load } from './lib/load.ts';
import { contextPool, settleDatabase } from './lib/database.ts';
import { startPlazaProcess, type PlazaProcess } from './lib/plaza-process.ts';

const sizes = (process.env['SIZES'] ?? '1000,100000').split(',').map(Number);
const rounds = Number(process.env['ROUNDS'] ?? 5);
const roundMs = Number(process.env['ROUND_MS'] ?? 2_000);
const connections = 50;

type Item = Readonly<{ id: string; title: string }>;

/** Product ids and title words all over the catalogue, in an order that no page has. */
const sample = async (pool: pg.Pool): Promise<readonly Item[]> => {
  const { rows } = await pool.query<Item>(
    `select id, title from products where status = 'active' order by hashtext(id::text) limit 4000`,
  );
  return rows;
};

type Cold = Readonly<{
  /** Each asked once: a question asked again is answered from memory. */
  path: (n: number) => string;
  /** The same question to the same SQL, without HTTP, cache and platform. */
  ask: (n: number) => Promise<unknown>;
  questions: number;
}>;

const sorts = ['newest', 'price_asc', 'price_desc', 'title'] as const;
const anything: ListQuery = {
  q: null,
  category: null,
  seller: null,
  minPriceMinor: null,
  maxPriceMinor: null,
  inStock: false,
  attributes: [],
  sort: 'newest',
  after: null,
  limit: 20,
  withFacets: false,
};

const coldWorkloads = (items: readonly Item[], pool: pg.Pool): Readonly<Record<string, Cold>> => {
  const lists = createPgProductLists(pool);
  const views = createPgProductViews(pool);
  const at = (n: number): Item => items[n % items.length]!;
  const words = (n: number): string =>
    at(n * 7)
      .title.split(' ')
      .slice(0, 2)
      .join(' ');
  return {
    list: {
      path: (n) => `/api/v1/products?sort=${sorts[n % 4]}&min_price=${100 + n * 3}`,
      ask: (n) =>
        lists.loadPublic({
          ...anything,
          sort: sorts[n % 4]!,
          minPriceMinor: BigInt(100 + n * 3) * 100n,
        }),
      questions: 1_500,
    },
    detail: {
      path: (n) => `/api/v1/products/${at(n).id}`,
      ask: (n) => views.loadPublic(at(n).id),
      questions: Math.min(items.length, 1_500),
    },
    search: {
      path: (n) => `/api/v1/products?q=${encodeURIComponent(words(n))}&min_price=${n}`,
      ask: (n) =>
        lists.loadPublic({
          ...anything,
          q: words(n),
          sort: 'relevance',
          minPriceMinor: BigInt(n) * 100n,
        }),
      questions: 1_500,
    },
  };
};

const coldRounds = 4;

/** CPU of one answer that no cache has, and of its SQL alone; every question once, in four rounds. */
const coldCosts = async (plaza: PlazaProcess, items: readonly Item[], pool: pg.Pool) => {
  const workloads = Object.entries(coldWorkloads(items, pool));
  const sqlMs = (): number => ownCpuMs() + childrenCpuMs(plaza.pid);
  const get = async (path: string): Promise<void> => {
    const reply = await fetch(plaza.url + path);
    const text = await reply.text();
    if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${text}`);
  };
  const results = new Map<string, { ours: number[]; alone: number[] }>();
  for (let round = 0; round < coldRounds; round++)
    for (const [name, { path, ask, questions }] of workloads) {
      const numbers = Array.from({ length: questions }, (_, n) => n).filter(
        (n) => n % coldRounds === round,
      );
      const ours = await costOfEach(
        numbers,
        () => treeCpuMs(plaza.pid),
        (n) => get(path(n)),
      );
      const alone = await costOfEach(numbers, sqlMs, ask);
      if (round === 0) continue; // Warms statements and code, not these answers.
      const result = results.get(name) ?? { ours: [], alone: [] };
      results.set(name, result);
      result.ours.push(ours);
      result.alone.push(alone);
    }
  return [...results].flatMap(([name, { ours, alone }]) => [
    [`${name} cold, CPU ms`, median(ours)] as const,
    [`${name} SQL alone, CPU ms`, median(alone)] as const,
  ]);
};

export const benchReads = async () => {
  const plaza = await startPlazaProcess();
  const floor = await startFloor();
  const pool = contextPool(plaza, 'catalog');
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
      await settleDatabase(plaza);
      const items = await sample(pool);
      for (const [name, ms] of await coldCosts(plaza, items, pool))
        (result[name] ??= {})[size] = ms;
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
