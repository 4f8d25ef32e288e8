import { money } from '#shared/kernel/money.ts';
import type { Payment, Refund, Share } from '../domain/payment.ts';
import type { JournalEntry } from '../domain/posting.ts';

type ShareJson = Readonly<{ sellerId: string; amountMinor: string; refundedMinor: string }>;

export type PaymentRow = Readonly<{
  id: string;
  order_id: string;
  buyer_id: string;
  amount_minor: string;
  currency: string;
  shares: readonly ShareJson[];
  status: Payment['status'];
  provider: string;
  provider_reference: string | null;
  card_brand: string | null;
  card_last4: string | null;
  failure: string | null;
  refunded_minor: string;
  refunding_minor: string;
  version: number;
  created_at: Date;
  completed_at: Date | null;
  updated_at: Date;
}>;

export type RefundRow = Readonly<{
  id: string;
  payment_id: string;
  amount_minor: string;
  currency: string;
  reason: string;
  requested_by: string;
  provider: string;
  pending_since: Date | null;
  status: Exclude<Refund['status'], 'pending'>;
  failure: string | null;
  created_at: Date;
  updated_at: Date;
}>;

export const paymentColumns = `id, order_id, buyer_id, amount_minor, currency, shares, status,
  provider, provider_reference, card_brand, card_last4, failure, refunded_minor, refunding_minor,
  version, created_at, completed_at, updated_at`;

export const toPayment = (row: PaymentRow): Payment => ({
  id: row.id,
  orderId: row.order_id,
  buyerId: row.buyer_id,
  amount: money(BigInt(row.amount_minor), row.currency),
  shares: row.shares.map((share) => ({
    sellerId: share.sellerId,
    amountMinor: BigInt(share.amountMinor),
    refundedMinor: BigInt(share.refundedMinor),
  })),
  status: row.status,
  provider: row.provider,
  providerReference: row.provider_reference,
  card:
    row.card_brand === null || row.card_last4 === null
      ? null
      : { brand: row.card_brand, last4: row.card_last4 },
  failure: row.failure,
  refundedMinor: BigInt(row.refunded_minor),
  refundingMinor: BigInt(row.refunding_minor),
  version: row.version,
  createdAt: row.created_at.toISOString(),
  completedAt: row.completed_at?.toISOString() ?? null,
  updatedAt: row.updated_at.toISOString(),
});

export const toRefund = (row: RefundRow): Refund => ({
  id: row.id,
  paymentId: row.payment_id,
  amount: money(BigInt(row.amount_minor), row.currency),
  reason: row.reason,
  requestedBy: row.requested_by,
  provider: row.provider,
  status: row.status === 'requested' && row.pending_since !== null ? 'pending' : row.status,
  failure: row.failure,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const digits = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

export const sharesToJson = (shares: readonly Share[]): string => JSON.stringify(shares, digits);

export const entryToJson = (entry: JournalEntry | undefined): string | null =>
  entry ? JSON.stringify(entry, digits) : null;
