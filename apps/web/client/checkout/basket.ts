import type { Cart } from '../store/use-cart.ts';

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
  /** The order that the cart went into; it waits for its payment or came to nothing. */
  orderId: string | null;
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
  orderId: null,
});

export const keepBasket = (basket: Basket | undefined): void => {
  if (basket) sessionStorage.setItem(key, JSON.stringify(basket));
  else sessionStorage.removeItem(key);
};

/** The basket of an order that is not paid; undefined: there is none. */
export const keptBasket = (): Basket | undefined => {
  const kept = sessionStorage.getItem(key);
  return kept === null ? undefined : (JSON.parse(kept) as Basket);
};

/** An order was paid: what was kept of it is done with. */
export const forgetBasketOf = (orderId: string): void => {
  if (keptBasket()?.orderId === orderId) keepBasket(undefined);
};
