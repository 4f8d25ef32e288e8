/** Keys held at most; beyond it the oldest window goes, so that addresses cannot fill the memory. */
const keysMax = 50_000;
/** Of the limit: how many requests one process counts for itself before it tells the others. */
const untoldShare = 1 / 200;

type Window = { count: number; endsAt: number; untold: number; isTelling: boolean };

export type WindowState = Readonly<{ isOver: boolean; left: number; msLeft: number }>;

/** Adds to the count of all processes, and answers it; rejects when it is not to be had. */
export type AddToCount = (
  key: string,
  points: number,
) => Promise<Readonly<{ count: number; msLeft: number }>>;

/**
 * Counts requests of each key in windows of fixed length, without a promise or a timer: it stands
 * before every answer from memory, which costs little more than this. Sign-in tries, which matter
 * more, are counted exactly.
 *
 * With `addToAll` the limit holds over processes without a request that waits: each tells the others
 * every so many requests of a key and learns from the answer how many there were in all. They pass
 * the limit together by at most what each has not told yet. While the count of all is not to be had,
 * each process holds the limit by itself.
 */
export const createRequestWindow = (limit: number, windowMs: number, addToAll?: AddToCount) => {
  const windows = new Map<string, Window>();
  const untoldMax = Math.max(1, Math.floor(limit * untoldShare));

  const tell = (key: string, window: Window, add: AddToCount): void => {
    const points = window.untold;
    window.untold = 0;
    window.isTelling = true;
    add(key, points)
      .then(
        ({ count, msLeft }) => {
          window.count = Math.max(window.count, count + window.untold);
          window.endsAt = Math.min(window.endsAt, performance.now() + msLeft);
        },
        () => void (window.untold += points),
      )
      .finally(() => (window.isTelling = false));
  };

  return (key: string, now: number): WindowState => {
    let window = windows.get(key);
    if (!window || window.endsAt <= now) {
      if (!window && windows.size >= keysMax) windows.delete(windows.keys().next().value!);
      window = { count: 0, endsAt: now + windowMs, untold: 0, isTelling: false };
      windows.set(key, window);
    }
    window.count += 1;
    const isOver = window.count > limit;
    if (addToAll) {
      window.untold += 1;
      // Who is over the limit here need not be told of.
      if (window.untold >= untoldMax && !window.isTelling && !isOver) tell(key, window, addToAll);
    }
    return { isOver, left: Math.max(0, limit - window.count), msLeft: window.endsAt - now };
  };
};
