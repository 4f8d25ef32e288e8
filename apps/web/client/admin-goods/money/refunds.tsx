import type { ReactElement } from 'react';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useText } from '../../i18n/use-text.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { useReason } from '../parts/coded.tsx';
import { queryOf } from '../parts/request.ts';
import { StatusTag, useStates } from '../parts/status-tag.tsx';

type Refund = AnswerOf<'/api/v1/payments/refunds', 'get'>['items'][number];

export const Component = (): ReactElement => {
  const say = useText();
  const reasonOf = useReason();
  const { money, number } = useFormats();
  const query = useTableQuery(['status']);
  const refunds = useLoaded(['refunds', 'list', query.request], (signal) =>
    browserApi().GET('/api/v1/payments/refunds', { params: { query: queryOf(query) }, signal }),
  );
  const columns: readonly TableColumn<Refund>[] = [
    { key: 'when', title: say('payment.when'), cell: ({ created_at: at }) => <Moment at={at} /> },
    {
      key: 'status',
      title: say('goods.status'),
      cell: ({ status }) => <StatusTag kind="refund" of={status} />,
    },
    { key: 'reason', title: say('refund.reason'), cell: ({ reason }) => reasonOf(reason) },
    {
      key: 'restock',
      title: say('refund.restock'),
      isNumber: true,
      cell: ({ restock }) => number(restock.reduce((sum, { quantity }) => sum + quantity, 0)),
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
    <AdminPage title={say('title.refunds')}>
      <DataTable
        id="refunds"
        caption={say('title.refunds')}
        columns={columns}
        of={refunds}
        query={query}
        filters={[
          {
            name: 'status',
            label: say('goods.status'),
            options: useStates('refund', ['requested', 'pending', 'completed', 'failed']),
          },
        ]}
        rowKey={({ id }) => id}
        rowName={({ amount, currency }) => money(amount, currency)}
        opening={{ to: ({ payment_id: id }) => `/admin/pagos/${id}` }}
        empty={{ title: say('refund.none'), text: say('refund.noneText'), picture: <Counter /> }}
      />
    </AdminPage>
  );
};
