import type { FastifyRequest } from 'fastify';
import { Type, type Static } from 'typebox';
import { readAmount } from '#shared/http/amounts.ts';
import { limitKeyOf } from '#shared/http/client-address.ts';
import { authError } from '#shared/http/errors.ts';
import { answerOnce, type IdempotentAnswer, type Operation } from '#shared/http/idempotency.ts';
import { amountInput, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { preferredLanguage, type Language } from '#shared/kernel/preferred-language.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { PlaceGuestOrderHandler } from '../application/commands/place-guest-order.ts';
import type { PlaceOrderHandler } from '../application/commands/place-order.ts';
import { destinationOf, readContact } from '../application/commands/read-contact.ts';
import type { GuestSecrets, OrderContact } from '../application/guest-ports.ts';
import type { StoredOrder } from '../application/ports.ts';
import { causeOf } from './caller.ts';
import { guestOf, itemFields, oneOfBoth } from './cart.route.ts';
import { addressBody, contactBody, toGivenAddress } from './contact-schemas.ts';
import { orderSchema, toOrderJson } from './order-json.ts';

const order = strict({
  items: Type.Optional(Type.Array(strict(itemFields, oneOfBoth), { minItems: 1, maxItems: 100 })),
  expected_total: Type.Optional(amountInput),
  shipping: Type.Optional(
    strict(
      { method_id: uuid, address: Type.Optional(addressBody) },
      { description: 'one of GET /shipping-options; without an address it is picked up' },
    ),
  ),
  contact: Type.Optional(contactBody),
});
type Body = Static<typeof order>;

type Ports = Readonly<{
  pool: Platform['pool'];
  placeOrder: PlaceOrderHandler;
  placeGuestOrder: PlaceGuestOrderHandler;
  secrets: GuestSecrets;
  currency: string;
  language: Language;
}>;

const schema = {
  operationId: 'placeOrder',
  summary: 'Places an order from the cart, or from items',
  description:
    'Without an account: with X-Cart-Token and contact.email and full_name; the answer has X-Order-Token, which opens this order for a day.',
  tags: ['orders'],
  body: Type.Union([order, Type.Null()]),
  response: { 201: orderSchema },
};

const contactIn = ({ contact, shipping }: Body, language: Language): OrderContact => ({
  email: contact?.email ?? null,
  fullName: contact?.full_name ?? null,
  phoneNumber: contact?.phone_number ?? null,
  language: contact?.language ?? language,
  address: shipping?.address ? toGivenAddress(shipping.address) : null,
  document: contact?.document ?? null,
});

/** What is ordered, and how it is sent to the address that was read. */
const wantedOf = (given: Body, address: OrderContact['address'], currency: string) => {
  const { items, expected_total: expected, shipping } = given;
  return {
    ...(items
      ? {
          items: items.map(({ quantity, product_id: productId, variant_id: variantId }) => ({
            quantity,
            ...(productId === undefined ? {} : { productId }),
            ...(variantId === undefined ? {} : { variantId }),
          })),
        }
      : {}),
    ...(expected === undefined
      ? {}
      : { expectedTotalMinor: readAmount(expected, currency, '/expected_total') }),
    ...(shipping
      ? {
          shipping: {
            methodId: shipping.method_id,
            destination: address && destinationOf(address),
          },
        }
      : {}),
  };
};

const toAnswer = (stored: StoredOrder): IdempotentAnswer => ({
  status: 201,
  headers: { location: `/api/v1/orders/${stored.order.orderId}` },
  body: JSON.stringify(toOrderJson(stored, { isOperator: false })),
});

const orderIdOf = ({ headers }: IdempotentAnswer): string =>
  headers?.['location']?.split('/').at(-1) ?? '';

/** What both kinds of buyer send. */
const readOrder = (request: FastifyRequest, given: Body, { currency, language }: Ports) => {
  const spoken = preferredLanguage(request.headers['accept-language'], language);
  const contact = readContact(contactIn(given, spoken), request.principal === null);
  const wanted = wantedOf(given, contact.address, currency);
  const toRequest = ({ id, isResumed }: Operation) => ({
    orderId: id,
    isResumed,
    cause: causeOf(request),
    ...wanted,
  });
  return { contact, toRequest };
};

export const placeOrderRoute =
  (ports: Ports): Routes =>
  async (app) => {
    const { pool, placeOrder, placeGuestOrder, secrets } = ports;
    const access = { account: 'verified', orHeader: 'x-cart-token' } as const;
    app.post(
      '/orders',
      { config: { access, scope: 'orders:write' }, schema },
      async (request, reply) => {
        const guest = guestOf(request);
        const { principal } = request;
        if (!principal && !guest) throw authError('required');
        const given = request.body ?? {};
        const { contact, toRequest } = readOrder(request, given, ports);
        if (principal) {
          const isGiven = given.contact !== undefined || contact.address !== null;
          return answerOnce(pool, request, reply, {}, async (operation) =>
            toAnswer(
              await placeOrder({
                ...toRequest(operation),
                buyerId: principal.id,
                ...(guest ? { guest } : {}),
                ...(isGiven ? { beside: { contact } } : {}),
              }),
            ),
          );
        }
        const options = {
          caller: `guest:${guest!.tokenHash.toString('hex')}`,
          secretHeadersOf: (answer: IdempotentAnswer) => ({
            'x-order-token': secrets.tokenOf(orderIdOf(answer)),
          }),
        };
        return answerOnce(pool, request, reply, options, async (operation) =>
          toAnswer(
            await placeGuestOrder({
              ...toRequest(operation),
              guest: guest!,
              contact: { ...contact, email: contact.email! },
              clientAddress: limitKeyOf(request.ip),
            }),
          ),
        );
      },
    );
  };
