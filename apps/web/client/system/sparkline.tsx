import type { ReactElement } from 'react';

/**
 * The shape of a figure over time; the figures themselves stand beside it. Where there was nothing
 * there is a gap.
 */
export const Sparkline = ({
  values,
  isWarning = false,
  width = 110,
  height = 28,
}: Readonly<{
  values: readonly (number | null)[];
  isWarning?: boolean;
  width?: number;
  height?: number;
}>): ReactElement => {
  const most = Math.max(1, ...values.map((value) => value ?? 0));
  const step = width / Math.max(1, values.length - 1);
  const pieces: string[] = [];
  let isDrawing = false;
  for (const [i, value] of values.entries()) {
    if (value === null) {
      isDrawing = false;
      continue;
    }
    const x = (i * step).toFixed(1);
    const y = (height - 3 - (value / most) * (height - 6)).toFixed(1);
    // A point without neighbours is still seen.
    const isAlone = !isDrawing && (values[i + 1] ?? null) === null;
    pieces.push(isAlone ? `M${x} ${y}h1.5` : `${isDrawing ? 'L' : 'M'}${x} ${y}`);
    isDrawing = true;
  }
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className={`block max-w-full ${isWarning ? 'text-warning' : 'text-chart-1'}`}
    >
      <path
        d={pieces.join('')}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  );
};
