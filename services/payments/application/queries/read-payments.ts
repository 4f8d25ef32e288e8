import { paymentError } from '../../domain/errors.ts';
import type { Chargeback } from '../../domain/chargeback.ts';
import type { Payment, Refund } from '../../domain/payment.ts';
import type { PaymentListFilter, Payments, RefundListFilter } from '../ports.ts';

export type PaymentView = Payment;
export type RefundView = Refund;
export type ChargebackView = Chargeback;

/** Staff see every payment, a buyer its own; a stranger's answer is that of no payment. */
export const createReadPayments = (payments: Payments) => ({
  async read(
    id: string,
    caller: Readonly<{ id: string; isStaff: boolean; guestId?: string | undefined }>,
  ): Promise<PaymentView> {
    const payment = await payments.find(id);
    const isTheirs = payment && [caller.id, caller.guestId].includes(payment.buyerId);
    if (!payment || (!caller.isStaff && !isTheirs)) throw paymentError('not_found');
    return payment;
  },
  list: (filter: PaymentListFilter): Promise<readonly PaymentView[]> => payments.list(filter),
  refunds: (filter: RefundListFilter): Promise<readonly RefundView[]> =>
    payments.listRefunds(filter),
  refundsOf: (paymentId: string): Promise<readonly RefundView[]> => payments.refundsOf(paymentId),
});

export type ReadPayments = ReturnType<typeof createReadPayments>;
