import { addMoney, allocate, money, sumMoney, type Money } from '#shared/kernel/money.ts';
import { orderError } from './errors.ts';
import {
  sellersOf,
  type CancelReason,
  type Order,
  type OrderEvent,
  type OrderStatus,
  type PaidBy,
  type PlacedOrder,
  type Shortage,
  type Tracking,
} from './order.ts';

/** The end of an order: nothing but refunds happens after it. */
const ended: readonly OrderStatus[] = ['cancelled', 'failed', 'refunded'];

const none: readonly OrderEvent[] = [];

/** catalog set all lines aside: the total may be charged. */
export const confirmStock = (order: Order, at: string): readonly OrderEvent[] =>
  order.status === 'pending'
    ? [
        { type: 'StockConfirmed', at },
        { type: 'PaymentRequested', total: order.total, at },
      ]
    : none;

/**
 * catalog could not set the lines aside. `late`: it was paid after its reservation had ended and
 * the stock was sold meanwhile, so the order is cancelled and the money goes back.
 */
export const refuseStock = (
  order: Order,
  refusal: Readonly<{ reason: 'insufficient' | 'late'; shortages: readonly Shortage[] }>,
  at: string,
): readonly OrderEvent[] => {
  if (refusal.reason === 'insufficient')
    return order.status === 'pending' ? [{ type: 'StockRefused', ...refusal, at }] : none;
  if (order.status !== 'paid') return none;
  return [{ type: 'StockRefused', ...refusal, at }, ...cancelAndRefund(order, 'stock', at)];
};

/**
 * A payment of the order's total completed. It pays an order that waits for it; money that comes
 * after the end, or a second time, goes back by itself, once for each payment.
 */
export const recordPayment = (
  order: Order,
  payment: Readonly<{ paymentId: string; amount: Money; paidBy?: PaidBy }>,
  at: string,
): readonly OrderEvent[] => {
  if (order.status === 'new') return none;
  const { paymentId, amount, paidBy } = payment;
  if (order.paymentId === paymentId || order.refundRequestedFor.includes(paymentId)) return none;
  const isExact =
    amount.amountMinor === order.total.amountMinor && amount.currency === order.total.currency;
  if (order.status === 'awaiting_payment' && isExact)
    return [{ type: 'OrderPaid', paymentId, ...(paidBy ? { paidBy } : {}), at }];
  return [{ type: 'RefundRequested', paymentId, amount, reason: 'paid_after_end', at }];
};

export const refusePayment = (
  order: Order,
  payment: Readonly<{ paymentId: string; reason: string }>,
  at: string,
): readonly OrderEvent[] =>
  order.status === 'awaiting_payment' ? [{ type: 'PaymentRefused', ...payment, at }] : none;

/** The time to pay is over. */
export const expireUnpaid = (order: Order, at: string): readonly OrderEvent[] =>
  (order.status === 'pending' || order.status === 'awaiting_payment') && order.payBy <= at
    ? [{ type: 'OrderCancelled', reason: 'unpaid', at }]
    : none;

const cancelAndRefund = (
  order: PlacedOrder,
  reason: CancelReason,
  at: string,
): readonly OrderEvent[] => {
  const { paymentId } = order;
  const cancelled: OrderEvent = { type: 'OrderCancelled', reason, at };
  const left = order.total.amountMinor - order.refunded.amountMinor;
  if (paymentId === null || left === 0n || order.refundRequestedFor.includes(paymentId))
    return [cancelled];
  const amount = { amountMinor: left, currency: order.total.currency };
  return [cancelled, { type: 'RefundRequested', paymentId, amount, reason: 'cancelled', at }];
};

const isCancellable = (order: PlacedOrder): boolean =>
  ['pending', 'awaiting_payment', 'paid'].includes(order.status) &&
  order.shippedSellerIds.length === 0;

/**
 * Who took the payment suspects a fraud and says not to deliver. What was shipped, even a part, is not
 * called back by a message: the alert of payments calls a person.
 */
export const suspectFraud = (
  order: Order,
  { paymentId }: Readonly<{ paymentId: string }>,
  at: string,
): readonly OrderEvent[] => {
  if (order.status === 'new' || !isCancellable(order)) return none;
  // Another payment than the one that paid it goes back by itself.
  if (order.paymentId !== null && order.paymentId !== paymentId) return none;
  return cancelAndRefund(order, 'fraud', at);
};

/** Who acts: the buyer, an administrator, or the seller of some lines. */
export type Actor =
  | Readonly<{ is: 'buyer' }>
  | Readonly<{ is: 'admin' }>
  | Readonly<{ is: 'seller'; sellerId: string }>;

