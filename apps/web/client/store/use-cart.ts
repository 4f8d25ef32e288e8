import { useQuery, useQueryClient } from '@tanstack/react-query';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { useSetting } from '../i18n/use-text.tsx';

export type Cart = AnswerOf<'/api/v1/cart', 'get'>;

export const cartKey = ['cart'] as const;

/** The cart of who looks; undefined until it is known, or while it cannot be asked. */
export const useCart = (initial?: Cart): Cart | undefined => {
  const { hasCart } = useSetting();
  const { data } = useQuery({
    queryKey: cartKey,
    // Without a cart and an account there is nothing to ask for, until something is added.
    enabled: hasCart,
    queryFn: async ({ signal }) => {
      const { data: cart } = await browserApi().GET('/api/v1/cart', { signal });
      if (!cart) throw new Error('the cart is away');
      return cart;
    },
    ...(initial ? { initialData: initial } : {}),
  });
  return data;
};

/** Puts what an answer said of the cart where every part of the page reads it. */
export const useSetCart = (): ((cart: Cart) => void) => {
  const queries = useQueryClient();
  return (cart) => queries.setQueryData(cartKey, cart);
};

export const countPieces = (cart: Cart | undefined): number =>
  cart?.items.reduce((count, { quantity }) => count + quantity, 0) ?? 0;
