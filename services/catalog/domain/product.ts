import type { FieldError } from '#shared/kernel/errors.ts';
import { catalogError } from './errors.ts';
import { isTaxClass } from './tax-class.ts';

export type ProductStatus = 'draft' | 'active' | 'inactive' | 'archived';

/** One thing that is bought: `values` has one value for each option of the product, in order. */
export type Variant = Readonly<{
  id: string;
  sku: string;
  values: readonly string[];
  priceMinor: bigint;
  /** What it cost before, shown struck through. */
  compareAtMinor: bigint | null;
  weightGrams: number;
  barcode: string;
  imageId: string | null;
  lowStockThreshold: number;
}>;

/** `file` is the name under which we keep it; without one the image is a reference elsewhere. */
export type Image = Readonly<{
  id: string;
  url: string;
  file: string | null;
  alt: string;
  width: number | null;
  height: number | null;
}>;

export type Details = Readonly<{
  title: string;
  description: string;
  vendor: string;
  categoryId: string | null;
  tags: readonly string[];
  seoTitle: string;
  seoDescription: string;
  /** How it is taxed, in the operator's words: `standard`, `reduced`, `exempt`, … */
  taxClass: string;
}>;

export type Product = Details &
  Readonly<{
    id: string;
    sellerId: string;
    /** The seller's own name for it in import files; the slug is the shop's. */
    handle: string;
    slug: string;
    status: ProductStatus;
    currency: string;
    options: readonly string[];
    variants: readonly Variant[];
    images: readonly Image[];
  }>;

export type ProductEvent =
  | Readonly<{ type: 'ProductCreated'; product: Product }>
  | Readonly<{ type: 'ProductUpdated'; details: Details }>
  | Readonly<{ type: 'VariantsChanged'; options: readonly string[]; variants: readonly Variant[] }>
  | Readonly<{ type: 'ImagesChanged'; images: readonly Image[] }>
  | Readonly<{ type: 'ProductActivated' | 'ProductDeactivated' | 'ProductArchived' }>;

export const variantsMax = 250;
export const optionsMax = 3;
export const imagesMax = 50;
export const tagsMax = 100;

const nextStatuses: Readonly<Record<ProductStatus, readonly ProductStatus[]>> = {
  draft: ['active', 'archived'],
  active: ['inactive', 'archived'],
  inactive: ['active', 'archived'],
  archived: [],
};

const eventOf = {
  active: 'ProductActivated',
  inactive: 'ProductDeactivated',
  archived: 'ProductArchived',
} as const;

/** A new product is a draft, whatever it has; selling it is a decision of its own. */
export const createProduct = (product: Omit<Product, 'status'>): readonly ProductEvent[] => {
  const created: Product = normalise({ ...product, status: 'draft' });
  refuse(faultsOf(created));
  return [{ type: 'ProductCreated', product: created }];
};

export const updateDetails = (
  product: Product,
  changes: Partial<Details>,
): readonly ProductEvent[] => {
  refuseArchived(product);
  const changed = normalise({ ...product, ...changes });
  refuse(faultsOf(changed));
  const details = detailsOf(changed);
  return isEqual(details, detailsOf(product)) ? [] : [{ type: 'ProductUpdated', details }];
};

/** Replaces options and variants together: neither means anything without the other. */
export const changeVariants = (
  product: Product,
  variants: readonly Variant[],
  options: readonly string[] = product.options,
): readonly ProductEvent[] => {
  refuseArchived(product);
  if (variants.length === 0) throw catalogError('last_variant');
  const changed = normalise({ ...product, options, variants });
  refuse(faultsOf(changed));
  if (product.status === 'active') refuse(saleFaultsOf(changed));
  return isEqual([changed.options, changed.variants], [product.options, product.variants])
    ? []
    : [{ type: 'VariantsChanged', options: changed.options, variants: changed.variants }];
};

/** Variants that showed an image which is gone show the product's first again. */
export const changeImages = (
  product: Product,
  images: readonly Image[],
): readonly ProductEvent[] => {
  refuseArchived(product);
  if (images.length > imagesMax)
    refuse([fault('/images', 'too_many', `has more than ${imagesMax} images`)]);
  if (isEqual(images, product.images)) return [];
  const kept = new Set(images.map(({ id }) => id));
  const variants = product.variants.map((variant) =>
    variant.imageId === null || kept.has(variant.imageId) ? variant : { ...variant, imageId: null },
  );
  return [
    { type: 'ImagesChanged', images },
    ...(isEqual(variants, product.variants)
      ? []
      : [{ type: 'VariantsChanged' as const, options: product.options, variants }]),
  ];
};

export const changeStatus = (
  product: Product,
  to: Exclude<ProductStatus, 'draft'>,
): readonly ProductEvent[] => {
  if (product.status === to) return [];
  const allowed = nextStatuses[product.status];
  if (!allowed.includes(to))
    throw catalogError('status_not_allowed', {
      extra: { current_status: product.status, allowed },
    });
  if (to === 'active') refuse(saleFaultsOf(product));
  return [{ type: eventOf[to] }];
};

