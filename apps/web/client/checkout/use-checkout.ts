import { useEffect, useRef, useState } from 'react';
import type { IssuedDocument } from '#shared/kernel/identity-documents.ts';
import { useNavigate } from 'react-router';
import { confirmedPath } from '../../addresses.ts';
import { browserApi } from '../api/client.ts';
import type { Failure } from '../api/problems.ts';
import { useSetting } from '../i18n/use-text.tsx';
import { useCart } from '../store/use-cart.ts';
import { forgetBasketOf, keepBasket, type Basket } from './basket.ts';
import { forgetDraft } from './draft.ts';
import type { Order } from './order-sheet.tsx';
import {
  bodyOf,
  isUnclear,
  pageFor,
  readOrder,
  Stopped,
  untilPayable,
  withCard,
  type Card,
} from './paying.ts';

/** Who buys, and how it is sent, as an order takes it. */
export type OrderDetails = Readonly<{
  contact?: Readonly<{
    /** Of guests only, as the name is. */
    email?: string;
    full_name?: string;
    phone_number?: string | null;
    language: 'es' | 'en';
    document?: IssuedDocument;
  }>;
  shipping?: Readonly<{
    method_id: string;
    address?: Readonly<{
      full_name: string;
      phone_number: string | null;
      country: string;
      fields: Record<string, string>;
    }>;
  }>;
}>;

/** Where a purchase stands, as the page shows it. */
export type CheckoutState = Readonly<{
  isBusy: boolean;
  failure: Failure | undefined;
  /** The order that waits for its payment; a declined card ends it. */
  order: Order | undefined;
}>;

/**
 * Buys: places the order, waits for its stock, pays. Each part has a key that stays the same until its
 * outcome is known, so that a second click, a lost answer or a retry orders and pays once.
 */
export const useCheckout = (basket: Basket) => {
  const navigate = useNavigate();
  const { language } = useSetting();
  const { refresh: refreshCart } = useCart();
  const [state, setState] = useState<CheckoutState>({
    isBusy: false,
    failure: undefined,
    order: undefined,
  });
  const isRunning = useRef(false);
  const orderKey = useRef('');
  const paymentKey = useRef('');
  const orderId = useRef(basket.orderId);
  const lastDetails = useRef('');

  useEffect(() => {
    orderKey.current ||= crypto.randomUUID();
    paymentKey.current ||= crypto.randomUUID();
  }, []);

  /** The order that an earlier try left, if it is of the same details and can still be paid. */
  const goOn = async (details: string): Promise<Order | undefined> => {
    if (orderId.current === null) return undefined;
    const found = state.order ?? (await readOrder(orderId.current).catch(() => undefined));
    if (!found || !['pending', 'awaiting_payment'].includes(found.status)) return undefined;
    if (lastDetails.current === '' || lastDetails.current === details)
      return untilPayable(found.id);
    const params = { path: { id: found.id } };
    await browserApi().POST('/api/v1/orders/{id}/cancel', { params, body: {} as never });
    return undefined;
  };

  const place = async (expectedTotal: string, details: OrderDetails): Promise<Order> => {
    const text = JSON.stringify(details);
    const earlier = await goOn(text);
    if (earlier) return earlier;
    if (lastDetails.current !== text) orderKey.current = crypto.randomUUID();
    lastDetails.current = text;
    const items = basket.lines.map(({ variantId: variant_id, quantity }) => ({
      variant_id,
      quantity,
    }));
    // The first order empties the cart; what follows a declined card names its lines itself.
    const body = {
      expected_total: expectedTotal,
      ...(orderId.current === null ? {} : { items }),
      ...details,
    };
    const headers = { 'idempotency-key': orderKey.current };
    const order = await bodyOf(browserApi().POST('/api/v1/orders', { body, headers }));
    orderId.current = order.id;
    keepBasket({ ...basket, orderId: order.id });
    setState((now) => ({ ...now, order }));
    await refreshCart();
    return untilPayable(order.id);
  };

  const pay = async (
    card: Card | undefined,
    expectedTotal: string,
    details: OrderDetails,
  ): Promise<void> => {
    if (isRunning.current) return;
    isRunning.current = true;
    setState((now) => ({ ...now, isBusy: true, failure: undefined }));
    let order: Order | undefined;
    try {
      order = await place(expectedTotal, details);
      if (!card) {
        location.assign(await pageFor(order, paymentKey.current));
        return;
      }
      await withCard(order, card, paymentKey.current);
      forgetBasketOf(order.id);
      forgetDraft();
      await navigate(confirmedPath(language, order.id));
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      const { failure } = error;
      // Nobody knows what became of it: the same keys again find out, and do nothing twice.
      const isOpen = isUnclear(failure);
      if (!isOpen) paymentKey.current = crypto.randomUUID();
      const isOver = failure.status === 402 || failure.code === 'checkout.no_stock';
      if (isOver || (!order && !isOpen)) orderKey.current = crypto.randomUUID();
      setState({ isBusy: false, failure, order: isOver ? undefined : order });
    } finally {
      isRunning.current = false;
    }
  };

  return { ...state, isOrdered: orderId.current !== null, pay };
};
