import { FileSpreadsheet } from 'lucide-react';
import type { ReactElement } from 'react';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { queryOf } from '../parts/request.ts';
import { SellerLink } from '../parts/person.tsx';
import { StatusTag, useStates } from '../parts/status-tag.tsx';

type Payout = AnswerOf<'/api/v1/payouts', 'get'>['items'][number];

export const payoutStates = ['requested', 'sent', 'unknown', 'paid', 'failed', 'returned'] as const;

export const Component = (): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const { viewer } = useSetting();
  const query = useTableQuery(['status', 'seller_id']);
  const payouts = useLoaded(['payouts', 'list', query.request], (signal) =>
    browserApi().GET('/api/v1/payouts', { params: { query: queryOf(query) }, signal }),
  );
  const columns: readonly TableColumn<Payout>[] = [
    {
      key: 'created',
      title: say('goods.created'),
      cell: ({ created_at: at }) => <Moment at={at} />,
    },
    {
      key: 'status',
      title: say('goods.status'),
      cell: ({ status }) => <StatusTag kind="payout" of={status} />,
    },
    {
      key: 'seller',
      title: say('goods.seller'),
      cell: ({ seller_id: id }) => <SellerLink id={id} />,
    },
    { key: 'rail', title: say('payouts.rail'), cell: ({ rail }) => rail, phone: 'none' },
    {
      key: 'amount',
      title: say('goods.amount'),
      isNumber: true,
      cell: ({ amount, currency }) => money(amount, currency),
      phone: 'end',
    },
  ];
  return (
    <AdminPage
      title={say('title.payouts')}
      action={
        viewer?.roles.includes('admin') && (
          <ButtonLink size={40} icon={FileSpreadsheet} to="/admin/pagos-a-vendedores/archivos">
            {say('title.batches')}
          </ButtonLink>
        )
      }
    >
      <DataTable
        id="payouts"
        caption={say('title.payouts')}
        columns={columns}
        of={payouts}
        query={query}
        filters={[
          {
            name: 'status',
            label: say('goods.status'),
            options: useStates('payout', payoutStates),
          },
        ]}
        rowKey={({ id }) => id}
        rowName={({ amount, currency }) => money(amount, currency)}
        opening={{ to: ({ id }) => `/admin/pagos-a-vendedores/${id}` }}
        empty={{ title: say('payouts.none'), text: say('payouts.noneText'), picture: <Counter /> }}
      />
    </AdminPage>
  );
};
