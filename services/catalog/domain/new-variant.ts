import type { FieldError } from '#shared/kernel/errors.ts';
import { catalogError } from './errors.ts';
import { slugOf, type Variant } from './product.ts';

export const defaultLowStockThreshold = 5;
const skuMax = 100;

/** A variant as a caller describes it: by option names, and with what may be left out. */
export type VariantInput = Readonly<{
  sku?: string | undefined;
  options?: Readonly<Record<string, string>> | undefined;
  priceMinor: bigint;
  compareAtMinor?: bigint | null | undefined;
  weightGrams?: number | undefined;
  barcode?: string | null | undefined;
  imageId?: string | null | undefined;
  lowStockThreshold?: number | undefined;
}>;

/**
 * The SKU of a variant that was given none: made of handle and choices, so that the same variant
 * always gets the same.
 */
export const skuOf = (handle: string, values: readonly string[]): string =>
  [handle, ...values]
    .map((part) => slugOf(part).toUpperCase())
    .filter((part) => part !== '')
    .join('-')
    .slice(0, skuMax);

/** One value for each option name, in order; raises `product_invalid` for a name there is not. */
export const valuesOf = (
  names: readonly string[],
  options: Readonly<Record<string, string>>,
  pointer: string,
): readonly string[] => {
  const unknown: readonly FieldError[] = Object.keys(options)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      pointer: `#${pointer}/options/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      code: 'unknown',
      detail: 'is not an option of the product',
    }));
  if (unknown.length > 0) throw catalogError('product_invalid', { errors: unknown });
  return names.map((name) => options[name] ?? '');
};

export const createVariant = (
  id: string,
  handle: string,
  optionNames: readonly string[],
  input: VariantInput,
  pointer: string,
): Variant => {
  const values = valuesOf(optionNames, input.options ?? {}, pointer);
  return {
    id,
    sku: input.sku ?? skuOf(handle, values),
    values,
    priceMinor: input.priceMinor,
    compareAtMinor: input.compareAtMinor ?? null,
    weightGrams: input.weightGrams ?? 0,
    barcode: input.barcode ?? '',
    imageId: input.imageId ?? null,
    lowStockThreshold: input.lowStockThreshold ?? defaultLowStockThreshold,
  };
};

/** A variant with what a caller changed of it; what was not named stays. */
export const patchVariant = (
  variant: Variant,
  optionNames: readonly string[],
  changes: Partial<VariantInput>,
): Variant => ({
  ...variant,
  ...(changes.sku === undefined ? {} : { sku: changes.sku }),
  ...(changes.options === undefined ? {} : { values: valuesOf(optionNames, changes.options, '') }),
  ...(changes.priceMinor === undefined ? {} : { priceMinor: changes.priceMinor }),
  ...(changes.compareAtMinor === undefined ? {} : { compareAtMinor: changes.compareAtMinor }),
  ...(changes.weightGrams === undefined ? {} : { weightGrams: changes.weightGrams }),
  ...(changes.barcode === undefined ? {} : { barcode: changes.barcode ?? '' }),
  ...(changes.imageId === undefined ? {} : { imageId: changes.imageId }),
  ...(changes.lowStockThreshold === undefined
    ? {}
    : { lowStockThreshold: changes.lowStockThreshold }),
});
