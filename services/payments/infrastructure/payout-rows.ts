import type { Balance, Batch, PaidTransfer } from '../application/payout-ports.ts';
import type { Payout } from '../domain/payout.ts';

export type BalanceRow = Readonly<
  { currency: string } & Record<
    | 'pending'
    | 'held'
    | 'payable'
    | 'available'
    | 'owing'
    | 'disputed'
    | 'collected'
    | 'in_transit',
    string
  >
>;

export const toBalance = (row: BalanceRow): Balance => ({
  currency: row.currency,
  pendingMinor: BigInt(row.pending),
  heldMinor: BigInt(row.held),
  payableMinor: BigInt(row.payable),
  availableMinor: BigInt(row.available),
  owingMinor: BigInt(row.owing),
  disputedMinor: BigInt(row.disputed),
  collectedMinor: BigInt(row.collected),
  inTransitMinor: BigInt(row.in_transit),
});

export type PayoutRow = Readonly<{
  id: string;
  seller_id: string;
  amount_minor: string;
  currency: string;
  status: Payout['status'];
  rail: string;
  destination_id: string;
  batch_id: string | null;
  batch_by: string | null;
  reference: string | null;
  failure: string | null;
  requested_by: string;
  created_at: Date;
  sent_at: Date | null;
  ended_at: Date | null;
  version: number;
}>;

/** With its FROM: a payout knows who made its batch. */
export const payoutColumns = `p.*, b.created_by as batch_by
  from payouts p left join payout_batches b on b.id = p.batch_id`;

export const toPayout = (row: PayoutRow): Payout => ({
  id: row.id,
  sellerId: row.seller_id,
  amountMinor: BigInt(row.amount_minor),
  currency: row.currency,
  status: row.status,
  rail: row.rail,
  destinationId: row.destination_id,
  batchId: row.batch_id,
  batchBy: row.batch_by,
  reference: row.reference,
  failure: row.failure,
  requestedBy: row.requested_by,
  createdAt: row.created_at.toISOString(),
  sentAt: row.sent_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
  version: row.version,
});

export type TransferRow = Readonly<{
  id: string;
  kind: string;
  order_id: string | null;
  job_id: string | null;
  gross_minor: string;
  commission_minor: string;
  tax_minor: string;
  net_minor: string;
  earned_at: Date;
}>;

export const toTransfer = (row: TransferRow): PaidTransfer => ({
  id: row.id,
  kind: row.kind,
  orderId: row.order_id,
  jobId: row.job_id,
  grossMinor: BigInt(row.gross_minor),
  commissionMinor: BigInt(row.commission_minor),
  taxMinor: BigInt(row.tax_minor),
  netMinor: BigInt(row.net_minor),
  earnedAt: row.earned_at.toISOString(),
});

export type BatchRow = Readonly<{
  id: string;
  currency: string;
  payout_count: number;
  total_minor: string;
  created_by: string;
  created_at: Date;
}>;

export const toBatch = (row: BatchRow): Batch => ({
  id: row.id,
  currency: row.currency,
  payoutCount: row.payout_count,
  totalMinor: BigInt(row.total_minor),
  createdBy: row.created_by,
  createdAt: row.created_at.toISOString(),
});
