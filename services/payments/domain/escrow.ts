import { allocate } from '#shared/kernel/money.ts';
import { paymentError } from './errors.ts';
import { post, type JournalEntry } from './posting.ts';

/** When a part of the money is released; data of the contract, never a branch of the code. */
export type ReleaseRule =
  | Readonly<{ kind: 'on_acceptance' }>
  | Readonly<{ kind: 'on_date'; date: string }>
  /** Days of the buyer's silence after the work was delivered. */
  | Readonly<{ kind: 'auto_after_days'; days: number }>
  /** Retained for a warranty: days after another part was released. */
  | Readonly<{ kind: 'after_warranty_days'; days: number; afterPartId: string }>;

/** A part of a contract before it is paid, with what is frozen of it. */
export type ContractPart = Readonly<{
  holdId: string;
  partId: string;
  name: string;
  amountMinor: bigint;
  commissionMinor: bigint;
  commissionTaxMinor: bigint;
  releaseRule: ReleaseRule;
}>;

/** `charged_back`: a dispute at the buyer's bank was lost, and the provider took the money. */
export type EscrowStatus = 'held' | 'disputed' | 'released' | 'refunded' | 'split' | 'charged_back';
/** How somebody can let it end. */
export type ResolutionKind = Exclude<EscrowStatus, 'held' | 'disputed' | 'charged_back'>;

/** Who acts on a hold; a party is never staff of its own hold. */
export type Actor = Readonly<
  | { as: 'buyer' | 'payee' | 'support' | 'admin'; id: string }
  /** The rule of the hold itself. */
  | { as: 'deadline'; id: null }
>;

/** What one administrator decided and another has to confirm. */
export type Decision = Readonly<{
  kind: ResolutionKind;
  refundMinor: bigint;
  reason: string;
  decidedBy: string;
  decidedAt: string;
}>;

/** How a hold ended: net, refunded, commission and tax are all of what was held. */
export type Resolution = Readonly<{
  id: string;
  kind: ResolutionKind;
  netMinor: bigint;
  refundedMinor: bigint;
  commissionMinor: bigint;
  taxMinor: bigint;
  decidedBy: string | null;
  decidedAs: Actor['as'];
  confirmedBy: string | null;
  reason: string | null;
  refundId: string | null;
}>;

/** An end as it is recorded, which nobody may have decided. */
export type StoredResolution = Omit<Resolution, 'kind' | 'decidedAs'> &
  Readonly<{
    kind: ResolutionKind | 'charged_back';
    decidedAs: Actor['as'] | 'provider';
    chargedBackMinor: bigint;
    decidedAt: string;
  }>;

/** One part of one contract whose money waits. */
export type Escrow = Readonly<{
  id: string;
  jobId: string;
  partId: string;
  name: string;
  buyerId: string;
  payeeId: string;
  paymentId: string;
  amountMinor: bigint;
  currency: string;
  commissionMinor: bigint;
  commissionTaxMinor: bigint;
  taxJurisdiction: string | null;
  releaseRule: ReleaseRule;
  status: EscrowStatus;
  releaseAt: string | null;
  isFrozen: boolean;
  dispute: Readonly<{ id: string; by: 'buyer' | 'payee'; reason: string; at: string }> | null;
  decision: Decision | null;
  resolution: StoredResolution | null;
  heldAt: string;
  version: number;
}>;

/** What somebody wants to become of a hold. */
export type Wish = Readonly<{ kind: ResolutionKind; refundMinor: bigint; reason: string | null }>;

export type Verdict = Readonly<
  { is: 'resolved'; resolution: Resolution } | { is: 'to_be_confirmed'; wish: Wish }
>;

/** Basis points of an amount, rounded half up. */
export const basisPointsOf = (amountMinor: bigint, basisPoints: number): bigint =>
  (amountMinor * BigInt(basisPoints) + 5_000n) / 10_000n;

/**
 * What becomes of a hold of which `refundMinor` goes back. Commission and its tax follow in proportion:
 * what of them is given back is rounded down, so that a full refund gives back all of it, and what is
 * kept is never more than what is released.
 */
