import { productChangedV1 } from '#contracts/catalog/product-changed.v1.ts';
import { moneyFromJson } from '#shared/kernel/money.ts';
import { reaction, type Reaction } from '#shared/messaging/message.ts';
import type { Offers } from '../ports.ts';

/**
 * Keeps orders' own copy of what is for sale, so that a cart or an order asks nobody. The product's
 * version makes it safe to repeat and to come in any order, so no inbox is needed.
 */
export const keepOffersWhenProductChanged = (offers: Offers): Reaction =>
  reaction('keep-offers-when-product-changed', productChangedV1, async ({ data }) => {
    const { productId, version, status, sellerId, imageUrl } = data;
    // A catalog of an older release tells neither.
    const { taxClass = 'standard', categoryIds = [] } = data;
    const forSale = status === 'active' ? data.variants : [];
    await offers.replace(
      productId,
      version,
      forSale.map(({ variantId, sku, name, price, listPrice }) => ({
        variantId,
        productId,
        sellerId,
        sku,
        name,
        imageUrl,
        price: moneyFromJson(price),
        listPrice: listPrice ? moneyFromJson(listPrice) : null,
        taxClass,
        categoryIds,
      })),
    );
  });
