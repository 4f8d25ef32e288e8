import type { ReactElement, ReactNode } from 'react';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { BarsDrawing, barsHeight, pointsOfBars, type Bars } from '../charts/bars.tsx';
import { ChartFrame, type FigureColumn } from '../charts/frame.tsx';
import type { Part } from './sales.ts';

/** How tall a chart of bars is with its title and table, for what stands there until it is loaded. */
export const rankedHeight = 'h-[484px]';
export const ranks = 8;

/** Columns of figures, as people read them and as a file has them. */
export const useColumns = (currency: string) => {
  const { money, number } = useFormats();
  return {
    name: (title: string, of: (part: Part) => string, cell?: (part: Part) => ReactNode) =>
      ({ key: 'name', title, raw: of, cell: cell ?? of }) satisfies FigureColumn<Part>,
    count: (key: string, title: string, of: (part: Part) => number): FigureColumn<Part> => ({
      key,
      title,
      isNumber: true,
      raw: (part) => String(of(part)),
      cell: (part) => number(of(part)),
    }),
    amount: (key: string, title: string, of: (part: Part) => string): FigureColumn<Part> => ({
      key,
      title,
      isNumber: true,
      raw: of,
      cell: (part) => money(of(part), currency),
    }),
  };
};

/** What sold most, as bars beside those of as many days before. */
export const RankedSales = ({
  name,
  title,
  items,
  currency,
  nameOf,
  columns,
}: Readonly<{
  name: 'products' | 'regions';
  title: string;
  items: readonly Part[];
  currency: string;
  nameOf: (part: Part) => string;
  columns: readonly FigureColumn<Part>[];
}>): ReactElement => {
  const say = useText();
  const { money, moneyCompact } = useFormats();
  const bars: Bars = {
    room: ranks,
    bars: items.map((part) => ({
      key: part.key,
      label: nameOf(part),
      parts: [Number(part.amount)],
      previous: Number(part.previous_amount),
      text: money(part.amount, currency),
    })),
    tick: (value) => moneyCompact(String(value), currency),
    tell: (i) => ({
      label: nameOf(items[i]!),
      value: money(items[i]!.amount, currency),
      note: [
        say('chart.orders', { count: items[i]!.orders }),
        say('chart.beforeValue', { value: money(items[i]!.previous_amount, currency) }),
      ].join(' · '),
    }),
  };
  return (
    <ChartFrame
      name={name}
      title={title}
      unit={say('chart.unitMoney', { currency })}
      series={[
        { name: say('chart.now'), look: 'now' },
        { name: say('chart.before'), look: 'before' },
      ]}
      height={barsHeight(ranks)}
      points={pointsOfBars(bars)}
      draw={(width, at) => <BarsDrawing of={bars} width={width} at={at} />}
      table={{ columns, rows: items, rowKey: ({ key }) => key }}
      file={say(`chart.files.${name}`)}
      empty={items.length === 0 ? say('analytics.nothing') : undefined}
    />
  );
};
