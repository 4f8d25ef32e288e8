import { ShieldCheck, Undo2 } from 'lucide-react';
import { useEffect, useState, type ReactElement } from 'react';
import { Link, useFetcher, useSearchParams } from 'react-router';
import { cartPath, sellerPath } from '../../../addresses.ts';
import type { AnswerOf } from '../../api/client.ts';
import { Rich, useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Button } from '../../kit/button.tsx';
import { FormFailure } from '../../kit/feedback.tsx';
import { returnsText } from '../returns.ts';
import { Icon } from '../../kit/icon.tsx';
import { Monogram, PageTitle, Stepper } from '../../kit/layout.tsx';
import { BeforePrice } from '../../kit/price.tsx';
import { useToast } from '../../kit/toast.tsx';
import { isRefused } from '../act.ts';
import { useCart, type Cart } from '../use-cart.ts';
import { DeliveryPromise, type Delivery } from './delivery.tsx';
import { paramOf, variantWith, type Variant } from '../variants.ts';

type Product = AnswerOf<'/api/v1/products/{id}', 'get'>;
type Chosen = Readonly<{ product: Product; variant: Variant | undefined }>;

/** What the public is told of a stock: exact below it. */
const exactBelow = 20;
const mostAtOnce = 999;

const chip =
  'inline-flex h-11 items-center rounded-control-small border px-4 text-body font-medium transition-colors md:h-10 md:text-small';

