import { Type, type Static } from 'typebox';
import { readAmount } from '#shared/http/amounts.ts';
import { httpError } from '#shared/http/errors.ts';
import { preconditionOf } from '#shared/http/if-match.ts';
import { amount, amountInput, currency, idParams, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { currencyExponent } from '#shared/kernel/currencies.ts';
import { money } from '#shared/kernel/money.ts';
import type { KeepShippingMethods } from '../application/commands/keep-shipping-methods.ts';
import type { StoredShippingMethod } from '../application/ports.ts';
import type { ShowShippingOptions } from '../application/queries/show-shipping-options.ts';
import { guestOf } from './cart.route.ts';
import { country } from './contact-schemas.ts';
import { formatMoney, names, shippingSchema, toShippingJson } from './order-json.ts';

const name = Type.String({ minLength: 1, maxLength: 80, pattern: '^(?=.*\\S)[^\\p{Cc}]+$' });
const days = Type.Integer({ minimum: 0, maximum: 365 });
const place = Type.String({ minLength: 1, maxLength: 200, pattern: '^(?=.*\\S)[^\\p{Cc}]+$' });
const region = Type.String({ minLength: 1, maxLength: 120, pattern: '^(?=.*\\S)[^\\p{Cc}]+$' });
const body = strict({
  name: strict({ es: name, en: name }),
  prices: Type.Array(
    strict({
      currency,
      price: amountInput,
      free_from: Type.Optional(Type.Union([amountInput, Type.Null()])),
    }),
    { minItems: 1, maxItems: 20 },
  ),
  days_min: days,
  days_max: days,
  countries: Type.Optional(Type.Array(country, { maxItems: 250, uniqueItems: true })),
  regions: Type.Optional(
    Type.Array(region, {
      maxItems: 200,
      description: 'of the only country, as its addresses name them',
    }),
  ),
  pickup_place: Type.Optional(
    Type.Union([place, Type.Null()], { description: 'buyers come for it' }),
  ),
  is_active: Type.Optional(Type.Boolean()),
  position: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
});

const view = Type.Object({
  id: uuid,
  name: names,
  prices: Type.Array(
    Type.Object({ currency, price: amount, free_from: Type.Union([amount, Type.Null()]) }),
  ),
  days_min: days,
  days_max: days,
  countries: Type.Array(Type.String()),
  regions: Type.Array(Type.String()),
  pickup_place: Type.Union([Type.String(), Type.Null()]),
  is_active: Type.Boolean(),
  position: Type.Integer(),
  version: Type.Integer(),
});

/** A code that Plaza does not know has no decimals to read a price by. */
const checkCurrency = (code: string, pointer: string): void => {
  if (currencyExponent(code) !== undefined) return;
  const fault = { pointer: `#${pointer}`, code: 'not_allowed', detail: 'is no currency here' };
  throw httpError('validation', { errors: [fault] });
};

const readPrice = (given: Static<typeof body>['prices'][number], at: string) => {
  checkCurrency(given.currency, `${at}/currency`);
  const read = (value: string | number, field: string) =>
    money(readAmount(value, given.currency, `${at}/${field}`), given.currency);
  const { price, free_from: freeFrom } = given;
  return {
    price: read(price, 'price'),
    freeFrom: freeFrom === undefined || freeFrom === null ? null : read(freeFrom, 'free_from'),
  };
};

const toMethod = (id: string, given: Static<typeof body>) => ({
  id,
  name: given.name,
  prices: given.prices.map((price, i) => readPrice(price, `/prices/${i}`)),
  daysMin: given.days_min,
  daysMax: given.days_max,
  countries: given.countries ?? [],
  regions: given.regions ?? [],
  pickupPlace: given.pickup_place ?? null,
  isActive: given.is_active ?? true,
  position: given.position ?? 0,
});

const toJson = (method: StoredShippingMethod) => ({
  id: method.id,
  name: method.name,
  prices: method.prices.map(({ price, freeFrom }) => ({
    currency: price.currency,
    price: formatMoney(price),
    free_from: freeFrom && formatMoney(freeFrom),
  })),
  days_min: method.daysMin,
  days_max: method.daysMax,
  countries: [...method.countries],
  regions: [...method.regions],
  pickup_place: method.pickupPlace,
  is_active: method.isActive,
  position: method.position,
  version: method.version,
});

const tags = ['orders'];
const list = {
  operationId: 'listShippingMethods',
  summary: 'The ways of sending, in their order',
  tags,
  response: { 200: Type.Object({ items: Type.Array(view) }) },
};
const show = {
  operationId: 'getShippingMethod',
  summary: 'A way of sending',
  tags,
  params: idParams,
  response: { 200: view },
};
const add = {
  operationId: 'addShippingMethod',
  summary: 'Add a way of sending',
  tags,
  body,
  response: { 201: view },
};
const replace = {
  operationId: 'replaceShippingMethod',
  summary: 'Replace a way of sending; orders that chose it keep what they chose',
  description: 'Needs If-Match with its version.',
  tags,
  params: idParams,
  body,
  response: { 200: view },
};
const remove = {
  operationId: 'removeShippingMethod',
  summary: 'Remove a way of sending',
  tags,
  params: idParams,
  response: { 204: Type.Null() },
};

export const shippingMethodRoutes =
  (keep: KeepShippingMethods, newId: () => string): Routes =>
  async (app) => {
    const access = { roles: ['admin'] } as const;
    const reads = { access, scope: 'orders:read' } as const;
    const writes = { access, scope: 'orders:write' } as const;
    app.get('/shipping-methods', { config: reads, schema: list }, async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ items: (await keep.list()).map(toJson) }),
    );
    app.get('/shipping-methods/:id', { config: reads, schema: show }, async (request, reply) => {
      const found = await keep.find(request.params.id);
      return reply
        .header('etag', `"${found.version}"`)
        .header('cache-control', 'no-store')
        .send(toJson(found));
    });
    app.post('/shipping-methods', { config: writes, schema: add }, async (request, reply) => {
      const added = await keep.add(toMethod(newId(), request.body));
      return reply
        .code(201)
        .header('etag', `"${added.version}"`)
        .header('location', `/api/v1/shipping-methods/${added.id}`)
        .send(toJson(added));
    });
    app.put(
      '/shipping-methods/:id',
      { config: writes, schema: replace },
      async (request, reply) => {
        const method = toMethod(request.params.id, request.body);
        const replaced = await keep.replace(method, preconditionOf(request));
        return reply.header('etag', `"${replaced.version}"`).send(toJson(replaced));
      },
    );
    app.delete(
      '/shipping-methods/:id',
      { config: writes, schema: remove },
      async (request, reply) => {
        await keep.remove(request.params.id);
        return reply.code(204).send(null);
      },
    );
  };

