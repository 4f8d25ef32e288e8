import type { ProductChangedV1 } from '#contracts/catalog/product-changed.v1.ts';
import { variantName, type Product } from '../domain/product.ts';

/**
 * The whole product as other contexts may know it, for the message after each change. The categories
 * above its own are added where the tree is: in `save_products`.
 */
export const toProductChanged = (product: Product, version: number): ProductChangedV1 => ({
  productId: product.id,
  version,
  status: product.status,
  sellerId: product.sellerId,
  handle: product.slug,
  title: product.title,
  imageUrl: product.images[0]?.url ?? null,
  taxClass: product.taxClass,
  variants: product.variants.map((variant) => ({
    variantId: variant.id,
    sku: variant.sku,
    name: variantName(product, variant),
    price: { amountMinor: variant.priceMinor.toString(), currency: product.currency },
    ...(variant.compareAtMinor === null
      ? {}
      : {
          listPrice: {
            amountMinor: variant.compareAtMinor.toString(),
            currency: product.currency,
          },
        }),
  })),
});
