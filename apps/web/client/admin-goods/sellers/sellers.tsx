import type { ReactElement } from 'react';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { Counter } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { queryOf } from '../parts/request.ts';
import { StatusTag, useStates } from '../parts/status-tag.tsx';

type Account = AnswerOf<'/api/v1/users', 'get'>['items'][number];

export const Component = (): ReactElement => {
  const say = useText();
  const { date } = useFormats();
  const query = useTableQuery(['q', 'status']);
  const sellers = useLoaded(['users', 'sellers', query.request], (signal) =>
    browserApi().GET('/api/v1/users', {
      params: { query: queryOf(query, { role: 'seller' }) },
      signal,
    }),
  );
  const columns: readonly TableColumn<Account>[] = [
    {
      key: 'name',
      title: say('sellers.name'),
      cell: ({ full_name: name, username }) => name ?? username,
    },
    {
      key: 'status',
      title: say('goods.status'),
      cell: ({ status }) => <StatusTag kind="account" of={status} />,
      phone: 'end',
    },
    { key: 'email', title: say('sellers.email'), cell: ({ email }) => email },
    {
      key: 'created',
      title: say('sellers.since'),
      cell: ({ created_at: at }) => date(at),
      phone: 'none',
    },
  ];
  return (
    <AdminPage title={say('title.sellers')}>
      <DataTable
        id="sellers"
        caption={say('title.sellers')}
        columns={columns}
        of={sellers}
        query={query}
        filters={[
          { name: 'q', label: say('sellers.search') },
          {
            name: 'status',
            label: say('goods.status'),
            options: useStates('account', ['active', 'pending', 'deactivated']),
          },
        ]}
        rowKey={({ id }) => id}
        rowName={({ full_name: name, username }) => name ?? username}
        opening={{ to: ({ id }) => `/admin/vendedores/${id}` }}
        empty={{ title: say('sellers.none'), text: say('sellers.noneText'), picture: <Counter /> }}
      />
    </AdminPage>
  );
};
