import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { soundAfterEach } from '#shared/testing/oracles.ts';
import {
  anyVersion,
  isProblem,
  startTestCatalog,
  type CreatedProduct,
  type TestCatalog,
} from './infrastructure/test-catalog.ts';

let catalog: TestCatalog;
before(async () => {
  catalog = await startTestCatalog();
});
after(() => catalog.plaza.stop());
soundAfterEach(() => catalog.findDrift());

const ask: TestCatalog['ask'] = (...request) => catalog.ask(...request);

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
      headers: anyVersion,
    });
    assert.partialDeepStrictEqual(replaced.json<CreatedProduct>().variants[1], {
      sku: variant.sku,
      barcode: null,
      options: { Talla: 'L' },
    });
    const removed = await ask('DELETE', url, { as, headers: anyVersion });
    assert.equal(removed.json<CreatedProduct>().variants.length, 1);
    assert.deepEqual(await catalog.levels(variant.id), [0, 0]);
    isProblem(
      await ask('DELETE', url, { as, headers: anyVersion }),
      404,
      'catalog.variant_not_found',
    );
    const last = `${at}/${product.variants[0]!.id}`;
    isProblem(await ask('DELETE', last, { as, headers: anyVersion }), 409, 'catalog.last_variant');
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
        headers: anyVersion,
      }).then(async (reply) => {
        assert.equal(reply.statusCode, 200);
        await catalog.post(at, { options: { Talla: 'M' }, price: 1 });
        return ask('PATCH', `/products/${id}`, {
          as: catalog.seller,
          payload: { price: 6 },
          headers: anyVersion,
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
      await ask('DELETE', `${at}/${variantId}`, { as: catalog.seller, headers: anyVersion }),
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

  it('is booked once by a request whose first try died behind its commit', async () => {
    const { id } = await catalog.create({ title: 'Una vez', stock: 3 });
    const headers = { 'idempotency-key': 'camion-1' };
    const book = (way: 'add' | 'remove') =>
      ask('POST', `/products/${id}/stock/${way}`, {
        as: catalog.seller,
        payload: { quantity: 2 },
        headers,
      });
    for (const [way, onHand] of [
      ['add', 5],
      ['remove', 3],
    ] as const) {
      assert.equal((await book(way)).json<{ on_hand: number }>().on_hand, onHand);
      // The answer was never stored, and the try's time is over.
      await catalog.plaza.pool('catalog').query(
        `update idempotency_keys set status = null, headers = null, body = null,
           started_at = now() - interval '1 hour' where key = 'camion-1'`,
      );
      const again = await book(way);
      assert.deepEqual(
        [again.statusCode, again.json<{ on_hand: number }>().on_hand],
        [200, onHand],
      );
    }
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
