import type { DemoOption, DemoVariant } from './catalogue.ts';

/**
 * One line of a product's table of variants. `values` follow the order of the option names; prices
 * are decimal strings in COP; a `null` compare-at price means that the variant is not on offer.
 */
export type VariantRow = [
  sku: string,
  values: string[],
  price: string,
  compareAtPrice: string | null,
  stock: number,
  gramsWeight: number,
  barcode?: string,
];

/**
 * Reads a table of variants. The values of an option are those its rows use, in the order of their
 * first appearance, so that they are written once and cannot disagree with the variants.
 */
export function optionsAndVariants(
  names: string[],
  rows: VariantRow[],
): { options: DemoOption[]; variants: DemoVariant[] } {
  const options = names.map((name, index) => ({
    name,
    values: [...new Set(rows.map(([, values]) => values[index] ?? ''))],
  }));
  const variants = rows.map(
    ([sku, values, price, compareAtPrice, stock, gramsWeight, barcode]): DemoVariant => ({
      sku,
      options: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
      price,
      ...(compareAtPrice === null ? {} : { compareAtPrice }),
      stock,
      gramsWeight,
      ...(barcode === undefined ? {} : { barcode }),
    }),
  );
  return { options, variants };
}
