import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** Moves to the heading of each new page. */
export const useArrival = (): void => {
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    document.documentElement.dataset['ready'] = 'true';
    if (last.current === pathname) return;
    last.current = pathname;
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [pathname]);
};
