import type { Delivery } from '#shared/kernel/trace.ts';
import type { Clock } from '#shared/platform/module.ts';
import { paymentError } from '../../domain/errors.ts';
import {
  correlationOf,
  jobRefundEntry,
  type LineQuantity,
  type Payment,
  type Refund,
} from '../../domain/payment.ts';
import { leftOf, settleRefund, type SoldLine } from '../../domain/sale.ts';
import { refundCompletedEvents, refundFailedEvents } from '../payment-events.ts';
import { ProviderUnclear, type PaymentProvider, type Payments } from '../ports.ts';

type Ports = Readonly<{
  payments: Payments;
  provider: Pick<PaymentProvider, 'refund'>;
  clock: Clock;
  newId: () => string;
}>;

const attemptsMax = 10;

/** A refund that the provider works on is asked after from half a minute to six hours later. */
const nextRefundCheckMs = (ageMs: number): number =>
  Math.min(Math.max(ageMs, 30_000), 6 * 3_600_000);

type Sale = Readonly<{ payment: Payment; lines: readonly SoldLine[] }>;

/** Nothing is promised to the refund any more, so another has recorded it. */
const isRecorded = (refund: Refund, { payment, lines }: Sale): boolean => {
  const { amountMinor } = refund.amount;
  if (payment.refundingMinor < amountMinor) return true;
  // What a job's hold gave back is of no line.
  if (payment.jobId !== null) return false;
  if (refund.lines === null)
    return lines.reduce((sum, line) => sum + leftOf(line), 0n) < amountMinor;
  return refund.lines.some((part) => {
    const line = lines.find(({ variantId }) => variantId === part.variantId)!;
    return line.refundingMinor < part.amountMinor || line.refundingQuantity < part.quantity;
  });
};

/** Sends a committed refund to its provider, with the refund's id as key, and records the answer. */
export const createSendRefund = ({ payments, provider, clock, newId }: Ports) => {
  const record = async (
    refund: Refund,
    { payment, lines }: Sale,
    answer: Exclude<Awaited<ReturnType<PaymentProvider['refund']>>, { is: 'pending' }>,
  ) => {
    const trace = { correlationId: correlationOf(payment) };
    const at = clock().toISOString();
    if (answer.is === 'refused') {
      const outcome = { isCompleted: false, reference: null, failure: answer.reason, shares: null };
      const messages = refundFailedEvents(payment, refund.id, answer.reason, at);
      return payments.settleRefund(refund.id, payment.version, outcome, { messages, trace });
    }
    const { amountMinor } = refund.amount;
    const asked = { id: refund.id, amountMinor, lines: refund.lines };
    const { entry, ...settled } =
      payment.jobId === null
        ? settleRefund(payment, lines, asked, newId())
        : // The hold was divided when it ended.
          { entry: jobRefundEntry(payment, asked, newId()), shares: null };
    const { reference } = answer;
    const outcome = { isCompleted: true, reference, failure: null, ...settled };
    const messages = refundCompletedEvents(payment, refund, at);
    return payments.settleRefund(refund.id, payment.version, outcome, { entry, messages, trace });
  };

  return async (refundId: string): Promise<Refund | undefined> => {
    const refund = await payments.findRefund(refundId);
    if (refund?.status !== 'requested' && refund?.status !== 'pending') return refund;
    const answer = await provider.refund({
      key: refund.id,
      chargeKey: refund.paymentId,
      provider: refund.provider,
      amount: refund.amount,
    });
    if (answer.is === 'pending') {
      const ageMs = clock().getTime() - Date.parse(refund.createdAt);
      await payments.refundIsPending(refundId, nextRefundCheckMs(ageMs));
      return payments.findRefund(refundId);
    }
    // Other refunds of the payment may settle in between: the split is computed on what is left.
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      const sale = (await payments.findSale(refund.paymentId))!;
      // Somebody else has recorded it meanwhile, and nothing may be left to split.
      if (isRecorded(refund, sale)) return payments.findRefund(refundId);
      if ((await record(refund, sale, answer)) !== 'stale') return payments.findRefund(refundId);
    }
    throw new Error(`refund ${refundId}: the payment changed ${attemptsMax} times`);
  };
};

export type SendRefund = ReturnType<typeof createSendRefund>;

export type RefundPaymentHandler = (
  request: Readonly<{
    refundId: string;
    paymentId: string;
    /** Minor units; null is all that is left, or what `lines` cost. */
    amountMinor: bigint | null;
    lines?: readonly LineQuantity[];
    /** Of these pieces, those that go back on the shelf once the money is back. */
    restock?: readonly LineQuantity[];
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
    if (result === 'unknown_line') throw paymentError('line_not_found');
    if (result === 'too_many') throw paymentError('refund_lines_too_many');
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
