import { createElement, useRef, useState } from 'react';
import { browserApi } from '../api/client.ts';
import { readFailure, unreachable, type Failure } from '../api/problems.ts';
import { useText } from '../i18n/use-text.tsx';
import { useToast } from '../kit/toast.tsx';
import { useCart, type Cart } from './use-cart.ts';

type Line = Cart['items'][number];

export type ChangeCart = Readonly<{
  setQuantity: (lineId: string, quantity: number) => void;
  remove: (line: Line) => void;
  /** Why the last change was taken back. */
  failure: Failure | undefined;
}>;

type Answer = Readonly<{ data?: Cart | undefined; error?: unknown; response: Response }>;

/**
 * Changes the cart before the server answers, and takes it back when the server refuses. Of several
 * changes at once the last answer counts: each is the whole cart.
 */
export const useChangeCart = (): ChangeCart => {
  const { cart, set, refresh } = useCart();
  const say = useText();
  const toast = useToast();
  const [failure, setFailure] = useState<Failure>();
  const turn = useRef(0);

  const change = async (
    guess: (now: Cart) => Cart,
    ask: () => Promise<Answer>,
  ): Promise<boolean> => {
    const mine = ++turn.current;
    if (cart) set(guess(cart));
    setFailure(undefined);
    const answer = await ask().catch(() => undefined);
    if (answer?.response.ok) {
      if (!answer.data) await refresh();
      else if (mine === turn.current) set(answer.data);
      return true;
    }
    setFailure(answer ? readFailure(answer.response, answer.error) : unreachable());
    if (cart) set(cart);
    await refresh();
    return false;
  };

  const setQuantity = (id: string, quantity: number): void => {
    const guess = (now: Cart): Cart => ({
      ...now,
      items: now.items.map((line) => (line.id === id ? { ...line, quantity } : line)),
    });
    const params = { path: { id } };
    void change(guess, () => browserApi().PUT('/api/v1/cart/{id}', { params, body: { quantity } }));
  };

  const putBack = ({ variant_id, quantity }: Line): void =>
    void change(
      (now) => now,
      () => browserApi().POST('/api/v1/cart/add', { body: { variant_id, quantity } }),
    );

  const remove = async (line: Line): Promise<void> => {
    const guess = (now: Cart): Cart => ({
      ...now,
      items: now.items.filter(({ id }) => id !== line.id),
    });
    const params = { path: { id: line.id } };
    const isDone = await change(guess, () => browserApi().DELETE('/api/v1/cart/{id}', { params }));
    if (!isDone) return;
    const undo = createElement(
      'button',
      {
        type: 'button',
        className: 'inline-flex min-h-9 items-center px-2 font-semibold text-primary underline',
        onClick: () => putBack(line),
      },
      say('cart.undo'),
    );
    toast(say('cart.removed'), undo);
  };

  return { setQuantity, remove: (line) => void remove(line), failure };
};
