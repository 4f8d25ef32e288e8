import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { browserApi } from '../../api/client.ts';
import { useText } from '../../i18n/use-text.tsx';
import { Basket } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { DataTable } from '../kit/data-table.tsx';
import { Section } from '../kit/page.tsx';
import { useTableQuery } from '../kit/table-query.ts';
import { useOrderColumns } from '../orders/orders.tsx';

const shown = 8;

export const LatestOrders = (): ReactElement => {
  const say = useText();
  const query = useTableQuery([]);
  const columns = useOrderColumns().map(({ sort: _, ...column }) => column);
  const orders = useLoaded(['admin', 'orders', 'latest'], (signal) =>
    browserApi().GET('/api/v1/orders', {
      params: { query: { view: 'all', limit: shown } },
      signal,
    }),
  );
  const withoutMore = {
    ...orders,
    data: orders.data && { items: orders.data.items, next_cursor: null },
  };
  return (
    <Section
      id="latest"
      title={say('home.latest')}
      action={
        <Link
          to="/admin/pedidos"
          className="inline-flex min-h-6 items-center text-small font-medium text-primary hover:underline"
        >
          {say('home.all')}
        </Link>
      }
    >
      <DataTable
        id="latest"
        caption={say('home.latest')}
        columns={columns}
        of={withoutMore}
        query={query}
        rowKey={({ id }) => id}
        rowName={({ number }) => number}
        opening={{ to: ({ id }) => `/admin/pedidos/${id}` }}
        empty={{ title: say('orders.none'), text: say('orders.noneText'), picture: <Basket /> }}
      />
    </Section>
  );
};
