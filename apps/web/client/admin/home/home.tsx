import { ChevronRight } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { Link } from 'react-router';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Notice } from '../../kit/feedback.tsx';
import { Icon } from '../../kit/icon.tsx';
import { SimulateOrder } from '../../kit/simulate-order.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { useSales } from '../analytics/sales.ts';
import { SalesChart } from '../analytics/sales-chart.tsx';
import { Change } from '../kit/change.tsx';
import { dayOf } from '../kit/days.ts';
import { AdminPage, Region, Section } from '../kit/page.tsx';
import { OrderTag } from '../orders/order-tag.tsx';
import { LatestOrders } from './latest-orders.tsx';
import { Queue } from './queue.tsx';
import { Setup } from './setup.tsx';

type Dashboard = AnswerOf<'/api/v1/admin/dashboard', 'get'>;

const chartDays = 30;

const Figure = ({
  name,
  value,
  to,
  note,
  figure,
}: Readonly<{
  name: string;
  value: string;
  to: string;
  note: ReactNode;
  figure: string;
}>): ReactElement => (
  <Link
    to={to}
    className="flex flex-col gap-1 bg-surface p-4 hover:bg-sunken focus-visible:-outline-offset-2"
  >
    <span className="text-caption text-text-3">{name}</span>
    <span data-figure={figure} className="tabular text-h2 md:text-figure">
      {value}
    </span>
    {note}
  </Link>
);

const Figures = ({ of }: Readonly<{ of: Dashboard }>): ReactElement => {
  const say = useText();
  const { money, number } = useFormats();
  const { timeZone, now } = useSetting();
  const today = dayOf(now, timeZone);
  const listOf = (days: number): string =>
    `/admin/pedidos?status=sold&from=${dayOf(now, timeZone, days - 1)}&to=${today}`;
  const month = of.sales.find(({ days }) => days === 30);
  return (
    <div className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line lg:grid-cols-4">
      {of.sales.map((part) => (
        <Figure
          key={part.days}
          name={say('home.sales', { days: part.days })}
          value={money(part.amount, of.currency)}
          figure={`sales-${part.days}`}
          to={listOf(part.days)}
          note={<Change now={Number(part.amount)} before={Number(part.previous_amount)} />}
        />
      ))}
      {month && (
        <Figure
          name={say('home.orders')}
          value={number(month.orders)}
          figure="orders-30"
          to={listOf(30)}
          note={<Change now={month.orders} before={month.previous_orders} />}
        />
      )}
    </div>
  );
};

const States = ({ of }: Readonly<{ of: Dashboard }>): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  return (
    <Section id="states" title={say('home.states')}>
      <ul className="flex flex-wrap gap-2">
        {of.orders_by_status.map(({ status, count }) => (
          <li key={status}>
            <Link
              to={`/admin/pedidos?status=${status}`}
              className="inline-flex min-h-9 items-center gap-2 rounded-control-small border border-line bg-surface px-2.5 hover:bg-sunken"
            >
              <OrderTag status={status} />
              <span data-figure={`status-${status}`} className="tabular text-small font-medium">
                {number(count)}
              </span>
              <Icon of={ChevronRight} size={14} className="text-text-3" />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
};

const Chart = (): ReactElement => {
  const say = useText();
  const { timeZone, now } = useSetting();
  const sales = useSales({
    from: dayOf(now, timeZone, chartDays - 1),
    to: dayOf(now, timeZone),
  });
  return (
    <Region of={sales} height="h-[340px]">
      {({ points, currency }) => (
        <SalesChart title={say('home.chart')} points={points} currency={currency} />
      )}
    </Region>
  );
};

const greetingAt = (now: number, timeZone: string): 'morning' | 'afternoon' | 'evening' => {
  const hour = Number(
    new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now),
  );
  return hour >= 5 && hour < 12 ? 'morning' : hour >= 12 && hour < 19 ? 'afternoon' : 'evening';
};

const askAgainMs = 3_000;

/** While the example is on its way; what the page shows is asked for again when it has come. */
const Filling = (): ReactElement | null => {
  const say = useText();
  const queries = useQueryClient();
  const [isDue, setDue] = useState(true);
  const { data } = useLoaded(
    ['admin', 'example'],
    (signal) => browserApi().GET('/api/v1/admin/demo', { signal }),
    { everyMs: isDue ? askAgainMs : false },
  );
  const isThere = data?.is_there;
  const isBeingFilled = data?.is_being_filled;
  const wasBeingFilled = useRef(false);
  useEffect(() => {
    if (isThere === undefined) return undefined;
    if (isBeingFilled) wasBeingFilled.current = true;
    else if (wasBeingFilled.current) {
      wasBeingFilled.current = false;
      void queries.invalidateQueries();
    }
    if (isBeingFilled) return undefined;
    // A shop that is just starting has not begun yet.
    const timer = setTimeout(() => setDue(false), isThere ? 0 : 5 * askAgainMs);
    return () => clearTimeout(timer);
  }, [isThere, isBeingFilled, queries]);
  return isBeingFilled ? (
    <Notice role="status" title={say('home.filling')}>
      {say('home.fillingText')}
    </Notice>
  ) : null;
};

export const Component = (): ReactElement => {
  const say = useText();
  const { viewer, now, timeZone, isDevelopment } = useSetting();
  const dashboard = useLoaded(['admin', 'dashboard'], (signal) =>
    browserApi().GET('/api/v1/admin/dashboard', { signal }),
  );
  const profile = useLoaded(['profile'], (signal) =>
    browserApi().GET('/api/v1/users/me', { signal }),
  );
  const name = profile.data?.full_name?.split(' ')[0] ?? viewer?.username ?? '';
  return (
    <AdminPage
      title={say(`home.${greetingAt(now, timeZone)}`, { name })}
      // Only where no money is real, and for whom it is allowed.
      action={isDevelopment && viewer?.roles.includes('admin') ? <SimulateOrder /> : undefined}
    >
      {isDevelopment && viewer?.roles.includes('admin') && <Filling />}
      <Setup />
      <Region of={dashboard} lines={3}>
        {(data) => <Figures of={data} />}
      </Region>
      <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,2fr)_minmax(280px,1fr)]">
        <Chart />
        <Queue toShip={dashboard} />
      </div>
      <Region of={dashboard} lines={1}>
        {(data) => <States of={data} />}
      </Region>
      <LatestOrders />
    </AdminPage>
  );
};
