import type { AnswerOf } from '../api/client.ts';

type Product = AnswerOf<'/api/v1/products/{id}', 'get'>;
export type Variant = Product['variants'][number];

const prefix = 'o.';

/** The parameter of an option in the address: `o.Tamaño`. */
export const paramOf = (option: string): string => prefix + option;

/** The variant that an address names; else the first that can be bought, else the first. */
export const chooseVariant = (
  { variants, options }: Pick<Product, 'variants' | 'options'>,
  params: URLSearchParams,
): Variant | undefined => {
  const wanted = options.flatMap(({ name }) => {
    const value = params.get(paramOf(name));
    return value === null ? [] : [[name, value] as const];
  });
  const fits = (variant: Variant): boolean =>
    wanted.every(([name, value]) => (variant.options as Record<string, string>)[name] === value);
  const fitting = variants.filter(fits);
  return (
    (wanted.length === options.length ? fitting[0] : undefined) ??
    fitting.find(({ in_stock }) => in_stock) ??
    fitting[0] ??
    variants.find(({ in_stock }) => in_stock) ??
    variants[0]
  );
};

/** The variant that has `value` of `option` and keeps as much of `current` as there is. */
export const variantWith = (
  variants: readonly Variant[],
  current: Variant | undefined,
  option: string,
  value: string,
): Variant | undefined => {
  const having = variants.filter(
    (variant) => (variant.options as Record<string, string>)[option] === value,
  );
  const likeness = (variant: Variant): number =>
    Object.entries(variant.options).filter(([name, its]) => current?.options?.[name] === its)
      .length;
  return having.toSorted(
    (a, b) => likeness(b) - likeness(a) || Number(b.in_stock) - Number(a.in_stock),
  )[0];
};
