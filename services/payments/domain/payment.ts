import type { Money } from '#shared/kernel/money.ts';
import { post, type JournalEntry, type PostingSubject } from './posting.ts';
import { partOf, type Split } from './split.ts';

export type PaymentStatus =
  | 'pending'
  | 'authorized'
  | 'completed'
  | 'failed'
  | 'cancelled'
  | 'partially_refunded'
  | 'refunded';

/**
 * A seller's part of a payment; parts add up to the payment, refunded parts to its refunds. Commission
 * and its tax are the sums of what was frozen on the seller's lines, and of what refunds gave back.
 */
export type Share = Readonly<{
  sellerId: string;
  amountMinor: bigint;
  refundedMinor: bigint;
  commissionMinor: bigint;
  commissionTaxMinor: bigint;
  commissionRefundedMinor: bigint;
  commissionTaxRefundedMinor: bigint;
  /** When its delivery made it the seller's own; null before. */
  earnedAt: string | null;
  /** Of a job: the hold that this part fills. */
  holdId?: string;
}>;

export type Payment = Readonly<{
  id: string;
  /** A payment is of one order or of one job. */
  orderId: string | null;
  jobId: string | null;
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
  /** Its charges go to the seller's own account at the provider; left out: to ours. */
  split?: Split;
  version: number;
  createdAt: string;
  completedAt: string | null;
  updatedAt: string;
}>;

/** What a refund takes of one line, and the commission that it gives back to the line's seller. */
export type RefundedLine = Readonly<{
  variantId: string;
  quantity: number;
  amountMinor: bigint;
  commissionMinor: bigint;
  commissionTaxMinor: bigint;
}>;

/** Pieces of one variant. */
export type LineQuantity = Readonly<{ variantId: string; quantity: number }>;

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
  /** What was asked for by line, or what a completed one took of each; null: an amount as yet. */
  lines: readonly RefundedLine[] | null;
  /** Pieces of its lines that go back on the shelf when it is completed. */
  restock: readonly LineQuantity[];
  /** Commission and its tax that went back to the sellers. */
  commissionMinor: bigint;
  commissionTaxMinor: bigint;
  createdAt: string;
  updatedAt: string;
}>;

/** What joins all that happens because of a payment: its order or its job. */
export const correlationOf = ({ orderId, jobId }: Pick<Payment, 'orderId' | 'jobId'>): string =>
  (orderId ?? jobId)!;

/** What an entry of a payment is about. */
export const subjectOf = ({
  id: paymentId,
  orderId,
  jobId,
}: Pick<Payment, 'id' | 'orderId' | 'jobId'>): PostingSubject => ({
  paymentId,
  ...(orderId === null ? {} : { orderId }),
  ...(jobId === null ? {} : { jobId }),
});

/** Captured money lies at the provider and is owed to the sellers; that of a job is held, part by part. */
export const captureEntry = (payment: Payment, entryId: string): JournalEntry => {
  const { amountMinor: captured } = payment.amount;
  const { total, collected } = partOf(payment.split, captured, 0n, captured);
  return post(
    payment.jobId === null ? 'capture' : 'escrow_funding',
    { id: entryId, causeId: payment.id, about: subjectOf(payment) },
    {
      currency: payment.amount.currency,
      names: { provider: payment.provider },
      amounts: { total },
      // A split payment is of one seller.
      parts: payment.shares.map(({ sellerId, holdId, amountMinor }) => ({
        names: { seller: sellerId, ...(holdId === undefined ? {} : { hold: holdId }) },
        amounts: { amount: amountMinor, collected },
      })),
    },
  );
};

/** The provider has sent back what a hold of a job gave back: it waits for the buyer since then. */
export const jobRefundEntry = (
  payment: Payment,
  refund: Readonly<{ id: string; amountMinor: bigint }>,
  entryId: string,
): JournalEntry =>
  post(
    'escrow_refund_sent',
    { id: entryId, causeId: refund.id, about: subjectOf(payment) },
    {
      currency: payment.amount.currency,
      names: { buyer: payment.buyerId, provider: payment.provider },
      amounts: { total: refund.amountMinor },
    },
  );

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
