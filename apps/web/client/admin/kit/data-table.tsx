import { useRef, useState, type ReactElement, type ReactNode } from 'react';
import { classes } from '../../kit/classes.ts';
import { Empty } from '../../kit/feedback.tsx';
import type { Loaded } from '../../kit/use-request.ts';
import { useRowsRemembered } from '../../office/neighbours.ts';
import { useIsWaiting } from '../../kit/waiting.tsx';
import { Filters, FiltersInTheWay } from './filters.tsx';
import { Failing } from './page.tsx';
import { QuickView } from './quick-view.tsx';
import { useRowKeys } from './row-keys.ts';
import { SavedViews } from './saved-views.tsx';
import { useSelection, type Selection } from './selection.ts';
import {
  AllCheck,
  BulkBar,
  ColumnTitle,
  directionOf,
  LoadingRows,
  Pages,
  RowCheck,
  RowOpener,
  type BulkAction,
  type Opening,
  type TableColumn,
} from './table-parts.tsx';
import type { Filter, TableQuery } from './table-query.ts';
import { useIsNarrow } from '../../office/use-is-narrow.ts';
import { useIsTooWide } from './use-is-too-wide.ts';

export type { BulkAction, Opening, TableColumn } from './table-parts.tsx';

type Page<Row> = Readonly<{ items: readonly Row[]; next_cursor?: string | null }>;

type Props<Row> = Readonly<{
  /** Names its saved views. */
  id: string;
  /** What the table holds, for those who do not see it. */
  caption: string;
  columns: readonly TableColumn<Row>[];
  of: Loaded<Page<Row>>;
  query: TableQuery;
  filters?: readonly Filter[];
  rowKey: (row: Row) => string;
  /** How a row is called where only its name is said. */
  rowName: (row: Row) => string;
  opening?: Opening<Row>;
  bulk?: readonly BulkAction<Row>[];
  /** What is said when there is nothing at all yet. */
  empty: Readonly<{ title: string; text: string; picture?: ReactNode; action?: ReactNode }>;
}>;

type Parts<Row> = Pick<Props<Row>, 'caption' | 'columns' | 'query' | 'rowKey' | 'rowName'> &
  Readonly<{
    rows: readonly Row[];
    opening: Opening<Row> | undefined;
    selection: Selection | undefined;
  }>;

const rowLook = (isChosen: boolean): string =>
  classes(
    'border-b border-line last:border-0 hover:bg-sunken focus-within:bg-sunken',
    isChosen && 'bg-primary-soft',
  );

