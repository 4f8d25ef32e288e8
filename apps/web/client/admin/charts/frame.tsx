import { Download } from 'lucide-react';
import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { useText } from '../../i18n/use-text.tsx';
import { buttonClasses } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Table, type Column } from '../../kit/layout.tsx';
import { saveCsv, savePng, saveSvg, type FileHead, type Series } from './files.ts';

/** A column of what a chart shows; `raw` is what its file says. */
export type FigureColumn<Row> = Column<Row> & Readonly<{ raw: (row: Row) => string }>;

export type FigureTable<Row> = Readonly<{
  columns: readonly FigureColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}>;

/** What is said of a point, to the eye beside it and to the ear. */
export type Told = Readonly<{ label: string; value: string; note?: string | undefined }>;

export type Place = Readonly<{ x: number; y: number }>;

/** Points of a drawing, in the order in which the arrow keys go through them. */
export type Points = Readonly<{
  count: number;
  /** How many stand in a row, where up and down lead to another row. */
  across?: number;
  /** Which point is at a place; undefined: none. */
  at: (place: Place, width: number) => number | undefined;
  place: (point: number, width: number) => Place;
  tell: (point: number) => Told;
}>;

const markOf: Readonly<Record<Series['look'], ReactElement>> = {
  now: <path d="M0 4h20" className="stroke-chart-1" strokeWidth="3" />,
  second: <path d="M0 4h20" className="stroke-chart-2" strokeWidth="3" />,
  before: <path d="M0 4h20" className="stroke-text-3" strokeWidth="1.5" strokeDasharray="4 4" />,
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

const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Where a key leads from a point; undefined: it is no key of a chart. */
export const pointAfter = (
  key: string,
  now: number | undefined,
  { count, across }: Readonly<{ count: number; across?: number | undefined }>,
): number | undefined => {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  if (!step) return undefined;
  const by = step[0] + step[1] * (across ?? 1);
  if (now === undefined) return by > 0 ? 0 : count - 1;
  const next = now + by;
  return next < 0 || next >= count ? now : next;
};

/** What a point says, beside it; it never leaves the drawing. */
const Tip = ({ told, place, width }: Readonly<{ told: Told; place: Place; width: number }>) => {
  const isRight = place.x > width / 2;
  return (
    <div
      aria-hidden="true"
      data-tip=""
      className="pointer-events-none absolute z-10 max-w-[min(260px,70%)] rounded-control-small bg-raised px-2.5 py-1.5 text-small shadow-floating"
      style={{
        top: Math.max(0, place.y - 8),
        ...(isRight ? { right: width - place.x + 12 } : { left: place.x + 12 }),
      }}
    >
      <span className="block text-caption text-text-2">{told.label}</span>
      <span className="tabular block font-semibold">{told.value}</span>
      {told.note !== undefined && (
        <span className="block text-caption text-text-2">{told.note}</span>
      )}
    </div>
  );
};

const Legend = ({ of, unit }: Readonly<{ of: readonly Series[]; unit: string }>): ReactElement => (
  <span className="flex flex-wrap gap-x-4 gap-y-1 text-caption text-text-2">
    <span>{unit}</span>
    {of.map(({ name, look }) => (
      <span key={look} className="inline-flex items-center gap-2">
        <svg width="20" height="8" aria-hidden="true">
          {markOf[look]}
        </svg>
        {name}
      </span>
    ))}
  </span>
);

/** The same figures as a table, and as files. */
const Beside = <Row,>({
  table,
  head,
  file,
  drawing,
}: Readonly<{
  table: FigureTable<Row>;
  head: FileHead;
  file: string;
  /** Undefined where nothing is drawn. */
  drawing: (() => SVGSVGElement | null) | undefined;
}>): ReactElement => {
  const say = useText();
  const { title } = head;
  const { columns, rows, rowKey } = table;
  // A year of rows is dearer than its drawing, and is seldom looked at.
  const [isOpen, setOpen] = useState(false);
  const withDrawing = (save: (of: SVGSVGElement) => unknown) => (): void => {
    const shown = drawing?.();
    if (shown) void save(shown);
  };
  const files: readonly (readonly [string, string, () => void])[] = [
    [
      say('chart.csv'),
      'CSV',
      () =>
        saveCsv(file, [
          columns.map((column) => column.title),
          ...rows.map((row) => columns.map((column) => column.raw(row))),
        ]),
    ],
    ...(drawing
      ? ([
          ['SVG', 'SVG', withDrawing((shown) => saveSvg(file, shown, head))],
          ['PNG', 'PNG', withDrawing((shown) => savePng(file, shown, head))],
        ] as const)
      : []),
  ];
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-3">
      <details
        className="min-w-0 text-small open:w-full"
        onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      >
        <summary className="inline-flex min-h-9 items-center font-medium text-primary hover:underline max-md:min-h-11">
          {say('chart.table')}
        </summary>
        <div className="max-h-80 overflow-y-auto">
          {isOpen && <Table caption={title} rows={rows} rowKey={rowKey} columns={columns} />}
        </div>
      </details>
      <div className="flex flex-wrap print:hidden">
        {files.map(([name, format, save], i) => (
          <button
            key={format}
            type="button"
            aria-label={say('chart.file', { format, title })}
            onClick={save}
            className={`${buttonClasses('quiet', 36)} max-md:min-h-11`}
          >
            {i === 0 && <Icon of={Download} size={16} />}
            {name}
          </button>
        ))}
      </div>
    </div>
  );
};

