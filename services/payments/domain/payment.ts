import { allocate, type Money } from '#shared/kernel/money.ts';
import { post, type JournalEntry } from './posting.ts';

export type PaymentStatus =
  | 'pending'
  | 'authorized'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'partially_refunded'
  | 'refunded';

/** A seller's part of a payment; parts add up to the payment, refunded parts to its refunds. */
export type Share = Readonly<{ sellerId: string; amountMinor: bigint; refundedMinor: bigint }>;

export type Payment = Readonly<{
  id: string;
  orderId: string;
  buyerId: string;
  amount: Money;
  shares: readonly Share[];
  status: PaymentStatus;
  provider: string;
  providerReference: string | null;
  /** Null where it was paid on a page of the provider, which alone knows how. */
  card: Readonly<{ brand: string; last4: string }> | null;
  failure: string | null;
  refundedMinor: bigint;
  refundingMinor: bigint;
  version: number;
  createdAt: string;
  completedAt: string | null;
  updatedAt: string;
}>;

export type Refund = Readonly<{
  id: string;
  paymentId: string;
  amount: Money;
  reason: string;
  requestedBy: string;
  /** Who moves the money. */
  provider: string;
  /** `pending`: the provider works on it. */
  status: 'requested' | 'pending' | 'completed' | 'failed';
  failure: string | null;
  createdAt: string;
  updatedAt: string;
}>;

const bookEntry = (
  kind: 'capture' | 'refund',
  payment: Payment,
  head: Readonly<{ id: string; causeId: string }>,
  total: bigint,
  parts: readonly bigint[],
): JournalEntry =>
  post(
    kind,
    { ...head, about: { paymentId: payment.id, orderId: payment.orderId } },
    {
      currency: payment.amount.currency,
      names: { provider: payment.provider },
      amounts: { total },
      parts: payment.shares.map(({ sellerId }, i) => ({
        names: { seller: sellerId },
        amounts: { amount: parts[i]! },
      })),
    },
  );

/** Captured money lies at the provider and is owed to the sellers. */
export const captureEntry = (payment: Payment, entryId: string): JournalEntry =>
  bookEntry(
    'capture',
    payment,
    { id: entryId, causeId: payment.id },
    payment.amount.amountMinor,
    payment.shares.map((share) => share.amountMinor),
  );

/**
 * Splits a refund over the sellers in proportion to what each still has of the payment, by largest
 * remainder: no part is more than is left, and a last refund leaves nothing with anybody.
 */
export const splitRefund = (payment: Payment, amountMinor: bigint): readonly bigint[] =>
  allocate(
    amountMinor,
    payment.shares.map((share) => share.amountMinor - share.refundedMinor),
  );

/** What a completed refund changes: the shares after it and the entry that books it. */
export const refundEntry = (
  payment: Payment,
  refund: Readonly<{ id: string; amountMinor: bigint }>,
  entryId: string,
): Readonly<{ shares: readonly Share[]; entry: JournalEntry }> => {
  const parts = splitRefund(payment, refund.amountMinor);
  const shares = payment.shares.map((share, i) => ({
    ...share,
    refundedMinor: share.refundedMinor + parts[i]!,
  }));
  const head = { id: entryId, causeId: refund.id };
  return { shares, entry: bookEntry('refund', payment, head, refund.amountMinor, parts) };
};

/** What a provider says of a charge when asked. */
export type ChargeState =
  | Readonly<{ is: 'approved'; reference: string }>
  | Readonly<{ is: 'declined'; reference: string; reason: string }>
  /** Neither yet: ask again. */
  | Readonly<{ is: 'processing'; reference: string }>
  /** It never came, and never will: the key is spent. */
  | Readonly<{ is: 'void' }>;

const checkDelaysMs = [2_000, 5_000, 15_000, 60_000, 300_000, 900_000] as const;

/** When to ask the provider again, by the age of the payment: often at first, then patiently. */
export const nextCheckDelayMs = (ageMs: number): number =>
  checkDelaysMs.find((delayMs) => delayMs * 2 > ageMs) ?? 3_600_000;
