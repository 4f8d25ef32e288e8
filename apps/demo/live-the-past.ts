import { buyerCount } from './buyers.ts';
import type { DemoProduct } from './catalogue.ts';
import { dayMs, historyDays, unitsSold, type Story } from './order-plan.ts';
import type { PastPlaza } from './past-plaza.ts';
import { seedOrders } from './seed-orders.ts';
import {
  expectStatus,
  seedAddresses,
  seedBuyers,
  seedCategories,
  seedProducts,
  seedSellers,
  signInOperator,
  type Setting,
} from './seed-shop.ts';
import { seedShipping, seedTerms } from './seed-terms.ts';

/** Shops open a while before their first order. */
export const daysBefore = 12;

export type DemoProgress = Readonly<{ done: number; total: number }>;

/** What is sold, what happens, seen from `now`, and how far the clocks there are ahead of UTC. */
export type Month = Readonly<{
  products: readonly DemoProduct[];
  stories: readonly Story[];
  now: Date;
  zoneMs: number;
}>;

/**
 * Opens a shop in the past and lives the stories through to now. Raises an error when its books are not
 * sound at the end, or somebody could not take a message.
 */
export const liveThePast = async (
  plaza: PastPlaza,
  setting: Setting & Readonly<{ jurisdiction: string }>,
  month: Month,
  onProgress: (progress: DemoProgress) => void,
): Promise<void> => {
  const { country, language } = setting;
  const { products, stories, now, zoneMs } = month;
  const total = products.length + buyerCount + stories.length;
  let done = 0;
  const progress = (more: number): void => onProgress({ done: (done += more), total });
  const openedAt = new Date(now.getTime() - (historyDays + daysBefore) * dayMs);

  const sellers = await seedSellers(plaza, openedAt, setting);
  const at = new Date(openedAt.getTime() + dayMs);
  const categories = await seedCategories(plaza, at, language);
  await seedTerms(plaza, at, setting, categories);
  const sending = await seedShipping(plaza, at, country);
  const sold = unitsSold(stories);
  // Hashing and drawing take turns on the two threads that there may be.
  const [variants, buyers] = await Promise.all([
    seedProducts(plaza, { ...setting, at, products, categories, sellers, sold, progress }),
    seedBuyers(plaza, stories, setting, progress),
  ]);
  await plaza.settle();
  const people = [...sellers.values(), ...buyers.filter((buyer) => buyer !== undefined)];
  await seedAddresses(plaza, people, language);
  await seedOrders({ plaza, buyers, sellers, variants, sending, zoneMs }, stories, progress);

  const token = signInOperator(plaza);
  const books = await plaza.call(now, 'GET', '/ledger/verify', { token });
  const { is_sound: isSound } = expectStatus<{ is_sound: boolean }>(books, 200, 'the books');
  if (!isSound) throw new Error('the books of the demo are not sound');
  if ((await plaza.countDeadLetters()) > 0) throw new Error('the demo left dead letters');
};
