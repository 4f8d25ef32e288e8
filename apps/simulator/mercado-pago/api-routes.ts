import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readAmount } from './amounts.ts';
import { ApiFault } from './api-fault.ts';
import type { Chooser } from './behaviour.ts';
import type { Books } from './books.ts';
import type { Desk, Done } from './desk.ts';
import type { Notices } from './notices.ts';
import { outcomeOf } from './outcomes.ts';
import type { Payment, Preference } from './records.ts';
import type { Sellers } from './sellers.ts';
import type { Wire } from './wire.ts';

export type Parts = Readonly<{
  books: Books;
  desk: Desk;
  sellers: Sellers;
  notices: Notices;
  chooser: Chooser;
  wire: Wire;
  currency: string;
}>;

type Body = Readonly<Record<string, unknown>>;
const bodyOf = ({ body }: FastifyRequest): Body => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ApiFault(400, 1, 'the body is no object');
  return body as Body;
};
const textOr = <T>(value: unknown, otherwise: T): string | T =>
  typeof value === 'string' && value !== '' ? value : otherwise;
const objectOf = (value: unknown): Body =>
  typeof value === 'object' && value !== null ? (value as Body) : {};
const paramOf = (request: FastifyRequest, name: string): string =>
  (request.params as Record<string, string>)[name]!;

const dates = {
  date_created: 'createdAt',
  date_approved: 'approvedAt',
  date_last_updated: 'updatedAt',
} as const;
const isDate = (name: string | undefined): name is keyof typeof dates =>
  name !== undefined && Object.hasOwn(dates, name);

/** What of it lies between two dates, in the order that is asked for: the newest first without one. */
const inRange = (found: readonly Payment[], query: Readonly<Record<string, string>>) => {
  const { range, begin_date: begin, end_date: end, sort = 'date_created', criteria } = query;
  if (!isDate(sort) || (range !== undefined && !isDate(range)))
    throw new ApiFault(400, 1, 'range or sort is no date of a payment');
  const isBetween = (one: Payment): boolean => {
    const at = Date.parse((range && one[dates[range]]) ?? '');
    return at >= Date.parse(begin ?? '') && at <= Date.parse(end ?? '');
  };
  const kept = range === undefined ? found : found.filter(isBetween);
  const sorted = kept.toSorted((a, b) =>
    (a[dates[sort]] ?? '').localeCompare(b[dates[sort]] ?? ''),
  );
  return criteria === 'asc' ? sorted : sorted.toReversed();
};

