import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { windowOf } from './event-rows.ts';

/** Of a row before one was drawn. */
const guessedPx = 57;

type Seen = Readonly<{ from: number; to: number; rowPx: number; isAway: boolean }>;

const atTop: Seen = { ...windowOf(0, 0, guessedPx), rowPx: guessedPx, isAway: false };

/** What of a list is seen, in its own box that scrolls or in the window. */
const look = (list: HTMLElement): Seen => {
  const rowPx = list.firstElementChild?.getBoundingClientRect().height || guessedPx;
  const { top } = list.getBoundingClientRect();
  const box = list.parentElement?.closest('[data-scroller]')?.getBoundingClientRect();
  const from = Math.max(0, box?.top ?? 0);
  const to = Math.min(innerHeight, box?.bottom ?? innerHeight);
  return { ...windowOf(from - top, to - from, rowPx), rowPx, isAway: from - top > rowPx };
};

/**
 * The rows of a long list that are to be drawn, all of one height; and whether somebody has scrolled away
 * from its top.
 */
export const useWindow = (list: RefObject<HTMLElement | null>): Seen => {
  const [seen, setSeen] = useState(atTop);
  useLayoutEffect(() => {
    if (list.current) setSeen(look(list.current));
  }, [list]);
  useEffect(() => {
    let frame = 0;
    const measure = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        if (!list.current) return;
        const now = look(list.current);
        setSeen((was) =>
          was.from === now.from &&
          was.to === now.to &&
          was.rowPx === now.rowPx &&
          was.isAway === now.isAway
            ? was
            : now,
        );
      });
    };
    const sizes = new ResizeObserver(measure);
    sizes.observe(document.body);
    document.addEventListener('scroll', measure, { capture: true, passive: true });
    window.addEventListener('resize', measure);
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      document.removeEventListener('scroll', measure, { capture: true });
      window.removeEventListener('resize', measure);
    };
  }, [list]);
  return seen;
};