export const evolve = (product: Product, event: ProductEvent): Product => {
  switch (event.type) {
    case 'ProductCreated':
      return event.product;
    case 'ProductUpdated':
      return { ...product, ...event.details };
    case 'VariantsChanged':
      return { ...product, options: event.options, variants: event.variants };
    case 'ImagesChanged':
      return { ...product, images: event.images };
    case 'ProductActivated':
      return { ...product, status: 'active' };
    case 'ProductDeactivated':
      return { ...product, status: 'inactive' };
    case 'ProductArchived':
      return { ...product, status: 'archived' };
  }
};

const detailsOf = (product: Product): Details => ({
  title: product.title,
  description: product.description,
  vendor: product.vendor,
  categoryId: product.categoryId,
  tags: product.tags,
  seoTitle: product.seoTitle,
  seoDescription: product.seoDescription,
  taxClass: product.taxClass,
});

/** One spelling of each text, so that the same content is equal however it was typed. */
export const normalise = (product: Product): Product => ({
  ...product,
  title: tidy(product.title),
  vendor: tidy(product.vendor),
  tags: [...new Set(product.tags.map(tidy).filter((tag) => tag !== ''))],
  options: product.options.map(tidy),
  variants: product.variants.map((variant) => ({
    ...variant,
    sku: variant.sku.trim().normalize('NFC'),
    values: variant.values.map(tidy),
  })),
});

const tidy = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').normalize('NFC');

const fault = (pointer: string, code: string, detail: string): FieldError => ({
  pointer: `#${pointer}`,
  code,
  detail,
});

const refuse = (faults: readonly FieldError[]): void => {
  if (faults.length > 0) throw catalogError('product_invalid', { errors: faults.slice(0, 50) });
};

const refuseArchived = (product: Product): void => {
  if (product.status === 'archived') throw catalogError('product_archived');
};

/** What keeps a product from being stored. */
export const faultsOf = (product: Product): readonly FieldError[] => [
  ...(product.title === '' ? [fault('/title', 'required', 'must not be empty')] : []),
  ...(product.tags.length > tagsMax
    ? [fault('/tags', 'too_many', `has more than ${tagsMax}`)]
    : []),
  ...product.tags.flatMap((tag, i) =>
    tag.includes(',') ? [fault(`/tags/${i}`, 'wrong_format', 'must not have a comma')] : [],
  ),
  ...(isTaxClass(product.taxClass)
    ? []
    : [fault('/tax_class', 'wrong_format', 'must be a name in small letters')]),
  ...optionFaultsOf(product),
  ...variantFaultsOf(product),
];

const optionFaultsOf = ({ options }: Product): readonly FieldError[] => [
  ...(options.length > optionsMax
    ? [fault('/options', 'too_many', `has more than ${optionsMax} options`)]
    : []),
  ...options.flatMap((name, i) =>
    name === '' || name.includes(':') || name.includes(',')
      ? [fault(`/options/${i}`, 'wrong_format', 'must be a name without colon and comma')]
      : [],
  ),
  ...repeated(options.map(fold)).map((i) =>
    fault(`/options/${i}`, 'repeated', 'names the same option again'),
  ),
];

const variantFaultsOf = ({ options, variants }: Product): readonly FieldError[] => [
  ...(variants.length === 0 ? [fault('/variants', 'required', 'has no variant')] : []),
  ...(variants.length > variantsMax
    ? [fault('/variants', 'too_many', `has more than ${variantsMax} variants`)]
    : []),
  ...variants.flatMap(({ sku, values }, i) => [
    ...(sku === '' ? [fault(`/variants/${i}/sku`, 'required', 'must not be empty')] : []),
    ...(values.length === options.length && values.every((value) => value !== '')
      ? []
      : [fault(`/variants/${i}/options`, 'required', 'needs one value for each option')]),
  ]),
  ...repeated(variants.map(({ sku }) => sku)).map((i) =>
    fault(`/variants/${i}/sku`, 'repeated', 'is the SKU of another variant'),
  ),
  ...repeated(variants.map(({ values }) => values.map(fold).join('\n'))).map((i) =>
    fault(`/variants/${i}/options`, 'repeated', 'is the same choice as another variant'),
  ),
];

/** What keeps a product from being sold: a price of nothing cannot be charged. */
export const saleFaultsOf = ({ variants }: Product): readonly FieldError[] =>
  variants.flatMap(({ priceMinor }, i) =>
    priceMinor > 0n
      ? []
      : [fault(`/variants/${i}/price`, 'too_small', 'must be more than nothing')],
  );

const repeated = (values: readonly string[]): readonly number[] => {
  const seen = new Set<string>();
  return values.flatMap((value, i) => {
    if (seen.has(value)) return [i];
    seen.add(value);
    return [];
  });
};

/** Accents and case folded away, as the filters and the search do. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();

/** The filter key of an option value. */
export const attributeOf = (option: string, value: string): string =>
  `${fold(option)}:${fold(value)}`;

/** Product and options, as a buyer reads it: `Café de origen 500 g · Grano`. */
export const variantName = (product: Product, variant: Variant): string =>
  [product.title, ...variant.values].join(' · ');

/** A slug of a text: `Café de origen 500 g` is `cafe-de-origen-500-g`. */
export const slugOf = (text: string): string =>
  fold(text)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 100)
    .replace(/-+$/, '');

export const isEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)];
  return (
    keys.length === others.length &&
    keys.every((key) =>
      isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
};