export const divide = (
  hold: Pick<Escrow, 'amountMinor' | 'commissionMinor' | 'commissionTaxMinor'>,
  refundMinor: bigint,
): Pick<Resolution, 'netMinor' | 'refundedMinor' | 'commissionMinor' | 'taxMinor'> => {
  const { amountMinor, commissionMinor, commissionTaxMinor } = hold;
  const charged = commissionMinor + commissionTaxMinor;
  const kept = charged - (charged * refundMinor) / amountMinor;
  const [commission, tax] =
    kept === 0n ? [0n, 0n] : allocate(kept, [commissionMinor, commissionTaxMinor]);
  return {
    netMinor: amountMinor - refundMinor - kept,
    refundedMinor: refundMinor,
    commissionMinor: commission!,
    taxMinor: tax!,
  };
};

const checkOpen = ({ status, isFrozen }: Escrow): void => {
  if (status !== 'held' && status !== 'disputed')
    throw paymentError('escrow_ended', { extra: { current_status: status } });
  if (isFrozen) throw paymentError('escrow_frozen');
};

const checkActor = (hold: Escrow, actor: Actor, wish: Wish): void => {
  const isDisputed = hold.status === 'disputed';
  switch (actor.as) {
    // Each party may give away what would be its own, and nothing else.
    case 'buyer':
      if (wish.kind !== 'released') throw paymentError('escrow_not_yours');
      if (isDisputed) throw paymentError('escrow_disputed');
      return;
    case 'payee':
      if (wish.kind !== 'refunded') throw paymentError('escrow_not_yours');
      return;
    case 'deadline':
      if (isDisputed) throw paymentError('escrow_disputed');
      return;
    case 'support':
    case 'admin':
      if (actor.id === hold.buyerId || actor.id === hold.payeeId)
        throw paymentError('escrow_not_yours');
      if (wish.kind === 'split' && !isDisputed) throw paymentError('escrow_not_disputed');
      if (!wish.reason) throw paymentError('escrow_reason_missing');
  }
};

const isStaff = (actor: Actor): actor is Actor & { as: 'support' | 'admin' } =>
  actor.as === 'support' || actor.as === 'admin';

/** Staff alone decide up to a limit; above it two administrators, who decide the same. */
const confirmedBy = (hold: Escrow, actor: Actor, wish: Wish, limitMinor: bigint) => {
  if (!isStaff(actor) || hold.amountMinor <= limitMinor) return { isEnough: true, first: null };
  if (actor.as !== 'admin') throw paymentError('escrow_needs_admins');
  const { decision } = hold;
  const isSame = decision?.kind === wish.kind && decision.refundMinor === wish.refundMinor;
  if (!decision || !isSame) return { isEnough: false, first: null };
  if (decision.decidedBy === actor.id) throw paymentError('escrow_needs_another_admin');
  return { isEnough: true, first: decision };
};

/**
 * What becomes of a hold that is given back as a whole. Of what a bank took of its payment, a part may be of
 * this hold, as it takes whole holds only and the rest from the payee: so much the buyer has already. Then
 * what can still go back does, and the rest covers what the payee owes for that, free of commission.
 */
const divideAsFarAsItGoes = (
  hold: Escrow,
  { kind, refundMinor }: Wish,
  refundableMinor: bigint,
): Pick<Resolution, 'kind' | 'netMinor' | 'refundedMinor' | 'commissionMinor' | 'taxMinor'> => {
  if (refundMinor <= refundableMinor) return { kind, ...divide(hold, refundMinor) };
  if (kind !== 'refunded')
    throw paymentError('refund_too_large', {
      extra: { refundable_minor: refundableMinor.toString() },
    });
  return {
    kind: refundableMinor === 0n ? 'released' : 'split',
    netMinor: hold.amountMinor - refundableMinor,
    refundedMinor: refundableMinor,
    commissionMinor: 0n,
    taxMinor: 0n,
  };
};

/**
 * Decides whether a hold ends, and how. `limitMinor` is the most that one of the staff decides alone,
 * `refundableMinor` what refunds and disputes have left of the payment.
 */
