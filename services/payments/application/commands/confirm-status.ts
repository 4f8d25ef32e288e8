import { paymentError } from '../../domain/errors.ts';
import type { Payment } from '../../domain/payment.ts';
import type { CheckPayment } from './settle-payment.ts';

/**
 * An operator says what a payment should be; the provider decides. The state is read from it and
 * recorded, and a wish that it does not confirm changes nothing.
 */
export const createConfirmStatus =
  (check: CheckPayment) =>
  async (paymentId: string, wanted: 'completed' | 'failed'): Promise<Payment> => {
    const payment = await check(paymentId);
    if (!payment) throw paymentError('not_found');
    if (payment.status !== wanted)
      throw paymentError('not_confirmed', { extra: { current_status: payment.status } });
    return payment;
  };

export type ConfirmStatus = ReturnType<typeof createConfirmStatus>;
