import type { Clock } from '#shared/platform/module.ts';
import type { JournalEntry } from '../../domain/posting.ts';
import { surplusRefundEntry } from '../../domain/surplus.ts';
import { ProviderUnclear, type PaymentProvider } from '../ports.ts';
import type {
  Alert,
  ChargeRefundAnswer,
  CheckoutProvider,
  ProviderCharges,
  ProviderRefund,
} from '../provider-ports.ts';
import type { RecordProviderCharge } from './record-provider-charge.ts';

type Ports = Readonly<{
  charges: ProviderCharges;
  provider: CheckoutProvider;
  record: RecordProviderCharge;
  clock: Clock;
  newId: () => string;
}>;

type Outcome = Awaited<ReturnType<PaymentProvider['refund']>>;

const hourMs = 3_600_000;
/** The provider had taken it, and did not do it in the end. */
const failedThere = 'failed_at_provider';

/** How long until a refund is read or sent again, by its age: the provider's day is long. */
const nextTryMs = (ageMs: number): number => Math.min(Math.max(ageMs, 30_000), 6 * hourMs);

/**
 * Sends one intent to its provider, with its id as the key, and records the answer. What the provider
 * works on is read until it has ended; what it cannot do now is sent again with the same key.
 */
export const createSendProviderRefund = ({ charges, provider, record, clock, newId }: Ports) => {
  const alertOf = (refund: ProviderRefund, kind: string, reason: string): Alert => ({
    kind,
    subject: refund.id,
    paymentId: refund.paymentId,
    detail: {
      charge: refund.chargeReference,
      reason,
      amount: refund.amount.amountMinor.toString(),
    },
  });
  const ask = async (refund: ProviderRefund): Promise<ChargeRefundAnswer> => {
    const { chargeReference: reference, amount } = refund;
    const account = refund.split?.account ?? null;
    if (refund.status === 'pending' && refund.reference !== null) {
      const refundReference = refund.reference;
      const { currency } = amount;
      const is = await provider.readRefund({ reference, refundReference, currency, account });
      return is === 'failed'
        ? { is: 'refused', reason: failedThere }
        : { is, reference: refundReference };
    }
    const { id: key, isWhole } = refund;
    return provider.refundCharge({ key, reference, amount, isWhole, account });
  };
  /** A surplus is refunded as a whole: what went back without us went before. */
  const entryOf = (refund: ProviderRefund): JournalEntry | undefined => {
    const { paymentId, orderId, jobId, buyerId, sellerId, split, chargeMinor } = refund;
    if (paymentId === null || buyerId === null || sellerId === null) return undefined;
    const subject = { id: paymentId, orderId, jobId, buyerId, sellerId, ...(split && { split }) };
    const beforeMinor = chargeMinor - refund.amount.amountMinor;
    return surplusRefundEntry({ ...refund, beforeMinor }, subject, newId());
  };
  /** Somebody may have refunded it there: then there is nothing left to do. */
  const hasGoneBack = async (refund: ProviderRefund): Promise<boolean> => {
    if (refund.refundId !== null) return false;
    const charge = await provider.readCharge(refund.chargeReference, refund.split?.account ?? null);
    if (!charge || charge.refundedMinor < charge.amount.amountMinor) return false;
    await record.record(charge);
    return true;
  };

  const fail = async (refund: ProviderRefund, failure: string) => {
    const { id } = refund;
    const told = {
      provider: provider.name,
      alerts: [alertOf(refund, 'refund_refused', failure)],
    };
    // Of a payment somebody decides what is done; a surplus has nobody else to ask for it.
    if (refund.refundId === null && failure === failedThere)
      await charges.failSurplusRefund(id, { failure, anewId: newId() }, told);
    else {
      const outcome = { status: 'failed', reference: null, failure, entry: undefined } as const;
      await charges.settleRefund(id, outcome, told);
    }
    return charges.findRefund(id);
  };

  return async (id: string): Promise<ProviderRefund | undefined> => {
    const refund = await charges.findRefund(id);
    if (!refund || refund.status === 'completed' || refund.status === 'failed') return refund;
    const ageMs = clock().getTime() - Date.parse(refund.createdAt);
    const settle = async (
      outcome: Omit<Parameters<ProviderCharges['settleRefund']>[1], 'entry'>,
    ) => {
      const isSurplus = refund.refundId === null && outcome.status === 'completed';
      const entry = isSurplus ? entryOf(refund) : undefined;
      await charges.settleRefund(
        id,
        { ...outcome, entry },
        { provider: provider.name, alerts: [] },
      );
      if (outcome.status === 'pending')
        await charges.sendRefundAt(id, new Date(clock().getTime() + nextTryMs(ageMs)));
      return charges.findRefund(id);
    };
    const answer = await ask(refund);
    switch (answer.is) {
      case 'completed':
      case 'pending':
        return settle({ status: answer.is, reference: answer.reference, failure: null });
      case 'later':
        await charges.raise(provider.name, [alertOf(refund, 'refund_delayed', answer.reason)]);
        await charges.sendRefundAt(id, new Date(clock().getTime() + hourMs));
        return refund;
      case 'refused':
        if (await hasGoneBack(refund))
          return settle({ status: 'completed', reference: null, failure: null });
        return fail(refund, answer.reason);
    }
  };
};

export type SendProviderRefund = ReturnType<typeof createSendProviderRefund>;

/**
 * Refunds a payment through the charges that paid it. Which ones is committed before any is asked;
 * the refund has ended when each of them has.
 */
export const createRefundCharges =
  (
    ports: Readonly<{ charges: ProviderCharges; send: SendProviderRefund }>,
  ): PaymentProvider['refund'] =>
  async ({ key, chargeKey, amount }): Promise<Outcome> => {
    const { amountMinor } = amount;
    const request = { refundId: key, paymentId: chargeKey, amountMinor };
    const plan = await ports.charges.planRefund(request);
    if (!plan) return { is: 'refused', reason: 'not_refundable' };
    const ended: ProviderRefund[] = [];
    let unclear: ProviderUnclear | undefined;
    for (const { id } of plan) {
      try {
        ended.push((await ports.send(id))!);
      } catch (error) {
        // The others go on: each has a key of its own.
        if (!(error instanceof ProviderUnclear)) throw error;
        unclear = error;
      }
    }
    if (unclear) throw unclear;
    const failed = ended.find(({ status }) => status === 'failed');
    if (ended.some(({ status }) => status === 'requested' || status === 'pending'))
      return { is: 'pending' };
    if (!failed) return { is: 'completed', reference: ended[0]!.reference ?? ended[0]!.id };
    return { is: 'refused', reason: failed.failure ?? 'not_refundable' };
  };
