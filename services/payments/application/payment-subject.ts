import { paymentError } from '../domain/errors.ts';
import type { Payment } from '../domain/payment.ts';
import type { PaymentSubject } from './ports.ts';

/** What a payment is of: one order or one job, and never both. */
export const readSubject = (
  orderId: string | undefined,
  jobId: string | undefined,
): PaymentSubject => {
  if (orderId !== undefined && jobId === undefined) return { orderId };
  if (jobId !== undefined && orderId === undefined) return { jobId };
  throw paymentError('one_subject');
};

/** What is held for a job goes back by its holds, or they would promise what is gone. */
export const checkRefundable = ({ jobId }: Payment): void => {
  if (jobId !== null) throw paymentError('refund_by_escrow');
};
