/** How long things may take; all in milliseconds. */
export type ExchangeLimits = Readonly<{
  /** Neither side sends or takes a byte. */
  silentMs: number;
  /** From the first byte of the request to the last of the answer. */
  wholeMs: number;
  /** After so long without an answer somebody looks whether the service is there. */
  doubtMs: number;
}>;

/** `place` is the watch's own. */
export type Watched = { place: number; readonly look: (now: number) => void };

/** Looks that a wait gets before its first limit: it ends that much later at most. */
const looks = 10;

/**
 * Looks at everything under way every so often: a timer for each costs a request more than all else
 * that has to do with time. In an array where each knows its place, so that coming and going leaves
 * nothing to collect.
 */
export const createWatch = (limits: ExchangeLimits) => {
  const underWay: Watched[] = [];
  const timer = setInterval(
    () => {
      const now = performance.now();
      // From behind: who ends here gives its place to the last.
      for (let i = underWay.length - 1; i >= 0; i--) underWay[i]?.look(now);
    },
    Math.min(limits.doubtMs, limits.silentMs) / looks,
  );
  timer.unref();
  return {
    limits,
    add(one: Watched): void {
      one.place = underWay.length;
      underWay.push(one);
    },
    delete(one: Watched): void {
      const last = underWay.pop()!;
      if (last === one) return;
      underWay[one.place] = last;
      last.place = one.place;
    },
    stop: (): void => clearInterval(timer),
  };
};

export type Watch = ReturnType<typeof createWatch>;
