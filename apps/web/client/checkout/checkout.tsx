import { useEffect, useState, type ReactElement } from 'react';
import {
  redirect,
  useLoaderData,
  useNavigate,
  useParams,
  type LoaderFunctionArgs,
  type ShouldRevalidateFunctionArgs,
} from 'react-router';
import {
  cartPath,
  checkoutPath,
  checkoutStepPath,
  longId,
  searchPath,
  stepOfSegment,
  type CheckoutStep,
} from '../../addresses.ts';
import { readFailure } from '../api/problems.ts';
import { useSetting, useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Empty, RegionError } from '../kit/feedback.tsx';
import { Breadcrumb, PageTitle, Skeleton } from '../kit/layout.tsx';
import { Basket as BasketPicture } from '../kit/pictures.tsx';
import type { PageHandle } from '../store/head-of-matches.ts';
import { loaderSetting } from '../store/loader-setting.ts';
import type { Cart } from '../store/use-cart.ts';
import { basketOf, keptBasket, type Basket } from './basket.ts';
import { contactFaults, ContactStep } from './contact-step.tsx';
import { detailsOf } from './details.ts';
import type { AddressForm, Draft, SavedAddress, ShippingOption } from './draft.ts';
import { IdentityFields, identityFaults } from './identity-fields.tsx';
import { OrderSummary } from './order-summary.tsx';
import { loadPayOrder, PayOrder, type PayOrderData } from './pay-order.tsx';
import { newTotalOf, PaymentStep, type PaymentMethod } from './payment-step.tsx';
import { Review } from './review.tsx';
import { ShippingStep } from './shipping-step.tsx';
import { Steps } from './steps.tsx';
import { addAmounts } from './totals.ts';
import { useCheckout } from './use-checkout.ts';
import { useDraft } from './use-draft.ts';
import { regionOf, useShipping } from './use-shipping.ts';
import { Loading } from '../kit/loading.tsx';

type CheckoutData = Readonly<{
  cart: Cart | null;
  isAway: boolean;
  requestId: string | undefined;
  country: string;
  countries: readonly string[];
  form: AddressForm | null;
  /** Undefined: they could not be asked for. */
  options: readonly ShippingOption[] | undefined;
  isRequired: boolean;
  addresses: readonly SavedAddress[];
  methods: readonly PaymentMethod[];
}>;

const nothing = () => undefined;

/** Where a shop has nothing to send, nobody is asked for an address. */
const stepsOf = (
  isGuest: boolean,
  { options, isRequired }: Pick<CheckoutData, 'options' | 'isRequired'>,
): readonly CheckoutStep[] => [
  ...(isGuest ? (['details'] as const) : []),
  ...(isRequired || options === undefined || options.length > 0 ? (['shipping'] as const) : []),
  'payment',
];

export const loader = async ({
  params,
  context,
}: LoaderFunctionArgs): Promise<CheckoutData | PayOrderData> => {
  const { api, setting } = loaderSetting(context);
  const { language, viewer } = setting;
  // In the browser the page's own setting does not know of a cart that was begun since.
  const hasCart = setting.hasCart || typeof document !== 'undefined';
  const segment = params['step'];
  const orderId = segment === undefined ? undefined : longId(segment);
  if (orderId !== undefined) return loadPayOrder(context, orderId);
  if (segment !== undefined && stepOfSegment(language, segment) === undefined)
    throw new Response(null, { status: 404 });
  const country = setting.locale.split('-')[1] ?? 'CO';
  const [cart, countries, form, options, addresses, methods] = await Promise.all([
    hasCart ? api.GET('/api/v1/cart').catch(nothing) : undefined,
    api.GET('/api/v1/address-forms').catch(nothing),
    api.GET('/api/v1/address-forms/{country}', { params: { path: { country } } }).catch(nothing),
    api.GET('/api/v1/shipping-options', { params: { query: { country } } }).catch(nothing),
    viewer ? api.GET('/api/v1/users/me/addresses').catch(nothing) : undefined,
    api.GET('/api/v1/payment-methods').catch(nothing),
  ]);
  const data = {
    cart: cart?.data ?? null,
    isAway: hasCart && !cart?.data,
    requestId: cart?.response.headers.get('x-request-id') ?? undefined,
    country,
    countries: countries?.data?.countries ?? [],
    form: form?.data ?? null,
    options: options?.data?.items,
    isRequired: options?.data?.is_required ?? false,
    addresses: addresses?.data?.items ?? [],
    methods: methods?.data?.items ?? [],
  };
  if (segment === undefined)
    throw redirect(checkoutStepPath(language, stepsOf(viewer === null, data)[0]!));
  return data;
};

/** From one step to the next nothing is asked for again. */
export const shouldRevalidate = ({
  currentUrl,
  nextUrl,
  defaultShouldRevalidate,
}: ShouldRevalidateFunctionArgs): boolean => {
  const isCheckout = (url: URL): boolean =>
    /^\/(?:es\/pagar|en\/checkout)\/[a-z]{1,12}$/.test(url.pathname);
  return isCheckout(currentUrl) && isCheckout(nextUrl) && currentUrl.pathname !== nextUrl.pathname
    ? false
    : defaultShouldRevalidate;
};

