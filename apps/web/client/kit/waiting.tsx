import { useEffect, useState, type ReactElement, type ReactNode } from 'react';
import { classes } from './classes.ts';
import { Loading } from './loading.tsx';

/** Shorter waits show nothing; a place that was shown stays long enough to be seen. */
const shownAfterMs = 150;
const keptMs = 300;

/** The place of something that will come; a wait that is over in a blink shows nothing. */
export const Waiting = ({
  className,
  children,
}: Readonly<{ className?: string; children: ReactNode }>): ReactElement => {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), shownAfterMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div data-state="loading">
      <Loading className={classes(className, !isShown && 'invisible')}>{children}</Loading>
    </div>
  );
};

/** Whether the place of something is still to be shown: once seen, it stays for a moment. */
export const useIsWaiting = (isWaiting: boolean): boolean => {
  const [was, setWas] = useState(isWaiting);
  const [since, setSince] = useState(() => performance.now());
  const [heldMs, setHeldMs] = useState(0);
  if (was !== isWaiting) {
    const now = performance.now();
    const waitedMs = now - since;
    setWas(isWaiting);
    if (isWaiting) setSince(now);
    else setHeldMs(waitedMs < shownAfterMs ? 0 : Math.max(0, shownAfterMs + keptMs - waitedMs));
  }
  useEffect(() => {
    if (heldMs === 0) return;
    const timer = setTimeout(() => setHeldMs(0), heldMs);
    return () => clearTimeout(timer);
  }, [heldMs]);
  return isWaiting || heldMs > 0;
};
