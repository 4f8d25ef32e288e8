import { createContext, use } from 'react';
import type { AnswerOf } from '../api/client.ts';

export type Cart = AnswerOf<'/api/v1/cart', 'get'>;

/** The one cart that every part of a page reads. */
export type CartState = Readonly<{
  /** Undefined until it is known, or while it cannot be asked. */
  cart: Cart | undefined;
  set: (cart: Cart | undefined) => void;
  /** Asks the server what it is now. */
  refresh: () => Promise<void>;
}>;

export const CartContext = createContext<CartState>({
  cart: undefined,
  set: () => {},
  refresh: async () => {},
});

export const useCart = (): CartState => use(CartContext);

export const countPieces = (cart: Cart | undefined): number =>
  cart?.items.reduce((count, { quantity }) => count + quantity, 0) ?? 0;
