/** Upper ends of the classes of durations, in milliseconds: each a quarter above the one before. */
const ends = Array.from({ length: 53 }, (_, i) => 0.5 * 1.25 ** i);
const classCount = ends.length + 1;

const classOf = (ms: number): number =>
  ms <= 0.5 ? 0 : Math.min(classCount - 1, Math.ceil(Math.log(ms / 0.5) / Math.log(1.25)));

/** What one name did in one slice of time, or in several. */
class Slice {
  count = 0;
  failed = 0;
  readonly classes = new Uint32Array(classCount);

  add(ms: number, hasFailed: boolean): void {
    this.count += 1;
    if (hasFailed) this.failed += 1;
    this.classes[classOf(ms)]! += 1;
  }

  join(other: Slice): void {
    this.count += other.count;
    this.failed += other.failed;
    for (let i = 0; i < classCount; i++) this.classes[i]! += other.classes[i]!;
  }

  /** The duration that a share of all stay below, to within a quarter; null: there were none. */
  quantile(share: number): number | null {
    if (this.count === 0) return null;
    let rest = Math.ceil(this.count * share);
    for (let i = 0; i < classCount; i++) {
      rest -= this.classes[i]!;
      if (rest <= 0) return Math.round(ends[Math.min(i, ends.length - 1)]! * 10) / 10;
    }
    return null;
  }
}

/** Counts and durations over some stretch of time. */
export type Figures = Readonly<{
  count: number;
  failed: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
}>;

const figuresOf = (slice: Slice): Figures => ({
  count: slice.count,
  failed: slice.failed,
  p50: slice.quantile(0.5),
  p95: slice.quantile(0.95),
  p99: slice.quantile(0.99),
});

export const sliceMs = 10_000;
const sliceMax = 360;

/**
 * Counts and durations of the last hour by name, in slices of ten seconds, in memory: enough to see
 * what is slow now, of this process alone and gone with it. What is watched for longer is in the
 * metrics that Prometheus reads.
 */
export const createRecent = (now: () => number = Date.now) => {
  const byName = new Map<string, Map<number, Slice>>();

  const slicesOf = (name: string): Map<number, Slice> => {
    const known = byName.get(name);
    if (known) return known;
    const made = new Map<number, Slice>();
    byName.set(name, made);
    return made;
  };
  const between = (name: string, first: number, last: number): Slice => {
    const sum = new Slice();
    for (const [at, slice] of byName.get(name) ?? [])
      if (at >= first && at <= last) sum.join(slice);
    return sum;
  };
  const current = (): number => Math.floor(now() / sliceMs);

  return {
    add(name: string, ms: number, hasFailed: boolean): void {
      const slices = slicesOf(name);
      const at = current();
      let slice = slices.get(at);
      if (!slice) {
        slice = new Slice();
        slices.set(at, slice);
        for (const old of slices.keys()) {
          if (old > at - sliceMax) break;
          slices.delete(old);
        }
      }
      slice.add(ms, hasFailed);
    },
    names: (): readonly string[] => [...byName.keys()],
    /** The last `minutes`, the running slice with them. */
    figures: (name: string, minutes: number): Figures =>
      figuresOf(between(name, current() - minutes * 6 + 1, current())),
    /** The same cut into `parts` equal ones, the oldest first. */
    series(name: string, minutes: number, parts: number): readonly Figures[] {
      const each = (minutes * 6) / parts;
      const start = current() - minutes * 6 + 1;
      return Array.from({ length: parts }, (_, i) => {
        const first = Math.floor(start + i * each);
        return figuresOf(between(name, first, Math.floor(start + (i + 1) * each) - 1));
      });
    },
    /** When its last slice with something that did not fail began; undefined: not within the hour. */
    lastGood(name: string): number | undefined {
      const good = [...(byName.get(name) ?? [])].findLast(
        ([, slice]) => slice.count > slice.failed,
      );
      return good && good[0] * sliceMs;
    },
  };
};

export type Recent = ReturnType<typeof createRecent>;
