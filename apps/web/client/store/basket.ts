import type { Cart } from './use-cart.ts';

/** What is being bought, kept for this visit: a declined card ends its order, and the next one is of the same lines. */
export type Basket = Readonly<{
  lines: readonly Readonly<{
    variantId: string;
    quantity: number;
    name: string;
    imageUrl: string | null;
    total: string;
  }>[];
  total: string;
  currency: string;
  /** The cart has gone into an order that came to nothing. */
  isOrdered: boolean;
}>;

const key = 'plaza.basket';

export const basketOf = (cart: Cart): Basket => ({
  lines: cart.items.map(({ variant_id, quantity, name, image_url, total }) => ({
    variantId: variant_id,
    quantity,
    name: name ?? '',
    imageUrl: image_url,
    total,
  })),
  total: cart.total,
  currency: cart.currency,
  isOrdered: false,
});

export const keepBasket = (basket: Basket | undefined): void => {
  if (basket) sessionStorage.setItem(key, JSON.stringify(basket));
  else sessionStorage.removeItem(key);
};

/** The basket of an order that came to nothing; undefined: there is none. */
export const keptBasket = (): Basket | undefined => {
  const kept = sessionStorage.getItem(key);
  return kept === null ? undefined : (JSON.parse(kept) as Basket);
};
