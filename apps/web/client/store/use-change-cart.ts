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
  /** Another tab has changed the line meanwhile: both values, to choose from. */
  conflict: Conflict | undefined;
}>;

export type Conflict = Readonly<{
  lineId: string;
  name: string;
  /** What was wanted here. */
  mine: number;
  /** What it is now. */
  theirs: number;
  choose: (quantity: number) => void;
}>;

type Answer = Readonly<{ data?: Cart | undefined; error?: unknown; response: Response }>;

/**
 * Changes the cart before the server answers, and takes it back when the server refuses. One change after
 * another, each over what the server answered to the last: whoever presses twice has no conflict with itself.
 */
export const useChangeCart = (): ChangeCart => {
  const { cart, set, refresh } = useCart();
  const say = useText();
  const toast = useToast();
  const [failure, setFailure] = useState<Failure>();
  const [conflict, setConflict] = useState<Conflict>();
  const guessed = useRef<Cart | undefined>(undefined);
  /** The cart as the server or another tab last said, and not as it is guessed here. */
  const told = useRef<Cart | undefined>(undefined);
  if (cart !== guessed.current) told.current = cart;
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const underWay = useRef(0);

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    underWay.current += 1;
    const mine = last.current.then(work).finally(() => (underWay.current -= 1));
    last.current = mine.catch(() => undefined);
    return mine;
  };

  const show = (guess: (now: Cart) => Cart): void => {
    if (!cart) return;
    guessed.current = guess(cart);
    set(guessed.current);
  };

  const send = async (ask: () => Promise<Answer>): Promise<boolean> => {
    setFailure(undefined);
    const answer = await ask().catch(() => undefined);
    if (answer?.response.ok) {
      if (!answer.data) await refresh();
      else {
        told.current = answer.data;
        // Those that wait have shown already what they will make of it.
        if (underWay.current === 1) set(answer.data);
      }
      return true;
    }
    setFailure(answer ? readFailure(answer.response, answer.error) : unreachable());
    set(told.current);
    await refresh();
    return false;
  };

  /** What another made of the line since we were told; undefined: nothing, or nobody says. */
  const changedElsewhere = async (id: string): Promise<number | undefined> => {
    const known = told.current?.items.find((line) => line.id === id)?.quantity;
    if (known === undefined) return undefined;
    const answer = await browserApi()
      .GET('/api/v1/cart')
      .catch(() => undefined);
    if (!answer?.data) return undefined;
    const now = answer.data.items.find((line) => line.id === id)?.quantity;
    if (now === undefined || now === known) return undefined;
    told.current = answer.data;
    return now;
  };

  const put = (id: string, quantity: number): Promise<boolean> =>
    send(() =>
      browserApi().PUT('/api/v1/cart/{id}', { params: { path: { id } }, body: { quantity } }),
    );

  const withQuantity =
    (id: string, quantity: number) =>
    (now: Cart): Cart => ({
      ...now,
      items: now.items.map((line) => (line.id === id ? { ...line, quantity } : line)),
    });

  const choose = async (id: string, quantity: number): Promise<void> => {
    setConflict(undefined);
    show(withQuantity(id, quantity));
    await inTurn(() => put(id, quantity));
  };

  const setQuantity = async (id: string, quantity: number): Promise<void> => {
    setConflict(undefined);
    const name = cart?.items.find((line) => line.id === id)?.name ?? '';
    show(withQuantity(id, quantity));
    await inTurn(async () => {
      const theirs = await changedElsewhere(id);
      if (theirs === undefined || theirs === quantity) return put(id, quantity);
      set(told.current);
      setConflict({
        lineId: id,
        name,
        mine: quantity,
        theirs,
        choose: (chosen) => void choose(id, chosen),
      });
      return false;
    });
  };

  const putBack = ({ variant_id, quantity }: Line): void =>
    void inTurn(() =>
      send(() => browserApi().POST('/api/v1/cart/add', { body: { variant_id, quantity } })),
    );

  const remove = async (line: Line): Promise<void> => {
    show((now) => ({ ...now, items: now.items.filter(({ id }) => id !== line.id) }));
    const params = { path: { id: line.id } };
    const isDone = await inTurn(() =>
      send(() => browserApi().DELETE('/api/v1/cart/{id}', { params })),
    );
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

  return {
    setQuantity: (id, quantity) => void setQuantity(id, quantity),
    remove: (line) => void remove(line),
    failure,
    conflict,
  };
};
