import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { ChartFrame } from '../charts/frame.tsx';
import { HeatDrawing, heatHeight, HeatScale, pointsOfHeat, type Heat } from '../charts/heat.tsx';
import { Region } from '../kit/page.tsx';
import { RankedSales, rankedHeight, useColumns } from './ranked.tsx';
import { useFigures, type Figures, type Part, type Range } from './sales.ts';

const ProductBars = ({ items, currency }: Figures): ReactElement => {
  const say = useText();
  const of = useColumns(currency);
  const nameOf = ({ name, key }: Part): string => name ?? key;
  return (
    <RankedSales
      name="products"
      title={say('analytics.question.products')}
      items={items}
      currency={currency}
      nameOf={nameOf}
      columns={[
        of.name(say('analytics.product'), nameOf, (part) => (
          <Link
            to={`/admin/productos/${part.key}`}
            className="inline-flex min-h-6 items-center font-medium hover:underline"
          >
            {nameOf(part)}
          </Link>
        )),
        of.count('quantity', say('analytics.pieces'), ({ quantity }) => quantity),
        of.amount('amount', say('chart.sales'), ({ amount }) => amount),
        of.amount('before', say('chart.salesBefore'), (part) => part.previous_amount),
      ]}
    />
  );
};

/** The ten products that sold most. */
export const Products = ({ range }: Readonly<{ range: Range }>): ReactElement => (
  <Region of={useFigures(range, { by: 'product' })} height={rankedHeight}>
    {(figures) => <ProductBars {...figures} />}
  </Region>
);

const RegionBars = ({ items, currency }: Figures): ReactElement => {
  const say = useText();
  const of = useColumns(currency);
  const nameOf = ({ name }: Part): string => name ?? say('analytics.noAddress');
  return (
    <RankedSales
      name="regions"
      title={say('analytics.question.regions')}
      items={items}
      currency={currency}
      nameOf={nameOf}
      columns={[
        of.name(say('analytics.region'), nameOf),
        of.count('orders', say('nav.orders'), ({ orders }) => orders),
        of.amount('amount', say('chart.sales'), ({ amount }) => amount),
        of.amount('before', say('chart.salesBefore'), (part) => part.previous_amount),
      ]}
    />
  );
};

/** Departments or states of the addresses that orders are sent to. */
export const Regions = ({ range }: Readonly<{ range: Range }>): ReactElement => (
  <Region of={useFigures(range, { by: 'region' })} height={rankedHeight}>
    {(figures) => <RegionBars {...figures} />}
  </Region>
);

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** A Monday, from which days of the week and hours have their names. */
const monday = Date.UTC(2024, 0, 1);
const [hourMs, dayMs] = [3_600_000, 86_400_000];

const useNames = () => {
  const { locale } = useSetting();
  const at = (day: number, hour: number): number => monday + (day - 1) * dayMs + hour * hourMs;
  const write = (options: Intl.DateTimeFormatOptions, time: number): string =>
    new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(time);
  return {
    short: (day: number): string => write({ weekday: 'short' }, at(day, 0)),
    hour: (hour: number): string => write({ hour: 'numeric' }, at(1, hour)),
    whole: (day: number, hour: number): string =>
      write({ weekday: 'long', hour: 'numeric' }, at(day, hour)),
  };
};

/** `3-14` is Wednesday from two in the afternoon. */
const placeOf = ({ key }: Part): readonly [day: number, hour: number] => {
  const [day, hour] = key.split('-').map(Number);
  return [day!, hour!];
};

const HourGrid = ({ items, currency, time_zone: zone }: Figures): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const names = useNames();
  const of = useColumns(currency);
  const parts = new Map(items.map((part) => [part.key, part]));
  const at = (point: number): readonly [number, number] => [
    weekdays[Math.floor(point / hours.length)]!,
    hours[point % hours.length]!,
  ];
  const partAt = (point: number): Part | undefined => parts.get(at(point).join('-'));
  const heat: Heat = {
    rows: weekdays.map(names.short),
    columns: hours.map(names.hour),
    values: weekdays.flatMap((day) =>
      hours.map((hour) => parts.get(`${day}-${hour}`)?.orders ?? 0),
    ),
    tell: (point) => ({
      label: names.whole(...at(point)),
      value: say('chart.orders', { count: partAt(point)?.orders ?? 0 }),
      note: money(partAt(point)?.amount ?? '0', currency),
    }),
  };
  return (
    <ChartFrame
      name="hours"
      title={say('analytics.question.hours')}
      unit={say('analytics.hoursUnit', { zone: zone.replaceAll('_', ' ') })}
      height={heatHeight(weekdays.length)}
      action={items.length === 0 ? undefined : <HeatScale of={heat} />}
      points={pointsOfHeat(heat)}
      draw={(width, point) => <HeatDrawing of={heat} width={width} at={point} />}
      table={{
        rows: items.toSorted((a, b) => b.orders - a.orders),
        rowKey: ({ key }) => key,
        columns: [
          of.name(say('analytics.hour'), (part) => names.whole(...placeOf(part))),
          of.count('orders', say('nav.orders'), ({ orders }) => orders),
          of.amount('amount', say('chart.sales'), ({ amount }) => amount),
        ],
      }}
      file={say('chart.files.hours')}
      empty={items.length === 0 ? say('analytics.nothing') : undefined}
    />
  );
};

/** When orders are placed, in the shop's time zone. */
export const Hours = ({ range }: Readonly<{ range: Range }>): ReactElement => (
  <Region of={useFigures(range, { by: 'hour' })} height="h-[298px]">
    {(figures) => <HourGrid {...figures} />}
  </Region>
);
