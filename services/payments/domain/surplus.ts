import { money, type Money } from '#shared/kernel/money.ts';
import { subjectOf, type Payment } from './payment.ts';
import { post, type JournalEntry } from './posting.ts';
import type { ProviderCharge } from './provider-charge.ts';
import { partOf, type Parted } from './split.ts';

/** The payment that a surplus came to; the one seller of a split one has it, but for our fee. */
export type SurplusSubject = Pick<Payment, 'id' | 'orderId' | 'jobId' | 'buyerId' | 'split'> &
  Readonly<{ sellerId: string }>;

const partsOf = ({ sellerId }: SurplusSubject, { collected }: Parted) => [
  { names: { seller: sellerId }, amounts: { collected } },
];

/** Money that pays nothing is the buyer's. */
export const surplusEntry = (
  charge: ProviderCharge,
  payment: SurplusSubject,
  entryId: string,
): JournalEntry => {
  const { amountMinor: amount, currency } = charge.amount;
  const parted = partOf(payment.split, amount, 0n, amount);
  return post(
    'surplus',
    { id: entryId, causeId: charge.id, about: subjectOf(payment) },
    {
      currency,
      names: { provider: charge.provider, buyer: payment.buyerId },
      amounts: { amount, total: parted.total },
      parts: partsOf(payment, parted),
    },
  );
};

/** It went back to the buyer; `beforeMinor` of its charge had gone already. */
export const surplusRefundEntry = (
  refund: Readonly<{
    id: string;
    amount: Money;
    provider: string;
    chargeMinor: bigint;
    beforeMinor: bigint;
  }>,
  payment: SurplusSubject,
  entryId: string,
): JournalEntry => {
  const { amountMinor: amount, currency } = refund.amount;
  const parted = partOf(payment.split, refund.chargeMinor, refund.beforeMinor, amount);
  return post(
    'surplus_refund',
    { id: entryId, causeId: refund.id, about: subjectOf(payment) },
    {
      currency,
      names: { provider: refund.provider, buyer: payment.buyerId },
      amounts: { amount, total: parted.total },
      parts: partsOf(payment, parted),
    },
  );
};

export const feeEntry = (
  charge: ProviderCharge,
  payment: Pick<Payment, 'id' | 'orderId' | 'jobId'>,
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
      entryOf: (payment: SurplusSubject): JournalEntry | undefined =>
        status === 'completed'
          ? surplusRefundEntry(
              { ...refund, provider: charge.provider, chargeMinor: amountMinor, beforeMinor: 0n },
              payment,
              newId(),
            )
          : undefined,
    };
  };
  return [
    ...(charge.refundedMinor > 0n ? [make(charge.refundedMinor, 'completed')] : []),
    ...(left > 0n && charge.status === 'approved' ? [make(left, 'requested')] : []),
  ];
};
