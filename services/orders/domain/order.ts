import {
  largestAmountMinor,
  multiplyMoney,
  sumMoney,
  addMoney,
  formatAmount,
  type Money,
} from '#shared/kernel/money.ts';
import { orderError } from './errors.ts';
import { taxIncludedIn, type IncludedTax, type TaxRate } from './tax.ts';
import {
  quoteShipping,
  type Destination,
  type OrderShipping,
  type ShippingMethod,
} from './shipping.ts';

/** A line as it was when the order was placed: later changes of the product do not reach it. */
export type OrderLine = Readonly<{
  variantId: string;
  productId: string;
  sellerId: string;
  sku: string;
  name: string;
  imageUrl: string | null;
  quantity: number;
  unitPrice: Money;
  /** What the buyer pays for the line: prices include tax. */
  total: Money;
  /** What one piece costs otherwise; not there when that is no more, and in older orders. */
  listPrice?: Money;
  /** What the seller's receipts said of it then; not there while a seller has not said. */
  issuerId?: string;
  /** What of it is tax; not there where the operator had no rate, and in orders of older releases. */
  tax?: IncludedTax;
  /** The product's category and those above it, the nearest first; not there in older orders. */
  categoryIds?: readonly string[];
}>;

/** Where a parcel is followed: who carries it, and by which number. */
export type Tracking = Readonly<{ carrier: string; number: string }>;
/** How it was paid, as far as a receipt may say. */
export type PaidBy = Readonly<{
  provider: string;
  card?: Readonly<{ brand: string; last4: string }>;
}>;
/** What was handed over at once. */
export type Shipment = Readonly<{
  sellerIds: readonly string[];
  tracking?: Tracking;
  at: string;
}>;

/** `fraud`: who took the payment says not to deliver. */
export type CancelReason = 'buyer' | 'seller' | 'unpaid' | 'stock' | 'fraud';
export type RefundReason = 'cancelled' | 'paid_after_end';
export type Shortage = Readonly<{ variantId: string; requested: number; available: number }>;

type At = Readonly<{ at: string }>;

export type OrderEvent =
  | (At &
      Readonly<{
        type: 'OrderPlaced';
        orderId: string;
        /** Empty until the store takes the next number, in the statement that saves the event. */
        number: string;
        buyerId: string;
        lines: readonly OrderLine[];
        /** Absent: nothing was agreed on, as before there were methods. */
        shipping?: OrderShipping;
        /** Lines and shipping. */
        total: Money;
        payBy: string;
        /** The buyer has no account; its id is of this order alone. */
        isGuest?: true;
      }>)
  /** An account has shown that a guest's order is its own. */
  | (At & Readonly<{ type: 'OrderClaimed'; guestId: string; buyerId: string }>)
  | (At & Readonly<{ type: 'StockConfirmed' }>)
  | (At &
      Readonly<{
        type: 'StockRefused';
        reason: 'insufficient' | 'late';
        shortages: readonly Shortage[];
      }>)
  | (At & Readonly<{ type: 'PaymentRequested'; total: Money }>)
  | (At & Readonly<{ type: 'OrderPaid'; paymentId: string; paidBy?: PaidBy }>)
  | (At & Readonly<{ type: 'PaymentRefused'; paymentId: string; reason: string }>)
  | (At & Readonly<{ type: 'OrderShipped'; sellerIds: readonly string[]; tracking?: Tracking }>)
  | (At & Readonly<{ type: 'OrderDelivered'; sellerIds: readonly string[] }>)
  | (At & Readonly<{ type: 'OrderCancelled'; reason: CancelReason }>)
  | (At &
      Readonly<{
        type: 'RefundRequested';
        paymentId: string;
        amount: Money;
        reason: RefundReason;
      }>)
  | (At &
      Readonly<{
        type: 'OrderRefunded';
        paymentId: string;
        refundId: string;
        amount: Money;
        isFull: boolean;
      }>);

export type OrderStatus =
  | 'pending'
  | 'awaiting_payment'
  | 'paid'
  | 'shipped'
  | 'delivered'
  | 'cancelled'
  | 'failed'
  | 'partially_refunded'
  | 'refunded';

