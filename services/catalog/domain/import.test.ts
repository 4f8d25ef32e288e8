import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exportHeader, exportLines } from './export-product.ts';
import { guard, readHeader, readRow, type ImportRow } from './import-columns.ts';
import { readDecimal } from './import-decimal.ts';
import { decideImport, type ImportFacts, type Shelf } from './import-decision.ts';
import { readProduct } from './import-product.ts';
import type { Product } from './product.ts';

describe('a price in a spreadsheet', () => {
  for (const [text, expected] of [
    ['48900', 4_890_000n],
    ['48900.5', 4_890_050n],
    ['48900,50', 4_890_050n],
    ['1.234,50', 123_450n],
    ['1,234.50', 123_450n],
    ['$ 1.234.567', 123_456_700n],
    ['COP 12,345,678.9', 1_234_567_890n],
    ['12.500', 'ambiguous'],
    ['12,500', 'ambiguous'],
    ['1.2345', 'too_many_decimals'],
    ['1,23,456', 'not_a_decimal'],
    ['1.234,5,6', 'not_a_decimal'],
    ['-5', 'negative'],
    ['gratis', 'not_a_decimal'],
    ['99999999999999', 'too_large'],
  ] as const) {
    it(`${text} is ${expected}`, () => {
      const result = readDecimal(text, 'COP', false);
      assert.equal('fault' in result ? result.fault : result.amountMinor, expected);
    });
  }

  it('takes a lone dot as thousands where commas are decimal or there are no decimals', () => {
    assert.deepEqual(readDecimal('12.500', 'COP', true), { amountMinor: 1_250_000n });
    assert.deepEqual(readDecimal('12.500', 'CLP', false), { amountMinor: 12_500n });
    assert.deepEqual(readDecimal('12,500', 'COP', true), { fault: 'ambiguous' });
  });
});

describe('a cell that a spreadsheet would run', () => {
  it('comes back as it was', () => {
    const header = readHeader(['Handle', 'Title']);
    for (const text of [
      '=1+1',
      "'=1",
      "''@x",
      '-5',
      '+57',
      '@a',
      "'quoted'",
      'plain',
      '\t=1',
      '',
    ]) {
      assert.equal(readRow(header, 2, ['h', guard(text)]).cells.title, text);
      assert.doesNotMatch(guard(text), /^[=+\-@\t\r]/);
    }
  });
});

const rowsOf = (csv: string): { rows: ImportRow[]; header: ReturnType<typeof readHeader> } => {
  const [first, ...lines] = csv.trim().split('\n');
  const header = readHeader(first!.split(','));
  return { header, rows: lines.map((line, i) => readRow(header, i + 2, line.split(','))) };
};
const read = (csv: string) => {
  const { rows, header } = rowsOf(csv);
  return readProduct(rows, { header, currency: 'COP', usesDecimalComma: false });
};

let made = 0;
const facts = (current?: Product, shelves: Record<string, Shelf> = {}): ImportFacts => ({
  current,
  shelves: new Map(Object.entries(shelves)),
  sellerId: 's1',
  slug: 'gorra',
  categoryId: undefined,
  currency: 'COP',
  newId: () => `id-${(made += 1)}`,
});
const decide = (csv: string, current?: Product, shelves?: Record<string, Shelf>) => {
  const { product, errors } = read(csv);
  assert.deepEqual(errors, []);
  return decideImport(product, facts(current, shelves));
};
const kept = (csv: string): Product => {
  const decision = decide(csv);
  assert.equal(decision.outcome, 'created');
  return decision.product;
};

const file = `Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty
gorra,Gorra,true,Color,Azul,,100,5
gorra,,,,Rojo,G-R,200,0`;

