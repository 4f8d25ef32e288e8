import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'react-router';
import { browserApi } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Table } from '../../kit/layout.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { sumOf } from '../kit/amounts.ts';
import { dayOf, isDay } from '../kit/days.ts';
import { AdminPage, Region, Section } from '../kit/page.tsx';
import { daysOf, useSales } from './sales.ts';
import { SalesChart } from './sales-chart.tsx';

const spans = [7, 30, 90] as const;
const daysMost = 183;
const usual = 30;

/** One range for the whole page, in the address. */
const useRange = () => {
  const { timeZone, now } = useSetting();
  const [params, setParams] = useSearchParams();
  const today = dayOf(now, timeZone);
  const [from, to] = [params.get('from') ?? undefined, params.get('to') ?? undefined];
  const isGiven = isDay(from) && isDay(to) && daysOf(from, to) >= 1 && daysOf(from, to) <= daysMost;
  const range = isGiven ? { from, to } : { from: dayOf(now, timeZone, usual - 1), to: today };
  const choose = (next: Readonly<{ from: string; to: string }>): void =>
    setParams({ ...next }, { replace: true });
  return {
    ...range,
    today,
    choose,
    chooseDays: (days: number) => choose({ from: dayOf(now, timeZone, days - 1), to: today }),
  };
};

const Range = ({ range }: Readonly<{ range: ReturnType<typeof useRange> }>): ReactElement => {
  const say = useText();
  const field =
    'h-9 rounded-control-small border border-control bg-surface px-2.5 text-small max-md:h-11';
  return (
    <>
      {spans.map((days) => {
        const isNow = range.to === range.today && daysOf(range.from, range.to) === days;
        return (
          <button
            key={days}
            type="button"
            aria-pressed={isNow}
            onClick={() => range.chooseDays(days)}
            className={`inline-flex h-9 items-center rounded-control-small px-3 text-small hover:bg-sunken ${isNow ? 'bg-sunken font-semibold' : 'text-text-2'}`}
          >
            {say('analytics.days', { days })}
          </button>
        );
      })}
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="inline-flex items-center gap-2 text-caption text-text-2">
          {say(`orders.${end}`)}
          <input
            type="date"
            value={range[end]}
            max={range.today}
            onChange={({ target }) =>
              range.choose({ from: range.from, to: range.to, [end]: target.value })
            }
            className={`${field} text-text-1`}
          />
        </label>
      ))}
    </>
  );
};

const Products = ({ from, to }: Readonly<{ from: string; to: string }>): ReactElement => {
  const say = useText();
  const { money, number } = useFormats();
  const query = { from, to, by: 'product' as const };
  const products = useLoaded(['admin', 'analytics', query], (signal) =>
    browserApi().GET('/api/v1/admin/analytics', { params: { query }, signal }),
  );
  return (
    <Section id="products" title={say('analytics.products')}>
      <Region of={products} lines={6}>
        {({ items, currency }) => {
          const most = Math.max(1, ...items.map(({ amount }) => Number(amount)));
          return items.length === 0 ? (
            <p className="text-small text-text-2">{say('analytics.nothing')}</p>
          ) : (
            <div className="rounded-card border border-line bg-surface">
              <Table
                caption={say('analytics.products')}
                rows={items}
                rowKey={({ key }) => key}
                columns={[
                  {
                    key: 'name',
                    title: say('analytics.product'),
                    cell: ({ key, name }) => (
                      <Link
                        to={`/admin/productos/${key}`}
                        className="inline-flex min-h-6 items-center font-medium hover:underline"
                      >
                        {name}
                      </Link>
                    ),
                  },
                  {
                    key: 'bar',
                    title: say('analytics.share'),
                    cell: ({ amount }) => (
                      <svg
                        viewBox="0 0 100 8"
                        preserveAspectRatio="none"
                        aria-hidden="true"
                        className="h-2 w-full min-w-20"
                      >
                        <rect
                          width={(Number(amount) / most) * 100}
                          height="8"
                          className="fill-chart-1"
                        />
                      </svg>
                    ),
                  },
                  {
                    key: 'quantity',
                    title: say('analytics.pieces'),
                    isNumber: true,
                    cell: ({ quantity }) => number(quantity),
                  },
                  {
                    key: 'amount',
                    title: say('chart.sales'),
                    isNumber: true,
                    cell: ({ amount }) => money(amount, currency),
                  },
                ]}
              />
            </div>
          );
        }}
      </Region>
    </Section>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { money, number } = useFormats();
  const range = useRange();
  const sales = useSales(range.from, range.to);
  return (
    <AdminPage title={say('nav.analytics')} action={<Range range={range} />}>
      <Region of={sales} lines={8}>
        {({ points, previous, currency }) => {
          const amount = sumOf(points.map((point) => point.amount));
          const orders = points.reduce((sum, point) => sum + point.orders, 0);
          const average = orders === 0 ? '0' : (Number(amount) / orders).toFixed(2);
          return (
            <div className="flex flex-col gap-6">
              <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line sm:grid-cols-3">
                {(
                  [
                    ['chart.sales', money(amount, currency)],
                    ['nav.orders', number(orders)],
                    ['analytics.average', money(average, currency)],
                  ] as const
                ).map(([key, value]) => (
                  <div
                    key={key}
                    className="flex flex-col gap-1 bg-surface p-4 max-sm:last:col-span-2"
                  >
                    <dt className="text-caption text-text-3">{say(key)}</dt>
                    <dd className="tabular text-h2 md:text-figure">{value}</dd>
                  </div>
                ))}
              </dl>
              <SalesChart
                title={say('analytics.chart')}
                points={points}
                previous={previous}
                currency={currency}
              />
            </div>
          );
        }}
      </Region>
      <Products from={range.from} to={range.to} />
      <p className="text-caption text-text-3">{say('analytics.meaning')}</p>
    </AdminPage>
  );
};
