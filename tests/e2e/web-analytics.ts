/** The page of analytics beside SQL over the same days, by mouse, by keys and as a file. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Pool } from 'pg';
import { open } from './support/web-pages.ts';

type Figures = ReadonlyMap<string, number>;

/** `$1` is the time zone of the shop. Ten days, as the page is asked for them. */
const rangeSql = {
  orders: `with sold as (
      select o.*, (placed_at at time zone $1)::date as day, coalesce(c.email, o.buyer_id::text) as person
      from orders o
      left join order_contacts c on c.order_id = o.id
      where (placed_at at time zone $1)::date > (now() at time zone $1)::date - 10
        and status not in ('pending', 'awaiting_payment', 'failed', 'cancelled')
        and not exists (select from events e where e.stream_id = o.id and e.type = 'OrderCancelled'))
    select jsonb_build_object('range-sales', coalesce(sum(total_minor), 0) / 100,
      'range-orders', count(*), 'hours', count(*),
      'regions', count(*), 'funnel-paid', count(*), 'buyers', count(distinct person)) as figures
    from sold`,
  placed: `select jsonb_build_object('funnel-placed', count(*),
      'refunded', coalesce(sum((s.state #>> '{refunded,amountMinor}')::bigint), 0) / 100) as figures
    from orders o join streams s using (id)
    where (placed_at at time zone $1)::date > (now() at time zone $1)::date - 10`,
  carts: `select jsonb_build_object('funnel-carts', count(distinct cart_id)) as figures
    from cart_lines join carts c on c.id = cart_id
    where (touched_at at time zone $1)::date > (now() at time zone $1)::date - 10`,
} as const;

/** Figures and tables of the page of analytics beside SQL over the same days. */
export const compareAnalytics = async (
  page: Page,
  origin: string,
  pools: Readonly<Record<'orders' | 'catalog', Pool>>,
  /** Counts what is at its threshold, as `queue-stock`. */
  stockSql: string,
): Promise<string> => {
  const zone = 'America/Bogota';
  const day = (ago: number): string =>
    new Date(Date.now() - ago * 86_400_000).toLocaleDateString('en-CA', { timeZone: zone });
  await open(page, `${origin}/admin/analitica?from=${day(9)}&to=${day(0)}`);
  await page.locator('[data-chart=hours]').waitFor();
  for (const summary of await page.locator('figure[data-chart] summary').all())
    await summary.click();
  await page.locator('[data-figure=stock-at-risk]').waitFor();
  const shown = await page.evaluate(() => {
    const numberIn = (text: string | undefined): number =>
      Number(text?.replaceAll(/\D/g, '') ?? Number.NaN);
    const figures = [...document.querySelectorAll<HTMLElement>('[data-figure]')].map(
      (element) => [element.dataset['figure'] ?? '', numberIn(element.innerText)] as const,
    );
    const tables = [...document.querySelectorAll<HTMLElement>('figure[data-chart]')].map(
      (figure) =>
        [
          figure.dataset['chart'] ?? '',
          [...figure.querySelectorAll('tbody tr')].map((row) =>
            [...row.querySelectorAll('td')].map(({ innerText }) => numberIn(innerText)),
          ),
        ] as const,
    );
    return { figures, tables };
  });
  const figures = new Map(shown.figures);
  const tables = new Map(shown.tables);
  const cell = (table: string, row: number, column: number): number =>
    tables.get(table)!.at(row)!.at(column)!;
  const sum = (table: string, column: number): number =>
    tables.get(table)!.reduce((total, row) => total + row.at(column)!, 0);
  const of = async (pool: Pool, text: string, ...values: unknown[]): Promise<Figures> => {
    const { rows } = await pool.query<{ figures: Record<string, number> }>(text, values);
    return new Map(Object.entries(rows.at(0)!.figures));
  };
  const sold = await of(pools.orders, rangeSql.orders, zone);
  const placed = await of(pools.orders, rangeSql.placed, zone);
  const carts = await of(pools.orders, rangeSql.carts, zone);
  const low = await of(pools.catalog, stockSql);
  const pairs: Readonly<Record<string, readonly [shown: number | undefined, counted: number]>> = {
    sales: [figures.get('range-sales'), sold.get('range-sales')!],
    orders: [figures.get('range-orders'), sold.get('range-orders')!],
    'sales by day': [sum('sales', 2), sold.get('range-sales')!],
    'days in the table': [tables.get('sales')!.length, 10],
    'orders by hour': [sum('hours', 1), sold.get('hours')!],
    'orders by region': [sum('regions', 1), sold.get('regions')!],
    buyers: [sum('buyers', 1), sold.get('buyers')!],
    carts: [cell('funnel', 0, 1), placed.get('funnel-placed')! + carts.get('funnel-carts')!],
    placed: [cell('funnel', 1, 1), placed.get('funnel-placed')!],
    paid: [cell('funnel', 2, 1), sold.get('funnel-paid')!],
    refunded: [cell('reversals', -1, 2), placed.get('refunded')!],
    'stock at risk': [figures.get('stock-at-risk'), low.get('queue-stock')!],
  };
  for (const [name, [seen, counted]] of Object.entries(pairs))
    assert.equal(seen, counted, `${name} on the page of analytics`);
  assert.ok(
    sold.get('range-orders')! >= 2 && placed.get('refunded')! > 0,
    'there is something to count',
  );
  // A chart is gone through by keys, says where one is, and is quiet after Esc.
  await page.locator('[data-chart=hours] [role=application]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  const status = page.locator('[data-chart=hours] [role=status]');
  assert.match(await status.innerText(), /\d/);
  assert.equal(await page.locator('[data-tip]').count(), 1);
  await page.keyboard.press('Escape');
  assert.equal((await status.innerText()) + (await page.locator('[data-tip]').count()), '0');
  const waiting = page.waitForEvent('download');
  await page.locator('[data-chart=funnel] figcaption ~ div button').last().click();
  assert.match((await waiting).suggestedFilename(), /\.png$/);
  return `${Object.keys(pairs).length} figures`;
};