describe('importing a product', () => {
  it('creates it with SKUs made for those that have none, and its stock', () => {
    const decision = decide(file);
    assert.equal(decision.outcome, 'created');
    const { product, differences } = decision;
    assert.equal(product.status, 'active');
    assert.deepEqual(
      product.variants.map(({ sku }) => sku),
      ['GORRA-AZUL', 'G-R'],
    );
    assert.deepEqual([...differences.values()], [5]);
  });

  it('changes nothing the second time, also after a sale', () => {
    const product = kept(file);
    const [a, b] = product.variants.map(({ id }) => id);
    const sold: Record<string, Shelf> = {
      [a!]: { available: 3, importedQuantity: 5 },
      [b!]: { available: 0, importedQuantity: 0 },
    };
    assert.equal(decide(file, product, sold).outcome, 'unchanged');
  });

  it('books the difference to a quantity that is new in the file', () => {
    const product = kept(file);
    const [a, b] = product.variants.map(({ id }) => id);
    const decision = decide(file.replace(',100,5', ',100,9'), product, {
      [a!]: { available: 3, importedQuantity: 5 },
      [b!]: { available: 0, importedQuantity: 0 },
    });
    assert.partialDeepStrictEqual(decision, { outcome: 'updated', isChanged: false });
    assert.deepEqual('differences' in decision && [...decision.differences], [[a, 6]]);
  });

  it('keeps what the file does not name: texts, variants', () => {
    const product = kept(file);
    const decision = decide(
      'Handle,Option1 Name,Option1 Value,Variant Price\ngorra,Color,rojo,300',
      product,
    );
    assert.equal(decision.outcome, 'updated');
    assert.equal(decision.product.title, 'Gorra');
    assert.deepEqual(
      decision.product.variants.map(({ sku, priceMinor }) => [sku, priceMinor]),
      [
        ['G-R', 30_000n],
        ['GORRA-AZUL', 10_000n],
      ],
    );
  });

  it('takes off sale what is no longer published, and makes no draft of it', () => {
    const product = kept(file);
    const decision = decide(file.replace('true', 'FALSE'), product);
    assert.equal(decision.outcome === 'refused' ? '' : decision.product.status, 'inactive');
  });

  it('names line and column of what is wrong', () => {
    const { errors } = read(
      `Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty,Image Src,Status
x,X,Color,Azul,1.999,5,javascript:alert(1),sold
x,,,Rojo,10,muchos,,`,
    );
    assert.deepEqual(
      errors.map(({ line, column, code }) => [line, column, code]),
      [
        [2, 'Variant Price', 'ambiguous'],
        [3, 'Variant Inventory Qty', 'not_an_integer'],
        [2, 'Image Src', 'wrong_format'],
        [2, 'Status', 'not_allowed'],
      ],
    );
    const refused = decide('Handle,Title,Published,Variant Price\nx,X,true,0');
    assert.partialDeepStrictEqual(refused, {
      outcome: 'refused',
      errors: [{ line: 2, column: 'Variant Price', code: 'too_small' }],
    });
  });

  for (const [what, taxable, code, current, expected] of [
    ['not taxable', 'false', '', 'standard', 'exempt'],
    ['taxable again', 'true', '', 'exempt', 'standard'],
    ['taxable, and no more is said', 'TRUE', '', 'reduced', 'reduced'],
    ['of a class of ours', 'true', 'reduced', 'standard', 'reduced'],
    ['of a code of another tax service', 'true', 'P0000000', 'reduced', 'reduced'],
    ['said nothing of', '', '', 'reduced', 'reduced'],
    ['exempt by its code alone', '', 'exempt', 'standard', 'exempt'],
  ] as const)
    it(`takes a product that is ${what} as ${expected}`, () => {
      const csv = `Handle,Option1 Name,Option1 Value,Variant Taxable,Variant Tax Code
gorra,Color,Azul,${taxable},${code}
gorra,Color,Rojo,,`;
      const decision = decide(csv, { ...kept(file), taxClass: current });
      assert.equal('product' in decision && decision.product.taxClass, expected);
      assert.equal(decision.outcome, current === expected ? 'unchanged' : 'updated');
    });

  it('refuses variants of one product that are taxed in two ways', () => {
    const { errors } = read(`Handle,Title,Option1 Name,Option1 Value,Variant Price,Variant Taxable
x,X,Color,Azul,10,true
x,,,Rojo,10,false`);
    assert.partialDeepStrictEqual(errors, [{ line: 3, column: 'Variant Taxable', code: 'mixed' }]);
  });

  it('reads its own export as no change', () => {
    const product: Product = {
      ...kept(file),
      taxClass: 'reduced',
      status: 'inactive',
      description: '=1; dos, "tres"',
      tags: ['a', 'b c'],
    };
    const available = new Map(product.variants.map(({ id }, i) => [id, i]));
    const exported = { product, categoryName: null, available };
    const text = exportHeader(true) + exportLines(exported, true);
    const cells = text
      .split('\r\n')
      .map((line) =>
        [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
          ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
        ),
      );
    const header = readHeader(cells[0]!);
    const rows = cells.slice(1, -1).map((line, i) => readRow(header, i + 2, line));
    const again = readProduct(rows, { header, currency: 'COP', usesDecimalComma: false });
    assert.deepEqual(again.errors, []);
    const shelves = Object.fromEntries(
      [...available].map(([id, n]) => [id, { available: n, importedQuantity: null }]),
    );
    const decision = decideImport(again.product, { ...facts(product, shelves), categoryId: null });
    assert.equal(decision.outcome, 'unchanged');
  });
});
