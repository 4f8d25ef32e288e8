import { currencyExponent } from '#shared/kernel/currencies.ts';
import { money, type Money } from '#shared/kernel/money.ts';
import type { ProviderMovement } from '../../application/reconciliation.ts';
import { feeGone } from '../../domain/split.ts';
import { wireExponent } from './amounts.ts';
import { marketplaceFeeOf, toObservedCharge } from './checkout-provider.ts';
import type { MercadoPagoPayment, MercadoPagoRefund } from './resources.ts';

type Cause = NonNullable<ProviderMovement['cause']>;

/** What went back of a charge, as we asked for it: the provider's own name of it may not be known. */
export type KnownRefund = Readonly<{ cause: Cause; reference: string | null; amountMinor: bigint }>;

/** What our books call a charge and what came of it; null where they do not know it. */
export type KnownCharge = Readonly<{
  charge: Cause | null;
  fee: Cause | null;
  lost: Cause | null;
  /** In the order in which they were asked for. */
  refunds: readonly KnownRefund[];
}>;

export const unknownCharge: KnownCharge = { charge: null, fee: null, lost: null, refunds: [] };

/**
 * Which of our refunds each refund there is. By its reference where we have it; the others, which somebody
 * made there without us or whose answer was lost, fill in time what of ours has none yet.
 */
const causesOf = (
  refunds: readonly MercadoPagoRefund[],
  known: readonly KnownRefund[],
): ReadonlyMap<string, Cause | null> => {
  const causes = new Map<string, Cause | null>();
  const open = known
    .filter(({ reference }) => reference === null)
    .map((refund) => ({ ...refund, left: refund.amountMinor }));
  for (const { id, amount } of refunds) {
    const named = known.find(({ reference }) => reference === id);
    const filled = named ? undefined : open.find(({ left }) => left >= amount.amountMinor);
    if (filled) filled.left -= amount.amountMinor;
    causes.set(id, named?.cause ?? filled?.cause ?? null);
  }
  return causes;
};

const byTime = (a: MercadoPagoRefund, b: MercadoPagoRefund): number =>
  (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0);

const instantOf = (...dates: readonly (Date | null)[]): string =>
  (dates.find((date) => date !== null) ?? new Date(0)).toISOString();

/**
 * What a payment to a seller's account moved on ours: our fee, and what went back of it with each refund
 * and with what the bank took. Where the provider says how much of the fee went back, that is held against
 * what the refunds come to: the last of them is what it says more or less.
 */
export const splitMovementsOf = (
  payment: MercadoPagoPayment,
  known: KnownCharge,
): readonly ProviderMovement[] => {
  const charge = toObservedCharge(payment);
  const feeMinor = marketplaceFeeOf(payment);
  const hasCome = ['approved', 'refunded', 'charged_back'].includes(charge.status);
  if (!hasCome || feeMinor === 0n) return [];
  const { id, amount, marketplaceFeeRefunded } = payment;
  const { currency, amountMinor } = amount;
  const decimals = currencyExponent(currency)! - wireExponent(currency)!;
  const split = { account: '', feeMinor, unitMinor: 10n ** BigInt(decimals > 0 ? decimals : 0) };
  const done = payment.refunds.filter(({ is }) => is === 'completed').toSorted(byTime);
  const causes = causesOf(done, known.refunds);
  const went = done.map((refund) => ({
    reference: refund.id,
    cause: causes.get(refund.id) ?? null,
    minor: refund.amount.amountMinor,
    occurredAt: instantOf(refund.createdAt, payment.updatedAt, payment.approvedAt),
  }));
  const refunded = went.reduce((sum, { minor }) => sum + minor, 0n);
  if (charge.chargeback === 'lost' && amountMinor > refunded)
    went.push({
      reference: `${id}:chargeback`,
      cause: known.lost,
      minor: amountMinor - refunded,
      occurredAt: instantOf(payment.updatedAt, payment.approvedAt),
    });
  let gone = 0n;
  const fees = went.map(({ minor }) => {
    const before = feeGone(split, amountMinor, gone);
    gone += minor;
    return feeGone(split, amountMinor, gone) - before;
  });
  const last = fees.length - 1;
  if (marketplaceFeeRefunded !== null && last >= 0)
    fees[last]! += marketplaceFeeRefunded.amountMinor - feeGone(split, amountMinor, gone);
  return [
    {
      reference: id,
      cause: known.charge,
      amount: money(feeMinor, currency),
      occurredAt: instantOf(payment.approvedAt, payment.createdAt),
    },
    ...went.flatMap(({ minor: _, ...movement }, i) =>
      fees[i] === 0n ? [] : [{ ...movement, amount: money(-fees[i]!, currency) }],
    ),
  ];
};

/**
 * What a payment moved on our account there: what came, what the provider kept of it, what went back, and
 * what the bank took for good. A disputed amount is only held back until that is decided.
 */
export const movementsOf = (
  payment: MercadoPagoPayment,
  known: KnownCharge,
): readonly ProviderMovement[] => {
  const charge = toObservedCharge(payment);
  const hasCome = ['approved', 'refunded', 'charged_back'].includes(charge.status);
  if (!hasCome) return [];
  const { id, amount } = payment;
  const cameAt = instantOf(payment.approvedAt, payment.createdAt);
  const taken = (minor: bigint): Money => money(-minor, amount.currency);
  const done = payment.refunds.filter(({ is }) => is === 'completed').toSorted(byTime);
  const causes = causesOf(done, known.refunds);
  const refunded = done.reduce((sum, refund) => sum + refund.amount.amountMinor, 0n);
  const isLost = charge.chargeback === 'lost';
  return [
    { reference: id, cause: known.charge, amount, occurredAt: cameAt },
    ...(charge.feeMinor === null || charge.feeMinor === 0n
      ? []
      : [
          {
            reference: `${id}:fee`,
            cause: known.fee,
            amount: taken(charge.feeMinor),
            occurredAt: cameAt,
          },
        ]),
    ...done.map((refund) => ({
      reference: refund.id,
      cause: causes.get(refund.id) ?? null,
      amount: taken(refund.amount.amountMinor),
      occurredAt: instantOf(refund.createdAt, payment.updatedAt, payment.approvedAt),
    })),
    ...(isLost && amount.amountMinor > refunded
      ? [
          {
            reference: `${id}:chargeback`,
            cause: known.lost,
            amount: taken(amount.amountMinor - refunded),
            occurredAt: instantOf(payment.updatedAt, payment.approvedAt),
          },
        ]
      : []),
  ];
};
