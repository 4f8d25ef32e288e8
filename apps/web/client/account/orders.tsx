import { useState, type ReactElement } from 'react';
import { Link } from 'react-router';
import { searchPath } from '../../addresses.ts';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { Moment, useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { Button, ButtonLink } from '../kit/button.tsx';
import { Empty } from '../kit/feedback.tsx';
import { Basket } from '../kit/pictures.tsx';
import { useLoaded } from '../kit/use-request.ts';
import { Claimable } from './claimable.tsx';
import { AccountPage, Region } from './frame.tsx';
import { OrderTag } from './order-tag.tsx';

type Listed = AnswerOf<'/api/v1/orders', 'get'>['items'][number];

/** A line of the list: two on phones, one elsewhere, and the whole of it is a link. */
export const OrderRow = ({ order }: Readonly<{ order: Listed }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  return (
    <li className="border-b border-line last:border-0">
      <Link
        to={`/cuenta/pedidos/${order.id}`}
        className="grid min-h-14 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 rounded-control-small px-3 py-2.5 hover:bg-sunken lg:grid-cols-[7rem_minmax(0,1fr)_11rem_8rem]"
      >
        <span className="font-mono text-small font-medium">{order.number}</span>
        <span className="text-small [overflow-wrap:anywhere] text-text-2 max-lg:order-3">
          {say('orders.lines', { count: order.line_count })} · <Moment at={order.placed_at} />
        </span>
        <span className="max-lg:order-4 max-lg:justify-self-end">
          <OrderTag status={order.status} />
        </span>
        <span className="tabular text-right text-small font-semibold">
          {money(order.total, order.currency)}
        </span>
      </Link>
    </li>
  );
};

const OrderPage = ({
  cursor,
  isLast,
  onMore,
}: Readonly<{
  cursor: string | undefined;
  isLast: boolean;
  onMore: (cursor: string) => void;
}>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const query = { limit: 20, ...(cursor === undefined ? {} : { cursor }) };
  const orders = useLoaded(['orders', cursor ?? ''], (signal) =>
    browserApi().GET('/api/v1/orders', { params: { query }, signal }),
  );
  return (
    <Region of={orders} lines={5}>
      {({ items, next_cursor: next }) =>
        items.length === 0 && cursor === undefined ? (
          <Empty
            picture={<Basket />}
            title={say('orders.none')}
            action={
              <ButtonLink to={searchPath(language)} isDocument kind="filled">
                {say('account.browse')}
              </ButtonLink>
            }
          >
            {say('orders.noneText')}
          </Empty>
        ) : (
          <>
            <ul className="rounded-card border border-line bg-surface">
              {items.map((order) => (
                <OrderRow key={order.id} order={order} />
              ))}
            </ul>
            {isLast && next !== null && (
              <Button className="self-center" onClick={() => onMore(next)}>
                {say('orders.more')}
              </Button>
            )}
          </>
        )
      }
    </Region>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  return (
    <AccountPage title={say('account.orders')}>
      <Claimable />
      {cursors.map((cursor, i) => (
        <OrderPage
          key={cursor ?? ''}
          cursor={cursor}
          isLast={i === cursors.length - 1}
          onMore={(next) => setCursors([...cursors, next])}
        />
      ))}
    </AccountPage>
  );
};
