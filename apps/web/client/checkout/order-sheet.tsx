import type { ReactElement } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { ProductImage } from '../kit/image.tsx';
import { useArrivalOf } from './shipping-step.tsx';

export type Order = AnswerOf<'/api/v1/orders/{id}', 'get'>;

/** What an order is of, how it is sent, and what it costs. */
export const OrderSheet = ({ order }: Readonly<{ order: Order }>): ReactElement => {
  const say = useText();
  const { money, dateTime } = useFormats();
  const { language } = useSetting();
  const arrivalOf = useArrivalOf();
  const { shipping, currency } = order;
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-small">
        <dt className="text-text-3">{say('confirmed.number')}</dt>
        <dd className="font-mono">{order.number}</dd>
        <dt className="text-text-3">{say('confirmed.placed')}</dt>
        <dd>
          <time dateTime={order.placed_at}>{dateTime(order.placed_at)}</time>
        </dd>
        {shipping && (
          <>
            <dt className="text-text-3">{say('checkout.step.shipping')}</dt>
            <dd>
              {shipping.name[language]}
              {shipping.pickup_place !== null && `, ${shipping.pickup_place}`}
              <span className="block text-text-2">{arrivalOf(shipping)}</span>
            </dd>
          </>
        )}
      </dl>
      <ul className="flex flex-col border-y border-line">
        {order.lines.map((line) => (
          <li
            key={line.variant_id}
            className="flex items-center gap-3 border-b border-line py-3 last:border-0"
          >
            <ProductImage
              url={line.image_url}
              alt=""
              sizes="48px"
              className="w-12 rounded-control-small"
            />
            <span className="min-w-0 flex-1 text-small">
              {line.name}
              <span className="block text-caption text-text-3">
                {say('checkout.quantity', { count: line.quantity })}
              </span>
            </span>
            <span className="tabular text-small font-medium">{money(line.total, currency)}</span>
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-2">
        {shipping && (
          <>
            <dt className="text-small text-text-2">{say('checkout.shippingCost')}</dt>
            <dd className="tabular text-right text-small">
              {Number(shipping.price) === 0
                ? say('checkout.free')
                : money(shipping.price, currency)}
            </dd>
          </>
        )}
        {Number(order.tax_total) > 0 && (
          <>
            <dt className="text-small text-text-2">{say('confirmed.taxes')}</dt>
            <dd className="tabular text-right text-small">{money(order.tax_total, currency)}</dd>
          </>
        )}
        <dt className="self-baseline text-h3">{say('checkout.total')}</dt>
        <dd className="tabular text-right text-h2">{money(order.total, currency)}</dd>
        {Number(order.refunded_total) > 0 && (
          <>
            <dt className="text-small text-text-2">{say('confirmed.refunded')}</dt>
            <dd className="tabular text-right text-small">
              {money(order.refunded_total, currency)}
            </dd>
          </>
        )}
      </dl>
    </>
  );
};

/** Where the receipt is, to be printed; the same for guests and accounts. */
export const receiptPath = (orderId: string): string => `/web/api/v1/orders/${orderId}/receipt`;
