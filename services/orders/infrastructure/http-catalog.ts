import { money, parseAmount } from '#shared/kernel/money.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { Catalog } from '../application/ports.ts';

/** What orders reads of catalog's public product. */
type Product = Readonly<{
  id: string;
  title: string;
  version: number;
  currency: string;
  seller: Readonly<{ id: string }>;
  tax_class?: string;
  category_path: readonly Readonly<{ id: string }>[];
  images: readonly Readonly<{ url: string }>[];
  variants: readonly Readonly<{
    id: string;
    sku: string;
    price: string;
    compare_at_price?: string | null;
    available: number;
    options: Readonly<Record<string, string>>;
  }>[];
}>;

/** Catalog tells the public how many there are below this; at it there may be more. */
const toldExactlyTo = 20;

const toOffers = (product: Product) =>
  product.variants.map(({ id, sku, price, compare_at_price: listPrice, options }) => {
    const read = (text: string) => {
      const amount = parseAmount(text, product.currency);
      if ('fault' in amount) throw new Error(`catalog told the price ${text}: ${amount.fault}`);
      return money(amount.amountMinor, product.currency);
    };
    const choices = Object.values(options);
    return {
      variantId: id,
      productId: product.id,
      sellerId: product.seller.id,
      sku,
      name: choices.length > 0 ? `${product.title} · ${choices.join(' · ')}` : product.title,
      imageUrl: product.images[0]?.url ?? null,
      price: read(price),
      listPrice: typeof listPrice === 'string' ? read(listPrice) : null,
      taxClass: product.tax_class ?? 'standard',
      categoryIds: product.category_path.map(({ id: categoryId }) => categoryId).toReversed(),
    };
  });

/** Asks catalog over its own API; a purchase of what orders knows waits for no other context. */
export const createHttpCatalog = (ask: Platform['ask']): Catalog => {
  const read = async (id: string): Promise<Product | undefined> => {
    const { status, body } = await ask('catalog', 'GET', `/products/${id}`);
    return status === 200 ? (body as Product) : undefined;
  };
  return {
    async available(productIds) {
      const products = await Promise.all(productIds.slice(0, 100).map(read));
      return new Map(
        products.flatMap(
          (product) =>
            product?.variants
              .filter(({ available }) => available < toldExactlyTo)
              .map(({ id, available }) => [id, available] as const) ?? [],
        ),
      );
    },
    async offersOf(productOrVariantId) {
      const product = await read(productOrVariantId);
      return (
        product && { productId: product.id, version: product.version, offers: toOffers(product) }
      );
    },
  };
};
