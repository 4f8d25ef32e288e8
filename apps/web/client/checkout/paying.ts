import { browserApi } from '../api/client.ts';
import { readFailure, unreachable, type Failure } from '../api/problems.ts';
import type { Order } from './order-sheet.tsx';

export type Card = Readonly<{
  number: string;
  expiry_month: number;
  expiry_year: number;
  holder: string;
  security_code: string;
}>;

const stockWithinMs = 15_000;
const askEveryMs = 200;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Why a purchase goes no further. */
export class Stopped extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

type Answer<Body> = Readonly<{ data?: Body | undefined; error?: unknown; response: Response }>;

/** The body of an answer, or `Stopped`; what is wrong with a card is said at its field. */
export const bodyOf = async <Body>(asking: Promise<Answer<Body>>): Promise<Body> => {
  const answer = await asking.catch(() => undefined);
  if (!answer) throw new Stopped(unreachable());
  if (answer.data === undefined)
    throw new Stopped(
      readFailure(answer.response, answer.error, ['number', 'expiry', 'holder', 'security_code']),
    );
  return answer.data;
};

/** A failure that the order itself tells, in the form of one that a request tells. */
const failureOf = (code: string, status: number): Failure => ({ ...unreachable(), status, code });

/** Whether the order was paid is not known: only the same request again finds out. */
export const isUnclear = ({ status }: Failure): boolean => status === 0 || status >= 500;

export const readOrder = (id: string): Promise<Order> =>
  bodyOf(browserApi().GET('/api/v1/orders/{id}', { params: { path: { id } } }));

/** The order once its stock is set aside, or the reason why it is not. */
export const untilPayable = async (id: string): Promise<Order> => {
  const end = performance.now() + stockWithinMs;
  while (performance.now() < end) {
    const order = await readOrder(id);
    if (order.status === 'failed') throw new Stopped(failureOf('checkout.no_stock', 409));
    if (order.status !== 'pending') return order;
    await sleep(askEveryMs);
  }
  throw new Stopped(failureOf('http.unavailable', 503));
};

/** Payments hears of an order a moment after its buyer. */
const payWhenKnown = async <Body>(ask: () => Promise<Answer<Body>>): Promise<Body> => {
  const end = performance.now() + 5_000;
  for (;;) {
    try {
      return await bodyOf(ask());
    } catch (error) {
      const isEarly =
        error instanceof Stopped && error.failure.code === 'payments.order_not_payable';
      if (!isEarly || performance.now() > end) throw error;
      await sleep(askEveryMs);
    }
  }
};

/** Pays what waits for its payment with a card. */
export const withCard = async ({ id }: Order, card: Card, key: string): Promise<void> => {
  const { holder, security_code, ...rest } = card;
  const payment_method = {
    type: 'card' as const,
    ...rest,
    ...(holder === '' ? {} : { holder }),
    ...(security_code === '' ? {} : { security_code }),
  };
  const headers = { 'idempotency-key': key, 'x-order-id': id };
  const body = { order_id: id, payment_method };
  await payWhenKnown(() => browserApi().POST('/api/v1/payments', { body, headers }));
};

/** Where the provider lets the buyer pay. */
export const pageFor = async ({ id }: Order, key: string): Promise<string> => {
  const headers = { 'idempotency-key': key, 'x-order-id': id };
  const body = { order_id: id };
  const ask = () => browserApi().POST('/api/v1/mercadopago/create-preference', { body, headers });
  return (await payWhenKnown(ask)).init_point;
};
