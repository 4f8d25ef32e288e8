import type { Clock } from '#shared/platform/module.ts';
import { orderError } from '../../domain/errors.ts';
import {
  placeOrder,
  type Offer,
  type Order,
  type PlaceOrder,
  type ToldOffer,
} from '../../domain/order.ts';
import { dayIn } from '../../domain/shipping.ts';
import type { Beside } from '../guest-ports.ts';
import type { ShippingMethods } from '../ports.ts';
import type { Carts, Catalog, Cause, Guest, Offers, Orders, StoredOrder } from '../ports.ts';
import type { KeepCart } from './keep-cart.ts';

type Ports = Readonly<{
  orders: Orders;
  offers: OfferSearch;
  carts: Carts;
  keepCart: Pick<KeepCart, 'merge'>;
  clock: Clock;
  payWithinMinutes: number;
  shippingMethods: Pick<ShippingMethods, 'find'>;
  /** IANA name: what day it is for the shop. */
  timeZone: string;
  requiresShipping: boolean;
}>;

export type PlaceOrderRequest = Readonly<{
  orderId: string;
  buyerId: string;
  /** The buyer has no account, and its cart is that of `guest` as it is. */
  isGuest?: true;
  shipping?: NonNullable<PlaceOrder['shipping']>;
  /** What is stored with it and is no part of its events. */
  beside?: Beside;
  /** An earlier try of this request died: the order may be there, and the cart empty. */
  isResumed: boolean;
  /** Without items, what is in the buyer's cart, or in the one they filled as this guest. */
  items?: readonly Readonly<{ variantId?: string; productId?: string; quantity: number }>[];
  guest?: Guest;
  expectedTotalMinor?: bigint;
  cause: Cause;
}>;

export type PlaceOrderHandler = (request: PlaceOrderRequest) => Promise<StoredOrder>;

/**
 * Finds offers in orders' own copy; what is missing there is asked of catalog once and kept. A
 * product stands for its only variant; with several the buyer must choose.
 */
export const createOfferSearch = (offers: Offers, catalog: Catalog) => {
  const learn = async (id: string): Promise<readonly ToldOffer[]> => {
    const told = await catalog.offersOf(id);
    if (told) await offers.replace(told.productId, told.version, told.offers);
    return told?.offers ?? [];
  };

  return {
    async find(variantIds: readonly string[]): Promise<ReadonlyMap<string, Offer>> {
      const known = await offers.find(variantIds);
      const missing = variantIds.filter((id) => !known.has(id));
      if (missing.length === 0) return known;
      await Promise.all(missing.map(learn));
      // Read again, since catalog knows of no tax rates.
      return new Map([...known, ...(await offers.find(missing))]);
    },
    learn,
    async variantOf(item: Readonly<{ variantId?: string; productId?: string }>): Promise<string> {
      if (item.variantId !== undefined) return item.variantId;
      const known = await offers.ofProduct(item.productId!);
      const [only, ...others] = known.length > 0 ? known : await learn(item.productId!);
      if (!only)
        throw orderError('product_not_for_sale', { extra: { product_id: item.productId } });
      if (others.length > 0) throw orderError('variant_needed');
      return only.variantId;
    },
  };
};

export type OfferSearch = ReturnType<typeof createOfferSearch>;

export const createPlaceOrder = (ports: Ports): PlaceOrderHandler => {
  const { orders, offers, carts, keepCart } = ports;

  /** An order is placed from a guest's cart as it is; only when both hold something they are merged. */
  const findCart = async (accountId: string, guest: Guest | undefined) => {
    if (!guest) return carts.find({ accountId });
    const found = await carts.findBoth(accountId, guest);
    const [only, ...others] = found.filter(({ lines }) => lines.length > 0);
    if (others.length === 0) return only;
    await keepCart.merge(guest, accountId);
    return carts.find({ accountId });
  };

  const fromCart = async ({ buyerId, guest, isGuest }: PlaceOrderRequest) => {
    const found = await (isGuest && guest ? carts.find(guest) : findCart(buyerId, guest));
    const { id, lines } = found ?? { id: undefined, lines: [] };
    if (id === undefined || lines.length === 0) throw orderError('cart_empty');
    const known = lines.flatMap(({ offer }) => (offer ? [[offer.variantId, offer] as const] : []));
    return { cartId: id, items: lines, offers: new Map<string, Offer>(known) };
  };

  const fromItems = async (given: NonNullable<PlaceOrderRequest['items']>) => {
    // The same variant twice is one line, so that its stock is asked for once and in whole.
    const quantities = new Map<string, number>();
    for (const item of given) {
      const variantId = await offers.variantOf(item);
      quantities.set(variantId, (quantities.get(variantId) ?? 0) + item.quantity);
    }
    const items = [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }));
    return { cartId: undefined, items, offers: await offers.find([...quantities.keys()]) };
  };

  return async (request) => {
    const { orderId, buyerId, items, expectedTotalMinor, shipping, isGuest } = request;
    if (request.isResumed) {
      const stored = await orders.find(orderId);
      if (stored) return stored;
    }
    const [source, method] = await Promise.all([
      items ? fromItems(items) : fromCart(request),
      shipping && ports.shippingMethods.find(shipping.methodId),
    ]);
    const now = ports.clock();
    const command: PlaceOrder = {
      orderId,
      buyerId,
      items: source.items,
      ...(expectedTotalMinor === undefined ? {} : { expectedTotalMinor }),
      ...(shipping ? { shipping } : {}),
      ...(isGuest ? { isGuest } : {}),
    };
    const facts = {
      offers: source.offers,
      now,
      payWithinMinutes: ports.payWithinMinutes,
      method,
      day: dayIn(ports.timeZone, now),
      requiresShipping: ports.requiresShipping,
    };
    const decide = (order: Order) => placeOrder(order, command, facts);
    return orders.place(orderId, request.cause, source.cartId, decide, request.beside);
  };
};
