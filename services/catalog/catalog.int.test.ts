import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { InjectOptions } from 'fastify';
import sharp from 'sharp';
import type { TestAccount } from '#shared/testing/test-plaza.ts';
import {
  startTestCatalog,
  type CreatedProduct,
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

const ask = (method: InjectOptions['method'], url: string, rest: object = {}) =>
  catalog.plaza.request({ method, url: `/api/v1${url}`, ...rest } as InjectOptions);
const any = { 'if-match': '*' };

type Reply = Awaited<ReturnType<typeof ask>>;
const isProblem = (reply: Reply, status: number, code: string, pointer?: string): void => {
  const body = reply.json<{ code: string; errors?: { pointer: string }[] }>();
  assert.deepEqual([reply.statusCode, body.code], [status, code]);
  if (pointer !== undefined)
    assert.ok(
      body.errors?.some((error) => error.pointer === pointer),
      reply.body,
    );
};

const picture = (width = 30, height = 20) =>
  sharp({ create: { width, height, channels: 3, background: '#0a7' } });
const form = (file: Buffer, alt = '') => {
  const body = Buffer.concat([
    Buffer.from(
      `--x\r\ncontent-disposition: form-data; name="alt"\r\n\r\n${alt}\r\n--x\r\n` +
        'content-disposition: form-data; name="file"; filename="../../a.svg"\r\ncontent-type: image/png\r\n\r\n',
    ),
    file,
    Buffer.from('\r\n--x--\r\n'),
  ]);
  return { payload: body, headers: { 'content-type': 'multipart/form-data; boundary=x' } };
};

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
      ['PUT', at, { payload: { title: 'x' }, headers: any }],
      ['PATCH', at, { payload: { title: 'x' }, headers: any }],
      ['DELETE', at, {}],
      ['POST', `${at}/activate`, {}],
      ['POST', `${at}/deactivate`, {}],
      ['POST', `${at}/stock/add`, { payload: { quantity: 1 } }],
      ['POST', `${at}/stock/remove`, { payload: { quantity: 1 } }],
      ['GET', `${at}/stock`, {}],
      ['POST', `${at}/variants`, { payload: { price: 1 } }],
      ['PUT', variant, { payload: { price: 1 }, headers: any }],
      ['PATCH', variant, { payload: { price: 1 }, headers: any }],
      ['DELETE', variant, { headers: any }],
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
      headers: any,
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
    const same = await ask('PUT', url, { as, payload: { title: 'c' }, headers: any });
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
        status === 'active' ? [200, 200, 200, 1] : [404, 404, 404, 0],
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
    const edit = { as: catalog.seller, payload: { title: 'x' }, headers: any };
    isProblem(await ask('PATCH', url, edit), 409, 'catalog.product_archived');
    const statuses = (await catalog.published('product-changed', product.id)).map(
      (m) => m['status'],
    );
    assert.deepEqual(statuses, ['draft', 'active', 'inactive', 'active', 'archived']);
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

describe('variants', () => {
  const make = () =>
    catalog.create({
      title: 'Con variantes',
      options: ['Talla'],
      price: undefined,
      variants: [{ options: { Talla: 'S' }, price: 10, stock: 2 }],
    });

  it('are added, changed and removed with the product', async () => {
    const product = await make();
    const at = `/products/${product.id}/variants`;
    const added = await catalog.post(at, { options: { Talla: 'M' }, price: 20, stock: 7 });
    assert.equal(added.statusCode, 201);
    const variant = added.json<CreatedProduct>().variants[1]!;
    assert.equal(variant.on_hand, 7);
    const url = `${at}/${variant.id}`;
    const as = catalog.seller;
    isProblem(
      await ask('PATCH', url, { as, payload: { price: 1 } }),
      428,
      'http.precondition_missing',
    );
    isProblem(
      await ask('PATCH', url, { as, payload: { price: 1 }, headers: { 'if-match': '"1"' } }),
      412,
      'http.stale',
    );
    const changed = await ask('PATCH', url, {
      as,
      payload: { price: '21.5', barcode: '770' },
      headers: { 'if-match': String(added.headers.etag) },
    });
    assert.partialDeepStrictEqual(changed.json<CreatedProduct>().variants[1], {
      price: '21.50',
      barcode: '770',
      options: { Talla: 'M' },
    });
    const replaced = await ask('PUT', url, {
      as,
      payload: { price: 22, options: { Talla: 'L' } },
      headers: any,
    });
    assert.partialDeepStrictEqual(replaced.json<CreatedProduct>().variants[1], {
      sku: variant.sku,
      barcode: null,
      options: { Talla: 'L' },
    });
    const removed = await ask('DELETE', url, { as, headers: any });
    assert.equal(removed.json<CreatedProduct>().variants.length, 1);
    assert.deepEqual(await catalog.levels(variant.id), [0, 0]);
    isProblem(await ask('DELETE', url, { as, headers: any }), 404, 'catalog.variant_not_found');
    const last = `${at}/${product.variants[0]!.id}`;
    isProblem(await ask('DELETE', last, { as, headers: any }), 409, 'catalog.last_variant');
    assert.deepEqual(await catalog.findDrift(), []);
  });

  it('are refused where they make no sense', async () => {
    const { id } = await make();
    const at = `/products/${id}/variants`;
    const same = { options: { Talla: 's' }, price: 1 };
    isProblem(await catalog.post(at, same), 422, 'catalog.product_invalid', '#/variants/1/options');
    isProblem(await catalog.post(at, { ...same, size: 1 }), 422, 'http.validation', '#/size');
    isProblem(
      await ask('PATCH', `/products/${id}`, {
        as: catalog.seller,
        payload: { price: 5 },
        headers: any,
      }).then(async (reply) => {
        assert.equal(reply.statusCode, 200);
        await catalog.post(at, { options: { Talla: 'M' }, price: 1 });
        return ask('PATCH', `/products/${id}`, {
          as: catalog.seller,
          payload: { price: 6 },
          headers: any,
        });
      }),
      422,
      'catalog.variant_needed',
      '#/price',
    );
  });

  it('stay while an order waits for them', async () => {
    const product = await make();
    const at = `/products/${product.id}/variants`;
    await catalog.post(at, { options: { Talla: 'M' }, price: 20 });
    const variantId = product.variants[0]!.id;
    await catalog.orders.place(crypto.randomUUID(), [{ variantId, quantity: 1 }]);
    await catalog.plaza.settle();
    isProblem(
      await ask('DELETE', `${at}/${variantId}`, { as: catalog.seller, headers: any }),
      409,
      'catalog.variant_reserved',
    );
  });
});

describe('stock by hand', () => {
  it('is added and taken with a reason, once a key, and never below what is set aside', async () => {
    const product = await catalog.create({ title: 'Existencias', stock: 1 });
    const at = `/products/${product.id}/stock`;
    const headers = { 'idempotency-key': 'stock-1' };
    const add = () =>
      ask('POST', `${at}/add`, {
        as: catalog.seller,
        payload: { quantity: 5, reason: 'llegó el camión' },
        headers,
      });
    assert.deepEqual((await add()).json(), {
      variant_id: product.variants[0]!.id,
      on_hand: 6,
      reserved: 0,
      available: 6,
    });
    assert.equal((await add()).headers['idempotent-replayed'], 'true');
    const taken = await catalog.post(`${at}/remove`, { quantity: 2, kind: 'damaged' });
    assert.equal(taken.json<{ on_hand: number }>().on_hand, 4);
    const refused = await catalog.post(`${at}/remove`, { quantity: 5 });
    isProblem(refused, 409, 'catalog.not_enough_stock');
    assert.equal(refused.json<{ available: number }>().available, 4);
    const shown = (await catalog.get(at, catalog.seller)).json<{
      variants: { movements: { kind: string; quantity: number; reason: string | null }[] }[];
    }>();
    assert.deepEqual(
      shown.variants[0]!.movements.map(({ kind, quantity, reason }) => [kind, quantity, reason]),
      [
        ['damaged', -2, null],
        ['received', 5, 'llegó el camión'],
        ['initial', 1, null],
      ],
    );
    assert.deepEqual(await catalog.findDrift(), []);
  });

  it('says which variant, and refuses what is no quantity', async () => {
    const { id } = await catalog.create({
      title: 'Dos',
      options: ['T'],
      price: undefined,
      variants: [
        { options: { T: 'a' }, price: 1 },
        { options: { T: 'b' }, price: 1 },
      ],
    });
    const at = `/products/${id}/stock/add`;
    isProblem(
      await catalog.post(at, { quantity: 1 }),
      422,
      'catalog.variant_needed',
      '#/variant_id',
    );
    isProblem(await catalog.post(at, { quantity: 0 }), 422, 'http.validation', '#/quantity');
    isProblem(
      await catalog.post(at, { quantity: 1, variant_id: id }),
      404,
      'catalog.variant_not_found',
    );
    isProblem(
      await catalog.post(at, { quantity: 1, kind: 'sale' }),
      422,
      'http.validation',
      '#/kind',
    );
  });

  it('adds up when many change it at once', async () => {
    const { id, variants } = await catalog.create({ title: 'A la vez', stock: 10 });
    await catalog.warmUp();
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        catalog.post(`/products/${id}/stock/${i % 2 ? 'add' : 'remove'}`, {
          quantity: 1 + (i % 3),
        }),
      ),
    );
    assert.ok(replies.every(({ statusCode }) => [200, 409].includes(statusCode)));
    assert.deepEqual(await catalog.findDrift(), []);
    assert.ok((await catalog.levels(variants[0]!.id))[0] >= 0);
  });
});

