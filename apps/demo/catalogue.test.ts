import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import sharp from 'sharp';
import { demoCategories, demoOptionWords, demoProducts, demoSellers } from './catalogue.ts';
import type { DemoProduct } from './catalogue.ts';

const illustrations = new URL('./illustrations/', import.meta.url);
const variants = demoProducts.flatMap((product) => product.variants);

function duplicates(values: string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

/** GS1: digits weigh 1 and 3 in turn from the left; the sum is a multiple of ten. */
function isEan13(code: string): boolean {
  if (!/^\d{13}$/.test(code)) return false;
  const sum = Array.from(code, Number).reduce(
    (total, digit, at) => total + digit * (at % 2 ? 3 : 1),
    0,
  );
  return sum % 10 === 0;
}

function isPrice(value: string): boolean {
  return /^[1-9]\d*(\.\d{1,2})?$/.test(value);
}

/** Things an illustration must not carry: code, and anything fetched from elsewhere. */
function forbiddenIn(svg: string): string[] {
  const rules = [
    /<script/i,
    /\son\w+\s*=/i,
    /<(image|foreignObject|iframe|style|text)\b/i,
    /href\s*=\s*["'](?!#)/i,
    /url\(\s*["']?(?!#)/i,
    /<!(DOCTYPE|ENTITY)/i,
  ];
  return rules.filter((rule) => rule.test(svg)).map(String);
}

test('the guards refuse what they are there to refuse', () => {
  assert.deepEqual(duplicates(['a', 'b', 'a']), ['a']);
  assert.ok(isEan13('4006381333931'));
  assert.ok(!isEan13('4006381333932'));
  assert.ok(!isEan13('400638133393'));
  for (const price of ['1.234', '0.00', '48900,00', '$48900', ''])
    assert.ok(!isPrice(price), price);
  assert.equal(forbiddenIn('<svg><script/></svg>').length, 1);
  assert.equal(forbiddenIn('<svg><use href="https://example.com/a.svg#b"/></svg>').length, 1);
  assert.equal(forbiddenIn('<svg><rect fill="url(https://example.com/a#b)"/></svg>').length, 1);
  assert.equal(forbiddenIn('<svg onload="x()"/>').length, 1);
  assert.deepEqual(forbiddenIn('<svg><rect fill="url(#a)"/></svg>'), []);
});

test('the catalogue has the size of a real shop', () => {
  assert.equal(demoCategories.filter(({ parent }) => parent === null).length, 8);
  assert.equal(demoSellers.length, 3);
  assert.equal(demoProducts.length, 60);
  assert.ok(variants.length >= 170, `${variants.length} variants`);
  assert.ok(demoProducts.filter((product) => product.variants.length > 1).length >= 25);
  assert.ok(variants.filter(({ stock }) => stock === 0).length >= 5);
  assert.ok(variants.filter(({ stock }) => stock > 0 && stock <= 5).length >= 10);
  assert.ok(variants.filter(({ compareAtPrice }) => compareAtPrice !== undefined).length >= 5);
});

test('handles, SKUs, barcodes, category slugs and sellers are unique and well formed', () => {
  const slugs = [...demoProducts.map(({ handle }) => handle), ...demoCategories.map((c) => c.slug)];
  for (const slug of slugs) assert.match(slug, /^[a-z0-9]+(-[a-z0-9]+)*$/);
  for (const { sku } of variants) assert.match(sku, /^[A-Z0-9]+(-[A-Z0-9]+)+$/);
  assert.deepEqual(duplicates(demoProducts.map(({ handle }) => handle)), []);
  assert.deepEqual(duplicates(variants.map(({ sku }) => sku)), []);
  assert.deepEqual(duplicates(variants.flatMap(({ barcode }) => barcode ?? [])), []);
  assert.deepEqual(duplicates(demoCategories.map(({ slug }) => slug)), []);
  assert.deepEqual(duplicates(demoSellers.map(({ username }) => username)), []);
  assert.deepEqual(duplicates(demoSellers.map(({ email }) => email)), []);
});

test('sellers can log in and cannot be written to by accident', () => {
  for (const { username, email } of demoSellers) {
    assert.match(username, /^[a-z0-9_.-]{3,32}$/);
    assert.match(email, /^[a-z]+@[a-z]+\.example\.com$/);
  }
});

test('categories are a tree of two levels, parents first, and none is empty', () => {
  const seen = new Map<string, string | null>();
  for (const { slug, parent } of demoCategories) {
    if (parent !== null) assert.equal(seen.get(parent), null, `${slug} is not below a department`);
    seen.set(slug, parent);
  }
  const leaves = demoCategories.filter(
    ({ slug }) => !demoCategories.some((c) => c.parent === slug),
  );
  assert.deepEqual(
    leaves.map(({ slug }) => slug).sort(),
    [...new Set(demoProducts.map(({ category }) => category))].sort(),
  );
});

test('every product names an existing seller, and every seller sells', () => {
  const usernames = demoSellers.map(({ username }) => username).sort();
  assert.deepEqual([...new Set(demoProducts.map(({ seller }) => seller))].sort(), usernames);
});

test('prices, stock, weights and barcodes are possible ones', () => {
  for (const { sku, price, compareAtPrice, stock, gramsWeight, barcode } of variants) {
    assert.ok(isPrice(price), `${sku}: price ${price}`);
    if (compareAtPrice !== undefined) {
      assert.ok(isPrice(compareAtPrice), `${sku}: compare-at price ${compareAtPrice}`);
      assert.ok(Number(compareAtPrice) > Number(price), `${sku}: the offer is not one`);
    }
    assert.ok(Number.isInteger(stock) && stock >= 0, `${sku}: stock ${stock}`);
    assert.ok(Number.isInteger(gramsWeight) && gramsWeight > 0, `${sku}: weight ${gramsWeight}`);
    if (barcode !== undefined) assert.ok(isEan13(barcode), `${sku}: barcode ${barcode}`);
  }
});

test('within a product each combination of options is complete and appears once', () => {
  for (const { handle, options, variants: own } of demoProducts) {
    assert.ok(own.length > 0, `${handle} has no variant`);
    assert.ok(options.length > 0 || own.length === 1, `${handle}: variants without options`);
    const names = options.map(({ name }) => name);
    for (const { sku, options: chosen } of own) {
      assert.deepEqual(Object.keys(chosen), names, sku);
      for (const { name, values } of options) assert.ok(values.includes(chosen[name] ?? ''), sku);
      assert.ok(Object.values(chosen).every(Boolean), `${sku}: an empty value`);
    }
    assert.deepEqual(duplicates(own.map((v) => JSON.stringify(v.options))), [], handle);
  }
});

test('each option name and value has its English, or reads the same in both languages', () => {
  const sameInBoth = /^(\d+(–\d+)?( × \d+)?( (g|kg|ml|L|m|cm|W)|″)?|(S|M|L|XL)( \(\d+ cm\))?)$/;
  const names = demoProducts.flatMap(({ options }) => options.map(({ name }) => name));
  const values = demoProducts.flatMap(({ options }) => options.flatMap((option) => option.values));
  const words = new Set([...names, ...values.filter((value) => !sameInBoth.test(value))]);
  assert.deepEqual([...words].sort(), Object.keys(demoOptionWords).sort());
});

test('texts are written in both languages: 2 to 4 sentences, no stray spaces', () => {
  for (const product of demoProducts) {
    const { handle, title, titleEn, description, descriptionEn, alt, tags } = product;
    for (const text of [title, titleEn, description, descriptionEn, alt.es, alt.en, ...tags]) {
      assert.ok(text.length > 1, `${handle}: an empty text`);
      assert.doesNotMatch(text, /^\s|\s$|\s{2}/, handle);
    }
    for (const text of [description, descriptionEn]) {
      const sentences = text.match(/\.(?=$|\s+[\dA-ZÁÉÍÓÚ])/g)?.length ?? 0;
      assert.ok(sentences >= 2 && sentences <= 4, `${handle}: ${sentences} sentences`);
      assert.ok(text.length >= 100 && text.length <= 420, `${handle}: ${text.length} characters`);
    }
    assert.notEqual(description, descriptionEn, handle);
    assert.notEqual(alt.es, alt.en, handle);
  }
});

test('each product has an illustration of its own, and no illustration is left over', async () => {
  const used = demoProducts.map(({ illustration }) => illustration).sort();
  assert.deepEqual(duplicates(used), []);
  assert.deepEqual((await readdir(illustrations)).sort(), used);
});

test('illustrations are small, harmless and rasterise to 800 × 800 PNG', async () => {
  const check = async ({ illustration }: DemoProduct) => {
    const svg = await readFile(new URL(illustration, illustrations), 'utf8');
    assert.ok(
      svg.length >= 1000 && svg.length <= 6144,
      `${illustration}: ${svg.length} characters`,
    );
    assert.match(svg, /viewBox="0 0 800 800"/, illustration);
    assert.deepEqual(forbiddenIn(svg), [], illustration);
    const png = await sharp(Buffer.from(svg)).png({ compressionLevel: 1 }).toBuffer();
    const { format, width, height } = await sharp(png).metadata();
    assert.deepEqual([format, width, height], ['png', 800, 800], illustration);
    const { channels } = await sharp(png).resize(64, 64).stats();
    const contrast = Math.max(...channels.map(({ stdev }) => stdev));
    assert.ok(contrast > 10, `${illustration} is almost blank`);
  };
  await Promise.all(demoProducts.map(check));
});
