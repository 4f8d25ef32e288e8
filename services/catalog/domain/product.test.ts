import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  changeImages,
  changeStatus,
  changeVariants,
  createProduct,
  evolve,
  slugOf,
  updateDetails,
  type Product,
  type ProductEvent,
  type ProductStatus,
  type Variant,
} from './product.ts';
import { createVariant, skuOf } from './new-variant.ts';

const variant = (id: string, ...values: string[]): Variant => ({
  id,
  sku: `SKU-${id}`,
  values,
  priceMinor: 1_000n,
  compareAtMinor: null,
  weightGrams: 0,
  barcode: '',
  imageId: null,
  lowStockThreshold: 5,
});
const draft: Omit<Product, 'status'> = {
  id: 'p1',
  sellerId: 's1',
  handle: 'camiseta',
  slug: 'camiseta',
  title: 'Camiseta',
  description: '',
  vendor: '',
  categoryId: null,
  tags: [],
  seoTitle: '',
  seoDescription: '',
  taxClass: 'standard',
  currency: 'COP',
  options: ['Color'],
  variants: [variant('v1', 'Azul'), variant('v2', 'Rojo')],
  images: [],
};
const given = (...events: readonly (readonly ProductEvent[])[]): Product =>
  events.flat().reduce(evolve, {} as Product);
const product = given(createProduct(draft));
const inStatus = (status: ProductStatus): Product => ({ ...product, status });
const pointers = (work: () => unknown): readonly string[] => {
  try {
    work();
  } catch (error) {
    return (error as { details: { errors: { pointer: string }[] } }).details.errors.map(
      ({ pointer }) => pointer,
    );
  }
  return [];
};

describe('a product', () => {
  it('begins as a draft, with texts tidied', () => {
    const made = given(createProduct({ ...draft, title: '  Camiseta \n de  algodo\u0301n ' }));
    assert.equal(made.status, 'draft');
    assert.equal(made.title, 'Camiseta de algodón');
  });

  for (const [why, change, expected] of [
    ['it has no title', { title: '  ' }, ['#/title']],
    ['it has no variant', { variants: [] }, ['#/variants']],
    ['a tag has a comma', { tags: ['a', 'b,c'] }, ['#/tags/1']],
    ['an option is named twice', { options: ['Color', 'color'] }, ['#/options/1']],
    ['a variant lacks a choice', { variants: [variant('v1')] }, ['#/variants/0/options']],
    [
      'two variants are the same choice',
      { variants: [variant('v1', 'Azul'), variant('v2', 'AZÚL')] },
      ['#/variants/1/options'],
    ],
    [
      'two variants have one SKU',
      { variants: [variant('v1', 'Azul'), { ...variant('v2', 'Rojo'), sku: 'SKU-v1' }] },
      ['#/variants/1/sku'],
    ],
  ] as const) {
    it(`is refused when ${why}`, () => {
      const found = pointers(() => createProduct({ ...draft, ...change }));
      assert.ok(
        expected.every((pointer) => found.includes(pointer)),
        found.join(),
      );
    });
  }

  it('says nothing when nothing changes', () => {
    assert.deepEqual(updateDetails(product, { title: 'Camiseta ', tags: [] }), []);
    assert.deepEqual(changeVariants(product, product.variants), []);
    assert.deepEqual(changeImages(product, []), []);
  });

  it('keeps at least one variant', () => {
    assert.throws(() => changeVariants(product, []), { code: 'catalog.last_variant' });
  });

  it('takes an image off the variants when it goes', () => {
    const image = { id: 'i1', url: '/i1', file: 'i1', alt: '', width: 1, height: 1 };
    const shown = given(
      createProduct({
        ...draft,
        images: [image],
        variants: [{ ...variant('v1', 'Azul'), imageId: 'i1' }],
      }),
    );
    const after = changeImages(shown, []).reduce(evolve, shown);
    assert.equal(after.variants[0]!.imageId, null);
  });
});

describe('the status of a product', () => {
  for (const [from, to, allowed] of [
    ['draft', 'active', true],
    ['draft', 'inactive', false],
    ['draft', 'archived', true],
    ['active', 'inactive', true],
    ['active', 'archived', true],
    ['inactive', 'active', true],
    ['archived', 'active', false],
    ['archived', 'inactive', false],
  ] as const) {
    it(`${allowed ? 'goes' : 'does not go'} from ${from} to ${to}`, () => {
      if (allowed) assert.equal(changeStatus(inStatus(from), to).length, 1);
      else
        assert.throws(() => changeStatus(inStatus(from), to), {
          code: 'catalog.status_not_allowed',
        });
    });
  }

  it('stays without a word', () => {
    assert.deepEqual(changeStatus(inStatus('active'), 'active'), []);
  });

  it('is not active while a price is nothing, and an active price does not become nothing', () => {
    const free = { ...variant('v1', 'Azul'), priceMinor: 0n };
    const unpriced = { ...product, variants: [free] };
    assert.deepEqual(
      pointers(() => changeStatus(unpriced, 'active')),
      ['#/variants/0/price'],
    );
    assert.deepEqual(
      pointers(() => changeVariants(inStatus('active'), [free])),
      ['#/variants/0/price'],
    );
  });

  it('archived, forbids every change', () => {
    const archived = inStatus('archived');
    for (const change of [
      () => updateDetails(archived, { title: 'x' }),
      () => changeVariants(archived, [variant('v3', 'Verde')]),
      () => changeImages(archived, []),
    ])
      assert.throws(change, { code: 'catalog.product_archived' });
  });
});

describe('what is made of texts', () => {
  it('slugs and SKUs', () => {
    assert.equal(slugOf('Café de origen, 500 g ¡Ñandú!'), 'cafe-de-origen-500-g-nandu');
    assert.equal(slugOf('日本'), '');
    assert.equal(skuOf('camiseta', ['Azul marino', 'M']), 'CAMISETA-AZUL-MARINO-M');
  });

  it('refuses a value of an option there is not', () => {
    const input = { options: { Color: 'Azul', 'Ta/lla': 'M' }, priceMinor: 1n };
    assert.deepEqual(
      pointers(() => createVariant('v', 'h', ['Color'], input, '/variants/0')),
      ['#/variants/0/options/Ta~1lla'],
    );
  });
});