describe('images', () => {
  it('are turned, shrunk, re-encoded without metadata, served, moved and removed', async () => {
    const { id } = await catalog.create({ title: 'Con fotos' });
    const at = `/products/${id}/images`;
    const upload = await picture(2_000, 1_000)
      .withExifMerge({ IFD0: { Copyright: 'SECRETO' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    assert.ok(upload.includes('SECRETO'));
    const as = catalog.seller;
    const added = await ask('POST', at, { as, ...form(upload, 'Frente') });
    assert.equal(added.statusCode, 201, added.body);
    type WithImages = { images: { id: string; url: string; alt: string }[] };
    const [image] = added.json<WithImages>().images;
    assert.partialDeepStrictEqual(image, { alt: 'Frente', width: 800, height: 1_600 });
    const served = await catalog.plaza.app.inject({ url: image!.url });
    assert.equal(served.headers['content-type'], 'image/webp');
    assert.match(String(served.headers['cache-control']), /immutable/);
    const { width, height, exif, format } = await sharp(served.rawPayload).metadata();
    assert.deepEqual([width, height, exif, format], [800, 1_600, undefined, 'webp']);
    assert.equal(catalog.plaza.files.size, 3);

    const second = await ask('POST', at, { as, ...form(await picture().png().toBuffer()) });
    const moved = await ask('PUT', `${at}/${second.json<WithImages>().images[1]!.id}`, {
      as,
      payload: { position: 1, alt: 'Detalle' },
    });
    assert.deepEqual(
      moved.json<WithImages>().images.map(({ alt }) => alt),
      ['Detalle', 'Frente'],
    );
    const removed = await ask('DELETE', `${at}/${image!.id}`, { as });
    assert.deepEqual(
      removed.json<WithImages>().images.map(({ alt }) => alt),
      ['Detalle'],
    );
    assert.equal((await catalog.plaza.app.inject({ url: image!.url })).statusCode, 404);
    isProblem(await ask('DELETE', `${at}/${image!.id}`, { as }), 404, 'catalog.image_not_found');
    assert.equal(catalog.plaza.files.size, 3);
  });

  it('are refused when they are none, too many pixels, too large, or not there', async () => {
    const { id } = await catalog.create({ title: 'Sin fotos' });
    const send = (file: Buffer) =>
      ask('POST', `/products/${id}/images`, { as: catalog.seller, ...form(file) });
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
    isProblem(await send(svg), 422, 'catalog.image_unreadable');
    const half = (await picture(500, 500).png().toBuffer()).subarray(0, 200);
    isProblem(await send(half), 422, 'catalog.image_unreadable');
    const bomb = await picture(7_000, 6_000).png({ compressionLevel: 9 }).toBuffer();
    isProblem(await send(bomb), 422, 'catalog.image_too_many_pixels');
    isProblem(await send(Buffer.alloc(11 * 1024 * 1024, 1)), 413, 'http.too_large');
    isProblem(await catalog.post(`/products/${id}/images`, { a: 1 }), 422, 'catalog.file_missing');
    assert.equal((await catalog.get(`/products/images/${id}-800.webp`)).statusCode, 404);
    assert.equal((await catalog.get('/products/images/..%2f..%2fsecret')).statusCode, 422);
    const shown = await catalog.get(`/products/${id}`);
    assert.deepEqual(shown.json<{ images: object[] }>().images, []);
  });
});

describe('categories', () => {
  const add = async (payload: object) => catalog.post('/categories', payload, catalog.admin);

  it('make a tree whose lists hold what is below', async () => {
    const clothes = (await add({ name: 'Ropa y más' })).json<{ id: string; slug: string }>();
    assert.equal(clothes.slug, 'ropa-y-mas');
    const shirts = (await add({ name: 'Camisas', parent_id: clothes.id })).json<{ id: string }>();
    const product = await catalog.create({ title: 'Guayabera', category_id: shirts.id });
    const ids = async (category: string) =>
      (await catalog.get(`/products?category=${category}`))
        .json<{ items: { id: string }[] }>()
        .items.map(({ id }) => id);
    assert.deepEqual(await ids('ropa-y-mas'), [product.id]);
    const tree = (await catalog.get('/categories')).json<{
      items: { slug: string; children: object[] }[];
    }>();
    assert.partialDeepStrictEqual(tree.items.find(({ slug }) => slug === 'ropa-y-mas')?.children, [
      { name: 'Camisas', slug: 'camisas' },
    ]);
    const home = (await add({ name: 'Hogar' })).json<{ id: string }>();
    const as = catalog.admin;
    const moved = await ask('PUT', `/categories/${shirts.id}`, {
      as,
      payload: { name: 'Blusas', parent_id: home.id },
      headers: { 'if-match': '"1"' },
    });
    assert.partialDeepStrictEqual(moved.json(), { name: 'Blusas', slug: 'camisas', version: 2 });
    assert.deepEqual([await ids('ropa-y-mas'), await ids('hogar')], [[], [product.id]]);
    const byName = (await catalog.get('/products?q=blusa')).json<{ items: { id: string }[] }>();
    assert.deepEqual(
      byName.items.map(({ id }) => id),
      [product.id],
    );

    isProblem(
      await ask('PUT', `/categories/${home.id}`, { as, payload: { name: 'x' } }),
      428,
      'http.precondition_missing',
    );
    isProblem(
      await ask('PUT', `/categories/${home.id}`, {
        as,
        payload: { name: 'x' },
        headers: { 'if-match': '"9"' },
      }),
      412,
      'http.stale',
    );
    isProblem(
      await ask('PUT', `/categories/${home.id}`, {
        as,
        payload: { name: 'x', parent_id: shirts.id },
        headers: any,
      }),
      422,
      'catalog.category_invalid',
      '#/parent_id',
    );
    isProblem(await add({ name: 'Ropa y más' }), 409, 'catalog.category_slug_taken');
    isProblem(await add({ name: 'x', icon: 1 }), 422, 'http.validation', '#/icon');
    isProblem(
      await ask('DELETE', `/categories/${home.id}`, { as }),
      409,
      'catalog.category_in_use',
    );
    isProblem(
      await ask('DELETE', `/categories/${shirts.id}`, { as }),
      409,
      'catalog.category_in_use',
    );
    assert.equal((await ask('DELETE', `/categories/${clothes.id}`, { as })).statusCode, 204);
    isProblem(
      await ask('DELETE', `/categories/${clothes.id}`, { as }),
      404,
      'catalog.category_not_found',
    );
    isProblem(
      await catalog.get('/products?category=nada'),
      422,
      'catalog.unknown_category',
      '#/querystring/category',
    );
  });
});
