import { catalogError } from '../../domain/errors.ts';
import { changeVariants, evolve, updateDetails, type Details } from '../../domain/product.ts';
import type { Cause, Products } from '../ports.ts';

/** Throws when the caller read another version than the one it is about to change. */
export type Precondition = (version: number) => void;

export type ChangeProduct = Readonly<{
  id: string;
  precondition: Precondition;
  details: Partial<Details>;
  /** Prices of a product that has one variant; one of several is changed by itself. */
  prices: Readonly<{ priceMinor?: bigint; compareAtMinor?: bigint | null }>;
}>;

export type ChangeProductHandler = (command: ChangeProduct, cause: Cause) => Promise<void>;

export const createChangeProduct =
  ({ products }: Readonly<{ products: Products }>): ChangeProductHandler =>
  async ({ id, precondition, details, prices }, cause) => {
    await products.update(
      id,
      ({ product, version }) => {
        precondition(version);
        const events = updateDetails(product, details);
        if (Object.keys(prices).length === 0) return events;
        const [variant, ...others] = product.variants;
        if (!variant || others.length > 0)
          throw catalogError('variant_needed', {
            errors: [
              { pointer: '#/price', code: 'not_allowed', detail: 'change the price of a variant' },
            ],
          });
        const updated = events.reduce(evolve, product);
        return [...events, ...changeVariants(updated, [{ ...variant, ...prices }])];
      },
      cause,
    );
  };
