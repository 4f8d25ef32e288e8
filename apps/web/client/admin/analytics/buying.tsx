import type { ReactElement } from 'react';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { BarsDrawing, barsHeight, pointsOfBars, type Bars } from '../charts/bars.tsx';
import { ChartFrame } from '../charts/frame.tsx';
import { FunnelDrawing, funnelHeight, pointsOfFunnel, type Funnel } from '../charts/funnel.tsx';
import { Region } from '../kit/page.tsx';
import { ranks, rankedHeight, useColumns } from './ranked.tsx';
import { useFigures, type Figures, type Part, type Range } from './sales.ts';

const stepsShown = 3;
const buyingHeight = 'h-[344px]';

const percentOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 100);

const Steps = ({ items, currency }: Figures): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const of = useColumns(currency);
  const nameOf = ({ key }: Part): string => say(`analytics.step.${key}`);
  const shareOf = (i: number, count: (part: Part) => number): number =>
    i === 0 ? 100 : percentOf(count(items[i]!), count(items[i - 1]!));
  const now = ({ quantity }: Part): number => quantity;
  const before = (part: Part): number => part.previous_quantity;
  const funnel: Funnel = {
    steps: items.map((part, i) => ({
      key: part.key,
      label: nameOf(part),
      value: part.quantity,
      text: number(part.quantity),
      ...(i === 0 ? {} : { share: say('analytics.goOn', { percent: shareOf(i, now) }) }),
    })),
    tell: (i) => ({
      label: nameOf(items[i]!),
      value: number(items[i]!.quantity),
      note: [
        ...(i === 0 ? [] : [say('analytics.goOn', { percent: shareOf(i, now) })]),
        say('chart.beforeValue', {
          value: `${number(items[i]!.previous_quantity)} (${shareOf(i, before)} %)`,
        }),
      ].join(' · '),
    }),
  };
  return (
    <ChartFrame
      name="funnel"
      title={say('analytics.question.funnel')}
      unit={say('analytics.funnelUnit')}
      height={funnelHeight(stepsShown)}
      points={pointsOfFunnel(funnel)}
      draw={(width, at) => <FunnelDrawing of={funnel} width={width} at={at} />}
      table={{
        rows: items,
        rowKey: ({ key }) => key,
        columns: [
          of.name(say('analytics.stepName'), nameOf),
          of.count('quantity', say('analytics.count'), now),
          of.count('before', say('chart.before'), before),
        ],
      }}
      file={say('chart.files.funnel')}
      empty={items.every(({ quantity }) => quantity === 0) ? say('analytics.noCarts') : undefined}
    />
  );
};

/** From a cart with something in it to a paid order; visits are not kept, so it begins there. */
export const OrderFunnel = ({ range }: Readonly<{ range: Range }>): ReactElement => (
  <Region of={useFigures(range, { metric: 'funnel' })} height={buyingHeight}>
    {(figures) => <Steps {...figures} />}
  </Region>
);

