import { orderCancelledV1 } from '#contracts/orders/order-cancelled.v1.ts';
import { orderDeliveredV1 } from '#contracts/orders/order-delivered.v1.ts';
import { orderFailedV1 } from '#contracts/orders/order-failed.v1.ts';
import { orderPaidV1 } from '#contracts/orders/order-paid.v1.ts';
import { orderRefundedV1 } from '#contracts/orders/order-refunded.v1.ts';
import { orderShippedV1 } from '#contracts/orders/order-shipped.v1.ts';
import { reaction, type Contract, type Message, type Reaction } from '#shared/messaging/message.ts';
import { deliveryOf } from '#shared/messaging/subscribe.ts';
import type { Static } from 'typebox';
import type { OrderNotice } from '../../domain/notice.ts';
import { ofOrder } from '../live-events.ts';
import type { TellRecipient } from '../tell-recipient.ts';

/** A notice to the buyer for each step of an order that they wait for, and a word to whoever looks on. */
export const tellBuyerWhenOrderMoves = (tellRecipient: TellRecipient): readonly Reaction[] => {
  const tell = <C extends Contract>(
    name: string,
    contract: C,
    toNotice: (data: Static<C>) => OrderNotice | undefined,
  ): Reaction =>
    reaction(name, contract, async (message: Message<Static<C>>) => {
      const data = message.data as { orderId: string; buyerId: string; number: string };
      const notice = toNotice(message.data);
      const withOrder = notice && { ...notice, orderId: data.orderId };
      const heard = ofOrder(message, data);
      await tellRecipient(data.buyerId, withOrder, deliveryOf(name, message), heard);
    });

  return [
    // A guest hears it from orders, with the link that only they have.
    tell('tell-buyer-when-order-paid', orderPaidV1, ({ number, total, tax, isGuest }) =>
      isGuest ? undefined : { kind: 'order_paid', number, amount: total, ...(tax ? { tax } : {}) },
    ),
    tell('tell-buyer-when-order-shipped', orderShippedV1, ({ number, parcels }) => ({
      kind: 'order_shipped',
      number,
      ...(parcels ? { parcels } : {}),
    })),
    tell('tell-buyer-when-order-delivered', orderDeliveredV1, ({ number }) => ({
      kind: 'order_delivered',
      number,
    })),
    // Nobody has proven a guest's address: without a payment nothing goes there.
    tell('tell-buyer-when-order-cancelled', orderCancelledV1, (data) => {
      const { number, reason, wasPaid, isGuest } = data;
      return isGuest && !wasPaid ? undefined : { kind: 'order_cancelled', number, reason, wasPaid };
    }),
    tell('tell-buyer-when-order-failed', orderFailedV1, ({ number, reason, isGuest }) =>
      isGuest ? undefined : { kind: 'order_failed', number, reason },
    ),
    tell('tell-buyer-when-order-refunded', orderRefundedV1, ({ number, amount, isFull }) => ({
      kind: 'order_refunded',
      number,
      amount,
      isFull,
    })),
  ];
};