/** The part of Mercado Pago's API that a marketplace uses. */
export const addApiRoutes = (app: FastifyInstance, parts: Parts): void => {
  const { books, desk, sellers, notices, chooser, wire, currency } = parts;

  const accountOf = (request: FastifyRequest): string =>
    sellers.authenticate(request.headers.authorization).accountId;
  /** Keys are an account's own, and each call has its own. */
  const keyOf = (request: FastifyRequest, accountId: string): string => {
    const key = request.headers['x-idempotency-key'];
    if (typeof key !== 'string' || key === '')
      throw new ApiFault(400, 4292, "Header X-Idempotency-Key can't be null");
    if (key.length > 128) throw new ApiFault(400, 4293, 'X-Idempotency-Key is too long');
    return `${request.routeOptions.config.call} ${accountId} ${key}`;
  };
  const finish = async <T>({ made, announcements }: Done<T>): Promise<T> => {
    await notices.announce(announcements);
    return made;
  };
  const ownPayment = (request: FastifyRequest, accountId: string): Payment => {
    const payment = books.find('payment', paramOf(request, 'id'));
    // Another's payment is as good as none.
    if (!payment || payment.collectorId !== accountId)
      throw new ApiFault(404, 2000, 'Payment not found');
    return payment;
  };
  const amountOf = (value: unknown, code: number, name: string): number => {
    const amount = readAmount(value, currency);
    if (amount === undefined) throw new ApiFault(400, code, `Invalid ${name}`);
    return amount;
  };
  const feeOf = (request: FastifyRequest, value: unknown): number => {
    if (value === undefined) return 0;
    const { isSeller } = sellers.authenticate(request.headers.authorization);
    if (!isSeller) throw new ApiFault(400, 2059, 'The fee needs a token obtained by OAuth');
    return amountOf(value, 4037, 'application_fee');
  };

  const readItems = (body: Body): Preference['items'] => {
    const { items } = body;
    if (!Array.isArray(items) || items.length === 0)
      throw new ApiFault(400, null, 'items is missing');
    return items.map((one: unknown) => {
      const item = objectOf(one);
      const quantity = item['quantity'];
      if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1)
        throw new ApiFault(400, null, 'items.quantity is not valid');
      if (item['currency_id'] !== undefined && item['currency_id'] !== currency)
        throw new ApiFault(400, null, 'items.currency_id is not that of the site');
      const price = amountOf(item['unit_price'], 4037, 'items.unit_price');
      return { id: textOr(item['id'], ''), title: textOr(item['title'], '–'), quantity, price };
    });
  };
  const readPreference = (request: FastifyRequest, collectorId: string) => {
    const body = bodyOf(request);
    const items = readItems(body);
    const { cost } = objectOf(body['shipments']);
    const shipping = cost === undefined ? 0 : amountOf(cost, 4037, 'shipments.cost');
    const total = items.reduce((sum, { price, quantity }) => sum + price * quantity, shipping);
    if (total <= 0) throw new ApiFault(400, 4037, 'Invalid transaction_amount');
    return {
      collectorId,
      externalReference: textOr(body['external_reference'], null),
      title: items.map(({ title }) => title).join(', '),
      items,
      shipping,
      total,
      marketplaceFee: feeOf(request, body['marketplace_fee']),
      notificationUrl: textOr(body['notification_url'], null),
      backUrls: objectOf(body['back_urls']) as Preference['backUrls'],
      isReturning: body['auto_return'] === 'approved',
      expiresAt: body['expires'] === true ? textOr(body['expiration_date_to'], null) : null,
    };
  };
  const ownPreference = (accountId: string, fits: (one: Preference) => boolean): Preference => {
    const found = books.all('preference').find((one) => one.collectorId === accountId && fits(one));
    if (!found) throw new ApiFault(404, null, 'Not found');
    return found;
  };

  app.post(
    '/checkout/preferences',
    { config: { call: 'create_preference' } },
    async (request, reply) => {
      const accountId = accountOf(request);
      const key = keyOf(request, accountId);
      const done = desk.once(
        key,
        (id) => books.find('preference', id)!,
        () => desk.makePreference(readPreference(request, accountId), key),
      );
      return reply.code(201).send(wire.preference(await finish(done)));
    },
  );

  app.get('/checkout/preferences/:id', { config: { call: 'get_preference' } }, async (request) => {
    const id = paramOf(request, 'id');
    return wire.preference(ownPreference(accountOf(request), (one) => one.id === id));
  });

  app.post('/v1/payments', { config: { call: 'create_payment' } }, async (request, reply) => {
    const accountId = accountOf(request);
    const key = keyOf(request, accountId);
    const make = (): Done<Payment> => {
      const body = bodyOf(request);
      const amount = amountOf(body['transaction_amount'], 4037, 'transaction_amount');
      if (amount <= 0) throw new ApiFault(400, 4037, 'Invalid transaction_amount');
      const applicationFee = feeOf(request, body['application_fee']);
      const given = {
        collectorId: accountId,
        preference: null,
        externalReference: textOr(body['external_reference'], null),
        amount,
        applicationFee,
        methodId: textOr(body['payment_method_id'], 'master'),
        description: textOr(body['description'], ''),
        notificationUrl: textOr(body['notification_url'], null),
        outcome: outcomeOf(objectOf(body['payer'])['first_name']),
        isCaptured: body['capture'] !== false,
      };
      return desk.makePayment(given, key);
    };
    const done = desk.once(key, (id) => books.find('payment', id)!, make);
    return reply.code(201).send(wire.payment(await finish(done)));
  });

  app.get('/v1/payments/search', { config: { call: 'search_payments' } }, async (request) => {
    const accountId = accountOf(request);
    const query = request.query as Record<string, string>;
    const limit = Math.min(Number(query['limit'] ?? 30) || 30, 100);
    const offset = Number(query['offset'] ?? 0) || 0;
    const indexedUntil = new Date(Date.now() - chooser.now().search_lag_ms).toISOString();
    const reference = query['external_reference'];
    const found = inRange(
      books
        .all('payment')
        .filter((one) => one.collectorId === accountId && one.createdAt <= indexedUntil)
        .filter((one) => reference === undefined || one.externalReference === reference),
      query,
    );
    return {
      paging: { total: found.length, limit, offset },
      results: found.slice(offset, offset + limit).map(wire.payment),
    };
  });

  app.get('/v1/payments/:id', { config: { call: 'get_payment' } }, async (request) =>
    wire.payment(ownPayment(request, accountOf(request))),
  );

  app.put('/v1/payments/:id', { config: { call: 'update_payment' } }, async (request) => {
    const accountId = accountOf(request);
    const { id } = ownPayment(request, accountId);
    const key = keyOf(request, accountId);
    const body = bodyOf(request);
    const done = desk.once(
      key,
      (made) => books.find('payment', made)!,
      () => {
        if (body['status'] === 'cancelled') return desk.cancel(id, key);
        if (body['capture'] === true) return desk.capture(id, body['transaction_amount'], key);
        throw new ApiFault(400, 1, 'Params Error');
      },
    );
    return wire.payment(await finish(done));
  });

  app.post('/v1/payments/:id/refunds', { config: { call: 'refund' } }, async (request, reply) => {
    const accountId = accountOf(request);
    const { id } = ownPayment(request, accountId);
    const key = keyOf(request, accountId);
    const { amount } = request.body === undefined || request.body === null ? {} : bodyOf(request);
    const done = desk.once(
      key,
      (made) => books.find('refund', made)!,
      () => desk.refund(id, amount, key),
    );
    const made = await finish(done);
    if (made.status === 'in_process' && request.headers['x-render-in-process-refunds'] !== 'true')
      throw new ApiFault(400, 2018, 'The refund is in process');
    return reply.code(201).send(wire.refund(made));
  });

  app.get('/v1/payments/:id/refunds', { config: { call: 'list_refunds' } }, async (request) =>
    desk.refundsOf(ownPayment(request, accountOf(request)).id).map(wire.refund),
  );

  app.get(
    '/v1/payments/:id/refunds/:refundId',
    { config: { call: 'get_refund' } },
    async (request) => {
      const { id } = ownPayment(request, accountOf(request));
      const refund = books.find('refund', paramOf(request, 'refundId'));
      if (!refund || refund.paymentId !== id) throw new ApiFault(404, 2000, 'Refund not found');
      return wire.refund(refund);
    },
  );

  app.get(
    '/merchant_orders/search',
    { config: { call: 'search_merchant_orders' } },
    async (request) => {
      const accountId = accountOf(request);
      const query = request.query as Record<string, string>;
      const found = books
        .all('preference')
        .filter((one) => one.collectorId === accountId)
        .filter((one) => (query['preference_id'] ?? one.id) === one.id)
        .filter((one) => {
          const reference = query['external_reference'];
          return reference === undefined || reference === one.externalReference;
        });
      return { elements: found.map(wire.merchantOrder), next_offset: 0, total: found.length };
    },
  );

  app.get('/merchant_orders/:id', { config: { call: 'get_merchant_order' } }, async (request) => {
    const id = paramOf(request, 'id');
    return wire.merchantOrder(
      ownPreference(accountOf(request), (one) => one.merchantOrderId === id),
    );
  });

  app.get('/v1/chargebacks/:id', { config: { call: 'get_chargeback' } }, async (request) => {
    const accountId = accountOf(request);
    const found = books.find('chargeback', paramOf(request, 'id'));
    if (!found || books.find('payment', found.paymentId)!.collectorId !== accountId)
      throw new ApiFault(404, null, 'Chargeback not found');
    return wire.chargeback(found);
  });

  app.post('/oauth/token', { config: { call: 'token' } }, async (request) =>
    wire.tokens(await finish(sellers.exchange(bodyOf(request)))),
  );
};
