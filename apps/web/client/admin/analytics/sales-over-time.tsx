import { useState, type ReactElement } from 'react';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { sumOf } from '../kit/amounts.ts';
import { Change } from '../kit/change.tsx';
import { SalesChart, type Measure } from './sales-chart.tsx';
import { averageOf, type Point } from './sales.ts';

const measures = ['sales', 'orders', 'average'] as const;

const totalsOf = (points: readonly Point[]) => {
  const amount = sumOf(points.map((point) => point.amount));
  const before = sumOf(points.map((point) => point.previousAmount));
  const orders = points.reduce((sum, point) => sum + point.orders, 0);
  const ordersBefore = points.reduce((sum, point) => sum + point.previousOrders, 0);
  return {
    sales: [amount, before],
    orders: [String(orders), String(ordersBefore)],
    average: [averageOf(amount, orders), averageOf(before, ordersBefore)],
  } as const;
};

/** Three figures of the range; the chosen one is drawn day by day. */
export const SalesOverTime = ({
  points,
  currency,
}: Readonly<{ points: readonly Point[]; currency: string }>): ReactElement => {
  const say = useText();
  const { money, number } = useFormats();
  const [measure, setMeasure] = useState<Measure>('sales');
  const totals = totalsOf(points);
  return (
    <div className="flex flex-col gap-6">
      <ul className="grid grid-cols-1 gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-3">
        {measures.map((name) => {
          const [now, before] = totals[name];
          const isChosen = name === measure;
          return (
            <li key={name} className="flex">
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => setMeasure(name)}
                className={`flex flex-1 flex-col items-start gap-1 p-4 text-left hover:bg-sunken focus-visible:-outline-offset-2 ${isChosen ? 'bg-primary-soft' : 'bg-surface'}`}
              >
                <span className="text-caption text-text-2">{say(`analytics.measure.${name}`)}</span>
                <span data-figure={`range-${name}`} className="tabular text-h2 md:text-figure">
                  {name === 'orders' ? number(Number(now)) : money(now, currency)}
                </span>
                <Change now={Number(now)} before={Number(before)} />
              </button>
            </li>
          );
        })}
      </ul>
      <SalesChart
        title={say(`analytics.question.${measure}`)}
        points={points}
        currency={currency}
        measure={measure}
      />
    </div>
  );
};
