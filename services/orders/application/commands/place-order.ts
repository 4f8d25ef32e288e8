import type { Clock } from '#shared/platform/module.ts';
import { orderError } from '../../domain/errors.ts';
import { placeOrder, type Offer, type PlaceOrder } from '../../domain/order.ts';
import type { CartOwner, Carts, Cause, Offers, Orders, StoredOrder } from '../ports.ts';

type Ports = Readonly<{
  orders: Orders;
  offers: Offers;
  carts: Carts;
  clock: Clock;
  payWithinMinutes: number;
}>;

export type PlaceOrderRequest = Readonly<{
  orderId: string;
  buyerId: string;
  /** An earlier try of this request died: the order may be there, and the cart empty. */
  isResumed: boolean;
  /** Without items, what is in the buyer's cart. */
  items?: readonly Readonly<{ variantId?: string; productId?: string; quantity: number }>[];
  expectedTotalMinor?: bigint;
  cause: Cause;
}>;

export type PlaceOrderHandler = (request: PlaceOrderRequest) => Promise<StoredOrder>;

/** A product stands for its only variant; with several the buyer must choose. */
export const createVariantChoice =
  (offers: Offers) =>
  async (item: Readonly<{ variantId?: string; productId?: string }>): Promise<string> => {
    if (item.variantId !== undefined) return item.variantId;
    const [only, ...others] = await offers.ofProduct(item.productId!);
    if (!only) throw orderError('product_not_for_sale', { extra: { product_id: item.productId } });
    if (others.length > 0) throw orderError('variant_needed');
    return only.variantId;
  };

export const createPlaceOrder = (ports: Ports): PlaceOrderHandler => {
  const { orders, offers, carts } = ports;
  const chooseVariant = createVariantChoice(offers);

  const fromCart = async (owner: CartOwner) => {
    const { id, lines } = await carts.find(owner);
    if (id === undefined || lines.length === 0) throw orderError('cart_empty');
    const known = lines.flatMap(({ offer }) => (offer ? [[offer.variantId, offer] as const] : []));
    return { cartId: id, items: lines, offers: new Map<string, Offer>(known) };
  };

  const fromItems = async (given: NonNullable<PlaceOrderRequest['items']>) => {
    // The same variant twice is one line, so that its stock is asked for once and in whole.
    const quantities = new Map<string, number>();
    for (const item of given) {
      const variantId = await chooseVariant(item);
      quantities.set(variantId, (quantities.get(variantId) ?? 0) + item.quantity);
    }
    const items = [...quantities].map(([variantId, quantity]) => ({ variantId, quantity }));
    return { cartId: undefined, items, offers: await offers.find([...quantities.keys()]) };
  };

  return async ({ orderId, buyerId, isResumed, items, expectedTotalMinor, cause }) => {
    if (isResumed) {
      const stored = await orders.find(orderId);
      if (stored) return stored;
    }
    const source = items ? await fromItems(items) : await fromCart({ accountId: buyerId });
    const command: PlaceOrder = {
      orderId,
      buyerId,
      items: source.items,
      ...(expectedTotalMinor === undefined ? {} : { expectedTotalMinor }),
    };
    const facts = {
      offers: source.offers,
      now: ports.clock(),
      payWithinMinutes: ports.payWithinMinutes,
    };
    return orders.place(orderId, cause, source.cartId, (order) =>
      placeOrder(order, command, facts),
    );
  };
};