const options = {
  operationId: 'listShippingOptions',
  summary:
    'How the cart, or one variant, can be sent there, with prices and the days it arrives between',
  tags,
  querystring: strict({
    country,
    region: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 120,
        description: 'department, state, province or region, as the address names it',
      }),
    ),
    variant_id: Type.Optional(
      Type.String({ format: 'uuid', description: 'this alone, instead of the cart' }),
    ),
    quantity: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 999, default: 1, description: 'of that variant' }),
    ),
  }),
  response: {
    200: Type.Object({
      items: Type.Array(shippingSchema),
      is_required: Type.Boolean({ description: 'an order without one of them is refused' }),
    }),
  },
};

export const shippingOptionsRoute =
  (showOptions: ShowShippingOptions, isRequired: boolean): Routes =>
  async (app) => {
    const config = { access: 'public', scope: 'orders:read' } as const;
    app.get('/shipping-options', { config, schema: options }, async (request, reply) => {
      const { country: code, region: part = null } = request.query;
      const { variant_id: variantId, quantity = 1 } = request.query;
      const { principal } = request;
      const toSend = variantId
        ? { variantId, quantity }
        : { owner: principal ? { accountId: principal.id } : guestOf(request) };
      const items = await showOptions(toSend, { country: code, region: part });
      return reply
        .header('cache-control', 'no-store')
        .send({ items: items.map(toShippingJson), is_required: isRequired });
    });
  };
