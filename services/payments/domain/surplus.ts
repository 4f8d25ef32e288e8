import { money, type Money } from '#shared/kernel/money.ts';
import { subjectOf, type Payment } from './payment.ts';
import { post, type JournalEntry } from './posting.ts';
import type { ProviderCharge } from './provider-charge.ts';

type Subject = Pick<Payment, 'id' | 'orderId' | 'jobId' | 'buyerId'>;

/** Money that pays nothing is the buyer's. */
export const surplusEntry = (
  charge: ProviderCharge,
  payment: Subject,
  entryId: string,
): JournalEntry =>
  post(
    'surplus',
    { id: entryId, causeId: charge.id, about: subjectOf(payment) },
    {
      currency: charge.amount.currency,
      names: { provider: charge.provider, buyer: payment.buyerId },
      amounts: { total: charge.amount.amountMinor },
    },
  );

/** It went back to the buyer. */
export const surplusRefundEntry = (
  refund: Readonly<{ id: string; amount: Money; provider: string }>,
  payment: Subject,
  entryId: string,
): JournalEntry =>
  post(
    'surplus_refund',
    { id: entryId, causeId: refund.id, about: subjectOf(payment) },
    {
      currency: refund.amount.currency,
      names: { provider: refund.provider, buyer: payment.buyerId },
      amounts: { total: refund.amount.amountMinor },
    },
  );

export const feeEntry = (
  charge: ProviderCharge,
  payment: Subject,
  entryId: string,
): JournalEntry | undefined =>
  charge.feeMinor === null || charge.feeMinor === 0n
    ? undefined
    : post(
        'provider_fee',
        { id: entryId, causeId: charge.id, about: subjectOf(payment) },
        {
          currency: charge.amount.currency,
          names: { provider: charge.provider },
          amounts: { total: charge.feeMinor },
        },
      );

/**
 * How a surplus goes back: all that is left of it is asked for, and what went back already without us
 * is booked as gone. Of money that the bank took there is nothing to refund.
 */
export const refundsOfSurplus = (charge: ProviderCharge, newId: () => string) => {
  const { amountMinor, currency } = charge.amount;
  const left = amountMinor - charge.refundedMinor;
  const make = (minor: bigint, status: 'requested' | 'completed') => {
    const refund = { id: newId(), chargeId: charge.id, amount: money(minor, currency), status };
    return {
      refund,
      entryOf: (payment: Subject): JournalEntry | undefined =>
        status === 'completed'
          ? surplusRefundEntry({ ...refund, provider: charge.provider }, payment, newId())
          : undefined,
    };
  };
  return [
    ...(charge.refundedMinor > 0n ? [make(charge.refundedMinor, 'completed')] : []),
    ...(left > 0n && charge.status === 'approved' ? [make(left, 'requested')] : []),
  ];
};
