import { formatAmount } from '#shared/kernel/money.ts';
import { guard } from './import-columns.ts';
import type { Product } from './product.ts';
import { exemptTaxClass } from './tax-class.ts';

/** Shopify's columns that we know to fill, in its order; `Plaza Seller Id` is for administrators. */
const titles = [
  'Handle',
  'Title',
  'Body (HTML)',
  'Vendor',
  'Type',
  'Tags',
  'Published',
  'Option1 Name',
  'Option1 Value',
  'Option2 Name',
  'Option2 Value',
  'Option3 Name',
  'Option3 Value',
  'Variant SKU',
  'Variant Grams',
  'Variant Inventory Tracker',
  'Variant Inventory Qty',
  'Variant Inventory Policy',
  'Variant Fulfillment Service',
  'Variant Price',
  'Variant Compare At Price',
  'Variant Requires Shipping',
  'Variant Taxable',
  'Variant Tax Code',
  'Variant Barcode',
  'Image Src',
  'Image Position',
  'Image Alt Text',
  'Gift Card',
  'SEO Title',
  'SEO Description',
  'Variant Image',
  'Variant Weight Unit',
  'Status',
] as const;
const sellerTitle = 'Plaza Seller Id';

type Title = (typeof titles)[number] | typeof sellerTitle;
type Line = Partial<Record<Title, string>>;

export type ExportedProduct = Readonly<{
  product: Product;
  categoryName: string | null;
  /** Free units by variant id. */
  available: ReadonlyMap<string, number>;
}>;

const quote = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const toText = (cells: readonly string[]): string =>
  `${cells.map((cell) => quote(guard(cell))).join(',')}\r\n`;

const titlesOf = (withSeller: boolean): readonly Title[] =>
  withSeller ? [...titles, sellerTitle] : titles;

export const exportHeader = (withSeller: boolean): string => toText(titlesOf(withSeller));

/**
 * The lines of a product, so that importing them changes nothing: one a variant, the first with what
 * is said of the product, and one more for each image that has no variant beside it.
 */
export const exportLines = (exported: ExportedProduct, withSeller: boolean): string => {
  const { product } = exported;
  const count = Math.max(product.variants.length, product.images.length);
  return Array.from({ length: count }, (_, i) => {
    const line: Line = {
      Handle: product.handle,
      ...(i === 0 ? productCells(exported) : {}),
      ...variantCells(exported, i),
      ...imageCells(product, i),
      ...(withSeller ? { [sellerTitle]: product.sellerId } : {}),
    };
    return toText(titlesOf(withSeller).map((title) => line[title] ?? ''));
  }).join('');
};

/** `inactive` is what Shopify calls active and not published. */
const productCells = ({ product, categoryName }: ExportedProduct): Line => ({
  Title: product.title,
  'Body (HTML)': product.description,
  Vendor: product.vendor,
  Type: categoryName ?? '',
  Tags: product.tags.join(', '),
  Published: String(product.status === 'active'),
  'Option1 Name': product.options.length === 0 ? 'Title' : product.options[0]!,
  'Option2 Name': product.options[1] ?? '',
  'Option3 Name': product.options[2] ?? '',
  'Gift Card': 'false',
  'SEO Title': product.seoTitle,
  'SEO Description': product.seoDescription,
  Status: product.status === 'inactive' ? 'active' : product.status,
});

const variantCells = ({ product, available }: ExportedProduct, index: number): Line => {
  const variant = product.variants[index];
  if (!variant) return {};
  const image = product.images.find(({ id }) => id === variant.imageId);
  return {
    'Option1 Value': product.options.length === 0 ? 'Default Title' : variant.values[0]!,
    'Option2 Value': variant.values[1] ?? '',
    'Option3 Value': variant.values[2] ?? '',
    'Variant SKU': variant.sku,
    'Variant Grams': String(variant.weightGrams),
    'Variant Inventory Tracker': 'shopify',
    'Variant Inventory Qty': String(available.get(variant.id) ?? 0),
    'Variant Inventory Policy': 'deny',
    'Variant Fulfillment Service': 'manual',
    'Variant Price': formatAmount(variant.priceMinor, product.currency),
    'Variant Compare At Price':
      variant.compareAtMinor === null ? '' : formatAmount(variant.compareAtMinor, product.currency),
    'Variant Requires Shipping': 'true',
    'Variant Taxable': String(product.taxClass !== exemptTaxClass),
    'Variant Tax Code': product.taxClass,
    'Variant Barcode': variant.barcode,
    'Variant Image': image?.url ?? '',
    'Variant Weight Unit': 'g',
  };
};

const imageCells = ({ images }: Product, index: number): Line => {
  const image = images[index];
  if (!image) return {};
  return {
    'Image Src': image.url,
    'Image Position': String(index + 1),
    'Image Alt Text': image.alt,
  };
};
