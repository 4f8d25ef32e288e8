import { CreditCard, Lock } from 'lucide-react';
import { useEffect, useState, type FormEvent, type ReactElement } from 'react';
import { Link, redirect, useLoaderData, type LoaderFunctionArgs } from 'react-router';
import { cartPath, checkoutPath, searchPath } from '../../../addresses.ts';
import { unreachable, type Failure } from '../../api/problems.ts';
import { useFormats, useSetting, useText } from '../../i18n/use-text.tsx';
import { Button, ButtonLink } from '../../kit/button.tsx';
import { Empty, FormFailure, Notice } from '../../kit/feedback.tsx';
import { TextField } from '../../kit/field.tsx';
import { Icon } from '../../kit/icon.tsx';
import { ProductImage } from '../../kit/image.tsx';
import { Breadcrumb, PageTitle } from '../../kit/layout.tsx';
import { useFieldWords, useFailureWords } from '../../kit/use-failure.ts';
import { basketOf, keptBasket, type Basket as BasketOfLines } from '../basket.ts';
import { readCard, shapeExpiry, spaceCardNumber } from '../card-form.ts';
import type { PageHandle } from '../head-of-matches.ts';
import { loaderSetting } from '../loader-setting.ts';
import { Basket } from '../../kit/pictures.tsx';
import { TestCards } from '../parts/test-cards.tsx';
import type { Cart } from '../use-cart.ts';
import { useCheckout } from '../use-checkout.ts';

type CheckoutData = Readonly<{ cart: Cart | null }>;

export const loader = async ({ context }: LoaderFunctionArgs): Promise<CheckoutData> => {
  const { api, setting } = loaderSetting(context);
  const here = checkoutPath(setting.language);
  if (!setting.viewer) throw redirect(`/entrar?volver=${encodeURIComponent(here)}`);
  const { data, response } = await api.GET('/api/v1/cart');
  if (response.status === 401) throw redirect(`/entrar?volver=${encodeURIComponent(here)}`);
  return { cart: data ?? null };
};

export const handle: PageHandle<CheckoutData> = {
  head: (_, { text }) => ({ title: text.say('checkout.title'), isIndexed: false }),
};

/** What the total is now, when it is another than the page showed. */
const newTotalOf = (failure: Failure | undefined): string | undefined => {
  const total = failure?.code === 'orders.price_changed' ? failure.problem['new_total'] : undefined;
  return typeof total === 'string' ? total : undefined;
};

const Refused = ({ failure }: Readonly<{ failure: Failure }>): ReactElement => {
  const say = useText();
  const words = useFailureWords(failure);
  const reason = failure.problem['reason'];
  const known = ['card_declined', 'insufficient_funds', 'expired_card'];
  const key = known.find((name) => name === reason) ?? 'card_declined';
  return (
    <Notice
      tone="danger"
      title={failure.status === 402 ? say(`refused.${key}`) : words}
      role="alert"
    >
      <p>{say('refused.alternatives')}</p>
    </Notice>
  );
};

