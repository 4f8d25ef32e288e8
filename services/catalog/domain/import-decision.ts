import { DomainError } from '#shared/kernel/errors.ts';
import {
  importedTaxClass,
  type ImportedProduct,
  type ImportedVariant,
  type RowError,
} from './import-product.ts';
import { defaultLowStockThreshold, skuOf } from './new-variant.ts';
import {
  changeImages,
  changeStatus,
  changeVariants,
  createProduct,
  evolve,
  fold,
  updateDetails,
  type Details,
  type Image,
  type Product,
  type ProductEvent,
  type Variant,
} from './product.ts';
import { defaultTaxClass } from './tax-class.ts';

/** What is on the shelf of a variant, and what the last import file said of it. */
export type Shelf = Readonly<{ available: number; importedQuantity: number | null }>;

export type ImportFacts = Readonly<{
  current: Product | undefined;
  shelves: ReadonlyMap<string, Shelf>;
  sellerId: string;
  /** A free slug for a new product. */
  slug: string;
  /** Undefined: the file says nothing of it. */
  categoryId: string | null | undefined;
  currency: string;
  newId: () => string;
}>;

export type ImportDecision =
  | Readonly<{ outcome: 'refused'; errors: readonly RowError[] }>
  | Readonly<{
      outcome: 'created' | 'updated' | 'unchanged';
      product: Product;
      /** Whether anything but stock is new. */
      isChanged: boolean;
      differences: ReadonlyMap<string, number>;
      importedQuantities: ReadonlyMap<string, number>;
    }>;

/**
 * What importing a product comes to. What the file does not say stays; variants that it does not
 * name stay too, unless it chooses by other options. A quantity counts when it is neither what is
 * there nor what the last file said: the same file after a sale must not put sold units back.
 */
export const decideImport = (imported: ImportedProduct, facts: ImportFacts): ImportDecision => {
  try {
    const { current } = facts;
    // An archived product in a file that says so is at rest.
    if (current?.status === 'archived' && imported.status === 'archived') return unchanged(current);
    const images = imagesOf(imported, facts);
    const variants = variantsOf(imported, facts, images);
    const built = current
      ? change(current, imported, facts, variants, images)
      : create(imported, facts, variants, images);
    const stock = stockOf(imported, variants, facts);
    const isChanged = !current || built !== current;
    return {
      outcome: !current
        ? 'created'
        : isChanged || stock.differences.size > 0
          ? 'updated'
          : 'unchanged',
      product: built,
      isChanged,
      ...stock,
    };
  } catch (error) {
    if (error instanceof DomainError)
      return { outcome: 'refused', errors: toRowErrors(error, imported) };
    throw error;
  }
};

const unchanged = (product: Product): ImportDecision => ({
  outcome: 'unchanged',
  product,
  isChanged: false,
  differences: new Map(),
  importedQuantities: new Map(),
});

const apply = (product: Product, events: readonly ProductEvent[]): Product =>
  events.reduce(evolve, product);

const create = (
  imported: ImportedProduct,
  { sellerId, slug, categoryId, currency, newId }: ImportFacts,
  variants: readonly Variant[],
  images: readonly Image[],
): Product => {
  const [created] = createProduct({
    ...detailsOf(imported, categoryId),
    id: newId(),
    sellerId,
    handle: imported.handle,
    slug,
    currency,
    options: imported.options,
    variants,
    images,
  });
  const draft = apply({} as Product, [created!]);
  const { status } = imported;
  if (status === undefined || status === 'draft' || status === 'inactive') return draft;
  return apply(draft, changeStatus(draft, status));
};

const detailsOf = (imported: ImportedProduct, categoryId: string | null | undefined): Details => ({
  title: imported.title ?? '',
  description: imported.description ?? '',
  vendor: imported.vendor ?? '',
  categoryId: categoryId ?? null,
  tags: imported.tags ?? [],
  seoTitle: imported.seoTitle ?? '',
  seoDescription: imported.seoDescription ?? '',
  taxClass: importedTaxClass(imported.tax, undefined) ?? defaultTaxClass,
});

