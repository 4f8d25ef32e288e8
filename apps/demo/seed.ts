import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '#shared/platform/config.ts';
import { startEmbeddedPostgres } from '#shared/platform/embedded-postgres.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import { modules } from '../server/targets.ts';
import { demoBuyers } from './buyers.ts';
import { demoProducts, demoSellers } from './catalogue.ts';
import { moveRows } from './move-rows.ts';
import { dayMs, historyDays, planOrders, unitsSold } from './order-plan.ts';
import { startPastPlaza, type PastPlaza } from './past-plaza.ts';
import { seedOrders } from './seed-orders.ts';
import {
  expectStatus,
  seedBuyers,
  seedProducts,
  seedSellers,
  signInOperator,
} from './seed-shop.ts';

/** The prices of the demo are in pesos. */
export const demoCurrency = 'COP';

/** Shops open a while before their first order. */
const daysBefore = 12;

export type DemoResult =
  | Readonly<{
      outcome: 'seeded';
      products: number;
      sellers: number;
      buyers: number;
      orders: number;
    }>
  | Readonly<{ outcome: 'not_empty' | 'busy' | 'other_currency' }>;

export type DemoProgress = Readonly<{ done: number; total: number }>;

/** Something that the demo could clash with: somebody sells or has bought here. */
const isEmptySql = `select not exists (select from catalog.products)
  and not exists (select from orders.orders) as is_empty`;

const liveThePast = async (
  plaza: PastPlaza,
  config: Config,
  now: Date,
  onProgress: (progress: DemoProgress) => void,
): Promise<number> => {
  const { language } = config;
  const stories = planOrders({ products: demoProducts, buyerCount: demoBuyers.length, now });
  const total = demoProducts.length + demoBuyers.length + stories.length;
  let done = 0;
  const progress = (more: number): void => onProgress({ done: (done += more), total });
  const openedAt = new Date(now.getTime() - (historyDays + daysBefore) * dayMs);

  const sellers = await seedSellers(plaza, openedAt, language);
  const at = new Date(openedAt.getTime() + dayMs);
  const sold = unitsSold(stories);
  // Hashing and drawing take turns on the two threads that there may be.
  const [variants, buyers] = await Promise.all([
    seedProducts(plaza, { at, language, sellers, sold, progress }),
    seedBuyers(plaza, stories, language, progress),
  ]);
  await plaza.settle();
  await seedOrders({ plaza, buyers, sellers, variants }, stories, progress);

  const token = signInOperator(plaza);
  const books = await plaza.call(now, 'GET', '/ledger/verify', { token });
  const { is_sound: isSound } = expectStatus<{ is_sound: boolean }>(books, 200, 'the books');
  if (!isSound) throw new Error('the books of the demo are not sound');
  if ((await plaza.countDeadLetters()) > 0) throw new Error('the demo left dead letters');
  return stories.length;
};

/**
 * Fills an empty shop, running or not, with the example: three sellers, sixty products and a month
 * of orders. All of it is lived in a database beside the shop's, by the same code and through the
 * same HTTP API, and then moves over in one transaction: the shop never shows half of it, a seed
 * that dies leaves nothing behind but a database that the next one drops, and a second one finds
 * the shop not empty.
 */
export const seedDemo = async (
  options: Readonly<{
    config: Config;
    log: Logger;
    onProgress: (progress: DemoProgress) => void;
  }>,
): Promise<DemoResult> => {
  const { config, log, onProgress } = options;
  if (config.currency !== demoCurrency) return { outcome: 'other_currency' };
  // A server that runs for Plaza is used and left running.
  const server = await startEmbeddedPostgres({ directory: join(config.dataDirectory, 'postgres') });
  const { host, port, user, password } = server;
  const address = { host, port, user, password };
  const shop = new pg.Client({ ...address, database: 'plaza' });
  try {
    await shop.connect();
    const lock = await shop.query<{ is_mine: boolean }>(
      `select pg_try_advisory_lock(hashtext('plaza demo')) as is_mine`,
    );
    if (!lock.rows[0]!.is_mine) return { outcome: 'busy' };
    const isEmpty = async (): Promise<boolean> =>
      (await shop.query<{ is_empty: boolean }>(isEmptySql)).rows[0]!.is_empty;
    if (!(await isEmpty())) return { outcome: 'not_empty' };

    const now = new Date();
    const beginsAt = new Date(now.getTime() - (historyDays + daysBefore + 1) * dayMs);
    const past = await startPastPlaza({ address, config, beginsAt, now, log });
    try {
      const orders = await liveThePast(past, config, now, onProgress);
      await past.stop();
      if (!(await isEmpty())) return { outcome: 'not_empty' };
      const contexts = modules.map(({ name }) => name);
      await moveRows(past.admin, shop, contexts, past.beside());
      const people = { sellers: demoSellers.length, buyers: demoBuyers.length };
      return { outcome: 'seeded', products: demoProducts.length, ...people, orders };
    } finally {
      await past.drop();
    }
  } finally {
    await shop.end().catch(() => {});
    await server.stop();
  }
};
