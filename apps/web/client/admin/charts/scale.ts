import { scaleLinear } from 'd3-scale';

const linesMost = 5;

export type Grid = Readonly<{
  /** Where the scale ends: at its last line. */
  top: number;
  /** Five at most, from nothing upwards, in steps that people count in. */
  ticks: readonly number[];
}>;

/** The lines behind values from nothing to `most`; of what is counted there are no halves. */
export const gridOf = (most: number, isCounted = false): Grid => {
  const end = most > 0 ? most : 1;
  for (const count of [4, 3, 2]) {
    const scale = scaleLinear().domain([0, end]).nice(count);
    const ticks = scale.ticks(count).filter((tick) => !isCounted || Number.isInteger(tick));
    const top = scale.domain()[1]!;
    if (ticks.length <= linesMost && ticks.at(-1) === top) return { top, ticks };
  }
  const top = isCounted ? Math.ceil(end) : end;
  return { top, ticks: [0, top] };
};
