import { CircleCheck } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Icon } from '../../kit/icon.tsx';
import { useLoaded, type Loaded } from '../../kit/use-request.ts';
import { Failing, Section } from '../kit/page.tsx';

type Dashboard = AnswerOf<'/api/v1/admin/dashboard', 'get'>;

const lettersMax = 100;

type Task = Readonly<{
  key: string;
  /** Undefined while it is not known. */
  count: number | undefined;
  to: string;
  isDocument?: boolean;
}>;

const Row = ({ task }: Readonly<{ task: Task }>): ReactElement => {
  const say = useText();
  const { number } = useFormats();
  const { key, count, to, isDocument = false } = task;
  const look = 'flex min-h-11 items-center justify-between gap-3 px-3 text-small';
  const isOpen = count !== undefined && count > 0;
  const content = (
    <>
      <span>{say(`queue.${key}`)}</span>
      <span
        data-figure={`queue-${key}`}
        className={`tabular ${isOpen ? 'rounded-tag bg-warning-soft px-2 py-0.5 font-semibold text-warning' : 'text-text-3'}`}
      >
        {count === undefined ? '–' : number(count)}
      </span>
    </>
  );
  return (
    <li className="border-b border-line last:border-0">
      <Link
        to={to}
        reloadDocument={isDocument}
        className={`${look} hover:bg-sunken focus-visible:-outline-offset-2`}
      >
        {content}
      </Link>
    </li>
  );
};

/** What waits for a person, each leading to where it is done. One that cannot be counted says so. */
export const Queue = ({ toShip }: Readonly<{ toShip: Loaded<Dashboard> }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const payments = useLoaded(['admin', 'figures', 'payments'], (signal) =>
    browserApi().GET('/api/v1/payments/figures', { signal }),
  );
  const products = useLoaded(['admin', 'figures', 'products'], (signal) =>
    browserApi().GET('/api/v1/products/figures', { signal }),
  );
  const letters = useLoaded(['admin', 'dead-letters'], (signal) =>
    browserApi().GET('/api/v1/admin/events/dead-letters', {
      params: { query: { limit: lettersMax } },
      signal,
    }),
  );
  const paid = toShip.data?.orders_by_status.find(({ status }) => status === 'paid');
  const tasks: readonly Task[] = [
    { key: 'ship', count: paid?.count, to: '/admin/pedidos?status=paid' },
    {
      key: 'refunds',
      count: payments.data?.refunds_waiting,
      to: '/admin/devoluciones?status=requested',
    },
    {
      key: 'failedRefunds',
      count: payments.data?.refunds_failed,
      to: '/admin/devoluciones?status=failed',
    },
    { key: 'disputes', count: payments.data?.disputes_open, to: '/admin/contracargos' },
    { key: 'alerts', count: payments.data?.alerts_open, to: '/admin/contracargos' },
    { key: 'stock', count: products.data?.low_stock, to: '/admin/inventario?level=low' },
    {
      key: 'letters',
      count: letters.data?.items.filter((letter) => letter.replayed_at === null).length,
      to: '/sistema/colas',
      isDocument: true,
    },
  ];
  const failing = [toShip, payments, products, letters].find(({ failure }) => failure);
  const isDone = tasks.every(({ count }) => count === 0);
  return (
    <Section id="queue" title={say('queue.title')}>
      {isDone && (
        <p className="flex items-center gap-2 text-small text-success">
          <Icon of={CircleCheck} />
          {say('queue.done')}
        </p>
      )}
      <ul className="rounded-card border border-line bg-surface">
        {tasks.map((task) => (
          <Row key={task.key} task={task} />
        ))}
      </ul>
      {(payments.data?.refunded_30_days ?? []).map(({ amount, currency, count }) => (
        <p key={currency} className="text-caption text-text-2">
          {say('queue.refunded', { amount: money(amount, currency), count })}
        </p>
      ))}
      {failing?.failure && <Failing failure={failing.failure} onRetry={failing.retry} />}
    </Section>
  );
};
