import { useCallback, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { browserApi } from '../api/client.ts';
import { CartContext, type Cart } from './use-cart.ts';

/**
 * Keeps the cart of a page. It is a value and a way to ask for it: the cache that the applications use
 * for their lists would be a tenth of the code of a first page here.
 */
export const CartProvider = ({
  initial,
  children,
}: Readonly<{ initial: Cart | undefined; children: ReactNode }>): ReactElement => {
  const [cart, set] = useState(initial);
  const refresh = useCallback(async (): Promise<void> => {
    const answer = await browserApi()
      .GET('/api/v1/cart')
      .catch(() => undefined);
    if (answer?.data) set(answer.data);
  }, []);
  const value = useMemo(() => ({ cart, set, refresh }), [cart, refresh]);
  return <CartContext value={value}>{children}</CartContext>;
};