export type PlacedOrder = Readonly<{
  status: OrderStatus;
  orderId: string;
  number: string;
  buyerId: string;
  lines: readonly OrderLine[];
  shipping?: OrderShipping;
  total: Money;
  /** Only while nobody has claimed it. */
  isGuest?: true;
  refunded: Money;
  placedAt: string;
  payBy: string;
  /** The payment that paid it; others that came after its end are only refunded. */
  paymentId: string | null;
  /** Not there before, and in orders that were paid in older releases. */
  paidBy?: PaidBy;
  failure: 'stock' | 'payment' | null;
  cancelReason: CancelReason | null;
  shippedSellerIds: readonly string[];
  /** Not there in orders that were shipped by older releases. */
  shipments?: readonly Shipment[];
  deliveredSellerIds: readonly string[];
  /** Payments whose refund was asked for: once each. */
  refundRequestedFor: readonly string[];
}>;

export type Order = Readonly<{ status: 'new' }> | PlacedOrder;

export const newOrder: Order = { status: 'new' };

export const sellersOf = (order: Readonly<{ lines: readonly OrderLine[] }>): readonly string[] => [
  ...new Set(order.lines.map((line) => line.sellerId)),
];

/** Applies what already happened: no rules here, and it never throws on a recorded event. */
export const evolve = (order: Order, event: OrderEvent): Order => {
  if (event.type === 'OrderPlaced') {
    const { orderId, number, buyerId, lines, shipping, total, payBy, isGuest } = event;
    return {
      status: 'pending',
      orderId,
      number,
      buyerId,
      lines,
      ...(shipping ? { shipping } : {}),
      total,
      ...(isGuest ? { isGuest } : {}),
      refunded: { amountMinor: 0n, currency: total.currency },
      placedAt: event.at,
      payBy,
      paymentId: null,
      failure: null,
      cancelReason: null,
      shippedSellerIds: [],
      deliveredSellerIds: [],
      refundRequestedFor: [],
    };
  }
  return order.status === 'new' ? order : evolvePlaced(order, event);
};

type LaterEvent = Exclude<OrderEvent, { type: 'OrderPlaced' }>;

const evolvePlaced = (order: PlacedOrder, event: LaterEvent): PlacedOrder => {
  switch (event.type) {
    case 'StockConfirmed':
      return order;
    case 'PaymentRequested':
      return { ...order, status: 'awaiting_payment' };
    case 'StockRefused':
      return event.reason === 'insufficient'
        ? { ...order, status: 'failed', failure: 'stock' }
        : order;
    case 'OrderPaid': {
      const { paymentId, paidBy } = event;
      return { ...order, status: 'paid', paymentId, ...(paidBy ? { paidBy } : {}) };
    }
    case 'PaymentRefused':
      return { ...order, status: 'failed', failure: 'payment' };
    case 'OrderShipped': {
      const shippedSellerIds = [...order.shippedSellerIds, ...event.sellerIds];
      const isAll = shippedSellerIds.length === sellersOf(order).length;
      const { sellerIds, tracking, at } = event;
      const shipment: Shipment = { sellerIds, ...(tracking ? { tracking } : {}), at };
      const shipments = [...(order.shipments ?? []), shipment];
      return { ...order, shippedSellerIds, shipments, status: isAll ? 'shipped' : order.status };
    }
    case 'OrderDelivered': {
      const deliveredSellerIds = [...order.deliveredSellerIds, ...event.sellerIds];
      const isAll = deliveredSellerIds.length === sellersOf(order).length;
      const end = order.refunded.amountMinor > 0n ? 'partially_refunded' : 'delivered';
      return { ...order, deliveredSellerIds, status: isAll ? end : order.status };
    }
    case 'OrderClaimed': {
      const { isGuest: _, ...claimed } = order;
      return { ...claimed, buyerId: event.buyerId };
    }
    case 'OrderCancelled':
      return { ...order, status: 'cancelled', cancelReason: event.reason };
    case 'RefundRequested':
      return { ...order, refundRequestedFor: [...order.refundRequestedFor, event.paymentId] };
    case 'OrderRefunded': {
      // Money that came after the end and went back changes nothing of how the order ended.
      if (event.paymentId !== order.paymentId) return order;
      const refunded = addMoney(order.refunded, event.amount);
      if (event.isFull) return { ...order, refunded, status: 'refunded' };
      const isOver = order.status === 'delivered' || order.status === 'partially_refunded';
      return { ...order, refunded, status: isOver ? 'partially_refunded' : order.status };
    }
  }
};

/** What is for sale now, by variant: orders' own copy of the catalog. */
export type Offer = Readonly<{
  variantId: string;
  productId: string;
  sellerId: string;
  sku: string;
  name: string;
  imageUrl: string | null;
  price: Money;
  /** What it costs otherwise, where that is more. */
  listPrice: Money | null;
  /** How the product is taxed, in the operator's words. */
  taxClass: string;
  categoryIds: readonly string[];
  /** What the operator's rates say of that today; null: nothing. */
  taxRate: TaxRate | null;
  /** What the seller's receipts say of the seller today; null: nothing. */
  issuerId: string | null;
}>;

