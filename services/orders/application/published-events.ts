import type { LinesDeliveredV1 } from '#contracts/orders/lines-delivered.v1.ts';
import type { OrderClaimedV1 } from '#contracts/orders/order-claimed.v1.ts';
import type { OrderCancelledV1 } from '#contracts/orders/order-cancelled.v1.ts';
import type { OrderDeliveredV1 } from '#contracts/orders/order-delivered.v1.ts';
import type { OrderFailedV1 } from '#contracts/orders/order-failed.v1.ts';
import type { OrderPaidV1 } from '#contracts/orders/order-paid.v1.ts';
import type { OrderPlacedV1 } from '#contracts/orders/order-placed.v1.ts';
import type { OrderRefundedV1 } from '#contracts/orders/order-refunded.v1.ts';
import type { OrderShippedV1 } from '#contracts/orders/order-shipped.v1.ts';
import type { PaymentRequestedV1 } from '#contracts/orders/payment-requested.v1.ts';
import type { RefundRequestedV1 } from '#contracts/orders/refund-requested.v1.ts';
import { moneyToJson } from '#shared/kernel/money.ts';
import { sharesOf, shippingSharesOf } from '../domain/order-process.ts';
import type { OrderEvent, OrderLine, PlacedOrder } from '../domain/order.ts';
import { taxOf, taxTotalsOf } from '../domain/tax.ts';

export type PublishedEvent =
  | { type: 'orders.order-placed.v1'; data: OrderPlacedV1 }
  | { type: 'orders.payment-requested.v1'; data: PaymentRequestedV1 }
  | { type: 'orders.order-claimed.v1'; data: OrderClaimedV1 }
  | { type: 'orders.order-paid.v1'; data: OrderPaidV1 }
  | { type: 'orders.order-failed.v1'; data: OrderFailedV1 }
  | { type: 'orders.order-cancelled.v1'; data: OrderCancelledV1 }
  | { type: 'orders.order-shipped.v1'; data: OrderShippedV1 }
  | { type: 'orders.lines-delivered.v1'; data: LinesDeliveredV1 }
  | { type: 'orders.order-delivered.v1'; data: OrderDeliveredV1 }
  | { type: 'orders.refund-requested.v1'; data: RefundRequestedV1 }
  | { type: 'orders.order-refunded.v1'; data: OrderRefundedV1 };

const lineToContract = (line: OrderLine) => {
  const { variantId, productId, sellerId, sku, name, quantity, unitPrice, total, tax } = line;
  const included = tax && {
    ...tax,
    net: moneyToJson(tax.net),
    tax: moneyToJson(tax.tax),
  };
  return {
    variantId,
    productId,
    sellerId,
    sku,
    name,
    quantity,
    unitPrice: moneyToJson(unitPrice),
    total: moneyToJson(total),
    ...(included ? { tax: included } : {}),
  };
};

const taxesToContract = (lines: readonly OrderLine[]) =>
  taxTotalsOf(lines).map((total) => ({
    ...total,
    net: moneyToJson(total.net),
    tax: moneyToJson(total.tax),
    gross: moneyToJson(total.gross),
  }));

const soldToContract = (line: OrderLine) => ({
  variantId: line.variantId,
  productId: line.productId,
  sellerId: line.sellerId,
  categoryIds: [...(line.categoryIds ?? [])],
  quantity: line.quantity,
  gross: moneyToJson(line.total),
  tax: line.tax ? moneyToJson(line.tax.tax) : { amountMinor: '0', currency: line.total.currency },
});

/** What the buyer can ask the carriers for. */
const parcelsOf = ({ shipments = [] }: PlacedOrder): Pick<OrderShippedV1, 'parcels'> => {
  const parcels = shipments.flatMap(({ tracking }) => (tracking ? [{ ...tracking }] : []));
  return parcels.length > 0 ? { parcels } : {};
};

/**
 * Translates our own events into the contracts that other contexts rely on; the rest stays private.
 * `order` is the state after the event. A part of an order that ships is ours alone.
 */