/** One option with its values; those that are sold out can be looked at, and say so. */
const Option = ({
  product,
  variant,
  name,
  values,
}: Chosen & Readonly<{ name: string; values: readonly string[] }>): ReactElement => {
  const say = useText();
  const [params] = useSearchParams();
  const chosen = variant?.options?.[name];
  return (
    <div role="group" aria-label={name} className="flex flex-col gap-2.5">
      <p className="text-small text-text-2 max-md:sr-only">
        {name}: <strong className="font-semibold text-text-1">{chosen}</strong>
      </p>
      <ul className="flex flex-wrap gap-2">
        {values.map((value) => {
          const other = variantWith(product.variants, variant, name, value);
          const next = new URLSearchParams(params);
          for (const [option, its] of Object.entries(other?.options ?? {}))
            next.set(paramOf(option), its);
          const isChosen = value === chosen;
          const isThere = other?.in_stock ?? false;
          const look = isChosen
            ? 'border-primary bg-primary-soft text-primary inset-ring-1 inset-ring-primary'
            : isThere
              ? 'border-line-2 bg-surface text-text-1 hover:border-control'
              : 'border-line-2 bg-surface text-text-3 line-through';
          return (
            <li key={value}>
              <Link
                to={`?${next}`}
                replace
                preventScrollReset
                className={`${chip} ${look}`}
                {...(isChosen ? { 'aria-current': 'true' as const } : {})}
              >
                {value}
                {!isThere && <span className="sr-only"> {say('product.soldOut')}</span>}
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
};

const Price = ({ variant }: Readonly<{ variant: Variant }>): ReactElement => {
  const { money } = useFormats();
  const { price, compare_at_price: before, currency } = variant;
  return (
    <div className="flex flex-col gap-0.5">
      <BeforePrice price={price} before={before} currency={currency} />
      <p className="tabular text-display-small md:text-price">{money(price, currency)}</p>
    </div>
  );
};

const Seller = ({ seller }: Readonly<{ seller: Product['seller'] }>): ReactElement | null => {
  const say = useText();
  const { language, shopName } = useSetting();
  const { id, name } = seller;
  if (name === null) return null;
  return (
    <section
      aria-label={say('product.seller')}
      className="flex flex-wrap items-center gap-3 rounded-card border border-line bg-surface p-4"
    >
      <Monogram name={name} />
      <div className="flex min-w-0 flex-1 flex-col">
        <p className="truncate text-body font-semibold">{name}</p>
        <p className="text-caption text-text-3">{say('product.sellerText', { shop: shopName })}</p>
      </div>
      <Link
        to={sellerPath(language, id, name)}
        className="inline-flex h-9 items-center rounded-control-small border border-control bg-surface px-3 text-small font-semibold hover:bg-sunken"
      >
        {say('product.sellerMore')}
      </Link>
    </section>
  );
};

/** Buying: from what it is to who sells it, in the order in which people decide. */
export const BuyColumn = ({
  product,
  variant,
  delivery,
}: Chosen & Readonly<{ delivery: Delivery | undefined }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const fetcher = useFetcher<{ cart: Cart }>();
  const { set: setCart } = useCart();
  const toast = useToast();
  const [quantity, setQuantity] = useState(1);
  const available = variant?.available ?? 0;
  const most = Math.min(available >= exactBelow ? mostAtOnce : available, mostAtOnce);
  const shown = Math.max(1, Math.min(quantity, most));
  const { data, state } = fetcher;
  const isBuying = state !== 'idle' && fetcher.formData?.get('then') === 'buy';
  const isAdding = state !== 'idle' && !isBuying;

  useEffect(() => {
    if (!data || isRefused(data)) return;
    setCart(data.cart);
    toast(
      say('product.added'),
      <Link
        to={cartPath(language)}
        className="inline-flex min-h-9 items-center font-semibold text-primary underline"
      >
        {say('product.seeCart')}
      </Link>,
    );
    // Once for each answer, whatever else changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [data]);

  if (!variant) return <PageTitle>{product.title}</PageTitle>;
  const buttons = (
    <>
      <Button
        type="submit"
        name="then"
        value="buy"
        kind="filled"
        size={48}
        isWide
        isBusy={isBuying}
      >
        <span className="max-md:hidden">{say('product.buy')}</span>
        <span className="md:hidden">{say('product.buyShort')}</span>
      </Button>
      <Button
        type="submit"
        kind="soft"
        size={48}
        isWide
        isBusy={isAdding}
        className="max-md:order-first"
      >
        <span className="max-md:hidden">{say('product.add')}</span>
        <span className="md:hidden">{say('product.addShort')}</span>
      </Button>
    </>
  );
  const returns = returnsText(say, useSetting().returnDays);
  return (
    <fetcher.Form method="post" className="flex flex-col">
      <input type="hidden" name="variant_id" value={variant.id} />
      {/* Without scripts it stays empty, and the answer is a page. */}
      <input
        type="hidden"
        name="by"
        ref={(input) => {
          if (input) input.value = 'script';
        }}
      />
      <p className="mb-1 text-caption text-text-3">
        {say('product.condition')}
        {product.category && ` · ${product.category.name}`}
      </p>
      <PageTitle>{product.title}</PageTitle>
      <div className="mt-4 md:mt-5">
        <Price variant={variant} />
      </div>
      <div className="mt-4 flex flex-col gap-4 md:mt-6 md:border-t md:border-line md:pt-6">
        {delivery && variant.in_stock && <DeliveryPromise delivery={delivery} />}
        {returns !== undefined && (
          <p className="flex items-start gap-3 text-small text-text-2">
            <Icon of={Undo2} size={20} />
            <span>{returns}</span>
          </p>
        )}
        {product.options.map(({ name, values }) => (
          <Option key={name} product={product} variant={variant} name={name} values={values} />
        ))}
      </div>
      {variant.in_stock ? (
        <>
          <div className="mt-5 flex items-center gap-3">
            <Stepper
              value={shown}
              max={Math.max(1, most)}
              label={say('product.quantity')}
              onChange={setQuantity}
              name="quantity"
            />
            <span className="text-small text-text-2">
              {available < exactBelow
                ? say('product.available', { count: available })
                : say('product.many')}
            </span>
          </div>
          <div
            data-bottom-bar
            className="fixed inset-x-0 bottom-0 z-20 flex gap-2 border-t border-line bg-surface px-4 pt-3 pb-[max(20px,env(safe-area-inset-bottom))] md:static md:mt-4 md:flex-col md:border-0 md:bg-transparent md:p-0"
          >
            {buttons}
          </div>
        </>
      ) : (
        <p role="status" className="mt-5 rounded-card bg-sunken p-4 text-small text-text-2">
          {say('product.soldOutText')}
        </p>
      )}
      {isRefused(data) && (
        <div className="mt-4">
          <FormFailure failure={data.failure} />
        </div>
      )}
      <p className="mt-5 flex items-start gap-3.5 text-small text-text-2">
        <Icon of={ShieldCheck} size={20} className="text-primary" />
        <span>
          <Rich
            id="product.protected"
            parts={{ b: (words) => <strong className="font-semibold text-text-1">{words}</strong> }}
          />
        </span>
      </p>
      <div className="mt-5">
        <Seller seller={product.seller} />
      </div>
    </fetcher.Form>
  );
};
