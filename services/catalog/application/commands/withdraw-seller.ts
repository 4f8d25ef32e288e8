import type { Clock } from '#shared/platform/module.ts';
import { changeImages, changeStatus } from '../../domain/product.ts';
import type { Products, SellerProducts } from '../ports.ts';

/** Takes everything that a seller offers out of the shop, for good. */
export type Withdraw = (sellerId: string) => Promise<void>;

/** One product after another, so that a run that dies goes on where it was. */
export const createWithdrawSeller =
  (
    ports: Readonly<{
      products: Products;
      sellerProducts: SellerProducts;
      clock: Clock;
      newId: () => string;
    }>,
  ): Withdraw =>
  async (sellerId) => {
    const { products, sellerProducts, clock, newId } = ports;
    const actor = { id: sellerId, isAdmin: false };
    const cause = { actor, now: clock(), trace: { correlationId: newId() } };
    for (const id of await sellerProducts.notArchived(sellerId))
      await products.update(
        id,
        ({ product }) =>
          product.status === 'archived'
            ? []
            : [...changeImages(product, []), ...changeStatus(product, 'archived')],
        cause,
      );
  };
