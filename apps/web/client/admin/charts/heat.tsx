import { scaleBand, scaleQuantize } from 'd3-scale';
import type { ReactElement } from 'react';
import { useFormats } from '../../i18n/use-text.tsx';
import type { Points, Told } from './frame.tsx';

export type Heat = Readonly<{
  rows: readonly string[];
  columns: readonly string[];
  /** Row by row. */
  values: readonly number[];
  tell: (point: number) => Told;
}>;

const left = 40;
const cellHeight = 24;
const axisHeight = 22;
/** Nothing is not the palest of something. */
const strengths = [0.2, 0.4, 0.6, 0.8, 1] as const;
const labelEvery = 6;

export const heatHeight = (rows: number): number => rows * cellHeight + axisHeight;

const scalesOf = ({ rows, columns, values }: Heat, width: number) => ({
  x: scaleBand<number>().domain(columns.keys()).range([left, width]).paddingInner(0.08),
  y: scaleBand<number>()
    .domain(rows.keys())
    .range([0, rows.length * cellHeight])
    .paddingInner(0.08),
  strength: scaleQuantize()
    .domain([0, Math.max(1, ...values)])
    .range(strengths),
});

/** Cells, through which the keys go in four directions. */
export const pointsOfHeat = (of: Heat): Points => ({
  count: of.values.length,
  across: of.columns.length,
  at({ x, y }, width) {
    const column = Math.floor(((x - left) / (width - left)) * of.columns.length);
    const row = Math.floor(y / cellHeight);
    const isInside = column >= 0 && column < of.columns.length && row >= 0 && row < of.rows.length;
    return isInside ? row * of.columns.length + column : undefined;
  },
  place(point, width) {
    const { x, y } = scalesOf(of, width);
    const { length } = of.columns;
    return { x: x(point % length)! + x.bandwidth() / 2, y: y(Math.floor(point / length))! };
  },
  tell: of.tell,
});

/** A grid whose cells are the stronger the more there is in them. */
export const HeatDrawing = ({
  of,
  width,
  at,
}: Readonly<{ of: Heat; width: number; at: number | undefined }>): ReactElement => {
  const { rows, columns, values } = of;
  const { x, y, strength } = scalesOf(of, width);
  return (
    <>
      {rows.map((row, i) => (
        <text key={row} x={0} y={y(i)! + 16} className="fill-text-3 text-micro">
          {row}
        </text>
      ))}
      {columns.map((column, i) =>
        i % labelEvery === 0 ? (
          <text
            key={column}
            x={x(i)}
            y={rows.length * cellHeight + 16}
            className="fill-text-3 text-micro"
          >
            {column}
          </text>
        ) : null,
      )}
      {values.map((value, point) => (
        <rect
          // A cell is its place.
          key={point}
          x={x(point % columns.length)}
          y={y(Math.floor(point / columns.length))}
          width={x.bandwidth()}
          height={y.bandwidth()}
          rx={2}
          className={`${value === 0 ? 'fill-sunken' : 'fill-chart-1'} ${point === at ? 'stroke-text-1' : ''}`}
          strokeWidth={point === at ? 2 : 0}
          fillOpacity={value === 0 ? 1 : strength(value)}
        />
      ))}
    </>
  );
};

/** From the palest of something to the most. */
export const HeatScale = ({ of }: Readonly<{ of: Heat }>): ReactElement => {
  const { number } = useFormats();
  const size = 12;
  return (
    <span aria-hidden="true" className="tabular flex items-center gap-2 text-caption text-text-2">
      {number(1)}
      <svg width={strengths.length * size} height={size}>
        {strengths.map((strength, i) => (
          <rect
            key={strength}
            x={i * size}
            width={size - 1}
            height={size}
            className="fill-chart-1"
            fillOpacity={strength}
          />
        ))}
      </svg>
      {number(Math.max(1, ...of.values))}
    </span>
  );
};
