import { money } from '#shared/kernel/money.ts';
import type { Checkout, ProviderRefund } from '../application/provider-ports.ts';
import type { Chargeback, FrozenShare } from '../domain/chargeback.ts';
import type { ProviderCharge } from '../domain/provider-charge.ts';
import { toSplit } from './rows.ts';

export type CheckoutRow = Readonly<{
  payment_id: string;
  provider: string;
  reference: string | null;
  url: string | null;
  collector: string | null;
  expires_at: Date | string;
}>;

const instantOf = (value: Date | string): string => new Date(value).toISOString();

export const toCheckout = (row: CheckoutRow): Checkout => ({
  paymentId: row.payment_id,
  provider: row.provider,
  reference: row.reference,
  url: row.url,
  collector: row.collector,
  expiresAt: instantOf(row.expires_at),
});

/** As PostgreSQL gives it, or as JSON with amounts as text. */
export type ChargeRow = Readonly<{
  id: string;
  provider: string;
  reference: string;
  payment_id: string | null;
  group_reference: string | null;
  amount_minor: string;
  currency: string;
  status: ProviderCharge['status'];
  role: ProviderCharge['role'];
  refunded_minor: string;
  fee_minor: string | null;
  raw_status: string;
  raw_detail: string | null;
  mismatch: string | null;
  first_seen_at: Date | string;
  seen_at: Date | string;
}>;

export const toCharge = (row: ChargeRow): ProviderCharge => ({
  id: row.id,
  provider: row.provider,
  reference: row.reference,
  paymentId: row.payment_id,
  groupReference: row.group_reference,
  amount: money(BigInt(row.amount_minor), row.currency),
  status: row.status,
  role: row.role,
  refundedMinor: BigInt(row.refunded_minor),
  feeMinor: row.fee_minor === null ? null : BigInt(row.fee_minor),
  rawStatus: row.raw_status,
  rawDetail: row.raw_detail,
  mismatch: row.mismatch,
  firstSeenAt: instantOf(row.first_seen_at),
  seenAt: instantOf(row.seen_at),
});

export const chargeToJson = (charge: ProviderCharge) => ({
  id: charge.id,
  provider: charge.provider,
  reference: charge.reference,
  payment_id: charge.paymentId,
  group_reference: charge.groupReference,
  amount_minor: charge.amount.amountMinor.toString(),
  currency: charge.amount.currency,
  status: charge.status,
  role: charge.role,
  refunded_minor: charge.refundedMinor.toString(),
  fee_minor: charge.feeMinor?.toString() ?? null,
  raw_status: charge.rawStatus,
  raw_detail: charge.rawDetail,
  mismatch: charge.mismatch,
  first_seen_at: charge.firstSeenAt,
  seen_at: charge.seenAt,
});

export type ProviderRefundRow = Readonly<{
  id: string;
  charge_id: string;
  charge_reference: string;
  charge_minor: string;
  refund_id: string | null;
  seller_id: string | null;
  split_account: string | null;
  split_fee_minor: string | null;
  split_unit_minor: string | null;
  provider: string;
  payment_id: string | null;
  buyer_id: string | null;
  order_id: string | null;
  job_id: string | null;
  amount_minor: string;
  currency: string;
  status: ProviderRefund['status'];
  reference: string | null;
  failure: string | null;
  created_at: Date;
}>;

export const toProviderRefund = (row: ProviderRefundRow): ProviderRefund => ({
  id: row.id,
  chargeId: row.charge_id,
  chargeReference: row.charge_reference,
  chargeMinor: BigInt(row.charge_minor),
  ...toSplit(row),
  sellerId: row.seller_id,
  isWhole: row.amount_minor === row.charge_minor,
  refundId: row.refund_id,
  provider: row.provider,
  paymentId: row.payment_id,
  buyerId: row.buyer_id,
  orderId: row.order_id,
  jobId: row.job_id,
  amount: money(BigInt(row.amount_minor), row.currency),
  status: row.status,
  reference: row.reference,
  failure: row.failure,
  createdAt: row.created_at.toISOString(),
});

type FrozenJson = Readonly<Record<keyof FrozenShare, string>>;

export type ChargebackRow = Readonly<{
  id: string;
  provider: string;
  reference: string | null;
  charge_reference: string;
  payment_id: string;
  order_id: string | null;
  job_id: string | null;
  holds: readonly Readonly<{ holdId: string; amountMinor: string }>[];
  amount_minor: string;
  currency: string;
  frozen_minor: string;
  shares: readonly FrozenJson[];
  status: Chargeback['status'];
  is_coverage_eligible: boolean | null;
  documentation_status: string | null;
  documentation_deadline: Date | null;
  opened_at: Date;
  closed_at: Date | null;
}>;

export const toChargeback = (row: ChargebackRow): Chargeback => ({
  id: row.id,
  provider: row.provider,
  reference: row.reference,
  chargeReference: row.charge_reference,
  paymentId: row.payment_id,
  orderId: row.order_id,
  amount: money(BigInt(row.amount_minor), row.currency),
  jobId: row.job_id,
  holds: row.holds.map(({ holdId, amountMinor }) => ({ holdId, amountMinor: BigInt(amountMinor) })),
  frozenMinor: BigInt(row.frozen_minor),
  shares: row.shares.map((share) => ({
    sellerId: share.sellerId,
    pendingMinor: BigInt(share.pendingMinor),
    availableMinor: BigInt(share.availableMinor),
    owingMinor: BigInt(share.owingMinor),
  })),
  status: row.status,
  isCoverageEligible: row.is_coverage_eligible,
  documentationStatus: row.documentation_status,
  documentationDeadline: row.documentation_deadline?.toISOString() ?? null,
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
});

export const frozenToJson = (shares: readonly FrozenShare[]) =>
  shares.map((share) => ({
    sellerId: share.sellerId,
    pendingMinor: share.pendingMinor.toString(),
    availableMinor: share.availableMinor.toString(),
    owingMinor: share.owingMinor.toString(),
  }));

export const chargebackToJson = (chargeback: Chargeback) => ({
  id: chargeback.id,
  provider: chargeback.provider,
  reference: chargeback.reference,
  charge_reference: chargeback.chargeReference,
  payment_id: chargeback.paymentId,
  order_id: chargeback.orderId,
  job_id: chargeback.jobId,
  holds: chargeback.holds.map(({ holdId, amountMinor }) => ({
    holdId,
    amountMinor: amountMinor.toString(),
  })),
  amount_minor: chargeback.amount.amountMinor.toString(),
  currency: chargeback.amount.currency,
  frozen_minor: chargeback.frozenMinor.toString(),
  shares: frozenToJson(chargeback.shares),
  status: chargeback.status,
  is_coverage_eligible: chargeback.isCoverageEligible,
  documentation_status: chargeback.documentationStatus,
  documentation_deadline: chargeback.documentationDeadline,
  opened_at: chargeback.openedAt,
  closed_at: chargeback.closedAt,
});
