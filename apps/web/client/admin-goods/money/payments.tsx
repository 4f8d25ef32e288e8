import type { ReactElement } from 'react';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useText } from '../../i18n/use-text.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { useProvider } from '../parts/coded.tsx';
import { queryOf } from '../parts/request.ts';
import { StatusTag, useStates } from '../parts/status-tag.tsx';

export type Payment = AnswerOf<'/api/v1/payments', 'get'>['items'][number];

export const paymentStates = [
  'pending',
  'authorized',
  'completed',
  'partially_refunded',
  'refunded',
  'failed',
  'cancelled',
] as const;

/** How it was paid, without a number that nobody needs. */
export const useMethodWords = (): ((payment: Payment) => string) => {
  const say = useText();
  return ({ payment_method: method }) =>
    method.type === 'card'
      ? say('payment.card', {
          brand: method.brand.charAt(0).toUpperCase() + method.brand.slice(1),
          last4: method.last4,
        })
      : say('payment.checkout');
};

export const Component = (): ReactElement => {
  const say = useText();
  const providerOf = useProvider();
  const { money } = useFormats();
  const method = useMethodWords();
  const query = useTableQuery(['status', 'order_id']);
  const payments = useLoaded(['payments', 'list', query.request], (signal) =>
    browserApi().GET('/api/v1/payments', { params: { query: queryOf(query) }, signal }),
  );
  const columns: readonly TableColumn<Payment>[] = [
    {
      key: 'created',
      title: say('payment.when'),
      cell: ({ created_at: at }) => <Moment at={at} />,
    },
    {
      key: 'status',
      title: say('goods.status'),
      cell: ({ status }) => <StatusTag kind="payment" of={status} />,
    },
    { key: 'method', title: say('payment.method'), cell: method },
    {
      key: 'provider',
      title: say('payment.provider'),
      cell: ({ provider }) => providerOf(provider),
    },
    {
      key: 'refunded',
      title: say('payment.refunded'),
      isNumber: true,
      cell: ({ refunded_amount: refunded, currency }) => money(refunded, currency),
      phone: 'none',
    },
    {
      key: 'amount',
      title: say('goods.amount'),
      isNumber: true,
      cell: ({ amount, currency }) => money(amount, currency),
      phone: 'end',
    },
  ];
  return (
    <AdminPage title={say('title.payments')}>
      <DataTable
        id="payments"
        caption={say('title.payments')}
        columns={columns}
        of={payments}
        query={query}
        filters={[
          {
            name: 'status',
            label: say('goods.status'),
            options: useStates('payment', paymentStates),
          },
        ]}
        rowKey={({ id }) => id}
        rowName={({ amount, currency }) => money(amount, currency)}
        opening={{ to: ({ id }) => `/admin/pagos/${id}` }}
        empty={{ title: say('payment.none'), text: say('payment.noneText'), picture: <Counter /> }}
      />
    </AdminPage>
  );
};
