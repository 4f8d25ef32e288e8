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
 * Changes the cart before the server answers, and takes it back when the server refuses. Of several
 * changes at once the last answer counts: each is the whole cart.
 */
export const useChangeCart = (): ChangeCart => {
  const { cart, set, refresh } = useCart();
  const say = useText();
  const toast = useToast();
  const [failure, setFailure] = useState<Failure>();
  const [conflict, setConflict] = useState<Conflict>();
  const turn = useRef(0);
  /** What the server last said of each line; undefined while a change of ours is under way. */
  const told = useRef<Cart | undefined>(undefined);
  if (told.current === undefined && turn.current === 0) told.current = cart;

  const change = async (
    guess: (now: Cart) => Cart,
    ask: () => Promise<Answer>,
  ): Promise<boolean> => {
    const mine = ++turn.current;
    if (cart) set(guess(cart));
    setFailure(undefined);
    const answer = await ask().catch(() => undefined);
    if (answer?.response.ok) {
      told.current = mine === turn.current ? answer.data : undefined;
      if (!answer.data) await refresh();
      else if (mine === turn.current) set(answer.data);
      return true;
    }
    setFailure(answer ? readFailure(answer.response, answer.error) : unreachable());
    if (cart) set(cart);
    await refresh();
    return false;
  };

  /** What another tab made of the line since we were told; undefined: nothing, or nobody says. */
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

  const setQuantity = async (id: string, quantity: number): Promise<void> => {
    setConflict(undefined);
    const before = cart;
    if (cart)
      set({
        ...cart,
        items: cart.items.map((line) => (line.id === id ? { ...line, quantity } : line)),
      });
    const theirs = await changedElsewhere(id);
    if (theirs !== undefined && theirs !== quantity) {
      if (told.current) set(told.current);
      setConflict({
        lineId: id,
        name: before?.items.find((line) => line.id === id)?.name ?? '',
        mine: quantity,
        theirs,
        choose: (chosen) => void putQuantity(id, chosen),
      });
      return;
    }
    await putQuantity(id, quantity);
  };

  const putQuantity = async (id: string, quantity: number): Promise<void> => {
    setConflict(undefined);
    const guess = (now: Cart): Cart => ({
      ...now,
      items: now.items.map((line) => (line.id === id ? { ...line, quantity } : line)),
    });
    const params = { path: { id } };
    await change(guess, () =>
      browserApi().PUT('/api/v1/cart/{id}', { params, body: { quantity } }),
    );
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

  return {
    setQuantity: (id, quantity) => void setQuantity(id, quantity),
    remove: (line) => void remove(line),
    failure,
    conflict,
  };
};