/** The states that `actor` may set now: what a refusal tells and a client offers. */
export const allowedStatuses = (order: Order, actor: Actor): readonly OrderStatus[] => {
  if (order.status === 'new') return [];
  const canCancel = isCancellable(order);
  if (actor.is === 'buyer') return canCancel ? ['cancelled'] : [];
  const concerned = actor.is === 'admin' ? sellersOf(order) : [actor.sellerId];
  const isOpen = order.paymentId !== null && !ended.includes(order.status);
  const toShip = concerned.filter((id) => !order.shippedSellerIds.includes(id));
  const toDeliver = concerned.filter(
    (id) => order.shippedSellerIds.includes(id) && !order.deliveredSellerIds.includes(id),
  );
  return [
    ...(isOpen && toShip.length > 0 ? (['shipped'] as const) : []),
    ...(isOpen && toShip.length === 0 && toDeliver.length > 0 ? (['delivered'] as const) : []),
    ...(canCancel && (actor.is === 'admin' || sellersOf(order).length === 1)
      ? (['cancelled'] as const)
      : []),
  ];
};

export type ManualStatus = 'shipped' | 'delivered' | 'cancelled';

const hasIt = (order: PlacedOrder, status: ManualStatus, actor: Actor): boolean => {
  if (status === 'cancelled') return order.status === 'cancelled' || order.cancelReason !== null;
  const done = status === 'shipped' ? order.shippedSellerIds : order.deliveredSellerIds;
  const concerned = actor.is === 'seller' ? [actor.sellerId] : sellersOf(order);
  return concerned.every((id) => done.includes(id));
};

/** A person moves the order on. Asking for the state that it has already is not an error. */
export const changeStatus = (
  order: Order,
  status: ManualStatus,
  actor: Actor,
  at: string,
  tracking?: Tracking,
): readonly OrderEvent[] => {
  if (order.status === 'new') throw orderError('not_found');
  if (hasIt(order, status, actor)) return none;
  const allowed = allowedStatuses(order, actor);
  if (!allowed.includes(status)) {
    const canOnlyAll = status === 'cancelled' && actor.is === 'seller';
    if (canOnlyAll && sellersOf(order).length > 1) throw orderError('other_sellers_lines');
    throw orderError('not_allowed_now', { extra: { current_status: order.status, allowed } });
  }
  if (status === 'cancelled')
    return cancelAndRefund(order, actor.is === 'buyer' ? 'buyer' : 'seller', at);
  const done = status === 'shipped' ? order.shippedSellerIds : order.deliveredSellerIds;
  const concerned = actor.is === 'seller' ? [actor.sellerId] : sellersOf(order);
  const sellerIds = concerned.filter((id) => !done.includes(id));
  if (status === 'delivered') return [{ type: 'OrderDelivered', sellerIds, at }];
  return [{ type: 'OrderShipped', sellerIds, ...(tracking ? { tracking } : {}), at }];
};

export const recordRefund = (
  order: Order,
  refund: Readonly<{ paymentId: string; refundId: string; amount: Money; isFull: boolean }>,
  at: string,
): readonly OrderEvent[] =>
  order.status === 'new' ? none : [{ type: 'OrderRefunded', ...refund, at }];

export type SellerAmount = Readonly<{ sellerId: string; amount: Money }>;

const lineSumsOf = (order: PlacedOrder): readonly SellerAmount[] =>
  sellersOf(order).map((sellerId) => ({
    sellerId,
    amount: sumMoney(
      order.lines.filter((line) => line.sellerId === sellerId).map((line) => line.total),
      order.total.currency,
    ),
  }));

/**
 * What a buyer pays for sending goes to who sends: to several sellers in proportion to their lines, by
 * largest remainder; equally when their lines cost nothing.
 */
export const shippingSharesOf = (order: PlacedOrder): readonly SellerAmount[] => {
  const { price } = order.shipping ?? { price: money(0n, order.total.currency) };
  const sums = lineSumsOf(order);
  const weights = sums.map(({ amount }) => amount.amountMinor);
  const isNothing = weights.every((weight) => weight === 0n);
  const parts = allocate(price.amountMinor, isNothing ? weights.map(() => 1n) : weights);
  return sums.map(({ sellerId }, i) => ({ sellerId, amount: money(parts[i]!, price.currency) }));
};

/** How much of the total belongs to each seller, with its part of the shipping; the parts add up to it. */
export const sharesOf = (order: PlacedOrder): readonly SellerAmount[] => {
  const shipping = shippingSharesOf(order);
  return lineSumsOf(order).map(({ sellerId, amount }, i) => ({
    sellerId,
    amount: addMoney(amount, shipping[i]!.amount),
  }));
};

/** Of two accounts at once one has it; the other, and everybody else, learns of no such order. */
export const claimOrder = (order: Order, accountId: string, at: string): readonly OrderEvent[] => {
  if (order.status === 'new') throw orderError('not_found');
  if (order.isGuest)
    return [{ type: 'OrderClaimed', guestId: order.buyerId, buyerId: accountId, at }];
  if (order.buyerId !== accountId) throw orderError('not_found');
  return none;
};