export const toPublished = (event: OrderEvent, order: PlacedOrder): PublishedEvent[] => {
  const { orderId, number, buyerId } = order;
  const head = { orderId, number, buyerId };
  const guest = order.isGuest ? { isGuest: true } : {};
  const { at } = event;
  switch (event.type) {
    case 'OrderPlaced': {
      const lines = event.lines.map(lineToContract);
      const total = moneyToJson(event.total);
      const taxes = taxesToContract(event.lines);
      const shipping = event.shipping && {
        shipping: {
          methodId: event.shipping.methodId,
          price: moneyToJson(event.shipping.price),
        },
      };
      const data = { ...head, lines, ...shipping, total, taxes, placedAt: at, payBy: event.payBy };
      return [{ type: 'orders.order-placed.v1', data }];
    }
    case 'PaymentRequested': {
      const shares = sharesOf(order).map(({ sellerId, amount }) => ({
        sellerId,
        amount: moneyToJson(amount),
      }));
      const lines = order.lines.map(soldToContract);
      const shipping = order.shipping && {
        shipping: shippingSharesOf(order).map(({ sellerId, amount }) => ({
          sellerId,
          amount: moneyToJson(amount),
        })),
      };
      const total = moneyToJson(event.total);
      const data = { ...head, total, shares, lines, ...shipping, payBy: order.payBy };
      return [{ type: 'orders.payment-requested.v1', data }];
    }
    case 'OrderPaid': {
      const data = {
        ...head,
        ...guest,
        paymentId: event.paymentId,
        total: moneyToJson(order.total),
        tax: moneyToJson(taxOf(order.lines, order.total.currency)),
        paidAt: at,
      };
      return [{ type: 'orders.order-paid.v1', data }];
    }
    case 'StockRefused':
      return event.reason === 'insufficient'
        ? [
            {
              type: 'orders.order-failed.v1',
              data: { ...head, ...guest, reason: 'stock', failedAt: at },
            },
          ]
        : [];
    case 'PaymentRefused':
      return [
        {
          type: 'orders.order-failed.v1',
          data: { ...head, ...guest, reason: 'payment', failedAt: at },
        },
      ];
    case 'OrderCancelled': {
      const wasPaid = order.paymentId !== null;
      // That it was a suspicion is no word for the mail to the buyer, and older readers know no such reason.
      const reason = event.reason === 'fraud' ? 'seller' : event.reason;
      const data = { ...head, ...guest, reason, wasPaid, cancelledAt: at };
      return [{ type: 'orders.order-cancelled.v1', data }];
    }
    case 'OrderShipped':
      return order.status === 'shipped'
        ? [
            {
              type: 'orders.order-shipped.v1',
              data: { ...head, shippedAt: at, ...parcelsOf(order) },
            },
          ]
        : [];
    case 'OrderDelivered':
      return order.status === 'delivered' || order.status === 'partially_refunded'
        ? [{ type: 'orders.order-delivered.v1', data: { ...head, deliveredAt: at } }]
        : [
            {
              type: 'orders.lines-delivered.v1',
              data: { ...head, sellerIds: [...event.sellerIds], deliveredAt: at },
            },
          ];
    case 'RefundRequested': {
      const { paymentId, reason } = event;
      const amount = moneyToJson(event.amount);
      const data = { ...head, paymentId, amount, reason, requestedAt: at };
      return [{ type: 'orders.refund-requested.v1', data }];
    }
    case 'OrderRefunded': {
      const { isFull } = event;
      const data = { ...head, amount: moneyToJson(event.amount), isFull, refundedAt: at };
      return [{ type: 'orders.order-refunded.v1', data }];
    }
    case 'OrderClaimed':
      return [
        {
          type: 'orders.order-claimed.v1',
          data: { ...head, guestId: event.guestId, claimedAt: at },
        },
      ];
    case 'StockConfirmed':
      return [];
  }
};
