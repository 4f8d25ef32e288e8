import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import sharp from 'sharp';
import {
  anyVersion,
  form,
  isProblem,
  picture,
  startTestCatalog,
  type TestCatalog,
} from './infrastructure/test-catalog.ts';

let catalog: TestCatalog;
before(async () => {
  catalog = await startTestCatalog();
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

const ask: TestCatalog['ask'] = (...request) => catalog.ask(...request);

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

  it('are added once by a key, however often and at once, and another file is another key', async () => {
    const { id } = await catalog.create({ title: 'Sin respuesta' });
    const send = (file: Buffer, alt: string, key: string) => {
      const { payload, headers } = form(file, alt);
      const more = { ...headers, 'idempotency-key': key };
      return ask('POST', `/products/${id}/images`, { as: catalog.seller, payload, headers: more });
    };
    const file = await picture().png().toBuffer();
    const stored = catalog.plaza.files.size;
    await catalog.warmUp();
    const replies = await Promise.all([send(file, 'Uno', 'k-1'), send(file, 'Uno', 'k-1')]);
    const statuses = replies.map(({ statusCode }) => statusCode).toSorted();
    assert.ok(statuses[0] === 201 && [201, 409].includes(statuses[1]!), String(statuses));
    const again = await send(file, 'Uno', 'k-1');
    assert.equal(again.headers['idempotent-replayed'], 'true');
    assert.equal(again.body, replies.find(({ statusCode }) => statusCode === 201)!.body);
    assert.equal(again.json<{ images: object[] }>().images.length, 1);
    assert.equal(catalog.plaza.files.size, stored + 3);
    isProblem(await send(file, 'Dos', 'k-1'), 422, 'http.idempotency_key_reused');
    const other = await picture(40, 40).png().toBuffer();
    isProblem(await send(other, 'Uno', 'k-1'), 422, 'http.idempotency_key_reused');
    assert.equal((await send(other, 'Uno', 'k-2')).statusCode, 201);
    // A refusal is no answer to keep: nothing happened.
    isProblem(await send(Buffer.from('no'), '', 'k-3'), 422, 'catalog.image_unreadable');
    assert.equal((await send(other, '', 'k-3')).statusCode, 201);
    // The first try died behind its work: what is there is not added again.
    await catalog.catalogPool.query(
      `update idempotency_keys set status = null, body = null, started_at = now() - interval '1 minute'
       where key = 'k-1'`,
    );
    const resumed = await send(file, 'Uno', 'k-1');
    assert.equal(resumed.statusCode, 201, resumed.body);
    assert.equal(resumed.json<{ images: object[] }>().images.length, 3);
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
    const product = await catalog.create({
      title: 'Guayabera',
      category_id: shirts.id,
      tax_class: 'reduced',
    });
    assert.partialDeepStrictEqual(await catalog.published('product-changed', product.id), [
      { categoryIds: [shirts.id, clothes.id], taxClass: 'reduced' },
    ]);
    const shown = (await catalog.get(`/products/${product.id}`)).json<{ tax_class: string }>();
    assert.equal(shown.tax_class, 'reduced');
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
        headers: anyVersion,
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
