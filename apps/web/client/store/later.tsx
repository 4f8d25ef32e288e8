import { createElement, useEffect, useState, type ComponentProps, type ReactElement } from 'react';
import type * as parts from './parts/late.ts';

type Parts = typeof parts;
type Name = keyof Parts;

/** A part that comes after the page, which needs none of it. */
export const Later = <Part extends Name>({
  part,
  ...rest
}: Readonly<{ part: Part }> & ComponentProps<Parts[Part]>): ReactElement | null => {
  const [loaded, setLoaded] = useState<Parts>();
  useEffect(() => void import('./parts/late.ts').then(setLoaded, () => {}), []);
  return loaded ? createElement(loaded[part] as never, rest) : null;
};
