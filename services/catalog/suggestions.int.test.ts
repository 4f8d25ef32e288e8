import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

type Found = Readonly<{
  products: readonly Readonly<{ id: string; slug: string; title: string }>[];
  categories: readonly Readonly<{ slug: string; name: string }>[];
}>;

describe('suggestions', () => {
  let catalog: TestCatalog;
  const suggest = async (query: string): Promise<Found> => {
    const reply = await catalog.get(`/products/suggestions?${query}`);
    assert.equal(reply.statusCode, 200, reply.body);
    return reply.json<Found>();
  };
  const titles = async (q: string): Promise<readonly string[]> =>
    (await suggest(`q=${encodeURIComponent(q)}`)).products.map(({ title }) => title);
  let category: { id: string };

  before(async () => {
    catalog = await startTestCatalog();
    const made = await catalog.plaza.request({
      method: 'POST',
      url: '/api/v1/categories',
      payload: { name: 'Cocina y café', slug: 'cocina-y-cafe', position: 0, parent_id: null },
      as: catalog.admin,
    });
    assert.equal(made.statusCode, 201, made.body);
    category = made.json<{ id: string }>();
    await catalog.create({ title: 'Cafetera moka', category_id: category.id });
    await catalog.create({ title: 'Molino de café', category_id: category.id, stock: 0 });
    await catalog.create({ title: 'Camiseta de algodón' });
    await catalog.create({ title: 'Camiseta escondida', status: 'draft' });
  });
  after(() => catalog.plaza.stop());
  soundAfterEach(() => catalog.findDrift());

  it('finish a word, without its accents and with a mistake', async () => {
    assert.deepEqual(await titles('caf'), ['Cafetera moka', 'Molino de café']);
    assert.deepEqual(await titles('CAMI'), ['Camiseta de algodón']);
    assert.deepEqual(await titles('kamiceta'), ['Camiseta de algodón']);
    assert.deepEqual(await titles('molino cafe'), ['Molino de café']);
    assert.deepEqual(await titles('zzzz'), []);
    assert.deepEqual(await titles("'; drop table products; --"), []);
    assert.deepEqual(await titles('   '), []);
  });

  it('name categories that have something on sale', async () => {
    const named = async (q: string) =>
      (await suggest(`q=${encodeURIComponent(q)}`)).categories.map(({ slug }) => slug);
    assert.deepEqual(await named('coci'), ['cocina-y-cafe']);
    assert.deepEqual(await named('cosina'), ['cocina-y-cafe']);
    assert.deepEqual(await named('%'), []);
    assert.deepEqual(await named('algod'), []);
  });

  it('are few, and refuse what they do not know', async () => {
    assert.equal((await suggest('q=caf&limit=1')).products.length, 1);
    for (const query of ['', 'q=', 'q=caf&limit=11', 'q=caf&sort=title', `q=${'a'.repeat(201)}`])
      assert.equal((await catalog.get(`/products/suggestions?${query}`)).statusCode, 422, query);
  });

  it('are remembered until something changes', async () => {
    const first = await catalog.get('/products/suggestions?q=moka');
    const headers = { 'if-none-match': String(first.headers.etag) };
    const request = { url: '/api/v1/products/suggestions?q=moka', headers };
    assert.equal((await catalog.plaza.request(request)).statusCode, 304);
    await catalog.create({ title: 'Cafetera moka grande' });
    assert.deepEqual(await titles('moka'), ['Cafetera moka grande', 'Cafetera moka']);
  });
});
