import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { allPoints, latePoints, type CrashPoint, type Gate } from './crash-points.ts';

type Options = Readonly<{
  gate: Gate;
  /** For locks on the rows of payments; of the server that is up. */
  lockPool: () => pg.Pool;
  /** Kills Plaza and starts it again. */
  crash: () => Promise<void>;
}>;

/** Kills Plaza where it stands at named points, many at once. */
export const createKills = ({ gate, lockPool, crash }: Options) => {
  const hits = new Map<CrashPoint, number>(allPoints.map((point) => [point, 0]));
  /** A call to the provider gives up after eight seconds: until then all that stands has to be killed. */
  const standMaxMs = 6_000;
  const gatherMaxMs = 20_000;
  const missed = (): readonly CrashPoint[] => allPoints.filter((point) => hits.get(point) === 0);
  /** Waits until something stands at each point, or something has stood for long, and kills. */
  const killAt = async (points: readonly CrashPoint[], isOver: () => boolean): Promise<void> => {
    const locks = lockPool();
    // Pages and notifications come all the time; they stand once something rarer does.
    const isRare = (point: CrashPoint): boolean => /^(?:refund|hold)/.test(point);
    gate.arm(points.filter(isRare), locks);
    let isAll = false;
    let firstAt = Infinity;
    const end = performance.now() + gatherMaxMs;
    for (let held = gate.held(); held.length < points.length; held = gate.held()) {
      if (held.length > 0) firstAt = Math.min(firstAt, performance.now());
      const now = performance.now();
      if (now > end || now > firstAt + standMaxMs || (isOver() && held.length === 0)) break;
      if (!isAll && (held.length > 0 || now > end - gatherMaxMs / 2 || !points.some(isRare))) {
        isAll = true;
        gate.arm(
          points.filter((point) => !isRare(point)),
          locks,
        );
      }
      const early = points.filter((point) => !latePoints.includes(point));
      const areEarlyThere = early.every((point) => held.includes(point));
      if (areEarlyThere || now > firstAt + 0.6 * standMaxMs) gate.lastCall();
      await sleep(10);
    }
    for (const point of gate.held()) hits.set(point, hits.get(point)! + 1);
    await crash();
    void locks.end().catch(() => {});
  };
  return { killAt, missed, hits };
};
