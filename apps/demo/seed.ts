import { join } from 'node:path';
import pg from 'pg';
import type { Config } from '#shared/platform/config.ts';
import { startEmbeddedPostgres } from '#shared/platform/embedded-postgres.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import { modules } from '../server/targets.ts';
import { buyerCount } from './buyers.ts';
import { demoProducts, demoSellers } from './catalogue.ts';
import {
  demoCountries,
  demoCountryOf,
  demoCountryWith,
  type DemoCountry,
} from './countries/demo-countries.ts';
import { daysBefore, liveThePast, type DemoProgress } from './live-the-past.ts';
import { moveRows } from './move-rows.ts';
import { dayMs, historyDays, planOrders, zoneMsOf } from './order-plan.ts';
import { startPastPlaza } from './past-plaza.ts';
export type DemoResult =
  | Readonly<{
      outcome: 'seeded';
      products: number;
      sellers: number;
      buyers: number;
      orders: number;
      /** ISO 3166-1: where the example is of. */
      country: string;
    }>
  | Readonly<{ outcome: 'not_empty' | 'busy' }>
  /** There is no example of the country, or none in the currency of the shop. */
  | Readonly<{ outcome: 'no_example'; countries: readonly string[] }>
  /** The country that was asked for pays in another currency than the shop's. */
  | Readonly<{ outcome: 'other_currency'; countryCurrency: string }>;

export type { DemoProgress };

/** Something that the demo could clash with: somebody sells or has bought here. */
const isEmptySql = `select not exists (select from catalog.products)
  and not exists (select from orders.orders) as is_empty`;

/** The country of the example for a shop: the one that is asked for, or where its money is at home. */
const chooseCountry = (
  currency: string,
  code: string | undefined,
): DemoCountry | Exclude<DemoResult, { outcome: 'seeded' | 'not_empty' | 'busy' }> => {
  const country = code === undefined ? demoCountryWith(currency) : demoCountryOf(code);
  if (!country) return { outcome: 'no_example', countries: demoCountries.map((one) => one.code) };
  if (country.currency === currency) return country;
  return { outcome: 'other_currency', countryCurrency: country.currency };
};

/** The shop's own settings, where they are of the country; else the country's. */
const configIn = (config: Config, { code, timeZone }: DemoCountry): Config => {
  const isOfCountry = config.taxJurisdiction.split('-')[0] === code;
  return isOfCountry ? config : { ...config, taxJurisdiction: code, timeZone };
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
    /** ISO 3166-1; undefined: where the currency of the shop is at home. */
    country?: string | undefined;
    log: Logger;
    onProgress: (progress: DemoProgress) => void;
  }>,
): Promise<DemoResult> => {
  const { config, log, onProgress } = options;
  const country = chooseCountry(config.currency, options.country);
  if ('outcome' in country) return country;
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
    const lived = configIn(config, country);
    const past = await startPastPlaza({ address, config: lived, beginsAt, now, log });
    try {
      const { language, taxJurisdiction: jurisdiction } = lived;
      const zoneMs = zoneMsOf(country.timeZone, now);
      const stories = planOrders({ products: demoProducts, buyerCount, now, zoneMs });
      const month = { products: demoProducts, stories, now, zoneMs };
      await liveThePast(past, { country, language, jurisdiction }, month, onProgress);
      await past.stop();
      if (!(await isEmpty())) return { outcome: 'not_empty' };
      const contexts = modules.map(({ name }) => name);
      await moveRows(past.admin, shop, contexts, past.beside());
      const people = { sellers: demoSellers.length, buyers: buyerCount };
      const products = demoProducts.length;
      return {
        outcome: 'seeded',
        products,
        ...people,
        orders: stories.length,
        country: country.code,
      };
    } finally {
      await past.drop();
    }
  } finally {
    await shop.end().catch(() => {});
    await server.stop();
  }
};
