import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { cartPath } from '../../addresses.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { ProductImage } from '../kit/image.tsx';
import type { Basket } from './basket.ts';
import type { ShippingOption } from './draft.ts';

/** What is bought and what it costs, beside every step. */
export const OrderSummary = ({
  basket,
  option,
  total,
}: Readonly<{
  basket: Basket;
  option: ShippingOption | undefined;
  total: string;
}>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const { language } = useSetting();
  return (
    <aside
      aria-labelledby="summary"
      className="flex h-fit flex-col gap-4 rounded-card border border-line bg-surface p-5 lg:sticky lg:top-6"
    >
      <div className="flex items-baseline justify-between gap-4">
        <h2 id="summary" className="text-h2">
          {say('checkout.summary')}
        </h2>
        {basket.orderId === null && (
          <Link
            to={cartPath(language)}
            className="inline-flex min-h-6 items-center text-small font-medium text-primary hover:underline"
          >
            {say('checkout.change')}
            <span className="sr-only"> {say('checkout.changeCart')}</span>
          </Link>
        )}
      </div>
      <ul className="flex flex-col gap-3">
        {basket.lines.map((line) => (
          <li key={line.variantId} className="flex items-center gap-3">
            <ProductImage
              url={line.imageUrl}
              alt=""
              sizes="48px"
              className="w-12 rounded-control-small"
            />
            <span className="min-w-0 flex-1 text-small">
              <span className="line-clamp-2">{line.name}</span>
              <span className="text-caption text-text-3">
                {say('checkout.quantity', { count: line.quantity })}
              </span>
            </span>
            <span className="tabular text-small font-medium">
              {money(line.total, basket.currency)}
            </span>
          </li>
        ))}
      </ul>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-2 border-t border-line pt-4">
        {option && (
          <>
            <dt className="text-small text-text-2">{say('checkout.subtotal')}</dt>
            <dd className="tabular text-right text-small">
              {money(basket.total, basket.currency)}
            </dd>
            <dt className="text-small text-text-2">{say('checkout.shippingCost')}</dt>
            <dd className="tabular text-right text-small">
              {Number(option.price) === 0
                ? say('checkout.free')
                : money(option.price, option.currency)}
            </dd>
          </>
        )}
        <dt className="self-baseline text-h3">{say('checkout.total')}</dt>
        <dd className="tabular text-right text-h2">{money(total, basket.currency)}</dd>
      </dl>
    </aside>
  );
};
