import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';
import type { ReactElement } from 'react';
import type { Points, Told } from './frame.tsx';
import { gridOf } from './scale.ts';

export type Bar = Readonly<{
  key: string;
  label: string;
  /** One part, or two that stand on each other. */
  parts: readonly number[];
  /** As many days before: a thin bar below. */
  previous?: number;
  /** What its end says. */
  text: string;
}>;

export type Bars = Readonly<{
  bars: readonly Bar[];
  /** For how many there is room; as many are shown. */
  room: number;
  tick: (value: number) => string;
  isCounted?: boolean;
  tell: (point: number) => Told;
}>;

const rowHeight = 44;
const axisHeight = 24;
const letter = 7;
const gap = 12;
const margin = 4;
const looks = ['fill-chart-1', 'fill-chart-2'] as const;

export const barsHeight = (room: number): number => room * rowHeight + axisHeight;

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);
const shownOf = ({ bars, room }: Bars): readonly Bar[] => bars.slice(0, room);

const scalesOf = (of: Bars, width: number) => {
  const shown = shownOf(of);
  const values = shown.flatMap(({ parts, previous }) => [sumOf(parts), previous ?? 0]);
  const grid = gridOf(Math.max(0, ...values), of.isCounted);
  const x = scaleLinear()
    .domain([0, grid.top])
    .range([margin, width - margin]);
  const y = scaleBand()
    .domain(shown.map(({ key }) => key))
    .range([0, shown.length * rowHeight]);
  return { shown, grid, x, y };
};

/** Through its bars the keys go from above. */
export const pointsOfBars = (of: Bars): Points => ({
  count: shownOf(of).length,
  at({ y }) {
    const point = Math.floor(y / rowHeight);
    return point >= 0 && point < shownOf(of).length ? point : undefined;
  },
  place(point, width) {
    const { shown, x, y } = scalesOf(of, width);
    const { key, parts } = shown[point]!;
    return { x: x(sumOf(parts)), y: y(key)! };
  },
  tell: of.tell,
});

/** Half a word says less than none. */
const fitted = (text: string, width: number): string => {
  const room = Math.max(4, Math.floor(width / letter));
  return text.length <= room ? text : `${text.slice(0, room).replace(/\s+\S*$/, '')}…`;
};

/** The parts of each bar, one upon the other. */
const stacked = (bars: readonly Bar[]) => {
  const most = Math.max(1, ...bars.map(({ parts }) => parts.length));
  return stack<undefined, Bar, number>()
    .keys(Array.from({ length: most }, (_, i) => i))
    .value(({ parts }, part) => parts[part] ?? 0)(bars);
};

/** Bars from left to right: each under its name, with what it amounts to at the end of the line. */
export const BarsDrawing = ({
  of,
  width,
  at,
}: Readonly<{ of: Bars; width: number; at: number | undefined }>): ReactElement => {
  const { shown, grid, x, y } = scalesOf(of, width);
  const bottom = shown.length * rowHeight;
  return (
    <>
      {grid.ticks.map((value, i) => (
        <g key={value}>
          <line x1={x(value)} x2={x(value)} y1={0} y2={bottom} className="stroke-line" />
          <text
            x={x(value)}
            y={bottom + 16}
            textAnchor={i === 0 ? 'start' : i === grid.ticks.length - 1 ? 'end' : 'middle'}
            className="fill-text-3 text-micro"
          >
            {of.tick(value)}
          </text>
        </g>
      ))}
      {at !== undefined && shown[at] && (
        <rect
          x={0}
          y={y(shown[at].key)}
          width={width}
          height={rowHeight}
          rx={6}
          className="fill-sunken opacity-60"
        />
      )}
      {stacked(shown).map((series, part) =>
        series.map(([from, to], i) => (
          <rect
            key={`${part}-${shown[i]!.key}`}
            x={x(from)}
            y={y(shown[i]!.key)! + 22}
            width={Math.max(0, x(to) - x(from))}
            height={10}
            className={looks[part % looks.length]}
          />
        )),
      )}
      {shown.map(({ key, label, previous, text }) => (
        <g key={key}>
          <text x={margin} y={y(key)! + 15} className="fill-text-1 text-caption">
            {fitted(label, width - text.length * letter - gap)}
          </text>
          <text
            x={width - margin}
            y={y(key)! + 15}
            textAnchor="end"
            className="tabular fill-text-1 text-caption font-medium"
          >
            {text}
          </text>
          {previous !== undefined && previous > 0 && (
            <line
              x1={x(0)}
              x2={x(previous)}
              y1={y(key)! + 35}
              y2={y(key)! + 35}
              className="stroke-text-3"
              strokeWidth="2"
              strokeDasharray="4 4"
            />
          )}
        </g>
      ))}
    </>
  );
};
