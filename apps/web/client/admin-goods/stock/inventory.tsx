import { useState, type ReactElement } from 'react';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage } from '../../admin/kit/page.tsx';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Tag } from '../../kit/feedback.tsx';
import { Basket } from '../../kit/pictures.tsx';
import { useLoaded } from '../../kit/use-request.ts';
import { queryOf } from '../parts/request.ts';
import { nameOfLevel, VariantStock, type Level } from './variant-stock.tsx';

const useColumns = (): readonly TableColumn<Level>[] => {
  const say = useText();
  const { number } = useFormats();
  return [
    { key: 'name', title: say('stock.variant'), cell: (level) => nameOfLevel(level) },
    { key: 'sku', title: 'SKU', cell: ({ sku }) => <code className="text-caption">{sku}</code> },
    {
      key: 'level',
      title: say('stock.level'),
      cell: ({ available, low_stock_threshold: least }) =>
        available <= 0 ? (
          <Tag tone="danger">{say('stock.out')}</Tag>
        ) : available <= least ? (
          <Tag tone="warning">{say('stock.low')}</Tag>
        ) : (
          <Tag tone="success">{say('stock.enough')}</Tag>
        ),
    },
    {
      key: 'onHand',
      title: say('stock.onHand'),
      isNumber: true,
      cell: ({ on_hand: onHand }) => number(onHand),
      phone: 'none',
    },
    {
      key: 'reserved',
      title: say('stock.reserved'),
      isNumber: true,
      cell: ({ reserved }) => number(reserved),
      phone: 'none',
    },
    {
      key: 'available',
      title: say('stock.available'),
      isNumber: true,
      cell: ({ available }) => number(available),
      phone: 'end',
    },
  ];
};

export const Component = (): ReactElement => {
  const say = useText();
  const query = useTableQuery(['q', 'level', 'seller']);
  const levels = useLoaded(['stock', 'list', query.request], (signal) =>
    browserApi().GET('/api/v1/products/stock', { params: { query: queryOf(query) }, signal }),
  );
  const [opened, setOpened] = useState<Level>();
  // What is shown beside the list follows it.
  const level =
    levels.data?.items.find(({ variant_id: id }) => id === opened?.variant_id) ?? opened;
  return (
    <AdminPage title={say('title.inventory')}>
      <DataTable
        id="stock"
        caption={say('title.inventory')}
        columns={useColumns()}
        of={levels}
        query={query}
        filters={[
          { name: 'q', label: say('stock.search') },
          {
            name: 'level',
            label: say('stock.level'),
            options: [
              ['low', say('stock.lowOnly')],
              ['out', say('stock.outOnly')],
            ],
          },
        ]}
        rowKey={({ variant_id: id }) => id}
        rowName={nameOfLevel}
        opening={{ open: setOpened }}
        empty={{
          title: say('stock.none'),
          text: say('stock.noneText'),
          picture: <Basket />,
          action: (
            <ButtonLink to="/admin/productos/nuevo" kind="filled">
              {say('products.add')}
            </ButtonLink>
          ),
        }}
      />
      <Dialog
        isOpen={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={level ? nameOfLevel(level) : ''}
        side="end"
      >
        {opened !== undefined && level && <VariantStock key={level.variant_id} level={level} />}
      </Dialog>
    </AdminPage>
  );
};
