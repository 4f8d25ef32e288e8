import { money, type Money } from '#shared/kernel/money.ts';
import type { ProviderMovement } from '../../application/reconciliation.ts';
import { toObservedCharge } from './checkout-provider.ts';
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
  const at = (...dates: readonly (Date | null)[]): string =>
    (dates.find((date) => date !== null) ?? new Date(0)).toISOString();
  const cameAt = at(payment.approvedAt, payment.createdAt);
  const taken = (minor: bigint): Money => money(-minor, amount.currency);
  const done = payment.refunds
    .filter(({ is }) => is === 'completed')
    .toSorted((a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0));
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
      occurredAt: at(refund.createdAt, payment.updatedAt, payment.approvedAt),
    })),
    ...(isLost && amount.amountMinor > refunded
      ? [
          {
            reference: `${id}:chargeback`,
            cause: known.lost,
            amount: taken(amount.amountMinor - refunded),
            occurredAt: at(payment.updatedAt, payment.approvedAt),
          },
        ]
      : []),
  ];
};
