import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { createPgMissedSearches } from './infrastructure/pg-missed-searches.ts';
import { isProblem, startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

type Missed = { items: { term: string; count: number; previous_count: number }[] };
type Stock = {
  count: number;
  items: { sku: string; available: number; sold: number; days_left: number | null }[];
};

const zone = 'America/Bogota';
const dayAt = (offset: number): string =>
  new Date(Date.now() + offset * 86_400_000).toLocaleDateString('en-CA', { timeZone: zone });

describe('what the shop lacks', () => {
  let catalog: TestCatalog;
  const pool = () => catalog.plaza.pool('catalog');
  const ask = (path: string, as = catalog.admin) =>
    catalog.plaza.request({ url: `/api/v1/products/${path}`, as });
  const range = (from: number, to = 0): string => `from=${dayAt(from)}&to=${dayAt(to)}`;
  const missed = async (days = range(-6)) => {
    const answer = await ask(`missed-searches?${days}`);
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<Missed>().items;
  };
  const search = (query: string) => catalog.get(`/products?${query}`);

  before(async () => {
    catalog = await startTestCatalog();
    await catalog.create({ title: 'Cafetera moka', stock: 3 });
  });
  beforeEach(() => pool().query('delete from missed_searches'));
  after(() => catalog.plaza.stop());
  soundAfterEach(() => catalog.findDrift());

  it('is each search of the whole shop that found nothing, from memory too', async () => {
    for (let i = 0; i < 3; i += 1) await search('q=Zapato%20Rojo');
    await search('q=%20zapato%20%20rojo&facets=true');
    for (const found of ['q=moka', 'q=moka&max_price=0.01', 'q=xilofono&in_stock=true', 'limit=5'])
      assert.equal((await search(found)).statusCode, 200);
    assert.deepEqual(await missed(), [{ term: 'zapato rojo', count: 4, previous_count: 0 }]);
    assert.deepEqual(await missed(range(-9, -3)), [], 'on other days nothing');
    assert.deepEqual(
      (await missed(range(1, 2))).map(({ term }) => term),
      [],
    );
  });

  it('names nobody, and is no longer than a line', async () => {
    for (const q of ['ana@example.com', '300 123 4567', '1.020.304.050', 'x', 'y'.repeat(61)])
      await search(`q=${encodeURIComponent(q)}`);
    await search('q=qwzx');
    assert.deepEqual(
      (await missed()).map(({ term }) => term),
      ['qwzx'],
    );
  });

  it('has an end, however many words are invented', async () => {
    const store = createPgMissedSearches(pool(), zone);
    const invented = (from: number, count: number) =>
      new Map(Array.from({ length: count }, (_, i) => [`palabra${from + i}`, 1] as const));
    await store.add(invented(0, 1_999), new Date());
    await store.add(new Map([...invented(5_000, 3), ['palabra0', 7]]), new Date());
    const { rows } = await pool().query<{ terms: number; sum: number }>(
      'select count(*)::integer as terms, sum(count)::integer as sum from missed_searches',
    );
    assert.deepEqual(rows, [{ terms: 2_000, sum: 1_999 + 7 + 1 }], 'known words count on');
  });

  it('is stock that ends, what sells most first, with the days that it lasts', async () => {
    const [still, quick] = [
      await catalog.create({ title: 'Molino', stock: 4 }),
      await catalog.create({ title: 'Tetera', stock: 5 }),
    ];
    await catalog.create({ title: 'Bandeja', stock: 400 });
    // As a sale of three days ago would have left it, and one of long ago.
    await pool().query(
      `insert into stock_movements (variant_id, kind, quantity, on_hand_after, at)
       values ($1, 'sale', -8, 5, now() - interval '3 days'), ($1, 'sale', -90, 13, now() - interval '40 days'),
         ($1, 'correction', 98, 5, now())`,
      [quick.variants[0]!.id],
    );
    const answer = await ask(`stock-at-risk?${range(-9)}`);
    const { count, items } = answer.json<Stock>();
    assert.equal(count, 3);
    assert.deepEqual(
      items.map((item) => [item.sku, item.available, item.sold, item.days_left]),
      [
        [quick.variants[0]!.sku, 5, 8, 6],
        ...items.slice(1).map((item) => [item.sku, item.available, 0, null]),
      ],
    );
    assert.ok(items.some(({ sku }) => sku === still.variants[0]!.sku));
  });

  it('is for administrators, and for a range that has an end', async () => {
    for (const path of ['missed-searches', 'stock-at-risk']) {
      assert.equal((await ask(`${path}?${range(-6)}`, catalog.seller)).statusCode, 403);
      for (const bad of [range(0, -1), range(-366)])
        isProblem(await ask(`${path}?${bad}`), 422, 'http.validation', '#/querystring/to');
      assert.equal((await ask(`${path}?${range(-6)}&limit=9`)).statusCode, 422);
    }
  });
});
