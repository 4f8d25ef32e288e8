import { browserApi, type AnswerOf } from '../../api/client.ts';
import { useSetting } from '../../i18n/use-text.tsx';
import { useLoaded } from '../../kit/use-request.ts';

export type Order = AnswerOf<'/api/v1/orders/{id}', 'get'>;
export type Happened = AnswerOf<'/api/v1/orders/{id}/history', 'get'>['items'][number];
export type Moved = AnswerOf<'/api/v1/payments/timeline', 'get'>['items'][number];
export type Refund = AnswerOf<'/api/v1/payments/{id}/refunds', 'get'>['items'][number];

const whileMovingMs = 1_500;

/** All that the page of an order shows. Asked again while money is on its way. */
export const useOrder = (id: string) => {
  const { language } = useSetting();
  const path = { id };
  const order = useLoaded(['admin', 'order', id], (signal) =>
    browserApi().GET('/api/v1/orders/{id}', { params: { path }, signal }),
  );
  const { version, payment_id: paymentId } = order.data ?? {};
  const isEnabled = order.data !== undefined;
  const isPaid = isEnabled && paymentId !== null;
  const payment = { params: { path: { id: paymentId ?? '' } } };
  const refunds = useLoaded(
    ['admin', 'order', id, 'refunds', paymentId],
    (signal) => browserApi().GET('/api/v1/payments/{id}/refunds', { ...payment, signal }),
    { isEnabled: isPaid },
  );
  const isMoving = refunds.data?.items.some(({ status }) => status === 'requested') ?? false;
  const isBehind =
    (refunds.data?.items.some(({ status }) => status === 'completed') ?? false) &&
    order.data?.refunded_total !== undefined &&
    Number(order.data.refunded_total) === 0;
  // The same keys again: what is shared is asked once, and here as often as something moves.
  useLoaded(
    ['admin', 'order', id],
    (signal) => browserApi().GET('/api/v1/orders/{id}', { params: { path }, signal }),
    { everyMs: whileMovingMs, isEnabled: isMoving || isBehind },
  );
  useLoaded(
    ['admin', 'order', id, 'refunds', paymentId],
    (signal) => browserApi().GET('/api/v1/payments/{id}/refunds', { ...payment, signal }),
    { everyMs: whileMovingMs, isEnabled: isMoving },
  );
  const settled = refunds.data?.items.filter(({ status }) => status === 'completed').length ?? 0;
  return {
    order,
    refunds,
    isMoving: isMoving || isBehind,
    history: useLoaded(
      ['admin', 'order', id, 'history', version],
      (signal) => browserApi().GET('/api/v1/orders/{id}/history', { params: { path }, signal }),
      { isEnabled },
    ),
    money: useLoaded(
      ['admin', 'order', id, 'timeline', version, settled],
      (signal) =>
        browserApi().GET('/api/v1/payments/timeline', {
          params: { query: { order_id: id } },
          headers: { 'accept-language': language },
          signal,
        }),
      { isEnabled: isPaid },
    ),
    payment: useLoaded(
      ['admin', 'order', id, 'payment', paymentId, settled],
      (signal) => browserApi().GET('/api/v1/payments/{id}', { ...payment, signal }),
      { isEnabled: isPaid },
    ),
    contact: useLoaded(
      ['admin', 'order', id, 'contact'],
      (signal) => browserApi().GET('/api/v1/orders/{id}/contact', { params: { path }, signal }),
      { isEnabled },
    ),
  };
};

/** What may be done with an order now, as its states allow it. */
export const possibleOf = (order: Order) => {
  const isPaid = order.payment_id !== null;
  const isOpen = isPaid && !['cancelled', 'failed', 'refunded'].includes(order.status);
  const isShipped = order.lines.every((line) => line.is_shipped);
  const isAnyShipped = order.lines.some((line) => line.is_shipped);
  const isDelivered = order.lines.every((line) => line.is_delivered);
  return {
    ship: isOpen && !isShipped,
    deliver: isOpen && isShipped && !isDelivered,
    refund: isOpen && order.refunded_total !== order.total,
    cancel: ['pending', 'awaiting_payment', 'paid'].includes(order.status) && !isAnyShipped,
  };
};