export const resolveHold = (
  hold: Escrow,
  actor: Actor,
  wish: Wish,
  facts: Readonly<{
    resolutionId: string;
    refundId: string;
    limitMinor: bigint;
    refundableMinor: bigint;
  }>,
): Verdict => {
  checkOpen(hold);
  checkActor(hold, actor, wish);
  const { isEnough, first } = confirmedBy(hold, actor, wish, facts.limitMinor);
  if (!isEnough) return { is: 'to_be_confirmed', wish };
  const parts = divideAsFarAsItGoes(hold, wish, facts.refundableMinor);
  return {
    is: 'resolved',
    resolution: {
      id: facts.resolutionId,
      ...parts,
      decidedBy: first?.decidedBy ?? actor.id,
      decidedAs: actor.as,
      confirmedBy: first ? actor.id : null,
      reason: first?.reason ?? wish.reason,
      refundId: parts.refundedMinor > 0n ? facts.refundId : null,
    },
  };
};

/** Only the parties dispute, and only what is held. */
export const disputeHold = (hold: Escrow, actor: Actor): 'buyer' | 'payee' => {
  if (actor.as !== 'buyer' && actor.as !== 'payee') throw paymentError('escrow_not_yours');
  if (hold.status === 'disputed') throw paymentError('escrow_disputed');
  if (hold.status !== 'held')
    throw paymentError('escrow_ended', { extra: { current_status: hold.status } });
  return actor.as;
};

/** Whether the rule of a hold releases it now. */
export const isDue = ({ status, isFrozen, releaseAt }: Escrow, now: Date): boolean =>
  status === 'held' && !isFrozen && releaseAt !== null && Date.parse(releaseAt) <= now.getTime();

const kindOfEntry = {
  released: 'escrow_release',
  refunded: 'escrow_refund',
  split: 'escrow_split',
} as const;

/** Books the end of a hold. `owedMinor` is what the payee owes us: that is paid back first. */
export const resolutionEntry = (
  hold: Escrow,
  resolution: Resolution,
  owedMinor: bigint,
  entryId: string,
): JournalEntry => {
  const { netMinor, refundedMinor, commissionMinor, taxMinor } = resolution;
  const repaid = owedMinor < netMinor ? owedMinor : netMinor;
  return post(
    kindOfEntry[resolution.kind],
    {
      id: entryId,
      causeId: hold.id,
      about: { paymentId: hold.paymentId, jobId: hold.jobId },
    },
    {
      currency: hold.currency,
      names: {
        hold: hold.id,
        seller: hold.payeeId,
        buyer: hold.buyerId,
        jurisdiction: hold.taxJurisdiction ?? 'none',
      },
      amounts: {
        held: hold.amountMinor,
        repaid,
        available: netMinor - repaid,
        commission: commissionMinor,
        tax: taxMinor,
        refund: refundedMinor,
      },
    },
  );
};

const partIdPattern = /^[\w.-]{1,60}$/;
const partsMax = 20;
const daysMax = 3_650;

/** Why parts make no contract; undefined when they do. A contract that makes none is never opened. */
export const faultOfParts = (
  parts: readonly Pick<ContractPart, 'partId' | 'amountMinor' | 'releaseRule'>[],
): string | undefined => {
  const byId = new Map(parts.map((part) => [part.partId, part]));
  if (parts.length === 0 || parts.length > partsMax) return 'a contract has 1 to 20 parts';
  if (byId.size !== parts.length) return 'two parts have one id';
  for (const { partId, amountMinor, releaseRule: rule } of parts) {
    if (!partIdPattern.test(partId)) return `${partId} is no id of a part`;
    if (amountMinor <= 0n) return `${partId} holds nothing`;
    if ('days' in rule && !(Number.isInteger(rule.days) && rule.days >= 1 && rule.days <= daysMax))
      return `${partId} waits for no number of days`;
    // One that waits for one that waits would let two wait for each other.
    if (rule.kind === 'after_warranty_days') {
      const after = byId.get(rule.afterPartId);
      if (!after || after.releaseRule.kind === 'after_warranty_days')
        return `${partId} waits for no part that is released before it`;
    }
  }
  return undefined;
};
