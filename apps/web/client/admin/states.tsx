import type { ReactElement } from 'react';
import { unreachable } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { Basket } from '../kit/pictures.tsx';
import type { Loaded } from '../kit/use-request.ts';
import { DataTable } from './kit/data-table.tsx';
import { AdminPage } from './kit/page.tsx';
import { useTableQuery, type TableQuery } from './kit/table-query.ts';
import { Component as Missing } from './not-found.tsx';
import { useOrderColumns } from './orders/orders.tsx';

type Row = Parameters<ReturnType<typeof useOrderColumns>[number]['cell']>[0];
type State = Loaded<Readonly<{ items: readonly Row[]; next_cursor: string | null }>>;

const row = (number: number, status: string, name: string | null, total: string): Row => ({
  id: `01a22421-c8df-7596-9ee7-60a1eb74d6${number}`,
  number: `PZ-0010${number}`,
  status,
  buyer_id: '01a22421-c8df-7596-9ee7-60a1eb74d68a',
  buyer_name: name,
  total,
  currency: 'COP',
  line_count: number % 4,
  placed_at: '2026-11-20T18:05:00Z',
  updated_at: '2026-11-20T18:05:00Z',
});
const rows: readonly Row[] = [
  row(43, 'paid', 'Lucía Ñáñez', '84500.00'),
  row(
    42,
    'shipped',
    'Un nombre tan largo que no cabe en la columna de clientes de una tabla',
    '1234567.50',
  ),
  row(41, 'cancelled', 'Ana', '9900.00'),
];

const waiting: State = { data: undefined, failure: undefined, isLoading: true, retry: () => {} };
const loaded = (items: readonly Row[]): State => ({
  ...waiting,
  isLoading: false,
  data: { items, next_cursor: items.length > 0 ? 'x' : null },
});
const failing = (status: number): State => ({
  ...waiting,
  isLoading: false,
  failure: {
    ...unreachable(),
    status,
    code: `http.${status}`,
    requestId: '01a22421-c8df-7596-9ee7-60a1eb74d68a',
  },
});

const States = (): ReactElement => {
  const say = useText();
  const columns = useOrderColumns();
  const query = useTableQuery([]);
  const filtered: TableQuery = { ...query, chosen: { q: 'zzz', status: 'paid' } };
  const states: readonly (readonly [name: string, state: State, query: TableQuery])[] = [
    ['rows', loaded(rows), query],
    ['loading', waiting, query],
    ['empty', loaded([]), query],
    ['filtered', loaded([]), filtered],
    ['403', failing(403), query],
    ['500', failing(500), query],
    ['0', failing(0), query],
  ];
  return (
    <AdminPage title="Estados">
      {states.map(([name, state, asked]) => (
        <section key={name} className="flex flex-col gap-3 border-t border-line pt-5">
          <h2 className="font-mono text-caption text-text-3">{name}</h2>
          <DataTable
            id={`states-${name}`}
            caption={`${say('nav.orders')} ${name}`}
            columns={columns}
            of={state}
            query={asked}
            filters={[
              { name: 'q', label: say('orders.search') },
              {
                name: 'status',
                label: say('orders.status'),
                any: say('orders.anyStatus'),
                options: [['paid', say('order.paid')]],
              },
            ]}
            rowKey={({ id }) => id}
            rowName={({ number }) => number}
            opening={{ to: () => '/admin/pedidos' }}
            bulk={name === 'rows' ? [{ key: 'x', label: say('ship.several'), run: () => {} }] : []}
            empty={{ title: say('orders.none'), text: say('orders.noneText'), picture: <Basket /> }}
          />
        </section>
      ))}
    </AdminPage>
  );
};

/** The tables of the back office in each of their states; in development only. */
export const Component = (): ReactElement =>
  useSetting().isDevelopment ? <States /> : <Missing />;
