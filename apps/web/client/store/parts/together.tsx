import { useEffect, useRef } from 'react';
import { useSetting } from '../../i18n/use-text.tsx';
import { useCart, type Cart } from '../use-cart.ts';

/** One cart in every tab of a browser: the tab that changes it tells the others. */
export const Together = (): null => {
  const { cart, set } = useCart();
  const { viewer } = useSetting();
  const known = useRef(cart);
  const channel = useRef<BroadcastChannel>(undefined);
  const name = `plaza-cart:${viewer?.id ?? ''}`;
  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return undefined;
    const opened = new BroadcastChannel(name);
    channel.current = opened;
    opened.addEventListener('message', ({ data }: MessageEvent<Cart>) => {
      // What was heard is not told again.
      known.current = data;
      set(data);
    });
    return () => opened.close();
  }, [name, set]);
  useEffect(() => {
    if (cart === undefined || cart === known.current) return;
    known.current = cart;
    channel.current?.postMessage(cart);
  }, [cart]);
  return null;
};
