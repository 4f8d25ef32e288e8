import { Download } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { buttonClasses } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Table } from '../../kit/layout.tsx';

export type Point = Readonly<{ day: string; amount: string; orders: number }>;

const height = 220;
const letter = 7;
const margin = { top: 12, right: 8, bottom: 26 };
const widthOfDay = 110;
const lines = 4;

/** A step that people count in: 1, 2 or 5 with zeros. */
const niceTop = (most: number): number => {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most / lines));
  const step = [1, 2, 5, 10].find((size) => size * power * lines >= most) ?? 10;
  return step * power * lines;
};

const noon = (day: string): string => `${day}T17:00:00Z`;

/** A day of the shop as a short date; noon keeps it on its day in every zone of the Americas. */
const useDay = () => {
  const { date } = useFormats();
  return (day: string): string => date(noon(day));
};

const csvOf = (points: readonly Point[]): string =>
  `data:text/csv;charset=utf-8,${encodeURIComponent(
    ['day,amount,orders', ...points.map((p) => `${p.day},${p.amount},${p.orders}`)].join('\r\n'),
  )}`;

/** The same figures as a table, and as a file. */
const AsTable = ({
  points,
  currency,
  caption,
}: Readonly<{ points: readonly Point[]; currency: string; caption: string }>): ReactElement => {
  const say = useText();
  const { money, number } = useFormats();
  const dayOf = useDay();
  return (
    <details className="text-small">
      <summary className="inline-flex min-h-9 items-center font-medium text-primary hover:underline">
        {say('chart.table')}
      </summary>
      <div className="max-h-80 overflow-y-auto">
        <Table
          caption={caption}
          rows={points.toReversed()}
          rowKey={({ day }) => day}
          columns={[
            { key: 'day', title: say('chart.day'), cell: ({ day }) => dayOf(day) },
            {
              key: 'orders',
              title: say('nav.orders'),
              isNumber: true,
              cell: ({ orders }) => number(orders),
            },
            {
              key: 'amount',
              title: say('chart.sales'),
              isNumber: true,
              cell: ({ amount }) => money(amount, currency),
            },
          ]}
        />
      </div>
    </details>
  );
};

/** How wide an element is drawn; its height is kept, so that nothing moves. */
const useWidth = () => {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(720);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return { element, width };
};

/** Where things stand in a chart of this width. */
const scaleOf = (of: readonly Point[], top: number, left: number, width: number) => {
  const inner = { width: width - left - margin.right, height: height - margin.top - margin.bottom };
  return {
    x: (i: number): number =>
      left + (of.length < 2 ? inner.width / 2 : (i / (of.length - 1)) * inner.width),
    y: (amount: number): number => margin.top + inner.height * (1 - amount / top),
  };
};

const Drawing = ({
  points,
  previous,
  at,
  currency,
  width,
  top,
  left,
}: Readonly<{
  points: readonly Point[];
  previous: readonly Point[];
  at: number | undefined;
  currency: string;
  width: number;
  top: number;
  left: number;
}>): ReactElement => {
  const { moneyCompact } = useFormats();
  const dayOf = useDay();
  const { x, y } = scaleOf(points, top, left, width);
  const path = (of: readonly Point[]): string =>
    of
      .map(
        ({ amount }, i) =>
          `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(Number(amount)).toFixed(1)}`,
      )
      .join('');
  const every = Math.max(1, Math.ceil((points.length * widthOfDay) / width));
  const chosen = at === undefined ? undefined : points[at];
  return (
    <g aria-hidden="true">
      {Array.from({ length: lines + 1 }, (_, i) => {
        const amount = (top / lines) * i;
        return (
          <g key={i}>
            <line
              x1={left}
              x2={width - margin.right}
              y1={y(amount)}
              y2={y(amount)}
              className="stroke-line"
            />
            <text
              x={left - 8}
              y={y(amount) + 4}
              textAnchor="end"
              className="fill-text-3 text-micro"
            >
              {moneyCompact(String(amount), currency)}
            </text>
          </g>
        );
      })}
      {points.map(({ day }, i) =>
        (points.length - 1 - i) % every === 0 ? (
          <text
            key={day}
            x={x(i)}
            y={height - 6}
            textAnchor={i === points.length - 1 ? 'end' : 'middle'}
            className="fill-text-3 text-micro"
          >
            {dayOf(day).replace(/[/ ]\d{4}$|, \d{4}$/, '')}
          </text>
        ) : null,
      )}
      <path
        d={`${path(points)}L${x(points.length - 1)} ${y(0)}L${x(0)} ${y(0)}Z`}
        className="fill-primary-soft opacity-60"
      />
      <path
        d={path(previous)}
        className="fill-none stroke-text-3"
        strokeDasharray="4 4"
        strokeWidth="1.5"
      />
      <path
        d={path(points)}
        className="fill-none stroke-chart-1"
        strokeWidth="2"
        strokeLinejoin="round"
      />
      {chosen && at !== undefined && (
        <>
          <line x1={x(at)} x2={x(at)} y1={margin.top} y2={y(0)} className="stroke-control" />
          <circle
            cx={x(at)}
            cy={y(Number(chosen.amount))}
            r="5"
            className="fill-chart-1 stroke-surface"
            strokeWidth="2"
          />
        </>
      )}
    </g>
  );
};

