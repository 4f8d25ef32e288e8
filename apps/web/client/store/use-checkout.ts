import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { confirmedPath } from '../../addresses.ts';
import { browserApi, type AnswerOf } from '../api/client.ts';
import { readFailure, unreachable, type Failure } from '../api/problems.ts';
import { useSetting } from '../i18n/use-text.tsx';
import { keepBasket, type Basket } from './basket.ts';
import { useCart } from './use-cart.ts';

type Order = AnswerOf<'/api/v1/orders/{id}', 'get'>;

export type Card = Readonly<{
  number: string;
  expiry_month: number;
  expiry_year: number;
  holder: string;
  security_code: string;
}>;

/** Where a purchase stands, as the page shows it. */
export type CheckoutState = Readonly<{
  isBusy: boolean;
  failure: Failure | undefined;
  /** The order that waits for its payment; a declined card ends it. */
  order: Order | undefined;
}>;

const stockWithinMs = 15_000;
const askEveryMs = 200;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

class Stopped extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

type Answer<Body> = Readonly<{ data?: Body | undefined; error?: unknown; response: Response }>;

const bodyOf = async <Body>(asking: Promise<Answer<Body>>): Promise<Body> => {
  const answer = await asking.catch(() => undefined);
  if (!answer) throw new Stopped(unreachable());
  if (answer.data === undefined)
    throw new Stopped(
      readFailure(answer.response, answer.error, ['number', 'expiry', 'holder', 'security_code']),
    );
  return answer.data;
};

/** A failure that the order itself tells, in the form of one that a request tells. */
const failureOf = (code: string, status: number): Failure => ({
  ...unreachable(),
  status,
  code,
});

/** The order once its stock is set aside, or the reason why it is not. */
const untilPayable = async (id: string): Promise<Order> => {
  const end = performance.now() + stockWithinMs;
  while (performance.now() < end) {
    const params = { path: { id } };
    const order = await bodyOf(browserApi().GET('/api/v1/orders/{id}', { params }));
    if (order.status === 'failed') throw new Stopped(failureOf('checkout.no_stock', 409));
    if (order.status !== 'pending') return order;
    await sleep(askEveryMs);
  }
  throw new Stopped(failureOf('http.unavailable', 503));
};

/**
 * Buys: places the order, waits for its stock, pays. Each part has a key that stays the same until its
 * outcome is known, so that a second click, a lost answer or a retry orders and pays once.
 */
export const useCheckout = (basket: Basket) => {
  const navigate = useNavigate();
  const { language } = useSetting();
  const [state, setState] = useState<CheckoutState>({
    isBusy: false,
    failure: undefined,
    order: undefined,
  });
  const isRunning = useRef(false);
  const orderKey = useRef('');
  const paymentKey = useRef('');
  const hasOrdered = useRef(basket.isOrdered);
  const [isOrdered, setOrdered] = useState(basket.isOrdered);
  const { refresh: refreshCart } = useCart();

  useEffect(() => {
    orderKey.current ||= crypto.randomUUID();
    paymentKey.current ||= crypto.randomUUID();
  }, []);

  const place = async (expectedTotal: string): Promise<Order> => {
    const items = basket.lines.map(({ variantId: variant_id, quantity }) => ({
      variant_id,
      quantity,
    }));
    // The first order empties the cart; what follows a declined card names its lines itself.
    const body = { expected_total: expectedTotal, ...(hasOrdered.current ? { items } : {}) };
    const headers = { 'idempotency-key': orderKey.current };
    const order = await bodyOf(browserApi().POST('/api/v1/orders', { body, headers }));
    hasOrdered.current = true;
    setOrdered(true);
    await refreshCart();
    keepBasket({ ...basket, isOrdered: true });
    return untilPayable(order.id);
  };

  const pay = async (card: Card, expectedTotal: string): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setState((now) => ({ ...now, isBusy: true, failure: undefined }));
    let { order } = state;
    try {
      order ??= await place(expectedTotal);
      const { holder, security_code, ...rest } = card;
      const payment_method = {
        type: 'card' as const,
        ...rest,
        ...(holder === '' ? {} : { holder }),
        ...(security_code === '' ? {} : { security_code }),
      };
      const headers = { 'idempotency-key': paymentKey.current };
      const body = { order_id: order.id, payment_method };
      await bodyOf(browserApi().POST('/api/v1/payments', { body, headers }));
      keepBasket(undefined);
      await navigate(confirmedPath(language, order.id));
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      const { failure } = error;
      // Nobody knows what became of it: the same keys again find out, and do nothing twice.
      const isUnclear = failure.status === 0 || failure.status >= 500;
      if (!isUnclear) paymentKey.current = crypto.randomUUID();
      const isOver = failure.status === 402 || failure.code === 'checkout.no_stock';
      if (isOver || (!order && !isUnclear)) orderKey.current = crypto.randomUUID();
      setState({ isBusy: false, failure, order: isOver ? undefined : order });
    } finally {
      isRunning.current = false;
    }
  };

  return { ...state, isOrdered, pay };
};
