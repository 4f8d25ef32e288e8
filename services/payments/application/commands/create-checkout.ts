import { fitsWire } from '../../domain/provider-amounts.ts';
import { paymentError } from '../../domain/errors.ts';
import type { Payment } from '../../domain/payment.ts';
import { ProviderUnclear, type PaymentSubject } from '../ports.ts';
import {
  ProviderRefused,
  type Checkout,
  type CheckoutProvider,
  type ProviderCharges,
} from '../provider-ports.ts';

/** A page that exists: where the buyer pays. */
export type OpenCheckout = Readonly<{
  payment: Payment;
  checkout: Checkout & Readonly<{ reference: string; url: string }>;
}>;

const isMade = (checkout: Checkout): checkout is OpenCheckout['checkout'] =>
  checkout.reference !== null && checkout.url !== null;

/**
 * Lets an order or a job be paid on the provider's page. The intent is committed first; the page is made with
 * the payment's id as key, so that the same again is the same page.
 */
export const createCreateCheckout = (
  ports: Readonly<{ charges: ProviderCharges; provider: CheckoutProvider }>,
) => {
  const { charges, provider } = ports;

  return async (
    request: Readonly<{ paymentId: string; buyerId: string; title: string }> & PaymentSubject,
  ): Promise<OpenCheckout> => {
    const { paymentId, buyerId, title, ...subject } = request;
    const due = await charges.findPayable(subject, buyerId);
    if (due && !fitsWire(due, provider.capabilities.wireExponent(due.currency)))
      throw paymentError('amount_not_chargeable');
    const intent = { id: paymentId, ...subject, buyerId, provider: provider.name };
    const { payment, checkout } = await charges.createCheckout(intent);
    if (!payment) throw paymentError('order_not_payable', { retryAfterSeconds: 1 });
    const isOpen = payment.status === 'pending' || payment.status === 'authorized';
    if (checkout?.provider !== provider.name || !isOpen)
      throw paymentError('already_paid', { extra: { payment_id: payment.id } });
    if (isMade(checkout)) return { payment, checkout };
    try {
      const page = await provider.createCheckout({
        key: payment.id,
        amount: payment.amount,
        title,
        expiresAt: new Date(checkout.expiresAt),
      });
      const stored = await charges.storePage(payment.id, page);
      if (!isMade(stored)) throw new Error(`payment ${payment.id} has no page`);
      return { payment, checkout: stored };
    } catch (error) {
      // The intent stays: the same request again makes the same page.
      if (error instanceof ProviderUnclear || error instanceof ProviderRefused)
        throw paymentError('provider_unavailable', { retryAfterSeconds: 5, cause: error });
      throw error;
    }
  };
};

export type CreateCheckout = ReturnType<typeof createCreateCheckout>;
