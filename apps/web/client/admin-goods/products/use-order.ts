import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { browserApi } from '../../api/client.ts';
import { unreachable, type Failure } from '../../api/problems.ts';
import { bodyOf, RequestFailed } from '../../kit/use-request.ts';
import type { Product } from './details-form.tsx';

type Picture = Product['images'][number];

/** The ids with one of them at another place, counted from 1. */
export const withPlace = (ids: readonly string[], id: string, place: number): readonly string[] =>
  ids.filter((one) => one !== id).toSpliced(place - 1, 0, id);

/**
 * The order of a product's pictures, shown before the server has answered: one change after another, and
 * back to what the server has when it refuses one.
 */
export const useOrder = (product: Product) => {
  const queries = useQueryClient();
  const [guess, setGuess] = useState<readonly string[]>();
  const [failure, setFailure] = useState<Failure>();
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const ids = guess ?? product.images.map(({ id }) => id);
  const byId = new Map(product.images.map((picture) => [picture.id, picture]));
  // What came meanwhile stands behind what was moved, and what went is gone.
  const known = ids.flatMap((id) => byId.get(id) ?? []);
  const images: readonly Picture[] = [
    ...known,
    ...product.images.filter((picture) => !ids.includes(picture.id)),
  ];

  const move = async (id: string, place: number): Promise<void> => {
    setGuess(
      withPlace(
        images.map((picture) => picture.id),
        id,
        place,
      ),
    );
    setFailure(undefined);
    const params = { path: { id: product.id, image_id: id } };
    const url = '/api/v1/products/{id}/images/{image_id}';
    const mine = last.current.then(() =>
      bodyOf(browserApi().PUT(url, { params, body: { position: place } })),
    );
    const settled = mine.then(
      () => undefined,
      (error: unknown) => (error instanceof RequestFailed ? error.failure : unreachable()),
    );
    last.current = settled;
    const refusal = await settled;
    if (refusal) setFailure(refusal);
    // Those that wait have shown already what they will make of it.
    if (last.current !== settled) return;
    await queries.invalidateQueries({ queryKey: ['products'] });
    if (last.current === settled) setGuess(undefined);
  };
  return { images, failure, move: (id: string, place: number) => void move(id, place) };
};
