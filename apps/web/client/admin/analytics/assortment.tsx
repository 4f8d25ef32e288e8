import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Table } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { BarsDrawing, barsHeight, pointsOfBars, type Bars } from '../charts/bars.tsx';
import { ChartFrame } from '../charts/frame.tsx';
import { Region, Section } from '../kit/page.tsx';
import { ranks, rankedHeight } from './ranked.tsx';
import type { Range } from './sales.ts';

type Missed = AnswerOf<'/api/v1/products/missed-searches', 'get'>;
type AtRisk = AnswerOf<'/api/v1/products/stock-at-risk', 'get'>;

const MissedBars = ({ items, kept_days: kept }: Missed): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const bars: Bars = {
    room: ranks,
    isCounted: true,
    bars: items.map(({ term, count, previous_count: previous }) => ({
      key: term,
      label: term,
      parts: [count],
      previous,
      text: number(count),
    })),
    tick: number,
    tell: (i) => ({
      label: items[i]!.term,
      value: say('analytics.times', { count: items[i]!.count }),
      note: say('chart.beforeValue', { value: number(items[i]!.previous_count) }),
    }),
  };
  return (
    <ChartFrame
      name="searches"
      title={say('analytics.question.searches')}
      unit={say('analytics.searchesUnit', { days: kept })}
      series={[
        { name: say('chart.now'), look: 'now' },
        { name: say('chart.before'), look: 'before' },
      ]}
      height={barsHeight(ranks)}
      points={pointsOfBars(bars)}
      draw={(width, at) => <BarsDrawing of={bars} width={width} at={at} />}
      table={{
        rows: items,
        rowKey: ({ term }) => term,
        columns: [
          {
            key: 'term',
            title: say('analytics.term'),
            raw: ({ term }) => term,
            cell: ({ term }) => term,
          },
          {
            key: 'count',
            title: say('analytics.searches'),
            isNumber: true,
            raw: ({ count }) => String(count),
            cell: ({ count }) => number(count),
          },
          {
            key: 'before',
            title: say('chart.before'),
            isNumber: true,
            raw: (row) => String(row.previous_count),
            cell: (row) => number(row.previous_count),
          },
        ],
      }}
      file={say('chart.files.searches')}
      empty={items.length === 0 ? say('analytics.noSearches') : undefined}
    />
  );
};

/** What people looked for and the shop does not have. */
export const MissedSearches = ({ range }: Readonly<{ range: Range }>): ReactElement => {
  const query = { from: range.from, to: range.to };
  const loaded = useLoaded(['admin', 'missed-searches', query], (signal) =>
    browserApi().GET('/api/v1/products/missed-searches', { params: { query }, signal }),
  );
  return (
    <Region of={loaded} height={rankedHeight}>
      {(missed) => <MissedBars {...missed} />}
    </Region>
  );
};

const StockTable = ({ items }: Pick<AtRisk, 'items'>): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  return (
    <div className="rounded-card border border-line bg-surface">
      <Table
        caption={say('analytics.question.stock')}
        rows={items}
        rowKey={(item) => item.variant_id}
        columns={[
          {
            key: 'name',
            title: say('analytics.product'),
            cell: (item) => (
              <Link
                to={`/admin/productos/${item.product_id}`}
                className="inline-flex min-h-6 min-w-44 items-center py-1 font-medium hover:underline"
              >
                {[item.title, ...item.option_values].join(' · ')}
              </Link>
            ),
          },
          {
            key: 'available',
            title: say('analytics.available'),
            isNumber: true,
            cell: ({ available }) => number(available),
          },
          {
            key: 'sold',
            title: say('analytics.soldPieces'),
            isNumber: true,
            cell: ({ sold }) => number(sold),
          },
          {
            key: 'left',
            title: say('analytics.daysLeft'),
            isNumber: true,
            cell: (item) =>
              item.days_left === null
                ? say('analytics.notSold')
                : say('analytics.lasts', { days: item.days_left }),
          },
          {
            key: 'threshold',
            title: say('analytics.threshold'),
            isNumber: true,
            cell: (item) => number(item.low_stock_threshold),
          },
          {
            key: 'sku',
            title: say('analytics.sku'),
            cell: ({ sku }) => <span className="whitespace-nowrap">{sku}</span>,
          },
        ]}
      />
    </div>
  );
};

/** What ends soon: at its threshold, and for how many days it lasts as it sells. */
export const StockAtRisk = ({ range }: Readonly<{ range: Range }>): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const query = { from: range.from, to: range.to };
  const loaded = useLoaded(['admin', 'stock-at-risk', query], (signal) =>
    browserApi().GET('/api/v1/products/stock-at-risk', { params: { query }, signal }),
  );
  return (
    <Section
      id="stock"
      title={say('analytics.question.stock')}
      action={
        <Link
          to="/admin/inventario?level=low"
          className="inline-flex min-h-9 items-center text-small font-medium text-primary hover:underline"
        >
          {say('analytics.toInventory')}
        </Link>
      }
    >
      <Region of={loaded} lines={6}>
        {({ count, items }) =>
          items.length === 0 ? (
            <p data-state="empty" className="text-small text-text-2">
              {say('analytics.noStock')}
            </p>
          ) : (
            <>
              <p className="text-small text-text-2">
                <span data-figure="stock-at-risk" className="tabular font-semibold text-text-1">
                  {number(count)}
                </span>{' '}
                {say('analytics.atThreshold', { count, shown: items.length })}
              </p>
              <StockTable items={items} />
            </>
          )
        }
      </Region>
    </Section>
  );
};