/** What was sold each day, beside as many days before; by mouse, by keys, and as a table. */
export const SalesChart = ({
  title,
  points,
  previous,
  currency,
}: Readonly<{
  title: string;
  points: readonly Point[];
  previous: readonly Point[];
  currency: string;
}>): ReactElement => {
  const say = useText();
  const { money, moneyCompact } = useFormats();
  const dayOf = useDay();
  const id = useId();
  const [at, setAt] = useState<number>();
  const hear = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.key === 'Escape') setAt(undefined);
    if (by === 0) return;
    event.preventDefault();
    const now = at ?? (by > 0 ? -1 : points.length);
    setAt(Math.min(points.length - 1, Math.max(0, now + by)));
  };
  const { element, width } = useWidth();
  const top = niceTop(Math.max(...[...points, ...previous].map(({ amount }) => Number(amount))));
  const longest = Math.max(
    ...Array.from(
      { length: lines + 1 },
      (_, i) => moneyCompact(String((top / lines) * i), currency).length,
    ),
  );
  const left = longest * letter + 12;
  const point = (clientX: number, box: DOMRect): void => {
    const share = clientX - box.left - left;
    const i = Math.round((share / (width - left - margin.right)) * (points.length - 1));
    setAt(Math.min(points.length - 1, Math.max(0, i)));
  };
  const chosen = at === undefined ? undefined : points[at];
  return (
    <figure aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span id={id} className="text-h3">
          {title}
        </span>
        <span className="flex flex-wrap gap-4 text-caption text-text-2">
          <span className="inline-flex items-center gap-2">
            <svg width="20" height="4" aria-hidden="true">
              <path d="M0 2h20" className="stroke-chart-1" strokeWidth="2" />
            </svg>
            {say('chart.now')}
          </span>
          <span className="inline-flex items-center gap-2">
            <svg width="20" height="4" aria-hidden="true">
              <path d="M0 2h20" className="stroke-text-3" strokeWidth="1.5" strokeDasharray="4 4" />
            </svg>
            {say('chart.before')}
          </span>
        </span>
      </figcaption>
      <div
        ref={element}
        role="application"
        aria-label={say('chart.keys', { title })}
        tabIndex={0}
        onKeyDown={hear}
        onBlur={() => setAt(undefined)}
        onPointerMove={(event) => point(event.clientX, event.currentTarget.getBoundingClientRect())}
        onPointerLeave={() => setAt(undefined)}
        className="h-[220px] overflow-hidden rounded-control-small"
      >
        <svg width={width} height={height} className="block">
          <Drawing
            points={points}
            previous={previous}
            at={at}
            currency={currency}
            width={width}
            top={top}
            left={left}
          />
        </svg>
      </div>
      <p role="status" className="min-h-5 text-small">
        {chosen && (
          <>
            <span className="text-text-2">{dayOf(chosen.day)}: </span>
            <span className="tabular font-medium">{money(chosen.amount, currency)}</span>{' '}
            <span className="text-text-2">{say('chart.orders', { count: chosen.orders })}</span>
          </>
        )}
      </p>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <AsTable points={points} currency={currency} caption={title} />
        <a href={csvOf(points)} download="ventas.csv" className={buttonClasses('quiet', 36)}>
          <Icon of={Download} size={16} />
          {say('chart.csv')}
        </a>
      </div>
    </figure>
  );
};