const change = (
  current: Product,
  imported: ImportedProduct,
  { categoryId }: ImportFacts,
  variants: readonly Variant[],
  images: readonly Image[],
): Product => {
  const { title, description, vendor, tags, seoTitle, seoDescription, status } = imported;
  const taxClass = importedTaxClass(imported.tax, current.taxClass);
  let product = apply(
    current,
    updateDetails(current, {
      ...(title === undefined ? {} : { title }),
      ...(description === undefined ? {} : { description }),
      ...(vendor === undefined ? {} : { vendor }),
      ...(tags === undefined ? {} : { tags }),
      ...(seoTitle === undefined ? {} : { seoTitle }),
      ...(seoDescription === undefined ? {} : { seoDescription }),
      ...(categoryId === undefined ? {} : { categoryId }),
      ...(taxClass === undefined ? {} : { taxClass }),
    }),
  );
  product = apply(product, changeImages(product, images));
  product = apply(product, changeVariants(product, variants, imported.options));
  if (status === undefined || status === product.status) return product;
  // What was on sale does not become a draft again: it is taken off sale.
  if (status === 'active' || status === 'archived')
    return apply(product, changeStatus(product, status));
  return product.status === 'active' ? apply(product, changeStatus(product, 'inactive')) : product;
};

/** The file's images in its order, then those that were uploaded here and are not in the file. */
const imagesOf = (
  { images }: ImportedProduct,
  { current, newId }: ImportFacts,
): readonly Image[] => {
  const known = current?.images ?? [];
  if (images === undefined) return known;
  const listed = images.map(({ src, alt }) => {
    const same = known.find(({ url }) => url === src || src.endsWith(url));
    return same
      ? { ...same, alt }
      : { id: newId(), url: src, file: null, alt, width: null, height: null };
  });
  const kept = known.filter(
    ({ id, file }) => file !== null && !listed.some((image) => image.id === id),
  );
  return [...listed, ...kept];
};

const sameValues = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((value, i) => fold(value.trim()) === fold(b[i]!.trim()));

const variantsOf = (
  imported: ImportedProduct,
  { current, newId }: ImportFacts,
  images: readonly Image[],
): readonly Variant[] => {
  const isSameChoice = current !== undefined && sameValues(current.options, imported.options);
  const known = isSameChoice ? current.variants : [];
  const listed = imported.variants.map((row) => {
    const found =
      known.find(({ values }) => sameValues(values, row.values)) ??
      current?.variants.find(({ sku }) => sku === row.sku);
    return merge(found, row, imported, newId, images);
  });
  const ids = new Set(listed.map(({ id }) => id));
  return [...listed, ...known.filter(({ id }) => !ids.has(id))];
};

const merge = (
  found: Variant | undefined,
  row: ImportedVariant,
  { handle }: ImportedProduct,
  newId: () => string,
  images: readonly Image[],
): Variant => {
  const image = images.find(({ url }) => url === row.imageSrc || row.imageSrc?.endsWith(url));
  return {
    id: found?.id ?? newId(),
    sku: row.sku ?? found?.sku ?? skuOf(handle, row.values),
    values: row.values,
    priceMinor: row.priceMinor ?? found?.priceMinor ?? 0n,
    compareAtMinor:
      row.compareAtMinor === undefined ? (found?.compareAtMinor ?? null) : row.compareAtMinor,
    weightGrams: row.weightGrams ?? found?.weightGrams ?? 0,
    barcode: row.barcode ?? found?.barcode ?? '',
    imageId: row.imageSrc === undefined ? (found?.imageId ?? null) : (image?.id ?? null),
    lowStockThreshold: found?.lowStockThreshold ?? defaultLowStockThreshold,
  };
};

const stockOf = (
  { variants: rows }: ImportedProduct,
  variants: readonly Variant[],
  { shelves }: ImportFacts,
) => {
  const differences = new Map<string, number>();
  const importedQuantities = new Map<string, number>();
  for (const [i, { quantity }] of rows.entries()) {
    if (quantity === undefined) continue;
    const { id } = variants[i]!;
    const shelf = shelves.get(id);
    const available = shelf?.available ?? 0;
    if (quantity === available && shelf) continue;
    if (quantity === shelf?.importedQuantity) continue;
    importedQuantities.set(id, quantity);
    if (quantity !== available) differences.set(id, quantity - available);
  }
  return { differences, importedQuantities };
};

const columnOf: Readonly<Record<string, string>> = {
  title: 'Title',
  tags: 'Tags',
  price: 'Variant Price',
  sku: 'Variant SKU',
  options: 'Option1 Value',
};

/** The line and column that a fault of the product comes from. */
const toRowErrors = (error: DomainError, imported: ImportedProduct): readonly RowError[] => {
  const faults = error.details.errors ?? [
    { pointer: '', code: error.code.split('.').at(-1)!, detail: error.message },
  ];
  return faults.map(({ pointer, code, detail }) => {
    const [, place, index, field] = pointer.split('/');
    const variant = place === 'variants' ? imported.variants[Number(index)] : undefined;
    return {
      line: variant?.line ?? imported.line,
      column: columnOf[field ?? place ?? ''] ?? null,
      code,
      detail,
      handle: imported.handle,
    };
  });
};
