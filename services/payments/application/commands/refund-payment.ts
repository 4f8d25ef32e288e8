import type { Delivery } from '#shared/kernel/trace.ts';
import type { Clock } from '#shared/platform/module.ts';
import { paymentError } from '../../domain/errors.ts';
import { correlationOf, refundEntry, type Payment, type Refund } from '../../domain/payment.ts';
import { refundCompletedEvents, refundFailedEvents } from '../payment-events.ts';
import { ProviderUnclear, type PaymentProvider, type Payments } from '../ports.ts';

type Ports = Readonly<{
  payments: Payments;
  provider: PaymentProvider;
  clock: Clock;
  newId: () => string;
}>;

const attemptsMax = 10;

/** Sends a committed refund to its provider, with the refund's id as key, and records the answer. */
export const createSendRefund = ({ payments, provider, clock, newId }: Ports) => {
  const record = async (
    refund: Refund,
    payment: Payment,
    answer: Awaited<ReturnType<PaymentProvider['refund']>>,
  ) => {
    const trace = { correlationId: correlationOf(payment) };
    const at = clock().toISOString();
    if (answer.is === 'refused') {
      const outcome = { isCompleted: false, reference: null, failure: answer.reason, shares: null };
      const messages = refundFailedEvents(payment, refund.id, answer.reason, at);
      return payments.settleRefund(refund.id, payment.version, outcome, { messages, trace });
    }
    const { amountMinor } = refund.amount;
    const { shares, entry } = refundEntry(payment, { id: refund.id, amountMinor }, newId());
    const { reference } = answer;
    const outcome = { isCompleted: true, reference, failure: null, shares };
    const messages = refundCompletedEvents(payment, refund, at);
    return payments.settleRefund(refund.id, payment.version, outcome, { entry, messages, trace });
  };

  return async (refundId: string): Promise<Refund | undefined> => {
    const refund = await payments.findRefund(refundId);
    if (refund?.status !== 'requested') return refund;
    const answer = await provider.refund({
      key: refund.id,
      chargeKey: refund.paymentId,
      amount: refund.amount,
    });
    // Other refunds of the payment may settle in between: the split is computed on what is left.
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const payment = await payments.find(refund.paymentId);
      // Somebody else has recorded it meanwhile, and nothing may be left to split.
      if (payment!.refundingMinor < refund.amount.amountMinor) return payments.findRefund(refundId);
      if ((await record(refund, payment!, answer)) !== 'stale')
        return payments.findRefund(refundId);
    }
    throw new Error(`refund ${refundId}: the payment changed ${attemptsMax} times`);
  };
};

export type SendRefund = ReturnType<typeof createSendRefund>;

export type RefundPaymentHandler = (
  request: Readonly<{
    refundId: string;
    paymentId: string;
    /** Minor units; null is all that is left. */
    amountMinor: bigint | null;
    reason: string;
    requestedBy: string;
    delivery?: Delivery;
  }>,
) => Promise<Refund | undefined>;

/** Commits a refund, then sends it; one whose outcome is unclear is sent again by its timer. */
export const createRefundPayment =
  (ports: Readonly<{ payments: Payments; send: SendRefund }>): RefundPaymentHandler =>
  async ({ refundId, paymentId, ...rest }) => {
    const { result, refundableMinor } = await ports.payments.requestRefund({
      id: refundId,
      paymentId,
      ...rest,
    });
    if (result === 'unknown') throw paymentError('not_found');
    // Asked for by a message after somebody refunded all of it by hand: it is done.
    if (result === 'too_much' && rest.delivery && refundableMinor === 0n) return undefined;
    if (result === 'too_much')
      throw paymentError('refund_too_large', {
        extra: { refundable_minor: refundableMinor.toString() },
      });
    try {
      return await ports.send(refundId);
    } catch (error) {
      if (error instanceof ProviderUnclear) return ports.payments.findRefund(refundId);
      throw error;
    }
  };
