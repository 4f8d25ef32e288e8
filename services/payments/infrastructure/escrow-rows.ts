import type {
  ContractPart,
  Decision,
  Escrow,
  ReleaseRule,
  Resolution,
  ResolutionKind,
  StoredResolution,
} from '../domain/escrow.ts';

/** Digits, since a JSON number loses some of them beyond 2^53. */
type ResolutionJson = Readonly<{
  id: string;
  kind: StoredResolution['kind'];
  charged_back_minor: string;
  net_minor: string;
  refunded_minor: string;
  commission_minor: string;
  tax_minor: string;
  decided_by: string | null;
  decided_as: StoredResolution['decidedAs'];
  confirmed_by: string | null;
  reason: string | null;
  refund_id: string | null;
}>;

export type EscrowRow = Readonly<{
  id: string;
  job_id: string;
  part_id: string;
  name: string;
  buyer_id: string;
  payee_id: string;
  payment_id: string;
  amount_minor: string;
  currency: string;
  commission_minor: string;
  commission_tax_minor: string;
  tax_jurisdiction: string | null;
  release_rule: ReleaseRule;
  status: Escrow['status'];
  release_at: Date | null;
  frozen_by: string | null;
  dispute_id: string | null;
  disputed_as: 'buyer' | 'payee' | null;
  dispute_reason: string | null;
  disputed_at: Date | null;
  held_at: Date;
  version: number;
  resolution: ResolutionJson | null;
  decided_at: Date | null;
  decision: Readonly<{
    kind: ResolutionKind;
    refund_minor: string;
    reason: string;
    decided_by: string;
  }> | null;
  proposed_at: Date | null;
}>;

/** Of `escrows e`, `escrow_resolutions r` and `escrow_decisions d`. */
export const escrowColumns = `e.*, r.decided_at, d.decided_at as proposed_at,
  case when r.id is not null then jsonb_build_object('id', r.id, 'kind', r.kind,
    'net_minor', r.net_minor::text, 'refunded_minor', r.refunded_minor::text,
    'commission_minor', r.commission_minor::text, 'tax_minor', r.tax_minor::text,
    'decided_by', r.decided_by, 'decided_as', r.decided_as, 'confirmed_by', r.confirmed_by,
    'charged_back_minor', coalesce(r.charged_back_minor, 0)::text, 'reason', r.reason, 'refund_id', r.refund_id) end as resolution,
  case when d.hold_id is not null then jsonb_build_object('kind', d.kind,
    'refund_minor', d.refund_minor::text, 'reason', d.reason, 'decided_by', d.decided_by) end as decision`;

const toResolution = ({ resolution: row, decided_at }: EscrowRow): Escrow['resolution'] =>
  row && {
    id: row.id,
    kind: row.kind,
    netMinor: BigInt(row.net_minor),
    refundedMinor: BigInt(row.refunded_minor),
    commissionMinor: BigInt(row.commission_minor),
    taxMinor: BigInt(row.tax_minor),
    chargedBackMinor: BigInt(row.charged_back_minor),
    decidedBy: row.decided_by,
    decidedAs: row.decided_as,
    confirmedBy: row.confirmed_by,
    reason: row.reason,
    refundId: row.refund_id,
    decidedAt: decided_at!.toISOString(),
  };

const toDecision = ({ decision: row, proposed_at }: EscrowRow): Decision | null =>
  row && {
    kind: row.kind,
    refundMinor: BigInt(row.refund_minor),
    reason: row.reason,
    decidedBy: row.decided_by,
    decidedAt: proposed_at!.toISOString(),
  };

export const toEscrow = (row: EscrowRow): Escrow => ({
  id: row.id,
  jobId: row.job_id,
  partId: row.part_id,
  name: row.name,
  buyerId: row.buyer_id,
  payeeId: row.payee_id,
  paymentId: row.payment_id,
  amountMinor: BigInt(row.amount_minor),
  currency: row.currency,
  commissionMinor: BigInt(row.commission_minor),
  commissionTaxMinor: BigInt(row.commission_tax_minor),
  taxJurisdiction: row.tax_jurisdiction,
  releaseRule: row.release_rule,
  status: row.status,
  releaseAt: row.release_at?.toISOString() ?? null,
  isFrozen: row.frozen_by !== null,
  dispute:
    row.dispute_id === null
      ? null
      : {
          id: row.dispute_id,
          by: row.disputed_as!,
          reason: row.dispute_reason!,
          at: row.disputed_at!.toISOString(),
        },
  decision: toDecision(row),
  resolution: toResolution(row),
  heldAt: row.held_at.toISOString(),
  version: row.version,
});

const digits = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? value.toString() : value;

export const partsToJson = (parts: readonly ContractPart[]): string =>
  JSON.stringify(parts, digits);

/** As a row of `escrow_resolutions`, without what the database knows better. */
export const resolutionToJson = (resolution: Resolution): string =>
  JSON.stringify(
    {
      id: resolution.id,
      kind: resolution.kind,
      net_minor: resolution.netMinor,
      refunded_minor: resolution.refundedMinor,
      commission_minor: resolution.commissionMinor,
      tax_minor: resolution.taxMinor,
      decided_by: resolution.decidedBy,
      decided_as: resolution.decidedAs,
      confirmed_by: resolution.confirmedBy,
      reason: resolution.reason,
      refund_id: resolution.refundId,
    },
    digits,
  );
