import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import { startTestCatalog, type TestCatalog } from './infrastructure/test-catalog.ts';

let catalog: TestCatalog;
before(async () => {
  catalog = await startTestCatalog();
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

type Page = {
  items: { id: string; title: string; price: string; in_stock: boolean }[];
  next_cursor: string | null;
  corrected_query: string | null;
  facets: {
    options: { name: string; values: { value: string; count: number }[] }[];
    categories: { slug: string; count: number }[];
    price: { min: string; max: string };
    in_stock: number;
  };
  facets_are_capped: boolean;
};
const list = async (query: Record<string, string>): Promise<Page> => {
  const reply = await catalog.get(`/products?${new URLSearchParams(query).toString()}`);
  assert.equal(reply.statusCode, 200, reply.body);
  return reply.json<Page>();
};
const titles = async (query: Record<string, string>): Promise<readonly string[]> =>
  (await list(query)).items.map(({ title }) => title);

const variants = (name: string, values: Record<string, [price: number, stock: number]>) => ({
  options: [name],
  price: undefined,
  variants: Object.entries(values).map(([value, [price, stock]]) => ({
    options: { [name]: value },
    price,
    stock,
  })),
});

describe('search', () => {
  before(async () => {
    await catalog.create({
      title: 'Camiseta de algodón',
      description: 'Suave, para niños',
      vendor: 'Hilos del Sur',
      tags: ['orgánica'],
      ...variants('Color', { Azul: [39_900, 3], Rojo: [41_900, 0] }),
    });
    await catalog.create({ title: 'Camisa de lino', description: 'No es de algodón' });
    await catalog.create({
      title: 'Running shoes',
      description: 'Light shoes for runners',
      sku: 'RUN-42-BLK',
    });
    await catalog.create({ title: 'Zapatillas para correr', description: 'Ligeras' });
    await catalog.create({ title: 'Cafetera moka', description: 'Para un café como en casa' });
    await catalog.create({ title: 'Molino de café', description: 'Con muelas de acero' });
    await catalog.create({ title: 'Vela de cera de abejas' });
    await catalog.create({ title: 'Camiseta escondida', status: 'draft' });
  });

  for (const [q, expected, corrected] of [
    ['camiseta algodón', ['Camiseta de algodón'], null],
    ['CAMISETAS ALGODON', ['Camiseta de algodón'], null],
    ['camizeta algodon', ['Camiseta de algodón'], 'camiseta algodon'],
    ['kamiceta', ['Camiseta de algodón'], 'camiseta'],
    ['bela', ['Vela de cera de abejas'], 'vela'],
    ['zapatiyas', ['Zapatillas para correr'], 'zapatillas'],
    ['zapatilas correr', ['Zapatillas para correr'], 'zapatillas correr'],
    ['camis', ['Camisa de lino', 'Camiseta de algodón'], null],
    ['cam', ['Camisa de lino', 'Camiseta de algodón'], null],
    ['runner', ['Running shoes'], null],
    ['shoe', ['Running shoes'], null],
    ['run42blk', ['Running shoes'], null],
    ['RUN-42-BLK', ['Running shoes'], null],
    ['niño', ['Camiseta de algodón'], null],
    ['organicas', ['Camiseta de algodón'], null],
    ['hilos', ['Camiseta de algodón'], null],
    ['camiseta azul', ['Camiseta de algodón'], null],
    ['camiseta de algodon xyzzyq', ['Camiseta de algodón'], 'camiseta algodon'],
    ['xyzzyq', [], null],
    ['de la', [], null],
    ["'; drop table products; --", [], null],
  ] as const) {
    it(`${q} finds ${expected.join(' and ') || 'nothing'}`, async () => {
      const page = await list({ q });
      assert.deepEqual(page.items.map(({ title }) => title).toSorted(), expected);
      assert.equal(page.corrected_query, corrected);
    });
  }

  it('puts what is in the title before what is in the text', async () => {
    assert.deepEqual(await titles({ q: 'algodon' }), ['Camiseta de algodón', 'Camisa de lino']);
    // A product with several stems of a word comes once.
    assert.deepEqual((await titles({ q: 'cafe' })).toSorted(), ['Cafetera moka', 'Molino de café']);
  });

  it('follows what changes', async () => {
    const product = await catalog.create({ title: 'Hamaca guajira', sku: 'HG-1' });
    assert.deepEqual(await titles({ q: 'guajira' }), ['Hamaca guajira']);
    const as = catalog.seller;
    const url = `/api/v1/products/${product.id}`;
    const headers = { 'if-match': '*' };
    await catalog.plaza.request({
      method: 'PATCH',
      url,
      as,
      headers,
      payload: { title: 'Chinchorro' },
    });
    assert.deepEqual(await titles({ q: 'guajira' }), []);
    assert.deepEqual(await titles({ q: 'chinchorro' }), ['Chinchorro']);
    await catalog.plaza.request({ method: 'DELETE', url, as });
    assert.deepEqual(await titles({ q: 'chinchorro' }), []);
    const { rows } = await catalog.catalogPool.query(
      `select (select count(*)::int from search_postings where product_id = $1) as postings,
         (select count(*)::int from listings where product_id = $1) as listings`,
      [product.id],
    );
    assert.deepEqual(rows, [{ postings: 0, listings: 0 }]);
  });

  it('goes with filters, another sort, and pages', async () => {
    const seller = await catalog.plaza.account({ roles: ['seller'] });
    for (let i = 0; i < 7; i++)
      await catalog.create(
        { title: `Mochila wayuu ${i}`, price: 100 * ((i * 3) % 7) + 100 },
        seller,
      );
    assert.deepEqual(await titles({ q: 'mochilas', sort: 'price_asc', limit: '3' }), [
      'Mochila wayuu 0',
      'Mochila wayuu 5',
      'Mochila wayuu 3',
    ]);
    assert.equal((await titles({ q: 'mochila', min_price: '300', max_price: '500' })).length, 3);
    assert.deepEqual(await titles({ q: 'mochila', seller: catalog.seller.id }), []);
    for (const sort of ['relevance', 'price_desc', 'title', 'newest']) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Page = await list({
          q: 'mochila',
          sort,
          limit: '2',
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.items.map(({ title }) => title));
        cursor = page.next_cursor;
      } while (cursor);
      assert.equal(seen.length, 7, sort);
      assert.equal(new Set(seen).size, 7, sort);
    }
  });
});

describe('filters', () => {
  before(async () => {
    await catalog.create({
      title: 'Ruana A',
      options: ['Color', 'Talla'],
      price: undefined,
      variants: [
        { options: { Color: 'Azul, claro', Talla: 'M' }, price: 100, stock: 1 },
        { options: { Color: 'Rojo', Talla: 'S' }, price: 900, stock: 0 },
      ],
    });
    await catalog.create({
      title: 'Ruana B',
      ...variants('Color', { ROJO: [300, 2], Verde: [50, 0] }),
    });
  });
  const q = 'ruana';

  it('must all hold of one variant', async () => {
    assert.deepEqual(await titles({ q, attributes: 'Color:azul, claro,Talla:m' }), ['Ruana A']);
    assert.deepEqual(await titles({ q, attributes: 'Color:Azul, claro,Talla:S' }), []);
    assert.deepEqual((await titles({ q, attributes: 'color:rójo' })).toSorted(), [
      'Ruana A',
      'Ruana B',
    ]);
    assert.deepEqual(await titles({ q, attributes: 'Color:Rojo', in_stock: 'true' }), ['Ruana B']);
    assert.deepEqual(await titles({ q, attributes: 'Color:Rojo', max_price: '500' }), ['Ruana B']);
    assert.deepEqual(await titles({ q, attributes: 'Color:Verde', in_stock: 'true' }), []);
    assert.equal((await titles({ q, attributes: 'Color:Azul, claro,Color:Verde' })).length, 2);
    // Between the prices of its variants, but no variant has such a price.
    assert.deepEqual(await titles({ q, min_price: '400', max_price: '800' }), []);
  });

  it('hold without words too, however rare the option', async () => {
    assert.deepEqual(await titles({ attributes: 'color:rójo', sort: 'title' }), [
      'Camiseta de algodón',
      'Ruana A',
      'Ruana B',
    ]);
    assert.deepEqual(await titles({ attributes: 'Color:Rojo', in_stock: 'true' }), ['Ruana B']);
    assert.deepEqual(await titles({ attributes: 'Talla:M', min_price: '101' }), []);
    assert.deepEqual(await titles({ attributes: 'Talla:M', seller: crypto.randomUUID() }), []);
  });

  it('are counted', async () => {
    const { facets, facets_are_capped: isCapped } = await list({ q, facets: 'true' });
    assert.equal(isCapped, false);
    assert.deepEqual(
      facets.options.map(({ name }) => name),
      ['Color', 'Talla'],
    );
    assert.deepEqual(
      facets.options[1]!.values.map(({ value, count }) => [value, count]),
      [
        ['M', 1],
        ['S', 1],
      ],
    );
    assert.deepEqual([facets.price.min, facets.price.max, facets.in_stock], ['50.00', '900.00', 2]);
  });

  for (const [query, pointer] of [
    ['offset=1', '#/querystring/offset'],
    ['limit=101', '#/querystring/limit'],
    ['limit=0', '#/querystring/limit'],
    ['sort=rating', '#/querystring/sort'],
    ['seller=me', '#/querystring/seller'],
    ['min_price=1.999', '#/querystring/min_price'],
    ['min_price=abc', '#/querystring/min_price'],
    ['attributes=Azul', '#/querystring/attributes'],
    ['cursor=abc', '#/querystring/cursor'],
    [`cursor=${Buffer.from('["newest",null,"x"]').toString('base64url')}`, '#/querystring/cursor'],
  ] as const)
    it(`refuse ${query.slice(0, 20)}`, async () => {
      const reply = await catalog.get(`/products?${query}`);
      assert.equal(reply.statusCode, 422, reply.body);
      assert.equal(reply.json<{ errors: { pointer: string }[] }>().errors[0]!.pointer, pointer);
    });

  it("refuse another list's cursor", async () => {
    const { next_cursor: cursor } = await list({ limit: '1' });
    assert.equal((await catalog.get(`/products?sort=title&cursor=${cursor}`)).statusCode, 422);
  });
});

describe('a walk through the pages', () => {
  for (const sort of ['newest', 'price_asc', 'price_desc', 'title'])
    it(`by ${sort} meets every product once while others come and go`, async () => {
      const seller = await catalog.plaza.account({ roles: ['seller'] });
      const make = (i: number) =>
        catalog.create(
          { title: `Paso ${String((i * 7) % 30).padStart(2, '0')}`, price: 100 + (i % 4) },
          seller,
        );
      const there = new Set<string>();
      for (let i = 0; i < 30; i++) there.add((await make(i)).id);
      const seen: string[] = [];
      let cursor: string | null = null;
      let made = 30;
      do {
        const page: Page = await list({
          seller: seller.id,
          sort,
          limit: '4',
          ...(cursor ? { cursor } : {}),
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next_cursor;
        await make((made += 1));
      } while (cursor);
      assert.deepEqual(
        [...there].filter((id) => !seen.includes(id)),
        [],
      );
      assert.equal(new Set(seen).size, seen.length);
    });
});
