import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { amount, currency, idParams, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { addMoney, type Money } from '#shared/kernel/money.ts';
import { multiplyMoney } from '#shared/kernel/money.ts';
import type { KeepCart } from '../application/commands/keep-cart.ts';
import type { Cart, CartOwner, Guest } from '../application/ports.ts';
import { formatMoney } from './order-json.ts';

const tokenPattern = /^[\w-]{43}$/;
const quantity = Type.Integer({ minimum: 1, maximum: 999 });

/** Exactly one of the two: a product stands for its only variant. */
export const itemFields = {
  product_id: Type.Optional(uuid),
  variant_id: Type.Optional(uuid),
  quantity,
} as const;
export const oneOfBoth = { oneOf: [{ required: ['product_id'] }, { required: ['variant_id'] }] };

const cartSchema = Type.Object({
  cart_token: Type.Union([Type.String(), Type.Null()], {
    description: 'of a guest: send it back as X-Cart-Token',
  }),
  items: Type.Array(
    Type.Object({
      id: uuid,
      variant_id: uuid,
      product_id: Type.Union([uuid, Type.Null()]),
      sku: Type.Union([Type.String(), Type.Null()]),
      name: Type.Union([Type.String(), Type.Null()]),
      image_url: Type.Union([Type.String(), Type.Null()]),
      quantity: Type.Integer(),
      unit_price: amount,
      price_when_added: amount,
      is_price_changed: Type.Boolean(),
      is_for_sale: Type.Boolean(),
      total: amount,
    }),
  ),
  total: amount,
  currency,
  has_price_changes: Type.Boolean({ description: 'accept them by sending expected_total' }),
});

const toCartJson = (cart: Cart, token: string | null, shopCurrency: string) => {
  const items = cart.lines.map((line) => {
    const price = line.offer?.price ?? line.seenPrice;
    return {
      id: line.id,
      variant_id: line.variantId,
      product_id: line.offer?.productId ?? null,
      sku: line.offer?.sku ?? null,
      name: line.offer?.name ?? null,
      image_url: line.offer?.imageUrl ?? null,
      quantity: line.quantity,
      unit_price: formatMoney(price),
      price_when_added: formatMoney(line.seenPrice),
      is_price_changed: price.amountMinor !== line.seenPrice.amountMinor,
      is_for_sale: line.offer !== undefined,
      total: formatMoney(multiplyMoney(price, line.quantity)),
    };
  });
  const prices = cart.lines.flatMap(({ offer, quantity: pieces }) =>
    offer ? [multiplyMoney(offer.price, pieces)] : [],
  );
  const none: Money = { amountMinor: 0n, currency: prices[0]?.currency ?? shopCurrency };
  const total = prices.reduce(addMoney, none);
  return {
    cart_token: token,
    items,
    total: formatMoney(total),
    currency: total.currency,
    has_price_changes: items.some((item) => item.is_price_changed),
  };
};

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The guest whose token a request shows. */
export const guestOf = (request: FastifyRequest): Guest | undefined => {
  const token = guestToken(request);
  return token === undefined ? undefined : { tokenHash: hashOf(token) };
};

const guestToken = (request: FastifyRequest): string | undefined => {
  const token = request.headers['x-cart-token'];
  return typeof token === 'string' && tokenPattern.test(token) ? token : undefined;
};

/**
 * Whose cart a request means: the account's, else the guest's by its token. The first request that
 * shows both merges the guest's cart into the account's.
 */
const createCartOwner =
  (keepCart: KeepCart) =>
  async (request: FastifyRequest): Promise<CartOwner | undefined> => {
    const guest = guestOf(request);
    const accountId = request.principal?.id;
    if (accountId === undefined) return guest;
    if (guest) await keepCart.merge(guest, accountId);
    return { accountId };
  };

export const cartRoutes = (keepCart: KeepCart, shopCurrency: string): Routes => {
  const ownerOf = createCartOwner(keepCart);
  const empty: Cart = { id: undefined, lines: [] };
  const tags = ['orders'];
  const response = { 200: cartSchema };

  const send = (request: FastifyRequest, reply: FastifyReply, cart: Cart, made?: string) => {
    const token = request.principal ? null : (made ?? guestToken(request) ?? null);
    if (token !== null) reply.header('x-cart-token', token);
    return reply.header('cache-control', 'no-store').send(toCartJson(cart, token, shopCurrency));
  };

  return async (app) => {
    app.get(
      '/cart',
      {
        config: { access: 'public', scope: 'orders:read' },
        schema: {
          operationId: 'getCart',
          summary: 'The cart of the account or guest',
          tags,
          response,
        },
      },
      async (request, reply) => {
        const owner = await ownerOf(request);
        return send(request, reply, owner ? await keepCart.read(owner) : empty);
      },
    );

    app.post(
      '/cart/add',
      {
        config: { access: 'public', scope: 'orders:write' },
        schema: {
          operationId: 'addToCart',
          summary: 'Adds pieces of a variant, or of a product with one variant',
          tags,
          body: strict(itemFields, oneOfBoth),
          response,
        },
      },
      async (request, reply) => {
        const { product_id: productId, variant_id: variantId, quantity: pieces } = request.body;
        const known = await ownerOf(request);
        const made = known ? undefined : randomBytes(32).toString('base64url');
        const owner = known ?? { tokenHash: hashOf(made!) };
        const cart = await keepCart.add(owner, {
          quantity: pieces,
          ...(productId === undefined ? {} : { productId }),
          ...(variantId === undefined ? {} : { variantId }),
        });
        return send(request, reply, cart, made);
      },
    );

    app.put(
      '/cart/:id',
      {
        config: { access: 'public', scope: 'orders:write' },
        schema: {
          operationId: 'changeCartItem',
          summary: 'Sets the quantity of a line and accepts its price of today',
          tags,
          params: idParams,
          body: strict({ quantity }),
          response,
        },
      },
      async (request, reply) => {
        const owner = (await ownerOf(request)) ?? { tokenHash: hashOf('') };
        const { id } = request.params;
        return send(request, reply, await keepCart.change(owner, id, request.body.quantity));
      },
    );

    app.delete(
      '/cart/:id',
      {
        config: { access: 'public', scope: 'orders:write' },
        schema: {
          operationId: 'removeCartItem',
          summary: 'Removes a line',
          tags,
          params: idParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        await keepCart.remove(
          (await ownerOf(request)) ?? { tokenHash: hashOf('') },
          request.params.id,
        );
        return reply.code(204).send(null);
      },
    );

    app.delete(
      '/cart',
      {
        config: { access: 'public', scope: 'orders:write' },
        schema: {
          operationId: 'emptyCart',
          summary: 'Removes all lines',
          tags,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        const owner = await ownerOf(request);
        if (owner) await keepCart.remove(owner);
        return reply.code(204).send(null);
      },
    );
  };
};
