import { money } from '#shared/kernel/money.ts';
import type { LineQuantity, Payment, Refund, RefundedLine, Share } from '../domain/payment.ts';
import type { JournalEntry } from '../domain/posting.ts';
import type { SoldLine } from '../domain/sale.ts';
import type { Split } from '../domain/split.ts';

/** An older release knew of no commission, and one that is not earned has no time of it. */
type ShareJson = Readonly<{
  sellerId: string;
  amountMinor: string;
  refundedMinor: string;
  commissionMinor?: string;
  commissionTaxMinor?: string;
  commissionRefundedMinor?: string;
  commissionTaxRefundedMinor?: string;
  earnedAt?: string | null;
  /** Of a job: the hold that it fills. */
  holdId?: string;
}>;

/** As it was asked for; fees are known when it is completed. */
type RefundedLineJson = Readonly<{
  variantId: string;
  quantity: number;
  amountMinor: string;
  commissionMinor?: string;
  commissionTaxMinor?: string;
}>;

export type SoldLineRow = Readonly<{
  variant_id: string;
  seller_id: string;
  quantity: number;
  amount_minor: string;
  commission_minor: string;
  commission_tax_minor: string;
  jurisdiction: string | null;
  refunded_quantity: number;
  refunding_quantity: number;
  refunded_minor: string;
  refunding_minor: string;
  disputed_minor: string;
  commission_refunded_minor: string;
  commission_tax_refunded_minor: string;
}>;

export type PaymentRow = Readonly<{
  id: string;
  order_id: string | null;
  job_id: string | null;
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
  split_account: string | null;
  split_fee_minor: string | null;
  split_unit_minor: string | null;
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
  lines: readonly RefundedLineJson[] | null;
  restock: readonly LineQuantity[] | null;
  commission_minor: string;
  commission_tax_minor: string;
  created_at: Date;
  updated_at: Date;
}>;

export const paymentColumns = `id, order_id, job_id, buyer_id, amount_minor, currency, shares, status,
  provider, provider_reference, card_brand, card_last4, failure, refunded_minor, refunding_minor,
  split_account, split_fee_minor, split_unit_minor, version, created_at, completed_at, updated_at`;

const toShare = (share: ShareJson): Share => ({
  sellerId: share.sellerId,
  amountMinor: BigInt(share.amountMinor),
  refundedMinor: BigInt(share.refundedMinor),
  commissionMinor: BigInt(share.commissionMinor ?? 0),
  commissionTaxMinor: BigInt(share.commissionTaxMinor ?? 0),
  commissionRefundedMinor: BigInt(share.commissionRefundedMinor ?? 0),
  commissionTaxRefundedMinor: BigInt(share.commissionTaxRefundedMinor ?? 0),
  earnedAt: share.earnedAt ?? null,
  ...(share.holdId === undefined ? {} : { holdId: share.holdId }),
});

export const toSoldLine = (row: SoldLineRow): SoldLine => ({
  variantId: row.variant_id,
  sellerId: row.seller_id,
  quantity: row.quantity,
  amountMinor: BigInt(row.amount_minor),
  commissionMinor: BigInt(row.commission_minor),
  commissionTaxMinor: BigInt(row.commission_tax_minor),
  jurisdiction: row.jurisdiction,
  refundedQuantity: row.refunded_quantity,
  refundingQuantity: row.refunding_quantity,
  refundedMinor: BigInt(row.refunded_minor),
  refundingMinor: BigInt(row.refunding_minor),
  disputedMinor: BigInt(row.disputed_minor),
  commissionRefundedMinor: BigInt(row.commission_refunded_minor),
  commissionTaxRefundedMinor: BigInt(row.commission_tax_refunded_minor),
});

const toRefundedLine = (line: RefundedLineJson): RefundedLine => ({
  variantId: line.variantId,
  quantity: line.quantity,
  amountMinor: BigInt(line.amountMinor),
  commissionMinor: BigInt(line.commissionMinor ?? 0),
  commissionTaxMinor: BigInt(line.commissionTaxMinor ?? 0),
});

type SplitRow = Readonly<
  Record<'split_account' | 'split_fee_minor' | 'split_unit_minor', string | null>
>;

/** To be spread: nothing where the charges are to us. */
export const toSplit = (row: SplitRow): Readonly<{ split?: Split }> =>
  row.split_account === null
    ? {}
    : {
        split: {
          account: row.split_account,
          feeMinor: BigInt(row.split_fee_minor!),
          unitMinor: BigInt(row.split_unit_minor!),
        },
      };

export const toPayment = (row: PaymentRow): Payment => ({
  id: row.id,
  orderId: row.order_id,
  jobId: row.job_id,
  buyerId: row.buyer_id,
  amount: money(BigInt(row.amount_minor), row.currency),
  shares: row.shares.map(toShare),
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
  ...toSplit(row),
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
  lines: row.lines?.map(toRefundedLine) ?? null,
  restock: row.restock ?? [],
  commissionMinor: BigInt(row.commission_minor),
  commissionTaxMinor: BigInt(row.commission_tax_minor),
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

const digits = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

/** Amounts as digits, since JSON has no bigint. */
export const amountsToJson = (value: unknown): string => JSON.stringify(value, digits);

export const entryToJson = (entry: JournalEntry | undefined): string | null =>
  entry ? JSON.stringify(entry, digits) : null;