const BuyerBars = ({ items, currency }: Figures): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const of = useColumns(currency);
  const peopleOf = (key: string, count: (part: Part) => number): number =>
    items.filter((part) => part.key === key).reduce((sum, part) => sum + count(part), 0);
  const groups = (
    [
      ['now', ({ quantity }: Part) => quantity],
      ['before', (part: Part) => part.previous_quantity],
    ] as const
  ).map(([key, count]) => {
    const [returning, first] = [peopleOf('returning', count), peopleOf('first', count)];
    return { key, returning, first, percent: percentOf(returning, returning + first) };
  });
  const bars: Bars = {
    room: groups.length,
    isCounted: true,
    bars: groups.map(({ key, returning, first, percent }) => ({
      key,
      label: say(`chart.${key}`),
      parts: [returning, first],
      text: say('analytics.comeBack', { percent }),
    })),
    tick: number,
    tell: (i) => {
      const { key, returning, first, percent } = groups[i]!;
      return {
        label: say(`chart.${key}`),
        value: say('analytics.comeBack', { percent }),
        note: say('analytics.buyersNote', { returning, first }),
      };
    },
  };
  return (
    <ChartFrame
      name="buyers"
      title={say('analytics.question.buyers')}
      unit={say('analytics.buyersUnit')}
      series={[
        { name: say('analytics.buyer.returning'), look: 'now' },
        { name: say('analytics.buyer.first'), look: 'second' },
      ]}
      height={funnelHeight(stepsShown)}
      points={pointsOfBars(bars)}
      draw={(width, at) => <BarsDrawing of={bars} width={width} at={at} />}
      table={{
        rows: items,
        rowKey: ({ key }) => key,
        columns: [
          of.name(say('analytics.buyersUnit'), ({ key }) => say(`analytics.buyer.${key}`)),
          of.count('people', say('analytics.count'), ({ quantity }) => quantity),
          of.count('orders', say('nav.orders'), ({ orders }) => orders),
          of.amount('amount', say('chart.sales'), ({ amount }) => amount),
          of.count('before', say('chart.before'), (part) => part.previous_quantity),
        ],
      }}
      file={say('chart.files.buyers')}
      empty={
        groups.every(({ returning, first }) => returning + first === 0)
          ? say('analytics.nothing')
          : undefined
      }
    />
  );
};

/** Who had bought before, and who buys for the first time. */
export const Buyers = ({ range }: Readonly<{ range: Range }>): ReactElement => (
  <Region of={useFigures(range, { metric: 'buyers' })} height={buyingHeight}>
    {(figures) => <BuyerBars {...figures} />}
  </Region>
);

const ReversalBars = ({ items, currency }: Figures): ReactElement => {
  const say = useText();
  const { money, number } = useFormats();
  const of = useColumns(currency);
  const nameOf = ({ key }: Part): string => say(`analytics.reversal.${key.replace('.', '-')}`);
  const shown = items.toSorted((a, b) => b.orders - a.orders);
  const isEmpty = items.every(({ orders, previous_orders: before }) => orders + before === 0);
  const bars: Bars = {
    room: ranks,
    isCounted: true,
    bars: shown.map((part) => ({
      key: part.key,
      label: nameOf(part),
      parts: [part.orders],
      previous: part.previous_orders,
      text: `${number(part.orders)} · ${money(part.amount, currency)}`,
    })),
    tick: number,
    tell: (i) => ({
      label: nameOf(shown[i]!),
      value: say('chart.orders', { count: shown[i]!.orders }),
      note: [
        money(shown[i]!.amount, currency),
        say('chart.beforeValue', { value: number(shown[i]!.previous_orders) }),
      ].join(' · '),
    }),
  };
  return (
    <ChartFrame
      name="reversals"
      title={say('analytics.question.reversals')}
      unit={say('chart.unitOrders')}
      series={[
        { name: say('chart.now'), look: 'now' },
        { name: say('chart.before'), look: 'before' },
      ]}
      height={barsHeight(ranks)}
      points={pointsOfBars(bars)}
      draw={(width, at) => <BarsDrawing of={bars} width={width} at={at} />}
      table={{
        rows: items,
        rowKey: ({ key }) => key,
        columns: [
          of.name(say('analytics.reason'), nameOf),
          of.count('orders', say('nav.orders'), ({ orders }) => orders),
          of.amount('amount', say('analytics.amount'), ({ amount }) => amount),
          of.count('before', say('chart.ordersBefore'), (part) => part.previous_orders),
        ],
      }}
      file={say('chart.files.reversals')}
      empty={isEmpty ? say('analytics.noReversals') : undefined}
    />
  );
};

/** Orders of the range that were cancelled, failed or were paid back. */
export const Reversals = ({ range }: Readonly<{ range: Range }>): ReactElement => (
  <Region of={useFigures(range, { metric: 'reversals' })} height={rankedHeight}>
    {(figures) => <ReversalBars {...figures} />}
  </Region>
);
