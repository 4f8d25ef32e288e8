import { scaleLinear } from 'd3-scale';
import { area } from 'd3-shape';
import type { ReactElement } from 'react';
import type { Points, Told } from './frame.tsx';

export type Step = Readonly<{
  key: string;
  label: string;
  value: number;
  /** What stands beside its name. */
  text: string;
  /** How many of the step before come here; none at the first. */
  share?: string;
}>;

export type Funnel = Readonly<{ steps: readonly Step[]; tell: (point: number) => Told }>;

const stepHeight = 84;
const barAt = 22;
const barHeight = 26;

export const funnelHeight = (steps: number): number => stepHeight * steps - 34;

const scaleOf = ({ steps }: Funnel, width: number) =>
  scaleLinear()
    .domain([0, Math.max(1, ...steps.map(({ value }) => value))])
    .range([0, width]);

/** Through its steps the keys go from above. */
export const pointsOfFunnel = (of: Funnel): Points => ({
  count: of.steps.length,
  at({ y }) {
    return Math.min(of.steps.length - 1, Math.max(0, Math.floor(y / stepHeight)));
  },
  place: (point, width) => ({
    x: scaleOf(of, width)(of.steps[point]!.value),
    y: point * stepHeight + barAt,
  }),
  tell: of.tell,
});

/** How a step narrows to the next: from the end of one bar to the end of the other. */
const narrowing = area<readonly [y: number, x: number]>()
  .y(([y]) => y)
  .x0(0)
  .x1(([, x]) => x);

/** Steps below each other, each as wide as many came to it. */
export const FunnelDrawing = ({
  of,
  width,
  at,
}: Readonly<{ of: Funnel; width: number; at: number | undefined }>): ReactElement => {
  const x = scaleOf(of, width);
  return (
    <>
      {of.steps.map(({ key, label, value, text, share }, i) => {
        const top = i * stepHeight;
        const next = of.steps[i + 1];
        return (
          <g key={key}>
            <text x={0} y={top + 15} className="fill-text-1 text-caption">
              {label}
            </text>
            <text
              x={width}
              y={top + 15}
              textAnchor="end"
              className="tabular fill-text-1 text-caption font-medium"
            >
              {text}
            </text>
            <rect
              x={0}
              y={top + barAt}
              width={x(value)}
              height={barHeight}
              className={`fill-chart-1 ${i === at ? 'stroke-text-1' : ''}`}
              strokeWidth={i === at ? 2 : 0}
            />
            {next && (
              <path
                d={
                  narrowing([
                    [top + barAt + barHeight, x(value)],
                    [top + stepHeight + barAt, x(next.value)],
                  ]) ?? ''
                }
                className="fill-primary-soft"
              />
            )}
            {share !== undefined && (
              <text
                x={width / 2}
                y={top + 1}
                textAnchor="middle"
                className="fill-text-2 text-micro"
              >
                {share}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
};
