import { CirclePause, CirclePlay, FileUp, ImageOff, Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { DataTable, type TableColumn } from '../../admin/kit/data-table.tsx';
import { AdminPage } from '../../admin/kit/page.tsx';
import { useShortcuts } from '../../office/shortcuts.ts';
import { useTableQuery } from '../../admin/kit/table-query.ts';
import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useFormats, useText } from '../../i18n/use-text.tsx';
import { ButtonLink } from '../../kit/button.tsx';
import { Notice, Tag } from '../../kit/feedback.tsx';
import { Icon } from '../../kit/icon.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { Basket } from '../../kit/pictures.tsx';
import { useToast } from '../../kit/toast.tsx';
import { bodyOf, RequestFailed, useLoaded, useSending } from '../../kit/use-request.ts';
import { useNavigate } from 'react-router';
import { queryOf } from '../parts/request.ts';
import { StatusTag, useStates } from '../parts/status-tag.tsx';
import { useCategories } from './categories.ts';

type Listed = AnswerOf<'/api/v1/products', 'get'>['items'][number];
type Refused = Readonly<{ done: number; names: readonly string[] }>;

const useColumns = (): readonly TableColumn<Listed>[] => {
  const say = useText();
  const { money, date } = useFormats();
  return [
    {
      key: 'title',
      title: say('products.product'),
      cell: ({ title, image }) => (
        <span className="flex items-center gap-3 py-1.5">
          {image ? (
            <ProductImage
              url={image.url}
              alt=""
              sizes="36px"
              className="size-9 shrink-0 rounded-control-small"
            />
          ) : (
            <span className="inline-flex size-9 shrink-0 items-center justify-center rounded-control-small bg-sunken text-text-3">
              <Icon of={ImageOff} size={16} />
            </span>
          )}
          <span className="min-w-0 break-words">{title}</span>
        </span>
      ),
    },
    {
      key: 'status',
      title: say('goods.status'),
      cell: ({ status }) => <StatusTag kind="product" of={status ?? 'active'} />,
      phone: 'end',
    },
    {
      key: 'price',
      title: say('products.price'),
      isNumber: true,
      cell: ({ price, price_max: most, currency }) =>
        price === most
          ? money(price, currency)
          : say('products.priceRange', { from: money(price, currency), to: money(most, currency) }),
    },
    {
      key: 'stock',
      title: say('products.stock'),
      cell: ({ in_stock: isThere }) =>
        isThere ? say('products.inStock') : <Tag tone="warning">{say('products.soldOut')}</Tag>,
    },
    {
      key: 'category',
      title: say('products.category'),
      cell: ({ category }) => category?.name ?? '—',
    },
    {
      key: 'seller',
      title: say('goods.seller'),
      cell: ({ seller }) => seller.name ?? '—',
      phone: 'none',
    },
    {
      key: 'created',
      title: say('goods.created'),
      cell: ({ created_at: at }) => date(at),
      phone: 'none',
    },
  ];
};

/** Changes the state of each chosen product; one that is refused stops none of the others. */
const useBulkStatus = () => {
  const say = useText();
  const toast = useToast();
  const [refused, setRefused] = useState<Refused>();
  const { send } = useSending(['products']);
  const run = async (path: 'activate' | 'deactivate', rows: readonly Listed[]): Promise<void> => {
    const names: string[] = [];
    const url = `/api/v1/products/{id}/${path}` as const;
    await send(async () => {
      for (const { id, title } of rows)
        try {
          await bodyOf(browserApi().POST(url, { params: { path: { id } } }));
        } catch (error) {
          if (!(error instanceof RequestFailed)) throw error;
          names.push(title);
        }
    });
    const done = rows.length - names.length;
    setRefused(names.length > 0 ? { done, names } : undefined);
    if (names.length === 0) toast(say('products.updated', { count: done }));
  };
  return { refused, run };
};

export const Component = (): ReactElement => {
  const say = useText();
  const navigate = useNavigate();
  const query = useTableQuery(['q', 'status', 'category', 'seller']);
  const categories = useCategories();
  const products = useLoaded(['products', 'list', query.request], (signal) =>
    browserApi().GET('/api/v1/products', {
      params: { query: queryOf(query, { status: 'any' }) },
      signal,
    }),
  );
  const { refused, run } = useBulkStatus();
  const states = useStates('product', ['active', 'draft', 'inactive', 'archived']);
  const sellerId = query.chosen['seller'];
  const [first] = products.data?.items ?? [];
  const sellers = [[sellerId ?? '', first?.seller.name ?? say('products.ofSeller')]] as const;
  useShortcuts({ n: () => void navigate('/admin/productos/nuevo') });
  return (
    <AdminPage
      title={say('title.products')}
      action={
        <>
          <ButtonLink to="/admin/importar" size={40} icon={FileUp}>
            {say('products.import')}
          </ButtonLink>
          <ButtonLink to="/admin/productos/nuevo" kind="filled" size={40} icon={Plus}>
            {say('products.add')}
          </ButtonLink>
        </>
      }
    >
      {refused && (
        <Notice
          tone="warning"
          role="alert"
          title={say('products.someRefused', { done: refused.done, failed: refused.names.length })}
        >
          {refused.names.join(', ')}
        </Notice>
      )}
      <DataTable
        id="products"
        caption={say('title.products')}
        columns={useColumns()}
        of={products}
        query={query}
        filters={[
          { name: 'q', label: say('products.search') },
          { name: 'status', label: say('goods.status'), options: states },
          {
            name: 'category',
            label: say('products.category'),
            options: categories.map(({ slug, path }) => [slug, path]),
          },
          ...(sellerId === undefined
            ? []
            : [{ name: 'seller', label: say('goods.seller'), options: sellers }]),
        ]}
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        opening={{ to: ({ id }) => `/admin/productos/${id}` }}
        bulk={[
          {
            key: 'activate',
            label: say('products.activate'),
            icon: CirclePlay,
            run: (rows) => void run('activate', rows),
          },
          {
            key: 'deactivate',
            label: say('products.deactivate'),
            icon: CirclePause,
            run: (rows) => void run('deactivate', rows),
          },
        ]}
        empty={{
          title: say('products.none'),
          text: say('products.noneText'),
          picture: <Basket />,
          action: (
            <ButtonLink to="/admin/productos/nuevo" icon={Plus}>
              {say('products.add')}
            </ButtonLink>
          ),
        }}
      />
    </AdminPage>
  );
};
