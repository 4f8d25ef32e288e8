import { attributeOf, type Product, type Variant } from '../domain/product.ts';
import { toProductChanged } from '../application/published-events.ts';
import type { StockDifferences, StoredProduct } from '../application/ports.ts';

type VariantRow = Readonly<{
  id: string;
  sku: string;
  option_values: readonly string[];
  price_minor: string;
  compare_at_minor: string | null;
  weight_grams: number;
  barcode: string;
  image_id: string | null;
  low_threshold: number;
}>;

export type ProductRow = Readonly<{
  id: string;
  seller_id: string;
  handle: string;
  slug: string;
  status: Product['status'];
  title: string;
  description: string;
  vendor: string;
  category_id: string | null;
  tags: readonly string[];
  options: readonly string[];
  images: Product['images'];
  seo_title: string;
  seo_description: string;
  currency: string;
  tax_class: string;
  version: number;
  variants: readonly VariantRow[];
}>;

/** Columns of a whole product `p`; amounts as text, since JSON has no bigint. */
export const productColumns = `
  p.id, p.seller_id, p.handle, p.slug, p.status, p.title, p.description, p.vendor, p.category_id,
  p.tags, p.options, p.images, p.seo_title, p.seo_description, p.currency, p.tax_class,
  p.version,
  (select coalesce(json_agg(json_build_object('id', v.id, 'sku', v.sku,
      'option_values', v.option_values, 'price_minor', v.price_minor::text,
      'compare_at_minor', v.compare_at_minor::text, 'weight_grams', v.weight_grams,
      'barcode', v.barcode, 'image_id', v.image_id, 'low_threshold', s.low_threshold)
      order by v.position), '[]')
   from variants v join stock s on s.variant_id = v.id where v.product_id = p.id) as variants`;

const toVariant = (row: VariantRow): Variant => ({
  id: row.id,
  sku: row.sku,
  values: row.option_values,
  priceMinor: BigInt(row.price_minor),
  compareAtMinor: row.compare_at_minor === null ? null : BigInt(row.compare_at_minor),
  weightGrams: row.weight_grams,
  barcode: row.barcode,
  imageId: row.image_id,
  lowStockThreshold: row.low_threshold,
});

export const toStored = (row: ProductRow): StoredProduct => ({
  version: row.version,
  product: {
    id: row.id,
    sellerId: row.seller_id,
    handle: row.handle,
    slug: row.slug,
    status: row.status,
    title: row.title,
    description: row.description,
    vendor: row.vendor,
    categoryId: row.category_id,
    tags: row.tags,
    options: row.options,
    images: row.images,
    seoTitle: row.seo_title,
    seoDescription: row.seo_description,
    taxClass: row.tax_class,
    currency: row.currency,
    variants: row.variants.map(toVariant),
  },
});

const least = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (b < a ? b : a));
const most = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (b > a ? b : a));

const variantJson = (
  product: Product,
  variant: Variant,
  position: number,
  difference: number,
  importedQuantity: number | undefined,
) => ({
  id: variant.id,
  variant_id: variant.id,
  product_id: product.id,
  seller_id: product.sellerId,
  position,
  sku: variant.sku,
  option_values: variant.values,
  attributes: product.options.map((name, i) => attributeOf(name, variant.values[i]!)),
  currency: product.currency,
  price_minor: variant.priceMinor.toString(),
  compare_at_minor: variant.compareAtMinor?.toString() ?? null,
  weight_grams: variant.weightGrams,
  barcode: variant.barcode,
  image_id: variant.imageId,
  low_threshold: variant.lowStockThreshold,
  imported_quantity: importedQuantity ?? null,
  on_hand: 0,
  reserved: 0,
  is_listed: true,
  version: 0,
  difference,
});

/** A product as `save_products` takes it, at the version that it is to have. */
export const toSaveJson = (
  product: Product,
  version: number,
  at: Date,
  stock: StockDifferences = new Map(),
  importedQuantities: ReadonlyMap<string, number> = new Map(),
): object => {
  const prices = product.variants.map(({ priceMinor }) => priceMinor);
  const before = product.variants.flatMap(({ compareAtMinor }) => compareAtMinor ?? []);
  return {
    id: product.id,
    seller_id: product.sellerId,
    handle: product.handle,
    slug: product.slug,
    status: product.status,
    title: product.title,
    description: product.description,
    vendor: product.vendor,
    category_id: product.categoryId,
    tags: product.tags,
    options: product.options,
    images: product.images,
    seo_title: product.seoTitle,
    seo_description: product.seoDescription,
    tax_class: product.taxClass,
    currency: product.currency,
    price_min: least(prices).toString(),
    price_max: most(prices).toString(),
    compare_at_min: before.length === 0 ? null : least(before).toString(),
    version,
    created_at: at.toISOString(),
    updated_at: at.toISOString(),
    variants: product.variants.map((variant, i) =>
      variantJson(
        product,
        variant,
        i,
        stock.get(variant.id) ?? 0,
        importedQuantities.get(variant.id),
      ),
    ),
    message: toProductChanged(product, version),
  };
};
