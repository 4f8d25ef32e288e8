import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { httpError } from '#shared/http/errors.ts';
import { regionIn } from '../demo/addresses.ts';
import { buyersOf, type DemoBuyer } from '../demo/buyers.ts';
import type { DemoCountry } from '../demo/countries/demo-countries.ts';

type Json = Readonly<Record<string, unknown>>;
type Card = Readonly<{ id: string; title: string }>;
type Variant = Readonly<{ id: string; in_stock: boolean }>;

export type SimulatedOrder = Readonly<{
  id: string;
  number: string;
  total: string;
  currency: string;
  title: string;
  /** Of all events that it sets going. */
  correlationId: string;
}>;

const payableWithinMs = 10_000;
const askEveryMs = 50;
/** The sandbox approves it (README of payments). */
const approvedCard = {
  type: 'card',
  number: '4242424242424242',
  expiry_month: 12,
  expiry_year: 2099,
};

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const pick = <Item>(items: readonly Item[]): Item =>
  items[crypto.getRandomValues(new Uint32Array(1))[0]! % items.length]!;

class Refused extends Error {
  override readonly name = 'Refused';
  readonly code: unknown;
  constructor(what: string, status: number, body: Json) {
    super(`${what}: ${status} ${String(body['code'])}`);
    this.code = body['code'];
  }
}

/** Asks this server as a browser without an account would. */
const createBuyer = (app: FastifyInstance) => {
  const tokens: Record<string, string> = {};
  return async (method: 'GET' | 'POST', path: string, body?: object): Promise<Json> => {
    const answer = await app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { ...tokens, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}) },
      ...(body ? { payload: body } : {}),
    });
    const found = answer.json<Json>();
    if (answer.statusCode >= 400) throw new Refused(`${method} ${path}`, answer.statusCode, found);
    const cart = found['cart_token'];
    if (typeof cart === 'string') tokens['x-cart-token'] = cart;
    const order = answer.headers['x-order-token'];
    if (typeof order === 'string') tokens['x-order-token'] = order;
    return found;
  };
};

type Buyer = ReturnType<typeof createBuyer>;

/** Something that can be sold now, wherever it stands in the catalogue. */
const findSomething = async (ask: Buyer): Promise<Readonly<{ card: Card; variant: Variant }>> => {
  const { items } = (await ask('GET', '/products?in_stock=true&limit=50')) as unknown as {
    items: readonly Card[];
  };
  if (items.length === 0) throw httpError('nothing_to_sell');
  const card = pick(items);
  const { variants } = (await ask('GET', `/products/${card.id}`)) as unknown as {
    variants: readonly Variant[];
  };
  const variant = variants.find((one) => one.in_stock);
  if (!variant) throw httpError('nothing_to_sell');
  return { card, variant };
};

/** How it is shipped, where this shop ships: the first that it offers. */
const shippingOf = async (ask: Buyer, { home }: DemoBuyer): Promise<object> => {
  const region = regionIn(home);
  const where = new URLSearchParams({ country: home.country, ...(region ? { region } : {}) });
  const { items } = (await ask('GET', `/shipping-options?${where.toString()}`)) as unknown as {
    items: readonly { method_id: string }[];
  };
  return items[0] ? { shipping: { method_id: items[0].method_id, address: home } } : {};
};

const untilPayable = async (ask: Buyer, id: string): Promise<void> => {
  for (const end = performance.now() + payableWithinMs; performance.now() < end;) {
    const { status } = await ask('GET', `/orders/${id}`);
    if (status === 'failed') throw httpError('nothing_to_sell');
    if (status === 'awaiting_payment') return;
    await sleep(askEveryMs);
  }
  throw httpError('unavailable', { retryAfterSeconds: 5 });
};

/** Payments hears of an order a moment later than orders itself. */
const pay = async (ask: Buyer, orderId: string): Promise<void> => {
  const body = { order_id: orderId, payment_method: approvedCard };
  for (const end = performance.now() + payableWithinMs; ;) {
    try {
      await ask('POST', '/payments', body);
      return;
    } catch (error) {
      const isEarly = error instanceof Refused && error.code === 'payments.order_not_payable';
      if (!isEarly || performance.now() > end) throw error;
      await sleep(askEveryMs);
    }
  }
};

/**
 * Buys something as a guest with the sandbox card: every step is the request that a browser makes, so
 * that what is seen is what happens.
 */
export const simulateOrder = async (
  app: FastifyInstance,
  country: DemoCountry,
): Promise<SimulatedOrder> => {
  const ask = createBuyer(app);
  const buyer = pick(buyersOf(country));
  const { card, variant } = await findSomething(ask);
  await ask('POST', '/cart/add', { variant_id: variant.id, quantity: 1 });
  const shipping = await shippingOf(ask, buyer);
  const contact = { email: buyer.email, full_name: buyer.fullName, language: 'es' };
  const order = await ask('POST', '/orders', { contact, ...shipping });
  const id = String(order['id']);
  await untilPayable(ask, id);
  await pay(ask, id);
  return {
    id,
    number: String(order['number']),
    total: String(order['total']),
    currency: String(order['currency']),
    title: card.title,
    // An order names its process.
    correlationId: id,
  };
};
