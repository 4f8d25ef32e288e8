import { scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { ReactElement } from 'react';
import type { Points, Told } from './frame.tsx';
import { gridOf } from './scale.ts';

/** A value of a line; null is a gap, which is no nothing. */
export type Value = number | null;

export type Line = Readonly<{
  /** What stands below a point; few are asked for. */
  label: (point: number) => string;
  values: readonly Value[];
  /** As many days before, dashed. */
  previous: readonly Value[];
  /** How the scale says a value. */
  tick: (value: number) => string;
  isCounted?: boolean;
  tell: (point: number) => Told;
}>;

export const lineHeight = 220;
const letter = 7;
const margin = { top: 12, right: 8, bottom: 26 };
const widthOfLabel = 110;

const scalesOf = ({ values, previous, tick, isCounted }: Line, width: number) => {
  const grid = gridOf(Math.max(0, ...values.map(Number), ...previous.map(Number)), isCounted);
  const left = Math.max(...grid.ticks.map((value) => tick(value).length)) * letter + 12;
  const last = Math.max(1, values.length - 1);
  const x = scaleLinear()
    .domain(values.length < 2 ? [-1, 1] : [0, last])
    .range([left, width - margin.right]);
  const y = scaleLinear()
    .domain([0, grid.top])
    .range([lineHeight - margin.bottom, margin.top]);
  return { grid, left, x, y };
};

/** Through its points the keys go from day to day. */
export const pointsOfLine = (of: Line): Points => ({
  count: of.values.length,
  at({ x: place }, width) {
    const point = Math.round(scalesOf(of, width).x.invert(place));
    return Math.min(of.values.length - 1, Math.max(0, point));
  },
  place(point, width) {
    const { x, y } = scalesOf(of, width);
    return { x: x(point), y: y(of.values[point] ?? 0) };
  },
  tell: of.tell,
});

const GridLines = ({
  of,
  width,
}: Readonly<{ of: ReturnType<typeof scalesOf> & Pick<Line, 'tick'>; width: number }>) => (
  <>
    {of.grid.ticks.map((value) => (
      <g key={value}>
        <line
          x1={of.left}
          x2={width - margin.right}
          y1={of.y(value)}
          y2={of.y(value)}
          className="stroke-line"
        />
        <text
          x={of.left - 8}
          y={of.y(value) + 4}
          textAnchor="end"
          className="fill-text-3 text-micro"
        >
          {of.tick(value)}
        </text>
      </g>
    ))}
  </>
);

/** A line with its area, beside the dashed one of before. */
export const LineDrawing = ({
  of,
  width,
  at,
}: Readonly<{ of: Line; width: number; at: number | undefined }>): ReactElement => {
  const { values, previous } = of;
  const scales = scalesOf(of, width);
  const { x, y } = scales;
  const path = line<Value>()
    .defined((value) => value !== null)
    .x((_, i) => x(i))
    .y((value) => y(value!));
  const below = area<Value>()
    .defined((value) => value !== null)
    .x((_, i) => x(i))
    .y0(y(0))
    .y1((value) => y(value!));
  const every = Math.max(1, Math.ceil((values.length * widthOfLabel) / width));
  const last = values.length - 1;
  /** Neither line reaches them. */
  const alone = values.flatMap((value, i) =>
    value !== null && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null
      ? [i]
      : [],
  );
  const marks = at === undefined || (values[at] ?? null) === null ? alone : [...alone, at];
  return (
    <>
      <GridLines of={{ ...scales, tick: of.tick }} width={width} />
      {values.map((_, i) =>
        (last - i) % every === 0 ? (
          <text
            // Points do not move.
            key={i}
            x={x(i)}
            y={lineHeight - 6}
            textAnchor={last > 0 && i === last ? 'end' : 'middle'}
            className="fill-text-3 text-micro"
          >
            {of.label(i)}
          </text>
        ) : null,
      )}
      <path d={below(values) ?? ''} className="fill-primary-soft opacity-60" />
      <path
        d={path(previous) ?? ''}
        className="fill-none stroke-text-3"
        strokeDasharray="4 4"
        strokeWidth="1.5"
      />
      <path
        d={path(values) ?? ''}
        className="fill-none stroke-chart-1"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      {at !== undefined && (
        <line x1={x(at)} x2={x(at)} y1={margin.top} y2={y(0)} className="stroke-control" />
      )}
      {marks.map((i) => (
        <circle
          key={i}
          cx={x(i)}
          cy={y(values[i]!)}
          r={i === at ? 5 : 2}
          className="fill-chart-1 stroke-surface"
          strokeWidth={i === at ? 2 : 0}
        />
      ))}
    </>
  );
};
