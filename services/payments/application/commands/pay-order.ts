import type { Clock } from '#shared/platform/module.ts';
import { describeCard, type Card } from '../../domain/card.ts';
import { paymentError } from '../../domain/errors.ts';
import type { Payment } from '../../domain/payment.ts';
import {
  ProviderUnclear,
  type PaymentProvider,
  type Payments,
  type PaymentSubject,
} from '../ports.ts';
import type { SettlePayment } from './settle-payment.ts';

const askSoonMs = 500;

export type PayOrderHandler = (
  request: PaymentSubject &
    Readonly<{
      /** The payment's id and the provider's key: the same for every try of one request. */
      paymentId: string;
      buyerId: string;
      card: Card;
    }>,
) => Promise<Payment>;

/**
 * Charges an order or a job. The intent is committed before the provider is called and no transaction is
 * open during the call; a payment whose outcome is not clear stays `pending` and the timer set with
 * the intent reads it from the provider.
 */
export const createPayOrder = (
  ports: Readonly<{
    payments: Payments;
    provider: PaymentProvider;
    settle: SettlePayment;
    clock: Clock;
    /** Where real money is taken on a provider's page, a card that is only played pays nothing. */
    takesCards: boolean;
  }>,
): PayOrderHandler => {
  const { payments, provider, settle, clock, takesCards } = ports;

  return async ({ paymentId, buyerId, card, ...subject }) => {
    if (!takesCards) throw paymentError('card_not_taken');
    const { number: cardNumber, ...shown } = describeCard(card, clock());
    if (!provider.accepts(cardNumber)) throw paymentError('card_not_supported');
    const intent = { ...subject, id: paymentId, buyerId, provider: provider.name, card: shown };
    const created = await payments.create(intent);
    const { payment } = created;
    const notPayable = subject.jobId === undefined ? 'order_not_payable' : 'job_not_payable';
    if (!payment) throw paymentError(notPayable, { retryAfterSeconds: 1 });
    if (payment.id !== paymentId)
      throw paymentError('already_paid', { extra: { payment_id: payment.id } });
    // An earlier try of this request got this far: what it did is the provider's to tell.
    if (created.result === 'exists' && payment.status !== 'pending') return payment;
    try {
      const request = { key: paymentId, amount: payment.amount, cardNumber };
      return await settle(payment, await provider.charge(request));
    } catch (error) {
      // The call has ended, so reading cannot overtake it: ask soon.
      await payments.checkAgain(paymentId, askSoonMs);
      if (error instanceof ProviderUnclear) return payment;
      throw error;
    }
  };
};
