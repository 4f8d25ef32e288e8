import { ChevronRight } from 'lucide-react';
import { Minus, Plus } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../i18n/use-text.tsx';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

/** The mark: a counter with one thing on it. */
export const Mark = ({ size = 26 }: Readonly<{ size?: number }>): ReactElement => (
  <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true" className="shrink-0">
    <rect width="26" height="26" rx="8" className="fill-mark" />
    <circle cx="17" cy="17" r="4" className="fill-accent" />
  </svg>
);

export type Crumb = Readonly<{ name: string; to?: string }>;

export const Breadcrumb = ({ crumbs }: Readonly<{ crumbs: readonly Crumb[] }>): ReactElement => {
  const say = useText();
  return (
    <nav aria-label={say('kit.breadcrumb')} className="text-caption">
      <ol className="flex flex-wrap items-center gap-x-2">
        {crumbs.map(({ name, to }, i) => (
          <li key={name} className="flex items-center gap-2">
            {i > 0 && <Icon of={ChevronRight} size={14} className="text-text-3" />}
            {to === undefined ? (
              <span
                className="text-text-1"
                {...(i === crumbs.length - 1 ? { 'aria-current': 'page' as const } : {})}
              >
                {name}
              </span>
            ) : (
              <Link
                to={to}
                className="inline-flex min-h-6 items-center text-text-3 hover:underline"
              >
                {name}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
};

/** The heading that takes the focus when the page changes. */
export const PageTitle = ({
  children,
  className,
}: Readonly<{ children: ReactNode; className?: string }>): ReactElement => (
  <h1 tabIndex={-1} className={className ?? 'text-h2-small md:text-h1'}>
    {children}
  </h1>
);

const tints = [
  'bg-tint-1 text-tint-ink-1',
  'bg-tint-2 text-tint-ink-2',
  'bg-tint-3 text-tint-ink-3',
  'bg-tint-4 text-tint-ink-4',
  'bg-tint-5 text-tint-ink-5',
  'bg-tint-6 text-tint-ink-6',
];

const hashOf = (text: string): number =>
  Array.from(text).reduce((hash, char) => (hash * 31 + char.codePointAt(0)!) % 1_000_003, 7);

/** Initials on a tint that is always the same for the same name. */
export const Monogram = ({
  name,
  size = 40,
}: Readonly<{ name: string; size?: 32 | 40 | 64 }>): ReactElement => {
  const initials = name
    .split(/\s+/)
    .filter((word) => /^\p{Lu}/u.test(word))
    .slice(0, 2)
    .map((word) => word[0])
    .join('');
  return (
    <span
      aria-hidden="true"
      className={classes(
        'inline-flex shrink-0 items-center justify-center rounded-control-small font-semibold',
        size === 64 ? 'size-16 text-h2' : size === 40 ? 'size-10 text-body' : 'size-8 text-caption',
        tints[hashOf(name) % tints.length],
      )}
    >
      {initials || name.slice(0, 2).toUpperCase()}
    </span>
  );
};

/** How many; each side is a target of 44 pixels. */
export const Stepper = ({
  value,
  min = 1,
  max,
  label,
  onChange,
  name,
  isCompact = false,
}: Readonly<{
  value: number;
  min?: number;
  max: number;
  label: string;
  onChange: (value: number) => void;
  name?: string;
  isCompact?: boolean;
}>): ReactElement => {
  const say = useText();
  const step =
    'inline-flex w-11 items-center justify-center rounded-control text-text-1 hover:bg-sunken aria-disabled:text-text-3';
  return (
    <div
      role="group"
      aria-label={label}
      className={classes(
        'inline-flex rounded-control border border-control bg-surface',
        isCompact ? 'h-11' : 'h-12',
      )}
    >
      <button
        type="button"
        className={step}
        aria-label={say('kit.fewer')}
        aria-disabled={value <= min}
        onClick={() => value > min && onChange(value - 1)}
      >
        <Icon of={Minus} size={18} />
      </button>
      <output
        aria-live="polite"
        className="tabular flex w-9 items-center justify-center text-body font-semibold"
      >
        {value}
      </output>
      {name !== undefined && <input type="hidden" name={name} value={value} />}
      <button
        type="button"
        className={step}
        aria-label={say('kit.more')}
        aria-disabled={value >= max}
        onClick={() => value < max && onChange(value + 1)}
      >
        <Icon of={Plus} size={18} />
      </button>
    </div>
  );
};

/** A place that will be filled, of the size that it will have. */
export const Skeleton = ({ className }: Readonly<{ className: string }>): ReactElement => (
  <span aria-hidden="true" className={classes('skeleton block', className)} />
);

export type Column<Row> = Readonly<{
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  /** Left out where a row is two lines on a phone. */
  isSecondary?: boolean;
}>;

/** A table that is one: with headers, its own scroll, and numbers that line up. */
export const Table = <Row,>({
  caption,
  columns,
  rows,
  rowKey,
}: Readonly<{
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}>): ReactElement => (
  <div role="region" aria-label={caption} tabIndex={0} className="overflow-x-auto">
    <table className="w-full border-collapse text-small">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-line text-caption text-text-3">
          {columns.map(({ key, title, isNumber }) => (
            <th
              key={key}
              scope="col"
              className={classes('px-3 py-2.5 font-medium', isNumber ? 'text-right' : 'text-left')}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowKey(row)} className="border-b border-line hover:bg-sunken">
            {columns.map(({ key, cell, isNumber }) => (
              <td key={key} className={classes('h-11 px-3', isNumber && 'tabular text-right')}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
