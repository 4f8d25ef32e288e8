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
  // When it was seen, which on a busy machine is later than it should be.
  const [shownAt, setShownAt] = useState<number>();
  const [heldMs, setHeldMs] = useState(0);
  if (was !== isWaiting) {
    setWas(isWaiting);
    setShownAt(undefined);
    setHeldMs(
      isWaiting || shownAt === undefined ? 0 : Math.max(0, shownAt + keptMs - performance.now()),
    );
  }
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setTimeout(() => setShownAt(performance.now()), shownAfterMs);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  useEffect(() => {
    if (heldMs === 0) return undefined;
    const timer = setTimeout(() => setHeldMs(0), heldMs);
    return () => clearTimeout(timer);
  }, [heldMs]);
  return isWaiting || heldMs > 0;
};
