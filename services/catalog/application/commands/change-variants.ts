import { catalogError } from '../../domain/errors.ts';
import { createVariant, patchVariant, type VariantInput } from '../../domain/new-variant.ts';
import { changeVariants, type Product, type Variant } from '../../domain/product.ts';
import type { Cause, Products } from '../ports.ts';
import type { Precondition } from './change-product.ts';

type OfProduct = Readonly<{ productId: string }>;
type OfVariant = OfProduct & Readonly<{ variantId: string; precondition: Precondition }>;

export type ChangeVariants = Readonly<{
  add: (
    command: OfProduct & Readonly<{ input: VariantInput; stock: number }>,
    cause: Cause,
  ) => Promise<void>;
  change: (
    command: OfVariant & Readonly<{ changes: Partial<VariantInput> }>,
    cause: Cause,
  ) => Promise<void>;
  remove: (command: OfVariant, cause: Cause) => Promise<void>;
}>;

const find = (product: Product, id: string): Variant => {
  const variant = product.variants.find((one) => one.id === id);
  if (!variant) throw catalogError('variant_not_found');
  return variant;
};

export const createChangeVariants = (
  ports: Readonly<{ products: Products; newId: () => string }>,
): ChangeVariants => ({
  async add({ productId, input, stock }, cause) {
    const id = ports.newId();
    await ports.products.update(
      productId,
      ({ product }) => {
        const added = createVariant(id, product.handle, product.options, input, '');
        return changeVariants(product, [...product.variants, added]);
      },
      cause,
      new Map([[id, stock]]),
    );
  },
  async change({ productId, variantId, precondition, changes }, cause) {
    await ports.products.update(
      productId,
      ({ product, version }) => {
        precondition(version);
        const changed = patchVariant(find(product, variantId), product.options, changes);
        return changeVariants(
          product,
          product.variants.map((variant) => (variant.id === variantId ? changed : variant)),
        );
      },
      cause,
    );
  },
  async remove({ productId, variantId, precondition }, cause) {
    await ports.products.update(
      productId,
      ({ product, version }) => {
        precondition(version);
        find(product, variantId);
        return changeVariants(
          product,
          product.variants.filter(({ id }) => id !== variantId),
        );
      },
      cause,
    );
  },
});
