export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * Opens after `failuresMax` failures in a row, or when told. While it is open it asks `probe` once
 * after each pause, half-open as long as that takes, and closes when the answer is yes; pauses
 * double from `pauseMs` to `pauseMaxMs`. No client's request is the probe: none waits for a service
 * that is likely gone, and one success is as good as another's.
 */
export const createBreaker = (
  options: Readonly<{
    failuresMax: number;
    pauseMs: number;
    pauseMaxMs: number;
    probe: () => Promise<boolean>;
    onChange?: (state: BreakerState) => void;
    /** Still nothing there. */
    onProbeFailed?: () => void;
  }>,
) => {
  const { failuresMax, pauseMs, pauseMaxMs, probe, onChange, onProbeFailed } = options;
  let state: BreakerState = 'closed';
  let failures = 0;
  let pause = pauseMs;
  let retryAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const become = (next: BreakerState): void => {
    state = next;
    onChange?.(next);
  };
  const open = (): void => {
    if (isStopped) return;
    retryAt = Date.now() + pause;
    timer = setTimeout(() => void halfOpen(), pause);
    timer.unref();
    pause = Math.min(pause * 2, pauseMaxMs);
    become('open');
  };
  const close = (): void => {
    clearTimeout(timer);
    failures = 0;
    pause = pauseMs;
    become('closed');
  };
  const halfOpen = async (): Promise<void> => {
    become('half-open');
    const isBack = await probe().catch(() => false);
    // A request under way may have been answered meanwhile.
    if (state !== 'half-open') return;
    if (isBack) close();
    else {
      open();
      onProbeFailed?.();
    }
  };

  return {
    get state() {
      return state;
    },
    /** Whole seconds until it is asked again, at least 1. */
    get retryAfterSeconds() {
      return Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
    },
    succeeded(): void {
      failures = 0;
      if (state !== 'closed') close();
    },
    failed(): void {
      failures += 1;
      if (state === 'closed' && failures >= failuresMax) open();
    },
    /** Opens at once: somebody knows. */
    trip(): void {
      if (state === 'closed') open();
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
    },
  };
};

export type Breaker = ReturnType<typeof createBreaker>;
