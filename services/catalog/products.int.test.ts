import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { TestAccount } from '#shared/testing/test-plaza.ts';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import {
  anyVersion,
  form,
  isProblem,
  picture,
  startTestCatalog,
  type CreatedProduct,
  type Reply,
  type TestCatalog,
} from './infrastructure/test-catalog.ts';

let catalog: TestCatalog;
let stranger: TestAccount;
let customer: TestAccount;
before(async () => {
  catalog = await startTestCatalog();
  stranger = await catalog.plaza.account({ roles: ['seller'] });
  customer = await catalog.plaza.account();
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

const ask: TestCatalog['ask'] = (...request) => catalog.ask(...request);

describe('who may write', () => {
  const id = '0199f3a2-7b1c-7d7e-8a55-0242ac120002';
  const writes = [
    ['POST', '/products'],
    ['PUT', `/products/${id}`],
    ['PATCH', `/products/${id}`],
    ['DELETE', `/products/${id}`],
    ['POST', `/products/${id}/activate`],
    ['POST', `/products/${id}/deactivate`],
    ['POST', `/products/${id}/stock/add`],
    ['POST', `/products/${id}/stock/remove`],
    ['GET', `/products/${id}/stock`],
    ['POST', `/products/${id}/variants`],
    ['PUT', `/products/${id}/variants/${id}`],
    ['PATCH', `/products/${id}/variants/${id}`],
    ['DELETE', `/products/${id}/variants/${id}`],
    ['POST', `/products/${id}/images`],
    ['PUT', `/products/${id}/images/${id}`],
    ['DELETE', `/products/${id}/images/${id}`],
    ['POST', '/products/import'],
    ['GET', `/products/import/${id}`],
    ['GET', '/products/export'],
    ['POST', '/categories'],
    ['PUT', `/categories/${id}`],
    ['DELETE', `/categories/${id}`],
  ] as const;

  it('nobody without a token, with a forged one, or as a customer', async () => {
    const [head, payload] = catalog.seller.token.split('.');
    const forged = { authorization: `Bearer ${head}.${payload}.${'A'.repeat(86)}` };
    for (const [method, url] of writes) {
      isProblem(await ask(method, url), 401, 'auth.required');
      isProblem(await ask(method, url, { headers: forged }), 401, 'auth.invalid_token');
      isProblem(await ask(method, url, { as: customer }), 403, 'auth.insufficient_role');
    }
  });

  it("nobody another's: it is not there", async () => {
    const product = await catalog.create({ title: 'Ajena', stock: 3 });
    const at = `/products/${product.id}`;
    const variant = `${at}/variants/${product.variants[0]!.id}`;
    const as = stranger;
    for (const [method, url, rest] of [
      ['PUT', at, { payload: { title: 'x' }, headers: anyVersion }],
      ['PATCH', at, { payload: { title: 'x' }, headers: anyVersion }],
      ['DELETE', at, {}],
      ['POST', `${at}/activate`, {}],
      ['POST', `${at}/deactivate`, {}],
      ['POST', `${at}/stock/add`, { payload: { quantity: 1 } }],
      ['POST', `${at}/stock/remove`, { payload: { quantity: 1 } }],
      ['GET', `${at}/stock`, {}],
      ['POST', `${at}/variants`, { payload: { price: 1 } }],
      ['PUT', variant, { payload: { price: 1 }, headers: anyVersion }],
      ['PATCH', variant, { payload: { price: 1 }, headers: anyVersion }],
      ['DELETE', variant, { headers: anyVersion }],
      ['POST', `${at}/images`, form(await picture().png().toBuffer())],
      ['PUT', `${at}/images/${product.id}`, { payload: { alt: 'x' } }],
      ['DELETE', `${at}/images/${product.id}`, {}],
    ] as const)
      isProblem(await ask(method, url, { as, ...rest }), 404, 'catalog.product_not_found');
    const { rows } = await catalog.catalogPool.query('select version from products where id = $1', [
      product.id,
    ]);
    assert.equal(rows[0].version, 1);
  });

  it('an administrator everything', async () => {
    const product = await catalog.create({ title: 'De otra' });
    const reply = await ask('PATCH', `/products/${product.id}`, {
      as: catalog.admin,
      payload: { title: 'Cambiada' },
      headers: anyVersion,
    });
    assert.equal(reply.json<{ title: string }>().title, 'Cambiada');
    const given = await catalog.create(
      { title: 'Para otra', seller_id: stranger.id },
      catalog.admin,
    );
    assert.partialDeepStrictEqual(given, { seller: { id: stranger.id } });
    isProblem(
      await catalog.post('/products', { title: 'x', price: 1, seller_id: stranger.id }),
      422,
      'catalog.product_invalid',
      '#/seller_id',
    );
  });
});

describe('a product over HTTP', () => {
  it('is created, read by id and by slug, and told to the other contexts', async () => {
    const reply = await catalog.post('/products', {
      title: 'Café de origen',
      options: ['Peso'],
      variants: [
        { options: { Peso: '250 g' }, price: '24900.00', compare_at_price: 30_000, stock: 4 },
        { options: { Peso: '500 g' }, price: 48_900, sku: 'CAF-500', weight_grams: 500 },
      ],
      tags: ['café'],
      status: 'active',
    });
    assert.equal(reply.statusCode, 201);
    const product = reply.json<CreatedProduct>();
    assert.equal(reply.headers.location, `/api/v1/products/${product.id}`);
    assert.match(String(reply.headers.etag), /^"1\.[\w-]+"$/);
    const byId = (await catalog.get(`/products/${product.id}`)).json<object>();
    assert.deepEqual((await catalog.get('/products/cafe-de-origen')).json(), byId);
    assert.partialDeepStrictEqual(byId, {
      price: '24900.00',
      price_max: '48900.00',
      compare_at_price: '30000.00',
      currency: 'COP',
      in_stock: true,
      options: [{ name: 'Peso', values: ['250 g', '500 g'] }],
      variants: [
        { sku: 'CAFE-DE-ORIGEN-250-G', options: { Peso: '250 g' }, available: 4, in_stock: true },
        { sku: 'CAF-500', available: 0, in_stock: false, weight_grams: 500 },
      ],
    });
    assert.ok(!('status' in byId) && !JSON.stringify(byId).includes('on_hand'));
    assert.partialDeepStrictEqual(await catalog.published('product-changed', product.id), [
      {
        version: 1,
        status: 'active',
        sellerId: catalog.seller.id,
        variants: [
          {
            name: 'Café de origen · 250 g',
            price: { amountMinor: '2490000', currency: 'COP' },
          },
          { sku: 'CAF-500' },
        ],
      },
    ]);
  });

  it('is made once however often the same request comes', async () => {
    const headers = { 'idempotency-key': 'create-1' };
    const payload = { title: 'Una sola vez', price: 10 };
    const send = () => ask('POST', '/products', { as: catalog.seller, payload, headers });
    const [first, second] = [await send(), await send()];
    assert.equal(second.body, first.body);
    assert.equal(second.headers['idempotent-replayed'], 'true');
    assert.equal(
      (await catalog.published('product-changed', first.json<{ id: string }>().id)).length,
      1,
    );
  });

  for (const [what, payload, status, code, pointer] of [
    ['half a body', '{', 400, 'http.malformed_json'],
    ['a list', '[]', 422, 'http.validation'],
    [
      'an infinite number',
      '{"title":"a","price":1,"stock":1e309}',
      422,
      'http.validation',
      '#/stock',
    ],
    ['deep JSON', '['.repeat(100_000) + ']'.repeat(100_000), 422, 'http.validation'],
    ['2 MB', JSON.stringify({ title: 'a'.repeat(2_000_000) }), 413, 'http.too_large'],
    ['a NUL', '{"title":"a\\u0000b","price":1}', 422, 'http.validation', '#/title'],
    [
      '__proto__',
      '{"title":"a","price":1,"__proto__":{"status":"active"}}',
      400,
      'http.forbidden_key',
    ],
    ['an unknown field', '{"title":"a","price":1,"rating":5}', 422, 'http.validation', '#/rating'],
    ['three decimals', '{"title":"a","price":"1.999"}', 422, 'http.validation', '#/price'],
    [
      'three decimals in a variant',
      '{"title":"a","variants":[{"price":1},{"price":1.999}]}',
      422,
      'http.validation',
      '#/variants/1/price',
    ],
    ['a price below nothing', '{"title":"a","price":-1}', 422, 'http.validation', '#/price'],
    ['no price', '{"title":"a"}', 422, 'http.validation'],
    [
      'a category there is not',
      '{"title":"a","price":1,"category_id":"0199f3a2-7b1c-7d7e-8a55-0242ac120002"}',
      422,
      'catalog.unknown_category',
      '#/category_id',
    ],
    [
      'a choice there is not',
      '{"title":"a","options":["Color"],"variants":[{"price":1,"options":{"Talla":"M"}}]}',
      422,
      'catalog.product_invalid',
      '#/variants/0/options/Talla',
    ],
    [
      'a price of nothing on sale',
      '{"title":"a","price":0,"status":"active"}',
      422,
      'catalog.product_invalid',
      '#/variants/0/price',
    ],
  ] as const) {
    it(`is refused for ${what}, and nothing is stored`, async () => {
      const count = async () =>
        (await catalog.catalogPool.query('select count(*) from products')).rows[0].count;
      const were = await count();
      const headers = { 'content-type': 'application/json' };
      const reply = await ask('POST', '/products', { as: catalog.seller, payload, headers });
      isProblem(reply, status, code, pointer);
      assert.equal(await count(), were);
    });
  }

  it('gives way with a slug that was made, and not with one that was chosen', async () => {
    await catalog.create({ title: 'Mismo nombre' });
    const second = await catalog.create({ title: 'Mismo nombre' });
    assert.match(second.slug, /^mismo-nombre-[0-9a-f]{8}$/);
    const chosen = { title: 'x', price: 1, slug: 'mismo-nombre' };
    isProblem(await catalog.post('/products', chosen), 409, 'catalog.slug_taken');
    await catalog.create({ title: 'Con SKU', sku: 'UNICO' });
    isProblem(
      await catalog.post('/products', { title: 'Otra', price: 1, sku: 'UNICO' }),
      409,
      'catalog.sku_taken',
    );
    await catalog.create({ title: 'De otra vendedora', sku: 'UNICO' }, stranger);
  });

  it('changes only against the version that was read', async () => {
    const { id } = await catalog.create({ title: 'Versiones', description: 'a', tags: ['x'] });
    const as = catalog.seller;
    const url = `/products/${id}`;
    const first = await catalog.get(url, as);
    const etag = String(first.headers.etag);
    for (const method of ['PUT', 'PATCH'] as const)
      isProblem(
        await ask(method, url, { as, payload: { title: 'b' } }),
        428,
        'http.precondition_missing',
      );
    const patched = await ask('PATCH', url, {
      as,
      payload: { title: 'b', price: '12.50' },
      headers: { 'if-match': etag },
    });
    assert.partialDeepStrictEqual(patched.json(), {
      title: 'b',
      description: 'a',
      price: '12.50',
      version: 2,
    });
    isProblem(
      await ask('PUT', url, { as, payload: { title: 'c' }, headers: { 'if-match': etag } }),
      412,
      'http.stale',
    );
    const whole = await ask('PUT', url, {
      as,
      payload: { title: 'c' },
      headers: { 'if-match': String(patched.headers.etag) },
    });
    assert.partialDeepStrictEqual(whole.json(), {
      title: 'c',
      description: '',
      tags: [],
      version: 3,
    });
    const same = await ask('PUT', url, { as, payload: { title: 'c' }, headers: anyVersion });
    assert.equal(same.json<{ version: number }>().version, 3);
    assert.equal((await catalog.published('product-changed', id)).length, 3);
  });

  it('keeps one of twenty changes that were decided on the same version', async () => {
    const { id } = await catalog.create({ title: 'Carrera' });
    await catalog.warmUp();
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        ask('PATCH', `/products/${id}`, {
          as: catalog.seller,
          payload: { title: `Carrera ${i}` },
          headers: { 'if-match': '"1"' },
        }),
      ),
    );
    const statuses = replies.map(({ statusCode }) => statusCode).toSorted();
    assert.deepEqual(statuses, [200, ...Array<number>(19).fill(412)]);
  });

  it('is seen by its managers alone until it is active, and again when it is not', async () => {
    const product = await catalog.create({ title: 'Borrador secreto', status: 'draft' });
    const url = `/products/${product.id}`;
    const sees = async (as?: TestAccount) => (await catalog.get(url, as)).statusCode;
    const isListed = async () =>
      (await catalog.get('/products?q=secreto')).json<{ items: object[] }>().items.length;
    const inStatus = async (status: string) => {
      assert.deepEqual(
        [await sees(), await sees(stranger), await sees(customer), await isListed()],
        // What was sold here says that it is gone.
        status === 'active'
          ? [200, 200, 200, 1]
          : [...Array(3).fill(status === 'archived' ? 410 : 404), 0],
      );
      const own = (await catalog.get(url, catalog.seller)).json<CreatedProduct>();
      assert.equal(own.status, status);
    };
    await inStatus('draft');
    isProblem(await catalog.post(`${url}/deactivate`, {}), 409, 'catalog.status_not_allowed');
    for (const [step, status] of [
      ['activate', 'active'],
      ['deactivate', 'inactive'],
      ['activate', 'active'],
    ] as const) {
      assert.equal((await catalog.post(`${url}/${step}`, {})).statusCode, 200);
      await inStatus(status);
    }
    assert.equal((await ask('DELETE', url, { as: catalog.seller })).statusCode, 204);
    assert.equal((await ask('DELETE', url, { as: catalog.seller })).statusCode, 204);
    await inStatus('archived');
    isProblem(await catalog.post(`${url}/activate`, {}), 409, 'catalog.status_not_allowed');
    const edit = { as: catalog.seller, payload: { title: 'x' }, headers: anyVersion };
    isProblem(await ask('PATCH', url, edit), 409, 'catalog.product_archived');
    const statuses = (await catalog.published('product-changed', product.id)).map(
      (m) => m['status'],
    );
    assert.deepEqual(statuses, ['draft', 'active', 'inactive', 'active', 'archived']);
    isProblem(await ask('GET', `/products/${product.slug}`), 410, 'catalog.product_gone');
  });

  it('are known to nobody when they are archived and never were for sale', async () => {
    const { id, slug } = await catalog.create({ title: 'Nunca vendida', status: 'draft' });
    assert.equal((await ask('DELETE', `/products/${id}`, { as: catalog.seller })).statusCode, 204);
    for (const name of [id, slug])
      isProblem(await ask('GET', `/products/${name}`), 404, 'catalog.product_not_found');
  });

  it('shows managers their own in every status, page by page', async () => {
    const own = await catalog.plaza.account({ roles: ['seller'] });
    for (let i = 0; i < 5; i++)
      await catalog.create({ title: `Propia ${i}`, status: 'draft' }, own);
    const titles: string[] = [];
    let cursor: string | null = '';
    do {
      const reply: Reply = await catalog.get(
        `/products?status=any&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
        own,
      );
      const page = reply.json<{ items: { title: string }[]; next_cursor: string | null }>();
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.next_cursor;
    } while (cursor);
    assert.deepEqual(
      titles,
      [4, 3, 2, 1, 0].map((i) => `Propia ${i}`),
    );
    const found = await catalog.get('/products?status=draft&q=PROPIA 3', own);
    assert.equal(found.json<{ items: object[] }>().items.length, 1);
    const other = await catalog.get(`/products?status=any&seller=${own.id}`, stranger);
    assert.equal(other.json<{ items: object[] }>().items.length, 0);
    isProblem(
      await catalog.get('/products?status=any'),
      422,
      'http.validation',
      '#/querystring/status',
    );
    isProblem(
      await catalog.get('/products?status=any&sort=title', own),
      422,
      'http.validation',
      '#/querystring/sort',
    );
  });
});
