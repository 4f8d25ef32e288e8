import { paymentError } from '../domain/errors.ts';
import type { LineQuantity, Payment } from '../domain/payment.ts';
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

/** Which pieces of the lines of a refund go back on the shelf: at most those that are paid back. */
export const readRestock = (
  lines: readonly Readonly<{ variant_id: string; quantity: number; restock_quantity?: number }>[],
): readonly LineQuantity[] =>
  lines.flatMap(({ variant_id: variantId, quantity, restock_quantity: back = 0 }, index) => {
    const pointer = `#/lines/${index}/restock_quantity`;
    if (back > quantity)
      throw paymentError('restock_too_many', {
        errors: [{ pointer, code: 'too_many', detail: 'is more than is paid back' }],
      });
    return back === 0 ? [] : [{ variantId, quantity: back }];
  });
