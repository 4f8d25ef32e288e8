import type { Column, Header, ImportRow } from './import-columns.ts';
import { readDecimal } from './import-decimal.ts';
import type { ProductStatus } from './product.ts';
import { defaultTaxClass, exemptTaxClass, isTaxClass } from './tax-class.ts';

/** What is wrong in a line, so that it can be found and mended. */
export type RowError = Readonly<{
  line: number;
  column: string | null;
  code: string;
  detail: string;
  handle: string | null;
}>;

export type ImportedVariant = Readonly<{
  line: number;
  values: readonly string[];
  sku?: string;
  priceMinor?: bigint;
  /** Null: the file says that there is none. */
  compareAtMinor?: bigint | null;
  weightGrams?: number;
  barcode?: string;
  quantity?: number;
  imageSrc?: string;
}>;

export type ImportedImage = Readonly<{ src: string; alt: string; position: number }>;

/** A product as a file tells it. What the file has no column for is not there. */
export type ImportedProduct = Readonly<{
  line: number;
  handle: string;
  sellerId?: string;
  title?: string;
  description?: string;
  vendor?: string;
  type?: string;
  tags?: readonly string[];
  seoTitle?: string;
  seoDescription?: string;
  /** The class that the file names; `taxable` and no more when it only says that there is a tax. */
  tax?: Readonly<{ taxClass: string }> | 'taxable';
  status?: ProductStatus;
  options: readonly string[];
  variants: readonly ImportedVariant[];
  images?: readonly ImportedImage[];
}>;

export type FileFacts = Readonly<{
  header: Header;
  currency: string;
  usesDecimalComma: boolean;
}>;

const longest: Partial<Record<Column, number>> = {
  handle: 255,
  title: 255,
  description: 100_000,
  vendor: 255,
  type: 120,
  tags: 10_000,
  option1Name: 255,
  option1Value: 255,
  option2Name: 255,
  option2Value: 255,
  option3Name: 255,
  option3Value: 255,
  sku: 100,
  barcode: 100,
  taxCode: 100,
  imageSrc: 2_000,
  variantImage: 2_000,
  imageAlt: 1_000,
  seoTitle: 255,
  seoDescription: 1_000,
};

const decimalFaults = {
  not_a_decimal: 'is not a price',
  ambiguous: 'may mean two prices: write it with decimals or without a separator',
  too_many_decimals: 'has more decimals than the currency',
  too_large: 'is larger than any amount that is booked',
  negative: 'must not be negative',
} as const;

/** Reads the lines of one product; either it is whole or its errors say why not. */
export const readProduct = (
  rows: readonly ImportRow[],
  facts: FileFacts,
): Readonly<{ product: ImportedProduct; errors: readonly RowError[] }> => {
  const errors: RowError[] = [];
  const first = rows[0]!;
  const handle = first.cells.handle!.trim();
  const refuse = (line: number, column: Column | null, code: string, detail: string): void => {
    const title = column === null ? null : (facts.header.titles[column] ?? null);
    errors.push({ line, column: title, code, detail, handle });
  };
  checkTexts(rows, refuse);
  const options = optionsOf(first);
  const variants = rows.filter(isVariantRow).map((row) => readVariant(row, options, facts, refuse));
  const images = 'imageSrc' in first.cells ? readImages(rows, refuse) : undefined;
  const status = statusOf(first, refuse);
  const tax = taxOf(rows.filter(isVariantRow), refuse);
  const product: ImportedProduct = {
    line: first.line,
    handle,
    ...textsOf(first),
    ...(status === undefined ? {} : { status }),
    ...(tax === undefined ? {} : { tax }),
    options,
    variants,
    ...(images === undefined ? {} : { images }),
  };
  return { product, errors };
};

type Refuse = (line: number, column: Column | null, code: string, detail: string) => void;

const checkTexts = (rows: readonly ImportRow[], refuse: Refuse): void => {
  for (const { line, cells } of rows)
    for (const [column, text] of Object.entries(cells) as [Column, string][]) {
      const most = longest[column];
      if (most !== undefined && text.length > most)
        refuse(line, column, 'too_long', `has more than ${most} characters`);
      if (text.includes('\0'))
        refuse(line, column, 'wrong_format', 'has a character that cannot be stored');
    }
};

const isVariantRow = ({ cells }: ImportRow): boolean =>
  [cells.option1Value, cells.price, cells.sku].some((cell) => (cell ?? '').trim() !== '');

/** Shopify's way to say that there is nothing to choose. */
const isDefault = (name: string, value: string): boolean =>
  name === 'Title' && value === 'Default Title';

const optionsOf = ({ cells }: ImportRow): readonly string[] => {
  const names = [cells.option1Name, cells.option2Name, cells.option3Name].map((name) =>
    (name ?? '').trim(),
  );
  if (isDefault(names[0]!, (cells.option1Value ?? '').trim())) return [];
  return names.filter((name) => name !== '');
};

const textsOf = ({ cells }: ImportRow) => ({
  ...(cells.sellerId ? { sellerId: cells.sellerId.trim() } : {}),
  ...(cells.title === undefined || cells.title.trim() === '' ? {} : { title: cells.title }),
  ...(cells.description === undefined ? {} : { description: cells.description }),
  ...(cells.vendor === undefined ? {} : { vendor: cells.vendor }),
  ...(cells.type === undefined ? {} : { type: cells.type.trim() }),
  ...(cells.tags === undefined ? {} : { tags: cells.tags.split(',') }),
  ...(cells.seoTitle === undefined ? {} : { seoTitle: cells.seoTitle }),
  ...(cells.seoDescription === undefined ? {} : { seoDescription: cells.seoDescription }),
});