const Summary = ({
  basket,
  total,
}: Readonly<{ basket: BasketOfLines; total: string }>): ReactElement => {
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
        {!basket.isOrdered && (
          <Link
            to={cartPath(language)}
            className="inline-flex min-h-6 items-center text-small font-medium text-primary hover:underline"
          >
            {say('checkout.change')}
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
      <p className="flex items-baseline justify-between gap-4 border-t border-line pt-4">
        <span className="text-h3">{say('checkout.total')}</span>
        <span className="tabular text-h2">{money(total, basket.currency)}</span>
      </p>
    </aside>
  );
};

const empty = { number: '', expiry: '', holder: '', security_code: '' };

const PayForm = ({ basket }: Readonly<{ basket: BasketOfLines }>): ReactElement => {
  const say = useText();
  const { money } = useFormats();
  const { viewer, isDevelopment } = useSetting();
  const [typed, setTyped] = useState(empty);
  const [wrong, setWrong] = useState<Failure>();
  const { pay, isBusy, failure, order, isOrdered } = useCheckout(basket);
  const newTotal = newTotalOf(failure);
  const total = order?.total ?? newTotal ?? basket.total;
  const shown = wrong ?? failure;
  const words = useFieldWords(shown);
  const isRefused =
    failure !== undefined && (failure.status === 402 || failure.code === 'checkout.no_stock');

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readCard(typed, new Date());
    if ('fields' in read) {
      setWrong({ ...unreachable(), status: 422, code: 'http.validation', fields: read.fields });
      return;
    }
    setWrong(undefined);
    void pay(read.card, total);
  };
  const field = (name: keyof typeof empty, shape: (text: string, before: string) => string) => ({
    name,
    value: typed[name],
    error: words[name],
    onChange: (event: { target: { value: string } }) =>
      setTyped((now) => ({ ...now, [name]: shape(event.target.value, now[name]) })),
  });
  const asTyped = (text: string): string => text;
  return (
    <div className="grid gap-8 lg:grid-cols-[1fr_400px]">
      <form noValidate onSubmit={submit} className="flex max-w-xl flex-col gap-5">
        {!viewer?.isEmailVerified && (
          <Notice
            tone="warning"
            title={say('checkout.unverified')}
            action={
              <ButtonLink
                to={`/verificar?correo=${encodeURIComponent(viewer?.email ?? '')}`}
                size={36}
              >
                {say('checkout.verify')}
              </ButtonLink>
            }
          />
        )}
        <h2 className="flex items-center gap-2 text-h2">
          <Icon of={CreditCard} size={22} />
          {say('checkout.card')}
        </h2>
        {newTotal !== undefined ? (
          <Notice tone="warning" role="alert" title={say('checkout.priceChanged')}>
            {say('checkout.newTotal', {
              before: money(basket.total, basket.currency),
              now: money(newTotal, basket.currency),
            })}
          </Notice>
        ) : isRefused && !wrong ? (
          <Refused failure={failure} />
        ) : (
          <FormFailure
            failure={shown}
            fieldNames={{
              number: say('checkout.number'),
              expiry: say('checkout.expiry'),
              security_code: say('checkout.code'),
            }}
          />
        )}
        <TextField
          {...field('number', spaceCardNumber)}
          label={say('checkout.number')}
          inputMode="numeric"
          autoComplete="cc-number"
          enterKeyHint="next"
        />
        <div className="grid grid-cols-2 gap-4">
          <TextField
            {...field('expiry', shapeExpiry)}
            label={say('checkout.expiry')}
            hint={say('checkout.expiryHint')}
            inputMode="numeric"
            autoComplete="cc-exp"
            enterKeyHint="next"
          />
          <TextField
            {...field('security_code', (text) => text.replaceAll(/\D/g, '').slice(0, 4))}
            label={say('checkout.code')}
            hint={say('checkout.codeHint')}
            inputMode="numeric"
            autoComplete="cc-csc"
            enterKeyHint="next"
          />
        </div>
        <TextField
          {...field('holder', asTyped)}
          label={say('checkout.holder')}
          autoComplete="cc-name"
          isOptional
        />
        <Button type="submit" kind="filled" size={48} isWide isBusy={isBusy}>
          {say(newTotal === undefined ? 'checkout.pay' : 'checkout.payNew', {
            total: money(total, basket.currency),
          })}
        </Button>
        <p role="status" className="flex items-start gap-2 text-caption text-text-3">
          <Icon of={Lock} size={16} />
          {isBusy ? say('checkout.working') : say('checkout.safe')}
        </p>
        {isDevelopment && (
          <TestCards
            onChoose={(number) =>
              setTyped({
                ...empty,
                number: spaceCardNumber(number),
                expiry: '12 / 34',
                security_code: '123',
              })
            }
          />
        )}
      </form>
      <Summary basket={{ ...basket, isOrdered }} total={total} />
    </div>
  );
};

export const Component = (): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const { cart } = useLoaderData<typeof loader>();
  const [basket, setBasket] = useState(cart && cart.items.length > 0 ? basketOf(cart) : undefined);
  // Only the browser knows what an order that came to nothing was of.
  useEffect(() => {
    setBasket((now) => now ?? keptBasket());
  }, []);
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-5 py-6">
      <Breadcrumb
        crumbs={[
          { name: say('cart.title'), to: cartPath(language) },
          { name: say('checkout.title') },
        ]}
      />
      <PageTitle>{say('checkout.title')}</PageTitle>
      {basket ? (
        <PayForm basket={basket} />
      ) : (
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
      )}
    </main>
  );
};
