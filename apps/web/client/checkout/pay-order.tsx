import { useEffect, useRef, useState, type ReactElement } from 'react';
import { redirect, useNavigate, type LoaderFunctionArgs } from 'react-router';
import { confirmedPath, searchPath, trackingPath } from '../../addresses.ts';
import type { Failure } from '../api/problems.ts';
import { useFormats, useSetting, useText } from '../i18n/use-text.tsx';
import { ButtonLink } from '../kit/button.tsx';
import { Notice } from '../kit/feedback.tsx';
import { PageTitle } from '../kit/layout.tsx';
import { loaderSetting } from '../store/loader-setting.ts';
import { forgetBasketOf } from './basket.ts';
import { OrderSheet, type Order } from './order-sheet.tsx';
import {
  isUnclear,
  pageFor,
  readOrder,
  Stopped,
  untilPayable,
  withCard,
  type Card,
} from './paying.ts';
import { PaymentStep, sayRefusal, type PaymentMethod } from './payment-step.tsx';

export type PayOrderData = Readonly<{ order: Order; methods: readonly PaymentMethod[] }>;

const isWaiting = ({ status }: Order): boolean =>
  status === 'pending' || status === 'awaiting_payment';
const isOver = ({ status }: Order): boolean => status === 'failed' || status === 'cancelled';

/** An order that was placed, for whoever has what opens it; one that is paid says so on its own page. */
export const loadPayOrder = async (
  context: LoaderFunctionArgs['context'],
  id: string,
): Promise<PayOrderData> => {
  const { api, setting } = loaderSetting(context);
  const [{ data: order, response }, methods] = await Promise.all([
    api.GET('/api/v1/orders/{id}', { params: { path: { id } } }),
    api.GET('/api/v1/payment-methods').catch(() => undefined),
  ]);
  if (response.status === 401) throw redirect(trackingPath(setting.language, id));
  if (!order) throw new Response(null, { status: response.status === 404 ? 404 : 503 });
  if (!isWaiting(order) && !isOver(order)) throw redirect(confirmedPath(setting.language, id));
  return { order, methods: methods?.data?.items ?? [] };
};

const askEveryMs = 5_000;

/** Pays an order that is there already: nothing is ordered again, and the cart is not looked at. */
const usePayOrder = (first: Order) => {
  const navigate = useNavigate();
  const { language } = useSetting();
  const [order, setOrder] = useState(first);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isRunning = useRef(false);
  const key = useRef('');
  const { id } = first;
  const mayChange = isWaiting(order) && !isBusy;

  // Its time runs out, or it is paid in another tab.
  useEffect(() => {
    if (!mayChange) return undefined;
    const ask = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      const now = await readOrder(id).catch(() => undefined);
      if (!now || isRunning.current) return;
      if (isWaiting(now) || isOver(now)) setOrder(now);
      else void navigate(confirmedPath(language, id));
    };
    const askNow = (): void => void ask();
    const timer = setInterval(askNow, askEveryMs);
    document.addEventListener('visibilitychange', askNow);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', askNow);
    };
  }, [mayChange, id, language, navigate]);

  const pay = async (card: Card | undefined): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    key.current ||= crypto.randomUUID();
    setBusy(true);
    setFailure(undefined);
    try {
      const payable = await untilPayable(id);
      if (!card) {
        location.assign(await pageFor(payable, key.current));
        return;
      }
      await withCard(payable, card, key.current);
      forgetBasketOf(id);
      await navigate(confirmedPath(language, id));
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      // Nobody knows what became of it: the same key again finds out, and pays once.
      if (!isUnclear(error.failure)) key.current = '';
      setFailure(error.failure);
      setBusy(false);
    } finally {
      isRunning.current = false;
    }
  };
  return { order, isBusy, failure, pay };
};

/** It cannot be paid any more. */
const Over = ({
  order,
  failure,
}: Readonly<{ order: Order; failure: Failure | undefined }>): ReactElement => {
  const say = useText();
  const { language } = useSetting();
  const title =
    failure?.status === 402
      ? sayRefusal(say, failure)
      : order.cancel_reason === 'unpaid'
        ? say('payOrder.expired')
        : say('confirmed.failed.title');
  return (
    <div className="flex max-w-xl flex-col gap-5">
      <Notice tone="danger" role="alert" title={title}>
        <p>{say('payOrder.overText')}</p>
      </Notice>
      <div className="flex flex-wrap gap-3">
        <ButtonLink to={searchPath(language)} kind="filled">
          {say('checkout.browse')}
        </ButtonLink>
        <ButtonLink to={trackingPath(language, order.id)}>{say('payOrder.order')}</ButtonLink>
      </div>
    </div>
  );
};

export const PayOrder = ({ order: first, methods }: PayOrderData): ReactElement => {
  const say = useText();
  const { dateTime } = useFormats();
  const checkout = usePayOrder(first);
  const { order, failure } = checkout;
  // A declined card ends the order, which tells it itself a moment later.
  const isEnded = isOver(order) || failure?.status === 402 || failure?.code === 'checkout.no_stock';
  return (
    <main id="content" className="container-shop flex flex-1 flex-col gap-5 py-6">
      <PageTitle>{say('payOrder.title', { number: order.number })}</PageTitle>
      <div className="grid gap-8 lg:grid-cols-[1fr_400px]">
        {isEnded ? (
          <Over order={order} failure={failure} />
        ) : (
          <PaymentStep
            methods={methods}
            checkout={checkout}
            details={{}}
            before={order.total}
            total={order.total}
            currency={order.currency}
            review={
              <p className="text-body text-text-2">
                {say('payOrder.until', { until: dateTime(order.pay_by) })}
              </p>
            }
          />
        )}
        <div className="flex flex-col gap-6">
          <OrderSheet order={order} />
        </div>
      </div>
    </main>
  );
};
