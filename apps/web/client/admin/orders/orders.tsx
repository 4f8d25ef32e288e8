import { Printer, Truck } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { Moment, useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Basket } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { DataTable, type TableColumn } from '../kit/data-table.tsx';
import { isDay, startOfDay } from '../kit/days.ts';
import { AdminPage } from '../kit/page.tsx';
import { useTableQuery } from '../kit/table-query.ts';
import { AccountName } from '../people/user-parts.tsx';
import { BulkShip, type ToShip } from './bulk-ship.tsx';
import { NewOrders } from './new-orders.tsx';
import { BulkPrint } from './print-parcels.tsx';
import { OrderTag, orderStatuses, type OrderStatus } from './order-tag.tsx';

type Order = AnswerOf<'/api/v1/orders', 'get'>['items'][number];

const isStatus = (text: string | undefined): text is OrderStatus =>
  orderStatuses.some((status) => status === text);

/** What the API is asked, of what stands in the address. */
export const orderQueryOf = (
  { q, status, from, to, sort, buyer }: Readonly<Record<string, string>>,
  timeZone: string,
) => ({
  view: 'all' as const,
  ...(q === undefined ? {} : { q }),
  ...(status === 'sold' ? { is_sold: true } : {}),
  ...(isStatus(status) ? { status } : {}),
  ...(isDay(from) ? { placed_from: startOfDay(from, timeZone) } : {}),
  ...(isDay(to) ? { placed_before: startOfDay(to, timeZone, 1) } : {}),
  ...(sort === 'oldest' ? { sort: 'oldest' as const } : {}),
  ...(buyer === undefined ? {} : { buyer_id: buyer }),
});

export const useOrderColumns = (): readonly TableColumn<Order>[] => {
  const say = useText();
  const { money } = useFormats();
  return [
    {
      key: 'number',
      title: say('orders.number'),
      cell: ({ number }) => <span className="font-mono">{number}</span>,
    },
    {
      key: 'placed',
      title: say('orders.placed'),
      sort: { ascending: 'oldest' },
      cell: ({ placed_at: at }) => <Moment at={at} />,
    },
    {
      key: 'buyer',
      title: say('orders.buyer'),
      cell: (order) => order.buyer_name ?? <AccountName id={order.buyer_id} />,
    },
    {
      key: 'status',
      title: say('orders.status'),
      cell: ({ status }) => <OrderTag status={status} />,
    },
    {
      key: 'lines',
      title: say('orders.lines'),
      isNumber: true,
      phone: 'none',
      cell: ({ line_count: count }) => count,
    },
    {
      key: 'total',
      title: say('orders.total'),
      isNumber: true,
      phone: 'end',
      cell: ({ total, currency }) => money(total, currency),
    },
  ];
};

export const Component = (): ReactElement => {
  const say = useText();
  const { timeZone } = useSetting();
  const query = useTableQuery(['q', 'status', 'from', 'to', 'sort', 'buyer']);
  const columns = useOrderColumns();
  const [toShip, setToShip] = useState<readonly ToShip[]>([]);
  const [toPrint, setToPrint] = useState<readonly ToShip[]>([]);
  const asked = {
    limit: 25,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
    ...orderQueryOf(query.chosen, timeZone),
  };
  const orders = useLoaded(['admin', 'orders', asked], (signal) =>
    browserApi().GET('/api/v1/orders', { params: { query: asked }, signal }),
  );
  return (
    <AdminPage title={say('nav.orders')}>
      {query.cursor === undefined && <NewOrders onShow={orders.retry} />}
      <DataTable
        id="orders"
        caption={say('nav.orders')}
        columns={columns}
        of={orders}
        query={query}
        filters={[
          { name: 'q', label: say('orders.search') },
          {
            name: 'status',
            label: say('orders.status'),
            any: say('orders.anyStatus'),
            options: ['sold', ...orderStatuses].map(
              (status) => [status, say(`order.${status}`)] as const,
            ),
          },
          { name: 'from', label: say('orders.from'), type: 'date' },
          { name: 'to', label: say('orders.to'), type: 'date' },
        ]}
        rowKey={({ id }) => id}
        rowName={({ number }) => number}
        opening={{ to: ({ id }) => `/admin/pedidos/${id}` }}
        bulk={[
          { key: 'ship', label: say('ship.several'), icon: Truck, run: setToShip },
          { key: 'print', label: say('print.several'), icon: Printer, run: setToPrint },
        ]}
        empty={{ title: say('orders.none'), text: say('orders.noneText'), picture: <Basket /> }}
      />
      <BulkShip orders={toShip} onClose={() => setToShip([])} />
      <BulkPrint orders={toPrint} onClose={() => setToPrint([])} />
    </AdminPage>
  );
};