const WideRows = <Row,>(parts: Parts<Row>): ReactElement => {
  const { caption, columns, rows, rowKey, rowName, query, opening, selection } = parts;
  const region = useRef<HTMLDivElement>(null);
  const isTooWide = useIsTooWide(region);
  return (
    <div
      ref={region}
      role="region"
      aria-label={caption}
      tabIndex={0}
      className={isTooWide ? 'overflow-x-auto' : undefined}
    >
      <table className="w-full border-collapse text-small">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-caption text-text-3">
            {selection && (
              <td className="sticky-title w-9 rounded-tl-card pl-1">
                <AllCheck ids={rows.map(rowKey)} selection={selection} />
              </td>
            )}
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                {...(column.sort ? { 'aria-sort': directionOf(column.sort, query) } : {})}
                className={classes(
                  'sticky-title h-10 px-3 font-medium whitespace-nowrap first:rounded-tl-card last:rounded-tr-card',
                  column.isNumber ? 'text-right' : 'text-left',
                )}
              >
                <ColumnTitle column={column} query={query} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const id = rowKey(row);
            return (
              <tr key={id} data-row className={rowLook(selection?.ids.has(id) ?? false)}>
                {selection && (
                  <td className="w-9 pl-1">
                    <RowCheck id={id} name={rowName(row)} selection={selection} />
                  </td>
                )}
                {columns.map(({ key, cell, isNumber }, i) => (
                  <td
                    key={key}
                    className={classes(
                      'h-11 px-3 py-1 lg:[&_.font-mono]:whitespace-nowrap',
                      i === 0 && '[&_.font-mono]:whitespace-nowrap',
                      isNumber && 'tabular text-right',
                    )}
                  >
                    {i === 0 ? (
                      <RowOpener row={row} opening={opening}>
                        {cell(row)}
                      </RowOpener>
                    ) : (
                      cell(row)
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};

/** Two lines a row, with the same actions. */
const NarrowRows = <Row,>({
  caption,
  columns,
  rows,
  rowKey,
  rowName,
  opening,
  selection,
}: Parts<Row>): ReactElement => {
  const [first, ...others] = columns;
  const ends = others.filter(({ phone }) => phone === 'end');
  const seconds = others.filter(({ phone = 'second' }) => phone === 'second');
  return (
    <ul aria-label={caption}>
      {rows.map((row) => {
        const id = rowKey(row);
        return (
          <li
            key={id}
            data-row
            className={classes('flex items-center gap-1', rowLook(selection?.ids.has(id) ?? false))}
          >
            {selection && <RowCheck id={id} name={rowName(row)} selection={selection} />}
            <div
              className={classes(
                'flex min-w-0 flex-1 flex-col gap-1 py-2.5 pr-3',
                !selection && 'pl-3',
              )}
            >
              <div className="flex items-center justify-between gap-3 text-small">
                <span className="min-w-0 break-words">
                  <RowOpener row={row} opening={opening}>
                    {first!.cell(row)}
                  </RowOpener>
                </span>
                {ends.map(({ key, cell, isNumber }) => (
                  <span
                    key={key}
                    className={classes('shrink-0', isNumber && 'tabular font-medium')}
                  >
                    {cell(row)}
                  </span>
                ))}
              </div>
              {seconds.length > 0 && (
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-caption text-text-2">
                  {seconds
                    .map(({ key, cell }) => [key, cell(row)] as const)
                    // There is no title above that would say what a dash stands for.
                    .filter(([, content]) => content !== '–' && content !== '—')
                    .map(([key, content]) => (
                      <span key={key} className="min-w-0 break-words">
                        {content}
                      </span>
                    ))}
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
};

/**
 * A list of the back office: filters and page in the address, saved views, rows that are chosen and
 * opened by hand or by keys, and every state that a list has.
 */
export const DataTable = <Row,>({
  id,
  caption,
  columns,
  of,
  query,
  filters = [],
  rowKey,
  rowName,
  opening,
  bulk = [],
  empty,
}: Props<Row>): ReactElement => {
  const isNarrow = useIsNarrow();
  const frame = useRef<HTMLDivElement>(null);
  const rows = of.data?.items ?? [];
  const ids = rows.map(rowKey);
  const kept = useSelection(ids);
  const selection = bulk.length > 0 ? kept : undefined;
  const [viewed, setViewed] = useState<string>();
  useRowKeys(frame, ids, selection, setViewed);
  useRowsRemembered(id, opening && 'to' in opening ? rows.map(opening.to) : []);
  const isWaiting = useIsWaiting(of.data === undefined && !of.failure);
  const isThere = of.data !== undefined && !isWaiting;
  const parts = { caption, columns, rows, rowKey, rowName, query, opening, selection };
  const isFiltered = Object.keys(query.chosen).some((name) => name !== 'sort');
  const chosen = rows.filter((row) => kept.ids.has(rowKey(row)));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {filters.length > 0 && (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Filters filters={filters} query={query} />
          <SavedViews table={id} query={query} />
        </div>
      )}
      <div ref={frame} className="rounded-card border border-line bg-surface">
        {isWaiting && <LoadingRows />}
        {of.data === undefined && of.failure && !isWaiting && (
          <div className="px-4">
            <Failing failure={of.failure} onRetry={of.retry} />
          </div>
        )}
        {isThere && rows.length === 0 && isFiltered && (
          <FiltersInTheWay filters={filters} query={query} />
        )}
        {isThere && rows.length === 0 && !isFiltered && (
          <div className="px-4">
            <Empty picture={empty.picture} title={empty.title} action={empty.action}>
              {empty.text}
            </Empty>
          </div>
        )}
        {isThere &&
          rows.length > 0 &&
          (isNarrow ? <NarrowRows {...parts} /> : <WideRows {...parts} />)}
      </div>
      {selection && chosen.length > 0 && (
        <BulkBar
          count={chosen.length}
          actions={bulk}
          rows={chosen}
          onClear={() => selection.set([])}
        />
      )}
      <QuickView
        row={rows.find((row) => rowKey(row) === viewed)}
        columns={columns}
        rowName={rowName}
        opening={opening}
        onClose={() => setViewed(undefined)}
      />
      <Pages query={query} next={of.data?.next_cursor ?? null} />
    </div>
  );
};
