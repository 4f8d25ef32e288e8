import { formatAmount } from '#shared/kernel/money.ts';
import type { Image, ProductStatus } from '../domain/product.ts';

export type ViewVariant = Readonly<{
  id: string;
  sku: string;
  option_values: readonly string[];
  price_minor: string;
  compare_at_minor: string | null;
  weight_grams: number;
  barcode: string;
  image_id: string | null;
  on_hand: number;
  reserved: number;
  low_threshold: number;
}>;

type CategoryLink = Readonly<{ id: string; slug: string; name: string }>;

export type ViewRow = Readonly<{
  id: string;
  seller_id: string;
  handle: string;
  slug: string;
  status: ProductStatus;
  title: string;
  description: string;
  vendor: string;
  category_path: readonly CategoryLink[];
  tags: readonly string[];
  options: readonly string[];
  images: readonly Image[];
  seo_title: string;
  seo_description: string;
  currency: string;
  tax_class: string;
  price_min: string;
  price_max: string;
  compare_at_min: string | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  variants: readonly ViewVariant[];
}>;

export type CardRow = Pick<
  ViewRow,
  | 'id'
  | 'slug'
  | 'status'
  | 'title'
  | 'seller_id'
  | 'vendor'
  | 'options'
  | 'currency'
  | 'price_min'
  | 'price_max'
  | 'compare_at_min'
> &
  Readonly<{
    created_at: string;
    updated_at: string;
    image: Image | null;
    category: CategoryLink | null;
    option_values: readonly (readonly string[])[];
    in_stock: boolean;
  }>;

/** Columns of a card, of `products p`. */
export const cardColumns = `p.id, p.slug, p.status, p.title, p.seller_id, p.vendor, p.options,
  p.currency, p.price_min::text as price_min, p.price_max::text as price_max,
  p.compare_at_min::text as compare_at_min, p.created_at, p.updated_at, p.images -> 0 as image,
  (select json_build_object('id', c.id, 'slug', c.slug, 'name', c.name)
   from categories c where c.id = p.category_id) as category,
  (select json_agg(v.option_values order by v.position)
   from variants v where v.product_id = p.id) as option_values`;

/** Beyond this the public learns only that there is more; equal to SQL's `shown_available`. */
const shownAvailableMax = 20;

const optional = (minor: string | null, currency: string): string | null =>
  minor === null ? null : formatAmount(BigInt(minor), currency);

const optionsOf = (
  names: readonly string[],
  valuesOfVariants: readonly (readonly string[])[],
): readonly object[] =>
  names.map((name, i) => ({
    name,
    values: [...new Set(valuesOfVariants.map((values) => values[i]!))],
  }));

const imageJson = ({ id, url, alt, width, height }: Image): object => ({
  id,
  url,
  alt,
  width,
  height,
});

const variantJson = (row: ViewRow, variant: ViewVariant, isManaged: boolean): object => {
  const free = Math.max(variant.on_hand - variant.reserved, 0);
  return {
    id: variant.id,
    sku: variant.sku,
    options: Object.fromEntries(row.options.map((name, i) => [name, variant.option_values[i]])),
    price: formatAmount(BigInt(variant.price_minor), row.currency),
    compare_at_price: optional(variant.compare_at_minor, row.currency),
    currency: row.currency,
    available: isManaged ? free : Math.min(free, shownAvailableMax),
    in_stock: free > 0,
    weight_grams: variant.weight_grams,
    barcode: variant.barcode === '' ? null : variant.barcode,
    image_id: variant.image_id,
    ...(isManaged
      ? {
          on_hand: variant.on_hand,
          reserved: variant.reserved,
          low_stock_threshold: variant.low_threshold,
        }
      : {}),
  };
};

/** A product page. What only managers may see is not there for others, not null. */
export const detailJson = (row: ViewRow, isManaged: boolean): object => ({
  id: row.id,
  slug: row.slug,
  ...(isManaged ? { status: row.status, handle: row.handle } : {}),
  title: row.title,
  description: row.description,
  seller: { id: row.seller_id, name: row.vendor === '' ? null : row.vendor },
  category: row.category_path.at(-1) ?? null,
  category_path: row.category_path,
  tags: row.tags,
  options: optionsOf(
    row.options,
    row.variants.map(({ option_values }) => option_values),
  ),
  price: formatAmount(BigInt(row.price_min), row.currency),
  price_max: formatAmount(BigInt(row.price_max), row.currency),
  compare_at_price: optional(row.compare_at_min, row.currency),
  currency: row.currency,
  in_stock: row.variants.some(({ on_hand, reserved }) => on_hand > reserved),
  images: row.images.map(imageJson),
  variants: row.variants.map((variant) => variantJson(row, variant, isManaged)),
  tax_class: row.tax_class,
  seo: { title: row.seo_title, description: row.seo_description },
  version: row.version,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
});

/** A product in a list. */
export const cardJson = (row: CardRow, isManaged: boolean): object => ({
  id: row.id,
  slug: row.slug,
  ...(isManaged ? { status: row.status } : {}),
  title: row.title,
  seller: { id: row.seller_id, name: row.vendor === '' ? null : row.vendor },
  category: row.category,
  price: formatAmount(BigInt(row.price_min), row.currency),
  price_max: formatAmount(BigInt(row.price_max), row.currency),
  compare_at_price: optional(row.compare_at_min, row.currency),
  currency: row.currency,
  in_stock: row.in_stock,
  image: row.image === null ? null : imageJson(row.image),
  options: optionsOf(row.options, row.option_values),
  created_at: new Date(row.created_at).toISOString(),
  updated_at: new Date(row.updated_at).toISOString(),
});

export type FavouriteRow = CardRow & Readonly<{ kept_at: Date; only_variant_id: string | null }>;

/** A product that somebody kept. What is not sold any more has a name and a picture, and no price. */
export const favouriteJson = (row: FavouriteRow) => {
  const isForSale = row.status === 'active';
  const price = (minor: string | null): string | null =>
    isForSale ? optional(minor, row.currency) : null;
  return {
    id: row.id,
    slug: row.slug,
    title: row.title,
    image: row.image === null ? null : imageJson(row.image),
    is_for_sale: isForSale,
    in_stock: row.in_stock,
    price: price(row.price_min),
    price_max: price(row.price_max),
    compare_at_price: price(row.compare_at_min),
    currency: row.currency,
    variant_id: isForSale ? row.only_variant_id : null,
    kept_at: row.kept_at.toISOString(),
  };
};
