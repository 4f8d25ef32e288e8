import type { ReactElement, ReactNode } from 'react';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { ChartFrame, type FigureTable } from '../charts/frame.tsx';
import { LineDrawing, lineHeight, pointsOfLine, type Line, type Value } from '../charts/line.tsx';
import { averageOf, type Point } from './sales.ts';

export type Measure = 'sales' | 'orders' | 'average';

/** A day of the shop; noon keeps it on its day in every zone of the Americas. */
const noon = (day: string): string => `${day}T17:00:00Z`;

/** A day without orders has no average: there is a gap. */
const valueOf = (measure: Measure, amount: string, orders: number): Value =>
  measure === 'orders'
    ? orders
    : measure === 'sales'
      ? Number(amount)
      : orders === 0
        ? null
        : Number(averageOf(amount, orders));

const useTable = (points: readonly Point[], currency: string): FigureTable<Point> => {
  const say = useText();
  const { date, money, number } = useFormats();
  const amount = (key: string, title: string, of: (point: Point) => string) => ({
    key,
    title,
    isNumber: true,
    raw: of,
    cell: (point: Point) => money(of(point), currency),
  });
  const count = (key: string, title: string, of: (point: Point) => number) => ({
    key,
    title,
    isNumber: true,
    raw: (point: Point) => String(of(point)),
    cell: (point: Point) => number(of(point)),
  });
  return {
    rows: points.toReversed(),
    rowKey: ({ day }) => day,
    columns: [
      {
        key: 'day',
        title: say('chart.day'),
        raw: ({ day }) => day,
        cell: ({ day }) => date(noon(day)),
      },
      count('orders', say('nav.orders'), ({ orders }) => orders),
      amount('amount', say('chart.sales'), (point) => point.amount),
      amount('average', say('analytics.average'), (point) => averageOf(point.amount, point.orders)),
      count('before', say('chart.ordersBefore'), ({ previousOrders }) => previousOrders),
      amount('amountBefore', say('chart.salesBefore'), (point) => point.previousAmount),
    ],
  };
};

/** What each day had, beside as many days before. */
export const SalesChart = ({
  title,
  points,
  currency,
  measure = 'sales',
  action,
}: Readonly<{
  title: string;
  points: readonly Point[];
  currency: string;
  measure?: Measure;
  action?: ReactNode;
}>): ReactElement => {
  const say = useText();
  const { date, money, moneyCompact, number } = useFormats();
  const isCounted = measure === 'orders';
  const whole = (value: Value): string =>
    value === null
      ? say('chart.gap')
      : isCounted
        ? say('chart.orders', { count: value })
        : money(String(value), currency);
  const values = points.map(({ amount, orders }) => valueOf(measure, amount, orders));
  const previous = points.map(({ previousAmount, previousOrders }) =>
    valueOf(measure, previousAmount, previousOrders),
  );
  const line: Line = {
    label: (i) => date(noon(points[i]!.day)).replace(/[/ -]\d{4}$|, \d{4}$/, ''),
    values,
    previous,
    isCounted,
    tick: (value) => (isCounted ? number(value) : moneyCompact(String(value), currency)),
    tell: (i) => ({
      label: date(noon(points[i]!.day)),
      value: whole(values[i]!),
      note: [
        ...(measure === 'sales' ? [say('chart.orders', { count: points[i]!.orders })] : []),
        say('chart.beforeValue', { value: whole(previous[i]!) }),
      ].join(' · '),
    }),
  };
  return (
    <ChartFrame
      name="sales"
      title={title}
      unit={isCounted ? say('chart.unitOrders') : say('chart.unitMoney', { currency })}
      series={[
        { name: say('chart.now'), look: 'now' },
        { name: say('chart.before'), look: 'before' },
      ]}
      height={lineHeight}
      points={pointsOfLine(line)}
      draw={(width, at) => <LineDrawing of={line} width={width} at={at} />}
      table={useTable(points, currency)}
      file={say(`chart.files.${measure}`)}
      empty={undefined}
      action={action}
    />
  );
};
