import { Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { cartPath, checkoutPath, searchPath } from '../../../addresses.ts';
import { readFailure, type Failure } from '../../api/problems.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { Empty, FormFailure, Notice, RegionError } from '../../kit/feedback.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { PageTitle, Stepper } from '../../kit/layout.tsx';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { Basket } from '../../kit/pictures.tsx';
import { countPieces, useCart, type Cart } from '../use-cart.ts';
import { useChangeCart, type ChangeCart, type Conflict } from '../use-change-cart.ts';

type CartData = Readonly<{ cart: Cart | null; isAway: boolean; requestId: string | undefined }>;

export const loader = async ({ context }: LoaderFunctionArgs): Promise<CartData> => {
  const { api, setting } = loaderSetting(context);
  if (!setting.hasCart) return { cart: null, isAway: false, requestId: undefined };
  const answer = await api.GET('/api/v1/cart').catch(() => undefined);
  const requestId = answer?.response.headers.get('x-request-id') ?? undefined;
  return { cart: answer?.data ?? null, isAway: !answer?.data, requestId };
};

export const handle: PageHandle<CartData> = {
  head: (_, { setting: { language }, text }) => ({
    title: text.say('cart.title'),
    path: cartPath(language),
    isIndexed: false,
  }),
};

type Line = Cart['items'][number];

/** What changed since the line was added, and how to accept it. */
const Changed = ({
  line,
  currency,
  change,
}: Readonly<{ line: Line; currency: string; change: ChangeCart }>): ReactElement | null => {
  const say = useText();
  const { money } = useFormats();
  if (!line.is_for_sale) return <Notice tone="warning">{say('cart.notForSale')}</Notice>;
  if (!line.is_price_changed) return null;
  return (
    <Notice
      tone="warning"
      action={
        <Button size={36} onClick={() => change.setQuantity(line.id, line.quantity)}>
          {say('cart.acceptPrice')}
        </Button>
      }
    >
      {say('cart.priceChanged', {
        before: money(line.price_when_added, currency),
        now: money(line.unit_price, currency),
      })}
    </Notice>
  );
};

/** Another tab changed the same line: both values, and the person chooses. */
const Conflicting = ({ conflict }: Readonly<{ conflict: Conflict }>): ReactElement => {
  const say = useText();
  const { name, mine, theirs, choose } = conflict;
  return (
    <Notice
      tone="warning"
      role="alert"
      title={say('cart.conflict', { name })}
      action={[theirs, mine].map((quantity) => (
        <Button key={quantity} size={36} onClick={() => choose(quantity)}>
          {say(quantity === mine ? 'cart.useMine' : 'cart.useTheirs', { quantity })}
        </Button>
      ))}
    >
      {say('cart.conflictText', { theirs, mine })}
    </Notice>
  );
};

const CartLine = ({
  line,
  currency,
  change,
}: Readonly<{ line: Line; currency: string; change: ChangeCart }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const name = line.name ?? say('cart.goneProduct');
  return (
    <li className="grid grid-cols-[80px_minmax(0,1fr)] gap-x-4 gap-y-3 border-b border-line py-5 sm:grid-cols-[96px_minmax(0,1fr)_auto]">
      <ProductImage url={line.image_url} alt="" sizes="96px" className="rounded-control-small" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="text-body font-medium">{name}</p>
        {line.sku !== null && <p className="font-mono text-caption text-text-3">{line.sku}</p>}
        <p className="tabular text-small text-text-2">
          {say('cart.each', { price: money(line.unit_price, currency) })}
        </p>
      </div>
      <div className="col-span-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 sm:col-span-1 sm:flex-nowrap sm:flex-col sm:items-end">
        <p className="tabular text-h3 max-sm:order-last">{money(line.total, currency)}</p>
        <div className="flex items-center gap-1">
          <Stepper
            isCompact
            value={line.quantity}
            max={999}
            label={say('cart.quantityOf', { name })}
            onChange={(quantity) => change.setQuantity(line.id, quantity)}
          />
          <button
            type="button"
            aria-label={say('cart.remove', { name })}
            title={say('cart.remove', { name })}
            onClick={() => change.remove(line)}
            className="inline-flex size-11 items-center justify-center rounded-control text-text-2 hover:bg-sunken"
          >
            <Trash2 size={20} strokeWidth={1.75} aria-hidden="true" />
          </button>
        </div>
      </div>
      <div className="col-span-full empty:hidden">
        <Changed line={line} currency={currency} change={change} />
      </div>
    </li>
  );
};

const awayFailure = (requestId: string | undefined): Failure => ({
  ...readFailure(undefined, undefined),
  status: 503,
  requestId,
});

export const Component = (): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const { language, viewer } = useSetting();
  const loaded = useLoaderData<typeof loader>();
  const known = useCart().cart;
  const cart = known ?? loaded.cart ?? undefined;
  const change = useChangeCart();
  const isSound =
    cart?.items.every(({ is_for_sale, is_price_changed }) => is_for_sale && !is_price_changed) ??
    false;
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-2 py-6">
      <PageTitle>{say('cart.title')}</PageTitle>
      {loaded.isAway && !cart ? (
        <RegionError
          failure={awayFailure(loaded.requestId)}
          title={say('cart.failed')}
          onRetry={() => location.reload()}
        />
      ) : !cart || cart.items.length === 0 ? (
        <Empty
          picture={<Basket />}
          title={say('cart.empty')}
          action={
            <ButtonLink to={searchPath(language)} kind="filled">
              {say('cart.browse')}
            </ButtonLink>
          }
        >
          {say('cart.emptyText')}
        </Empty>
      ) : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_360px]">
          <div>
            <FormFailure failure={change.failure} />
            {change.conflict && <Conflicting conflict={change.conflict} />}
            <ul>
              {cart.items.map((line) => (
                <CartLine key={line.id} line={line} currency={cart.currency} change={change} />
              ))}
            </ul>
          </div>
          <aside
            aria-labelledby="summary"
            className="flex h-fit flex-col gap-4 rounded-card border border-line bg-surface p-5 lg:sticky lg:top-6"
          >
            <h2 id="summary" className="text-h2">
              {say('cart.summary')}
            </h2>
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="text-small text-text-2">
                {say('cart.pieces', { count: countPieces(cart) })}
              </span>
              <span className="tabular text-h2">{money(cart.total, cart.currency)}</span>
            </p>
            {!isSound && <p className="text-small text-warning">{say('cart.settleFirst')}</p>}
            <ButtonLink to={checkoutPath(language)} kind="filled" size={48} isWide>
              {say('cart.checkout')}
            </ButtonLink>
            {!viewer && <p className="text-caption text-text-3">{say('cart.noAccountNeeded')}</p>}
          </aside>
        </div>
      )}
    </main>
  );
};
