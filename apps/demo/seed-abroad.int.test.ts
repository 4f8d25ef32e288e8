import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { readConfig } from '#shared/platform/config.ts';
import { createDatabase, prepareSchemas } from '#shared/platform/databases.ts';
import { databasePassword, readOrCreateSecrets } from '#shared/platform/secret.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { startTestServer } from '#shared/testing/test-postgres.ts';
import { modules } from '../server/targets.ts';
import { demoProducts, demoSellers } from './catalogue.ts';
import { clearDemo } from './clear/clear-demo.ts';
import { mexico } from './countries/mexico.ts';
import { daysBefore, liveThePast } from './live-the-past.ts';
import { moveRows } from './move-rows.ts';
import { dayMs, historyDays, planOrders, zoneMsOf, type Story } from './order-plan.ts';
import { startPastPlaza } from './past-plaza.ts';
import { readPrimaryKeys } from './seeded-rows.ts';

const contexts = modules.map(({ name }) => name);
const products = demoProducts.filter(({ handle }) => /huila|hamaca|taladro/.test(handle));

/** The first stories in which each thing happens, of buyers in more than one region. */
const someOf = (stories: readonly Story[]): readonly Story[] => {
  const chosen = new Set<Story>();
  for (const wanted of ['expire', 'be_declined', 'cancel', 'refund', 'refund_part', 'deliver']) {
    const first = stories.find(({ steps }) => steps.some(({ does }) => does === wanted));
    assert.ok(first, `nothing of the plan does ${wanted}`);
    chosen.add(first);
  }
  for (const buyer of [0, 1, 3]) chosen.add(stories.find((one) => one.buyer === buyer)!);
  return stories.filter((story) => chosen.has(story));
};

describe('the example of Mexico', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>;
  let shop: pg.Client;
  let data: string;
  let stories: readonly Story[];

  const rowsOf = async (): Promise<Readonly<Record<string, number>>> => {
    const tables = [...(await readPrimaryKeys(shop, contexts)).keys()];
    const { rows } = await shop.query<{ name: string; n: number }>(
      tables
        .map((name) => `select '${name}' as name, count(*)::int as n from ${name}`)
        .join(' union all '),
    );
    return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
  };
  const query = async (sql: string): Promise<readonly unknown[]> =>
    (await shop.query<Record<string, unknown>>(sql)).rows;

  let empty: Readonly<Record<string, number>>;

  before(async () => {
    data = await mkdtemp(join(tmpdir(), 'plaza-abroad-'));
    server = await startTestServer();
    const { address } = server;
    const secrets = await readOrCreateSecrets(data);
    await createDatabase(address, 'plaza');
    const passwordOf = (context: (typeof contexts)[number]) =>
      databasePassword(secrets[0], context);
    await prepareSchemas(address, 'plaza', modules, passwordOf);
    shop = new pg.Client({ ...address, database: 'plaza' });
    await shop.connect();
    empty = await rowsOf();

    const config = readConfig({
      PLAZA_DATA: data,
      PLAZA_CURRENCY: 'MXN',
      PLAZA_TAX_JURISDICTION: 'MX',
      PLAZA_TIME_ZONE: mexico.timeZone,
    });
    const now = new Date();
    const beginsAt = new Date(now.getTime() - (historyDays + daysBefore + 1) * dayMs);
    const log = createLogger({ level: 'error' });
    const past = await startPastPlaza({ address, config, beginsAt, now, log });
    try {
      const zoneMs = zoneMsOf(mexico.timeZone, now);
      stories = someOf(planOrders({ products, buyerCount: 4, now, zoneMs }));
      const setting = { country: mexico, language: 'es', jurisdiction: 'MX' } as const;
      await liveThePast(past, setting, { products, stories, now, zoneMs }, () => {});
      await past.stop();
      await moveRows(past.admin, shop, contexts, past.beside());
    } finally {
      await past.drop();
    }
  });
  after(async () => {
    await shop?.end();
    await server?.stop();
    await rm(data, { recursive: true, force: true });
  });

  it('sells in pesos of Mexico, at its taxes', async () => {
    assert.deepEqual(await query('select distinct currency from orders.orders'), [
      { currency: 'MXN' },
    ]);
    assert.deepEqual(
      await query(
        `select tax_class, code, rate_basis_points, jurisdiction from orders.tax_rates order by 1`,
      ),
      [
        { tax_class: 'exempt', code: 'IVA-EXENTO', rate_basis_points: 0, jurisdiction: 'MX' },
        { tax_class: 'reduced', code: 'IVA-0-ALIMENTOS', rate_basis_points: 0, jurisdiction: 'MX' },
        { tax_class: 'standard', code: 'IVA-16', rate_basis_points: 1600, jurisdiction: 'MX' },
      ],
    );
    const taxed = await query(
      `select distinct l.line #>> '{tax,code}' as code from orders.streams s,
         jsonb_array_elements(s.state -> 'lines') as l (line) order by 1`,
    );
    assert.ok(taxed.every((row) => (row as { code: string | null }).code !== null));
  });

  it('sends every order to an address there, in several regions', async () => {
    const regions = await query(
      `select c.address ->> 'country' as country, c.address #>> '{fields,state}' as state,
         count(*)::int as n
       from orders.orders o left join orders.order_contacts c on c.order_id = o.id group by 1, 2`,
    );
    assert.ok(regions.length >= 2, JSON.stringify(regions));
    assert.ok(regions.every((row) => (row as { country: string }).country === 'MX'));
    const counted = regions.reduce((sum: number, row) => sum + (row as { n: number }).n, 0);
    assert.equal(counted, stories.length);
  });

  it('is taken away to the last row', async () => {
    const by = { id: crypto.randomUUID(), ip: '127.0.0.1', userAgent: null };
    const heads = { ledger_head: null, audit_head: null };
    const people = demoSellers.length + new Set(stories.map(({ buyer }) => buyer)).size;
    const done = await clearDemo({ client: shop, contexts, by, heads });
    assert.deepEqual(done, {
      outcome: 'cleared',
      removed: { products: products.length, orders: stories.length, people },
      kept: [],
    });
    const left = await rowsOf();
    const grown = Object.keys(left).filter((name) => left[name] !== empty[name]);
    // What tells of the act itself; the timers of upkeep are of a shop that runs, as this one will.
    const told = grown.filter((name) => !name.endsWith('.deadlines')).toSorted();
    assert.deepEqual(told, ['catalog.catalog_changes', 'identity.account_events']);
    // What was drawn lies in its folder until the shop that ran the clearing ends it.
    assert.ok((await readdir(join(data, 'files'))).length > 0);
  });
});
