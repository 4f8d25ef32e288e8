import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { ResponseCache, finish } from './infrastructure/response-cache.ts';
import { startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

let catalog: TestCatalog;
let queries: string[] = [];
before(async () => {
  catalog = await startTestCatalog();
  const pool = catalog.catalogPool;
  const query = pool.query.bind(pool) as (...all: unknown[]) => unknown;
  // Counts what the public answers ask of the database; the relay's own questions aside.
  pool.query = ((first: { text?: string } | string, ...rest: unknown[]) => {
    const text = typeof first === 'string' ? first : (first.text ?? '');
    if (/\bproducts p\b|select ask/.test(text)) queries.push(text);
    return query(first, ...rest);
  }) as typeof pool.query;
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

const pages = () => queries.filter((text) => /\bproducts p\b|select ask/.test(text)).length;
const asked = async (work: () => Promise<unknown>): Promise<number> => {
  queries = [];
  await work();
  return pages();
};
/** The look at what other processes changed brings our own change once more: a second later, none. */
const letSyncPass = async (look: () => Promise<unknown>): Promise<void> => {
  await look();
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await look();
};
const price = async (url: string) => (await catalog.get(url)).json<{ price: string }>().price;
const patch = (id: string, payload: object) =>
  catalog.plaza.request({
    method: 'PATCH',
    url: `/api/v1/products/${id}`,
    as: catalog.seller,
    headers: { 'if-match': '*' },
    payload,
  });

describe('public answers from memory', () => {
  it('ask the database once, however many ask at once', async () => {
    const { id } = await catalog.create({ title: 'Recordado', price: 10, stock: 30 });
    const url = `/products/${id}`;
    const count = await asked(() =>
      Promise.all(Array.from({ length: 30 }, () => catalog.get(url))),
    );
    assert.equal(count, 1);
    assert.equal(await asked(() => catalog.get(url)), 0);
    assert.equal(await asked(() => catalog.get('/products?limit=5')), 1);
    assert.equal(await asked(() => catalog.get('/products?limit=5')), 0);
    // Another spelling of the same question.
    assert.equal(await asked(() => catalog.get('/products?in_stock=false&limit=5')), 0);
  });

  it('show a changed price to the very next request, everywhere it stands', async () => {
    const { id, slug } = await catalog.create({ title: 'Precio que cambia', price: '10.00' });
    const urls = [`/products/${id}`, `/products/${slug}`];
    const inList = async (query: string) =>
      (await catalog.get(`/products${query}`))
        .json<{ items: { id: string; price: string }[] }>()
        .items.find((item) => item.id === id)?.price;
    const lists = ['', '?q=precio', `?seller=${catalog.seller.id}`, '?sort=price_asc&limit=100'];
    for (let cents = 11; cents < 16; cents++) {
      await patch(id, { price: `10.${cents}` });
      for (const url of urls) assert.equal(await price(url), `10.${cents}`);
      for (const query of lists) assert.equal(await inList(query), `10.${cents}`, query);
    }
  });

  it('drop a detail with its stock, and the lists only when it is sold out or back', async () => {
    const { id, variants } = await catalog.create({ title: 'Se agota', stock: 3 });
    const variantId = variants[0]!.id;
    const detail = () => catalog.get(`/products/${id}`);
    const list = () => catalog.get('/products?q=agota');
    const see = async () => [
      (await detail()).json<{ in_stock: boolean }>().in_stock,
      (await list()).json<{ items: { in_stock: boolean }[] }>().items[0]!.in_stock,
    ];
    const place = async (quantity: number): Promise<string> => {
      const order = crypto.randomUUID();
      await catalog.orders.place(order, [{ variantId, quantity }]);
      await catalog.plaza.settle();
      return order;
    };
    await letSyncPass(see);
    assert.deepEqual(await see(), [true, true]);
    await place(1);
    assert.equal(await asked(detail), 1);
    assert.equal(await asked(list), 0);
    const last = await place(2);
    assert.deepEqual(await see(), [false, false]);
    await catalog.orders.cancel(last);
    await catalog.plaza.settle();
    assert.deepEqual(await see(), [true, true]);
  });

  it('stay while stock moves where nobody can see it', async () => {
    const { id, variants } = await catalog.create({ title: 'De sobra', stock: 100 });
    const detail = () => catalog.get(`/products/${id}`);
    await letSyncPass(detail);
    await detail();
    await catalog.orders.place(crypto.randomUUID(), [{ variantId: variants[0]!.id, quantity: 3 }]);
    await catalog.plaza.settle();
    assert.equal(await asked(detail), 0);
    assert.partialDeepStrictEqual((await detail()).json(), { variants: [{ available: 20 }] });
  });

  it('answer 304 to who has them', async () => {
    const { id } = await catalog.create({ title: 'Etiquetado', stock: 2 });
    for (const url of [`/products/${id}`, '/products?limit=3', '/categories']) {
      const first = await catalog.get(url);
      const etag = String(first.headers.etag);
      const known = (tag: string) => catalog.get(url, undefined, { 'if-none-match': tag });
      for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await known(tag);
        assert.deepEqual([again.statusCode, again.body, again.headers.etag], [304, '', etag]);
      }
      assert.equal((await known('"other"')).statusCode, 200);
      assert.match(String(first.headers['cache-control']), /must-revalidate/);
    }
    const { etag } = (await catalog.get(`/products/${id}`)).headers;
    await catalog.post(`/products/${id}/stock/remove`, { quantity: 1 });
    const after = await catalog.get(`/products/${id}`, undefined, {
      'if-none-match': String(etag),
    });
    assert.equal(after.statusCode, 200, 'stock is on the page');
  });

  it('are not kept when the product changed while they were read', async () => {
    const cache = new ResponseCache(catalog.catalogPool);
    const product = crypto.randomUUID();
    const { promise, resolve } = Promise.withResolvers<void>();
    const slow = async () => {
      await promise;
      return { answer: finish({ is: 'old' }), productId: product };
    };
    const fresh = async () => ({ answer: finish({ is: 'new' }), productId: product });
    const first = cache.get('detail', 'k', '/k', slow);
    await cache.get('list', 'l', '/l', fresh);
    cache.forget([{ product_id: product, changes_lists: true }]);
    const second = await cache.get('detail', 'k', '/k', fresh);
    resolve();
    assert.match((await first).bytes.toString(), /old/);
    assert.match(second.bytes.toString(), /new/);
    assert.match(cache.peek('/k')!.bytes.toString(), /new/);
    assert.equal(cache.peek('/l'), undefined);
  });

  it('learn within a second what another process changed', async () => {
    const { id } = await catalog.create({ title: 'De lejos', price: 10, stock: 1 });
    const other = new ResponseCache(catalog.catalogPool);
    const load = async () => ({ answer: finish({ at: Date.now() }), productId: id });
    const get = () => other.get('detail', id, '/other', load);
    const [first] = [await get()];
    assert.equal(await get(), first);
    await patch(id, { price: 11 });
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    assert.equal(other.peek('/other'), undefined);
    assert.notEqual(await get(), first);
    // Nothing new: asked again after a second, the answer stays.
    const kept = await get();
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    assert.equal(await get(), kept);
  });

  it('ask the database first when others may have said something that was not heard', async () => {
    const { id } = await catalog.create({ title: 'No se oyó', price: 10, stock: 1 });
    const deaf = new ResponseCache(catalog.catalogPool);
    const load = async () => ({ answer: finish({ at: performance.now() }), productId: id });
    const get = () => deaf.get('detail', id, '/deaf', load);
    const ofItself = () => new Promise((resolve) => setTimeout(resolve, 420));
    await get();
    await ofItself();
    const first = await get();
    await patch(id, { price: 11 });
    assert.equal(deaf.peek('/deaf'), first, 'nobody told it');
    deaf.doubt();
    assert.equal(deaf.peek('/deaf'), undefined);
    assert.notEqual(await get(), first);
    assert.ok(deaf.peek('/deaf'));
  });

  it('hold no more than their bounds', async () => {
    const cache = new ResponseCache(catalog.catalogPool);
    const answer = { bytes: Buffer.alloc(1024 * 1024), etag: '"x"' };
    for (let i = 0; i < 40; i++)
      await cache.get('list', `k${i}`, `/k${i}`, async () => ({ answer }));
    const kept = Array.from({ length: 40 }, (_, i) => cache.peek(`/k${i}`)).filter(Boolean).length;
    assert.ok(kept > 10 && kept <= 24, `${kept} MiB kept`);
    assert.ok(cache.peek('/k39'));
  });

  it('count the spellings of their address, and learn no endless ones', async () => {
    const cache = new ResponseCache(catalog.catalogPool);
    const answer = { bytes: Buffer.alloc(12 * 1024 * 1024), etag: '"x"' };
    const ask = (key: string, url: string) =>
      cache.get('detail', key, url, async () => ({ answer }));
    // Not compared as bytes: a failure would print them all.
    const isNamed = (url: string) => cache.peek(url) !== undefined;
    const long = (length: number) => `/k?${'&'.repeat(length)}`;
    const spelled = (n: number) => `/k?${String(n).padStart(998, '&')}`;
    // The first loads, the second finds it by its key.
    for (const url of [long(16_000), long(15_000), '/k']) await ask('k', url);
    assert.deepEqual([long(16_000), long(15_000), '/k'].map(isNamed), [false, false, true]);
    for (let n = 0; n < 11_000; n++) await ask('k', spelled(n));
    assert.ok(isNamed(spelled(10_999)), 'within the bounds');
    for (let n = 11_000; n < 13_000; n++) await ask('k', spelled(n));
    assert.ok(!isNamed(spelled(0)), 'more than 24 MiB with its names');
    assert.ok(isNamed(spelled(12_999)), 'begun anew');
  });
});
