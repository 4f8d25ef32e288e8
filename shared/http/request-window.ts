/** Keys held at most; beyond it the oldest window goes, so that addresses cannot fill the memory. */
const keysMax = 50_000;

type Window = { count: number; endsAt: number };

export type WindowState = Readonly<{ isOver: boolean; left: number; msLeft: number }>;

/**
 * Counts requests of each key in windows of fixed length, without a promise or a timer: it stands
 * before every answer from memory, which costs little more than this. Sign-in tries, which matter
 * more, are counted by a library that can count over replicas.
 */
export const createRequestWindow = (limit: number, windowMs: number) => {
  const windows = new Map<string, Window>();
  return (key: string, now: number): WindowState => {
    let window = windows.get(key);
    if (!window || window.endsAt <= now) {
      if (!window && windows.size >= keysMax) windows.delete(windows.keys().next().value!);
      window = { count: 0, endsAt: now + windowMs };
      windows.set(key, window);
    }
    window.count += 1;
    const left = Math.max(0, limit - window.count);
    return { isOver: window.count > limit, left, msLeft: window.endsAt - now };
  };
};
