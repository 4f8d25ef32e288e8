import { paymentError } from '../../domain/errors.ts';
import type { Payment } from '../../domain/payment.ts';

/** A payment that its provider refused, as the caller of the payment sees it. */
export const refusedError = (payment: Payment) =>
  paymentError('refused', { extra: { payment_id: payment.id, reason: payment.failure } });

/** A refund names an amount and lines. */
export const refundAmbiguousError = () => paymentError('refund_ambiguous');
