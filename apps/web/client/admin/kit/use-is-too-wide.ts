import { useLayoutEffect, useState, type RefObject } from 'react';

/**
 * Whether what is inside needs its own scrolling. Where it does not, nothing may clip it, so that the
 * titles of its columns can stay at the edge of the window.
 */
export const useIsTooWide = (region: RefObject<HTMLElement | null>): boolean => {
  const [isTooWide, setTooWide] = useState(false);
  useLayoutEffect(() => {
    const element = region.current;
    if (!element) return;
    const look = (): void => setTooWide(element.scrollWidth > element.clientWidth);
    const watching = new ResizeObserver(look);
    watching.observe(element);
    if (element.firstElementChild) watching.observe(element.firstElementChild);
    look();
    return () => watching.disconnect();
  }, [region]);
  return isTooWide;
};
