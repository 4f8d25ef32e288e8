import { ArrowDown, ArrowUp, ChevronsUpDown, type LucideIcon } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { Icon } from '../../kit/icon.tsx';
import { Skeleton } from '../../kit/layout.tsx';
import { Waiting } from '../../kit/waiting.tsx';
import type { Selection } from './selection.ts';
import type { TableQuery } from './table-query.ts';

export type TableColumn<Row> = Readonly<{
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  /** What `sort` is in the address for each direction that the API has. */
  sort?: Readonly<{ ascending?: string; descending?: string }>;
  /** Where it stands on a phone: at the end of the first line, in the second (unless said), or nowhere. */
  phone?: 'end' | 'second' | 'none';
}>;

/** What is done with all chosen rows. */
export type BulkAction<Row> = Readonly<{
  key: string;
  label: string;
  icon?: LucideIcon;
  run: (rows: readonly Row[]) => void;
}>;

/** How a row opens: a page of its own, or something on this page. */
export type Opening<Row> = Readonly<{ to: (row: Row) => string } | { open: (row: Row) => void }>;

const opener =
  'inline-flex min-h-6 items-center font-medium text-text-1 hover:underline focus-visible:outline-offset-1';

/** What opens a row: its first cell, where `j` and `k` lead. */
export const RowOpener = <Row,>({
  row,
  opening,
  children,
}: Readonly<{
  row: Row;
  opening: Opening<Row> | undefined;
  children: ReactNode;
}>): ReactElement => {
  if (!opening)
    return (
      <span data-row-opener tabIndex={-1} className="inline-flex min-h-6 items-center font-medium">
        {children}
      </span>
    );
  return 'to' in opening ? (
    <Link data-row-opener to={opening.to(row)} className={opener}>
      {children}
    </Link>
  ) : (
    <button
      type="button"
      data-row-opener
      onClick={() => opening.open(row)}
      className={`${opener} text-left`}
    >
      {children}
    </button>
  );
};

export const RowCheck = ({
  id,
  name,
  selection,
}: Readonly<{ id: string; name: string; selection: Selection }>): ReactElement => {
  const say = useText();
  return (
    <label className="inline-flex size-9 cursor-pointer items-center justify-center max-md:size-11">
      <input
        type="checkbox"
        checked={selection.ids.has(id)}
        onChange={() => selection.toggle(id)}
        aria-label={say('table.select', { name })}
        className="size-4.5 accent-primary-fill"
      />
    </label>
  );
};

/** All of the rows at once. */
export const AllCheck = ({
  ids,
  selection,
}: Readonly<{ ids: readonly string[]; selection: Selection }>): ReactElement => {
  const say = useText();
  const isAll = ids.every((id) => selection.ids.has(id));
  return (
    <label className="inline-flex size-9 cursor-pointer items-center justify-center">
      <input
        type="checkbox"
        aria-label={say('table.selectAll')}
        checked={isAll}
        ref={(box) => {
          if (box) box.indeterminate = !isAll && selection.ids.size > 0;
        }}
        onChange={() => selection.set(isAll ? [] : ids)}
        className="size-4.5"
      />
    </label>
  );
};

const icons = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown } as const;

/** A column's title; a button where the API sorts by it. */
export const ColumnTitle = <Row,>({
  column: { title, sort, isNumber },
  query,
}: Readonly<{ column: TableColumn<Row>; query: TableQuery }>): ReactElement => {
  if (!sort) return <>{title}</>;
  const direction = directionOf(sort, query);
  const next =
    direction === 'ascending' ? sort.descending : direction === 'descending' ? '' : undefined;
  return (
    <button
      type="button"
      onClick={() => query.choose('sort', next ?? sort.ascending ?? sort.descending ?? '')}
      className={`inline-flex min-h-8 items-center gap-1 font-medium hover:text-text-1 ${isNumber ? 'flex-row-reverse' : ''}`}
    >
      {title}
      <Icon of={icons[direction]} size={14} />
    </button>
  );
};

export const directionOf = (
  sort: NonNullable<TableColumn<never>['sort']>,
  { chosen }: TableQuery,
): 'ascending' | 'descending' | 'none' => {
  const now = chosen['sort'];
  if (now === undefined) return 'none';
  return now === sort.ascending ? 'ascending' : now === sort.descending ? 'descending' : 'none';
};

/** How many are chosen, and what can be done with them. Stays in view. */
export const BulkBar = <Row,>({
  count,
  actions,
  rows,
  onClear,
}: Readonly<{
  count: number;
  actions: readonly BulkAction<Row>[];
  rows: readonly Row[];
  onClear: () => void;
}>): ReactElement => {
  const say = useText();
  return (
    <div
      role="region"
      aria-label={say('table.chosen')}
      className="enter sticky bottom-4 z-20 flex flex-wrap items-center gap-2 self-center rounded-card bg-raised py-2 pr-2 pl-4 shadow-floating"
    >
      <span role="status" className="pr-2 text-small font-medium">
        {say('table.count', { count })}
      </span>
      {actions.map(({ key, label, icon, run }, i) => (
        <Button
          key={key}
          size={36}
          kind={i === 0 ? 'filled' : 'outline'}
          {...(icon ? { icon } : {})}
          onClick={() => run(rows)}
        >
          {label}
        </Button>
      ))}
      <Button size={36} kind="quiet" onClick={onClear}>
        {say('table.unselect')}
      </Button>
    </div>
  );
};

/** The rows that will come, of their own height. */
export const LoadingRows = ({ rows = 8 }: Readonly<{ rows?: number }>): ReactElement => (
  <Waiting>
    {Array.from({ length: rows }, (_, i) => (
      <div key={i} className="flex h-11 items-center gap-6 border-b border-line px-3 last:border-0">
        <Skeleton className="h-4 w-24" />
        <Skeleton className="h-4 flex-1" />
        <Skeleton className="h-4 w-20" />
      </div>
    ))}
  </Waiting>
);

/** Onwards by the cursor of the API; back to the start, since cursors know one direction. */
export const Pages = ({
  query,
  next,
}: Readonly<{ query: TableQuery; next: string | null }>): ReactElement | null => {
  const say = useText();
  if (next === null && query.cursor === undefined) return null;
  return (
    <nav aria-label={say('table.pages')} className="flex items-center justify-end gap-2">
      {query.cursor !== undefined && (
        <Button size={36} onClick={() => query.goTo(null)}>
          {say('table.first')}
        </Button>
      )}
      {next !== null && (
        <Button size={36} onClick={() => query.goTo(next)}>
          {say('table.next')}
        </Button>
      )}
    </nav>
  );
};
