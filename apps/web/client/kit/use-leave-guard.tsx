import { useEffect, useId, useRef, useState, type ReactElement } from 'react';
import type { Blocker } from 'react-router';
import { applicationRouter } from './application-router.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';

/** What the question says, in the words of the part that asks it. */
export type LeaveWords = Readonly<Record<'title' | 'text' | 'stay' | 'leave', string>>;

/**
 * What the router's own hook does, by the router itself: the hook would stand in the code that the store
 * shares with this application, and the store's first page has no room for it.
 */
const useBlocked = (isHeld: () => boolean): Blocker | undefined => {
  const key = useId();
  const [blocker, setBlocker] = useState<Blocker>();
  const asked = useRef(isHeld);
  useEffect(() => {
    asked.current = isHeld;
  });
  useEffect(() => {
    const router = applicationRouter();
    router.getBlocker(
      key,
      ({ currentLocation: from, nextLocation: to }) =>
        from.pathname !== to.pathname && asked.current(),
    );
    const stop = router.subscribe(({ blockers }) => setBlocker(blockers.get(key)));
    return () => {
      stop();
      router.deleteBlocker(key);
    };
  }, [key]);
  return blocker;
};

/**
 * Asks before what was typed is left behind: in a dialog on the way to another page, in the browser's own
 * words when the tab closes. `release` lets the next way through, for a form that was saved just now.
 */
export const useLeaveGuard = (
  isChanged: boolean,
  words: LeaveWords,
  onLeave: () => void = () => {},
): Readonly<{ question: ReactElement; release: () => void }> => {
  const isReleased = useRef(false);
  const blocker = useBlocked(() => isChanged && !isReleased.current);
  useEffect(() => {
    isReleased.current = false;
    if (!isChanged) return undefined;
    const ask = (event: BeforeUnloadEvent): void => {
      if (!isReleased.current) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isChanged]);
  const isOpen = blocker?.state === 'blocked';
  const stay = (): void => blocker?.reset?.();
  const leave = (): void => {
    onLeave();
    blocker?.proceed?.();
  };
  const question = (
    <Dialog isOpen={isOpen} onClose={stay} title={words.title}>
      <p className="text-body text-text-2">{words.text}</p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button kind="danger" onClick={leave}>
          {words.leave}
        </Button>
        <Button kind="filled" onClick={stay}>
          {words.stay}
        </Button>
      </div>
    </Dialog>
  );
  return {
    question,
    release: () => {
      isReleased.current = true;
    },
  };
};
