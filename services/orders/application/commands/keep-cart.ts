import { orderError } from '../../domain/errors.ts';
import type { Cart, CartOwner, Carts, Catalog, Guest } from '../ports.ts';
import type { OfferSearch } from './place-order.ts';

export const createKeepCart = (
  ports: Readonly<{ carts: Carts; offers: OfferSearch; catalog: Catalog }>,
) => {
  const { carts, offers, catalog } = ports;

  return {
    read: (owner: CartOwner): Promise<Cart> => carts.find(owner),

    async add(
      owner: CartOwner,
      item: Readonly<{ variantId?: string; productId?: string; quantity: number }>,
    ): Promise<Cart> {
      const variantId = await offers.variantOf(item);
      const added = await carts.add(owner, variantId, item.quantity);
      if (added) return added;
      // Not in our copy: it may be so new that the message of it is still under way.
      const learnt = await offers.learn(variantId);
      const cart = learnt.length > 0 && (await carts.add(owner, variantId, item.quantity));
      if (!cart) throw orderError('product_not_for_sale', { extra: { variant_id: variantId } });
      return cart;
    },

    async change(owner: CartOwner, lineId: string, quantity: number): Promise<Cart> {
      if (!(await carts.change(owner, lineId, quantity))) throw orderError('line_not_found');
      return carts.find(owner);
    },

    async remove(owner: CartOwner, lineId?: string): Promise<void> {
      const isRemoved = await carts.remove(owner, lineId);
      if (!isRemoved && lineId !== undefined) throw orderError('line_not_found');
    },

    /**
     * Brings what a guest gathered into the account's cart. Quantities add, capped at what catalog
     * has; when it cannot be asked, placing the order is where stock decides anyway.
     */
    async merge(guest: Guest, accountId: string): Promise<void> {
      const asked = await carts.merge(guest, accountId);
      if (asked.length === 0) return;
      const caps = await catalog.available(asked).catch(() => new Map<string, number>());
      await carts.merge(guest, accountId, caps);
    },
  };
};

export type KeepCart = ReturnType<typeof createKeepCart>;