const readVariant = (
  { line, cells }: ImportRow,
  options: readonly string[],
  facts: FileFacts,
  refuse: Refuse,
): ImportedVariant => {
  const amount = (column: 'price' | 'compareAt'): bigint | null => {
    const text = (cells[column] ?? '').trim();
    if (text === '') return null;
    const result = readDecimal(text, facts.currency, facts.usesDecimalComma);
    if ('amountMinor' in result) return result.amountMinor;
    refuse(line, column, result.fault, decimalFaults[result.fault]);
    return null;
  };
  const whole = (column: 'grams' | 'quantity', most: number): number | undefined => {
    const text = (cells[column] ?? '').trim();
    if (text === '') return undefined;
    // Spreadsheets write 12.0, and Shopify sells below nothing: there is none to be had then.
    const value = Number(text.replace(/[.,]0+$/, ''));
    if (Number.isSafeInteger(value) && value <= most) return Math.max(value, 0);
    refuse(line, column, 'not_an_integer', `is not a whole number up to ${most}`);
    return undefined;
  };
  const values = [cells.option1Value, cells.option2Value, cells.option3Value]
    .slice(0, options.length)
    .map((value) => value ?? '');
  const [price, grams, quantity] = [amount('price'), whole('grams', 1e7), whole('quantity', 1e6)];
  const [sku, imageSrc] = [(cells.sku ?? '').trim(), (cells.variantImage ?? '').trim()];
  return {
    line,
    values,
    ...(sku === '' ? {} : { sku }),
    ...(price === null ? {} : { priceMinor: price }),
    ...(cells.compareAt === undefined ? {} : { compareAtMinor: amount('compareAt') }),
    ...(grams === undefined ? {} : { weightGrams: grams }),
    ...(cells.barcode === undefined ? {} : { barcode: cells.barcode.trim() }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(imageSrc === '' ? {} : { imageSrc }),
  };
};

/** An address elsewhere, or one of our own that an export wrote. It is kept, never fetched. */
const isImageAddress = (src: string): boolean =>
  /^\/api\/v1\/products\/images\/[\w.-]+$/.test(src) ||
  (URL.canParse(src) && ['http:', 'https:'].includes(new URL(src).protocol));

const readImages = (rows: readonly ImportRow[], refuse: Refuse): readonly ImportedImage[] => {
  const images = new Map<string, ImportedImage>();
  for (const { line, cells } of rows) {
    for (const column of ['imageSrc', 'variantImage'] as const) {
      const src = (cells[column] ?? '').trim();
      if (src === '') continue;
      if (!isImageAddress(src)) {
        refuse(line, column, 'wrong_format', 'is not an http or https address');
        continue;
      }
      const isListed = column === 'imageSrc';
      if (images.has(src) && !isListed) continue;
      const position = isListed ? Number(cells.imagePosition ?? '') || images.size + 1 : 10_000;
      images.set(src, { src, alt: isListed ? (cells.imageAlt ?? '') : '', position });
    }
  }
  return [...images.values()].toSorted((a, b) => a.position - b.position);
};

const yes = /^(true|yes|1|verdadero|s[ií])$/i;

/** What a line says of its tax. A code of another shop's tax service is none of our classes. */
const taxOfRow = ({ cells }: ImportRow): ImportedProduct['tax'] => {
  const taxable = (cells.taxable ?? '').trim();
  const code = (cells.taxCode ?? '').trim();
  if (taxable !== '' && !yes.test(taxable)) return { taxClass: exemptTaxClass };
  if (code !== exemptTaxClass && isTaxClass(code)) return { taxClass: code };
  if (taxable !== '') return 'taxable';
  return code === exemptTaxClass ? { taxClass: exemptTaxClass } : undefined;
};

const nameOfTax = (tax: ImportedProduct['tax']): string | undefined =>
  typeof tax === 'object' ? tax.taxClass : tax;

/** All variants of a product are taxed the same way. */
const taxOf = (rows: readonly ImportRow[], refuse: Refuse): ImportedProduct['tax'] => {
  const [first, ...others] = rows.map((row) => ({ row, tax: taxOfRow(row) }));
  for (const { row, tax } of others)
    if (tax !== undefined && nameOfTax(tax) !== nameOfTax(first!.tax))
      refuse(row.line, 'taxable' in row.cells ? 'taxable' : 'taxCode', 'mixed', mixedTax);
  return first?.tax;
};

const mixedTax = 'is taxed in another way than the variant before it';

/** The class that a product has after what the file says of its tax; undefined: as it was. */
export const importedTaxClass = (
  tax: ImportedProduct['tax'],
  current: string | undefined,
): string | undefined => {
  if (typeof tax === 'object') return tax.taxClass;
  return tax === 'taxable' && current === exemptTaxClass ? defaultTaxClass : undefined;
};

/** `Status` speaks before `Published`; active but not published is taken off sale for now. */
const statusOf = ({ line, cells }: ImportRow, refuse: Refuse): ProductStatus | undefined => {
  const status = (cells.status ?? '').trim().toLowerCase();
  const published = (cells.published ?? '').trim();
  if (!['', 'active', 'draft', 'archived', 'unlisted'].includes(status))
    refuse(line, 'status', 'not_allowed', 'is not active, draft, archived or unlisted');
  if (status === 'archived' || status === 'draft') return status;
  if (status === 'unlisted') return 'inactive';
  if (published !== '') return yes.test(published) ? 'active' : 'inactive';
  return status === 'active' ? 'active' : undefined;
};