/** An offer as catalog tells it, which knows of neither rates nor receipts. */
export type ToldOffer = Omit<Offer, 'taxRate' | 'issuerId'>;

export type PlaceOrder = Readonly<{
  orderId: string;
  buyerId: string;
  items: readonly Readonly<{
    variantId: string;
    quantity: number;
    /** The price that the buyer saw when it went into the cart. */
    seenPrice?: Money;
  }>[];
  /** The total that the buyer saw and accepts, in minor units. */
  expectedTotalMinor?: bigint;
  /** How it is sent; null where nothing was agreed on. */
  shipping?: Readonly<{ methodId: string; destination: Destination | null }>;
  isGuest?: true;
}>;

/** What is true while an order is placed. */
export type PlaceOrderFacts = Readonly<{
  offers: ReadonlyMap<string, Offer>;
  now: Date;
  payWithinMinutes: number;
  /** The method that was asked for, if there is one. */
  method?: ShippingMethod | undefined;
  /** What day it is for the shop. */
  day: string;
  requiresShipping: boolean;
}>;

const linesMax = 100;

/**
 * The client may repeat this with the same `orderId`: the same order, no new event. Prices are the
 * catalog's; a price that changed since the buyer saw it must be accepted by naming the new total.
 */
export const placeOrder = (
  order: Order,
  command: PlaceOrder,
  facts: PlaceOrderFacts,
): readonly OrderEvent[] => {
  const { orderId, buyerId, items, expectedTotalMinor } = command;
  if (order.status !== 'new') {
    if (order.buyerId === buyerId) return [];
    throw orderError('order_id_taken');
  }
  if (items.length === 0) throw orderError('order_empty');
  if (items.length > linesMax) throw orderError('too_many_lines');

  const lines = items.map(({ variantId, quantity }): OrderLine => {
    const offer = facts.offers.get(variantId);
    if (!offer) throw orderError('product_not_for_sale', { extra: { variant_id: variantId } });
    const { price, listPrice, taxRate, taxClass: _taxClass, issuerId, ...what } = offer;
    const total = multiplyMoney(price, quantity);
    return {
      ...what,
      quantity,
      unitPrice: price,
      total,
      ...(listPrice && listPrice.amountMinor > price.amountMinor ? { listPrice } : {}),
      ...(issuerId === null ? {} : { issuerId }),
      ...(taxRate ? { tax: taxIncludedIn(total, taxRate) } : {}),
    };
  });
  const { currency } = lines[0]!.unitPrice;
  if (lines.some((line) => line.unitPrice.currency !== currency))
    throw orderError('currencies_mixed');
  const lineTotal = sumMoney(
    lines.map((line) => line.total),
    currency,
  );
  const shipping = shippingFor(command, facts, lineTotal);
  const total = shipping ? addMoney(lineTotal, shipping.price) : lineTotal;
  if (total.amountMinor > largestAmountMinor) throw orderError('total_too_large');

  const isPriceChanged = items.some(
    ({ seenPrice }, i) => seenPrice && seenPrice.amountMinor !== lines[i]!.unitPrice.amountMinor,
  );
  const isTotalOther = expectedTotalMinor !== undefined && expectedTotalMinor !== total.amountMinor;
  if (isTotalOther || (isPriceChanged && expectedTotalMinor === undefined))
    throw priceChanged(total);

  const at = facts.now.toISOString();
  const payBy = new Date(facts.now.getTime() + facts.payWithinMinutes * 60_000).toISOString();
  const placed = { orderId, number: '', buyerId, lines, total, payBy, at };
  return [
    {
      type: 'OrderPlaced',
      ...placed,
      ...(shipping ? { shipping } : {}),
      ...(command.isGuest ? { isGuest: true } : {}),
    },
  ];
};

/** Price and promise are frozen with the order; what cannot be had is refused. */
const shippingFor = (
  { shipping }: PlaceOrder,
  { method, day, requiresShipping }: PlaceOrderFacts,
  lineTotal: Money,
): OrderShipping | undefined => {
  if (!shipping) {
    if (requiresShipping) throw orderError('shipping_required');
    return undefined;
  }
  const quoted = method && quoteShipping(method, { ...shipping, lineTotal, day });
  if (!quoted) throw orderError('shipping_not_available');
  return quoted;
};

const priceChanged = (total: Money) =>
  orderError('price_changed', {
    extra: {
      new_total: formatAmount(total.amountMinor, total.currency),
      currency: total.currency,
    },
  });