export const handle: PageHandle<CheckoutData | PayOrderData> = {
  head: (data, { text }) => ({
    title:
      'order' in data
        ? text.say('payOrder.title', { number: data.order.number })
        : text.say('checkout.title'),
    isIndexed: false,
  }),
};

const Purchase = ({
  basket,
  data,
  draft,
  change,
}: Readonly<{
  basket: Basket;
  data: CheckoutData;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}>): ReactElement => {
  const { language, viewer } = useSetting();
  const navigate = useNavigate();
  const wanted = stepOfSegment(language, useParams()['step'] ?? '') ?? 'payment';
  const checkout = useCheckout(basket);
  const isGuest = viewer === null;
  const saved = draft.isPickup
    ? undefined
    : data.addresses.find(({ id }) => id === draft.savedAddressId);
  const place = useShipping(draft, regionOf(draft, saved), data);
  const steps = stepsOf(isGuest, place);
  // Who comes by an address of a later step is taken to the first that is not done.
  const isContactDone =
    !isGuest ||
    Object.keys({
      ...contactFaults(draft, place.form?.calling_code ?? null),
      ...identityFaults(draft),
    }).length === 0;
  const isShippingDone =
    !steps.includes('shipping') ||
    draft.option !== undefined ||
    (place.options?.length === 0 && !place.isRequired);
  const firstOpen = !isContactDone ? 'details' : !isShippingDone ? 'shipping' : 'payment';
  const step =
    steps.indexOf(wanted) > steps.indexOf(firstOpen) || !steps.includes(wanted)
      ? firstOpen
      : wanted;
  useEffect(() => {
    if (step !== wanted) void navigate(checkoutStepPath(language, step), { replace: true });
  }, [step, wanted, language, navigate]);
  const goOn = (): void => {
    const next = steps[steps.indexOf(step) + 1] ?? 'payment';
    void navigate(checkoutStepPath(language, next));
  };

  const { option } = draft;
  const before = option ? addAmounts(basket.total, option.price) : basket.total;
  const total = checkout.order?.total ?? newTotalOf(checkout.failure) ?? before;
  const details = detailsOf({ draft, form: place.form, saved, isGuest, language });
  return (
    <>
      <Steps steps={steps} current={step} firstOpen={firstOpen} />
      <div className="grid gap-8 lg:grid-cols-[1fr_400px]">
        {step === 'details' ? (
          <ContactStep draft={draft} form={place.form} change={change} onDone={goOn} />
        ) : step === 'shipping' ? (
          <ShippingStep
            draft={draft}
            place={place}
            countries={data.countries}
            addresses={data.addresses}
            change={change}
            onDone={goOn}
          />
        ) : (
          <PaymentStep
            methods={data.methods}
            checkout={checkout}
            details={details}
            before={before}
            total={total}
            currency={basket.currency}
            faults={steps.length === 1 ? identityFaults(draft) : {}}
            review={
              <>
                <Review draft={draft} form={place.form} saved={saved} isGuest={isGuest} />
                {steps.length === 1 && (
                  <IdentityFields draft={draft} error={undefined} change={change} />
                )}
              </>
            }
          />
        )}
        <OrderSummary
          basket={{ ...basket, orderId: checkout.order?.id ?? basket.orderId }}
          option={option}
          total={total}
        />
      </div>
    </>
  );
};

const Waiting = (): ReactElement => (
  <Loading className="grid gap-8 lg:grid-cols-[1fr_400px]">
    <div className="flex max-w-xl flex-col gap-5">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-16 w-full" />
      <Skeleton className="h-12 w-full" />
    </div>
    <Skeleton className="h-56 w-full" />
  </Loading>
);

const Checkout = ({ data }: Readonly<{ data: CheckoutData }>): ReactElement => {
  const say = useText();
  const { language, viewer } = useSetting();
  const { cart } = data;
  const [basket, setBasket] = useState(cart && cart.items.length > 0 ? basketOf(cart) : undefined);
  const { draft, change } = useDraft({ ...data, hasAccount: viewer !== null });
  // Only the browser knows what an order that is not paid was of.
  useEffect(() => {
    setBasket((now) => now ?? keptBasket());
  }, []);
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-5 py-6">
      <Breadcrumb
        crumbs={[
          { name: say('checkout.cart'), to: cartPath(language) },
          { name: say('checkout.title') },
        ]}
      />
      <PageTitle>{say('checkout.title')}</PageTitle>
      {basket && draft ? (
        <Purchase basket={basket} data={data} draft={draft} change={change} />
      ) : basket ? (
        <Waiting />
      ) : data.isAway ? (
        <RegionError
          failure={{ ...readFailure(undefined, undefined), status: 503, requestId: data.requestId }}
          title={say('checkout.cartFailed')}
          onRetry={() => location.assign(checkoutPath(language))}
        />
      ) : (
        <Empty
          picture={<BasketPicture />}
          title={say('checkout.empty')}
          action={
            <ButtonLink to={searchPath(language)} kind="filled">
              {say('checkout.browse')}
            </ButtonLink>
          }
        >
          {say('checkout.emptyText')}
        </Empty>
      )}
    </main>
  );
};

export const Component = (): ReactElement => {
  const data = useLoaderData<typeof loader>();
  return 'order' in data ? <PayOrder key={data.order.id} {...data} /> : <Checkout data={data} />;
};