/** A drawing that is gone through by mouse and by keys. */
const Explored = ({
  title,
  height,
  points,
  draw,
  drawing,
}: Readonly<{
  title: string;
  height: number;
  points: Points;
  draw: (width: number, at: number | undefined) => ReactNode;
  drawing: { current: SVGSVGElement | null };
}>): ReactElement => {
  const say = useText();
  const [chosen, setAt] = useState<number>();
  const { element, width } = useWidth();
  const at = chosen !== undefined && chosen < points.count ? chosen : undefined;
  const hear = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') return setAt(undefined);
    const next = pointAfter(event.key, at, points);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
  };
  const point = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    setAt(points.at({ x: event.clientX - box.left, y: event.clientY - box.top }, width));
  };
  const told = at === undefined ? undefined : points.tell(at);
  return (
    <>
      <div
        ref={element}
        role="application"
        aria-label={say('chart.keys', { title })}
        tabIndex={0}
        onKeyDown={hear}
        onBlur={() => setAt(undefined)}
        onPointerMove={point}
        onPointerDown={point}
        onPointerLeave={() => setAt(undefined)}
        className="relative rounded-control-small"
        style={{ height }}
      >
        <div className="h-full overflow-hidden">
          <svg ref={drawing} width={width} height={height} className="block">
            <g aria-hidden="true">{draw(width, at)}</g>
          </svg>
        </div>
        {told && <Tip told={told} place={points.place(at!, width)} width={width} />}
      </div>
      <p role="status" className="sr-only">
        {told && [`${told.label}: ${told.value}`, told.note].filter(Boolean).join('. ')}
      </p>
    </>
  );
};

/** A chart: the question that it answers, its unit, what is drawn, and the same as table and files. */
export const ChartFrame = <Row,>({
  name,
  title,
  unit,
  series = [],
  height,
  points,
  draw,
  table,
  file,
  empty,
  action,
}: Readonly<{
  /** By which a script finds it. */
  name: string;
  title: string;
  unit: string;
  series?: readonly Series[];
  /** Of the drawing, in pixels; kept though there is nothing to draw. */
  height: number;
  points: Points;
  draw: (width: number, at: number | undefined) => ReactNode;
  table: FigureTable<Row>;
  /** Of what is downloaded, without its ending. */
  file: string;
  /** Said where there is nothing to draw. */
  empty: string | undefined;
  action?: ReactNode;
}>): ReactElement => {
  const id = useId();
  const drawing = useRef<SVGSVGElement>(null);
  return (
    <figure aria-labelledby={id} data-chart={name} className="flex min-w-0 flex-col gap-2">
      <figcaption className="flex flex-col gap-1">
        <span className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-1">
          <span id={id} className="text-h3">
            {title}
          </span>
          {action}
        </span>
        <Legend of={series} unit={unit} />
      </figcaption>
      {empty === undefined ? (
        <Explored title={title} height={height} points={points} draw={draw} drawing={drawing} />
      ) : (
        <p
          data-state="empty"
          className="flex min-h-40 flex-1 items-center justify-center rounded-control-small bg-sunken p-4 text-center text-small text-text-2"
        >
          {empty}
        </p>
      )}
      <Beside
        table={table}
        head={{ title, unit, series }}
        file={file}
        drawing={empty === undefined ? () => drawing.current : undefined}
      />
    </figure>
  );
};
