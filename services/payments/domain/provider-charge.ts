import type { Money } from '#shared/kernel/money.ts';

/** The lattice of what a charge can come to (reliability 5.1); the last four are ends of their own. */
export const chargeStatuses = [
  'pending',
  'in_process',
  'authorized',
  'approved',
  'refunded',
  'charged_back',
  'rejected',
  'cancelled',
] as const;
export type ChargeStatus = (typeof chargeStatuses)[number];

const after: Readonly<Record<ChargeStatus, readonly ChargeStatus[]>> = {
  pending: [
    'in_process',
    'authorized',
    'approved',
    'refunded',
    'charged_back',
    'rejected',
    'cancelled',
  ],
  in_process: ['authorized', 'approved', 'refunded', 'charged_back', 'rejected', 'cancelled'],
  authorized: ['approved', 'refunded', 'charged_back', 'rejected', 'cancelled'],
  approved: ['refunded', 'charged_back'],
  refunded: [],
  charged_back: [],
  rejected: [],
  cancelled: [],
};

/** What a charge is after `told`: a late or reordered message never moves it back. */
export const advance = (from: ChargeStatus, told: ChargeStatus): ChargeStatus =>
  after[from].includes(told) ? told : from;

/** Whether money of the charge came to us, whatever became of it since. */
export const wasPaid = (status: ChargeStatus): boolean =>
  status === 'approved' || status === 'refunded' || status === 'charged_back';

/** Whether nothing will come of it by itself any more. */
export const isOver = (status: ChargeStatus): boolean => after[status].length === 0;

/** A charge as its provider tells of it when read with our token. */
export type ObservedCharge = Readonly<{
  reference: string;
  /** Ours: the payment that it pays. Null on a charge that somebody else began. */
  externalReference: string | null;
  amount: Money;
  /** `unknown`: nobody documented what it says, so it changes nothing. */
  status: ChargeStatus | 'unknown';
  rawStatus: string;
  rawDetail: string | null;
  /** Why it was declined, in our words. */
  reason: string | null;
  /** How a dispute at the bank stands; null: there is none. */
  chargeback: 'open' | 'won' | 'lost' | null;
  /** The buyer complained at the provider, which holds the money until it has decided. */
  isDisputed: boolean;
  refundedMinor: bigint;
  feeMinor: bigint | null;
  /** What it hands to us of a charge to a seller; left out: nothing is said of it. */
  splitFeeMinor?: bigint;
  collector: string | null;
  isLive: boolean;
  groupReference: string | null;
}>;

export type ChargeRole = 'waiting' | 'captured' | 'surplus' | 'not_ours';

export type ProviderCharge = Readonly<{
  id: string;
  provider: string;
  reference: string;
  paymentId: string | null;
  groupReference: string | null;
  amount: Money;
  status: ChargeStatus;
  role: ChargeRole;
  refundedMinor: bigint;
  feeMinor: bigint | null;
  rawStatus: string;
  rawDetail: string | null;
  mismatch: string | null;
  firstSeenAt: string;
  seenAt: string;
}>;

/** What must hold of a charge before it may pay (reliability P3). */
export type Expected = Readonly<{
  amount: Money;
  collector: string | null;
  isLive: boolean;
  /** Of a split payment, what is to be handed to us. */
  splitFeeMinor?: bigint;
  /** The payment still waits to be paid. */
  isOpen: boolean;
}>;

export type AlertKind =
  | 'unknown_status'
  | 'collector_mismatch'
  | 'live_mode_mismatch'
  | 'currency_mismatch'
  | 'amount_mismatch'
  | 'charge_of_nothing_known'
  | 'disputed_at_provider'
  | 'fee_changed'
  | 'split_fee_differs';

export type ChargeDecision = Readonly<{
  /** Charges to be written, whole. */
  charges: readonly ProviderCharge[];
  /** Those that together pay the payment now; none: it is not paid by this. */
  captured: readonly ProviderCharge[];
  /** Those whose money has to go back. */
  surplus: readonly ProviderCharge[];
  /** Those whose fee is known since now, and are ours. */
  fees: readonly ProviderCharge[];
  alerts: readonly AlertKind[];
}>;

const nothing: ChargeDecision = { charges: [], captured: [], surplus: [], fees: [], alerts: [] };

const mismatchOf = (observed: ObservedCharge, expected: Expected): AlertKind | undefined => {
  if (expected.collector !== null && observed.collector !== expected.collector)
    return 'collector_mismatch';
  if (observed.isLive !== expected.isLive) return 'live_mode_mismatch';
  if (observed.amount.currency !== expected.amount.currency) return 'currency_mismatch';
  return observed.amount.amountMinor > expected.amount.amountMinor ? 'amount_mismatch' : undefined;
};

const merge = (
  known: ProviderCharge | undefined,
  observed: ObservedCharge & Readonly<{ status: ChargeStatus }>,
  made: Readonly<{ id: string; provider: string; paymentId: string; at: string }>,
): ProviderCharge => {
  const status = known ? advance(known.status, observed.status) : observed.status;
  // What is said of an earlier state says nothing of this one.
  const isNews = !known || status === observed.status;
  return {
    id: known?.id ?? made.id,
    provider: made.provider,
    reference: observed.reference,
    paymentId: made.paymentId,
    groupReference: observed.groupReference ?? known?.groupReference ?? null,
    amount: known?.amount ?? observed.amount,
    status,
    role: known?.role ?? 'waiting',
    refundedMinor:
      known && known.refundedMinor > observed.refundedMinor
        ? known.refundedMinor
        : observed.refundedMinor,
    feeMinor: known?.feeMinor ?? observed.feeMinor,
    rawStatus: isNews ? observed.rawStatus : known.rawStatus,
    rawDetail: isNews ? observed.rawDetail : known.rawDetail,
    mismatch: known?.mismatch ?? null,
    firstSeenAt: known?.firstSeenAt ?? made.at,
    seenAt: made.at,
  };
};

const sumOf = (charges: readonly ProviderCharge[]): bigint =>
  charges.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);

/**
 * What a charge that was paid does: it pays the payment by itself or with the parts that wait, waits
 * for others, or is too much. Parts come only where the provider keeps several charges of one buy.
 */
const place = (
  charge: ProviderCharge,
  parts: readonly ProviderCharge[],
  expected: Expected,
): Pick<ChargeDecision, 'captured' | 'surplus'> => {
  const due = expected.amount.amountMinor;
  // One that is disputed before we first saw it has paid too: then its share is frozen. What went back
  // already pays nothing.
  const isWhole = charge.amount.amountMinor === due;
  if (
    !expected.isOpen ||
    (charge.status !== 'approved' && !(isWhole && charge.status === 'charged_back'))
  )
    return { captured: [], surplus: [charge] };
  if (isWhole) return { captured: [charge], surplus: parts };
  const together = [...parts, charge];
  if (sumOf(together) === due) return { captured: together, surplus: [] };
  return sumOf(together) > due
    ? { captured: [], surplus: [charge] }
    : { captured: [], surplus: [] };
};

/**
 * Decides what a charge means for its payment. Return page, notification and poller all come here
 * with what the provider says, in any order and as often as they like.
 */
export const recordCharge = (
  known: readonly ProviderCharge[],
  observed: ObservedCharge,
  expected: Expected,
  made: Readonly<{ id: string; provider: string; paymentId: string; at: string }>,
): ChargeDecision => {
  const { status } = observed;
  if (status === 'unknown') return { ...nothing, alerts: ['unknown_status'] };
  const before = known.find(({ reference }) => reference === observed.reference);
  // The provider never changes what was charged; what does is not taken for the same charge.
  if (
    before &&
    (before.amount.amountMinor !== observed.amount.amountMinor ||
      before.amount.currency !== observed.amount.currency)
  )
    return { ...nothing, alerts: ['amount_mismatch'] };
  const charge = merge(before, { ...observed, status }, made);
  const alerts: AlertKind[] = observed.isDisputed ? ['disputed_at_provider'] : [];
  if (before?.feeMinor !== undefined && before.feeMinor !== null && observed.feeMinor !== null)
    if (observed.feeMinor !== before.feeMinor) alerts.push('fee_changed');

  // The money has gone as the provider says, and our books will differ from its own: a person looks.
  if (
    expected.splitFeeMinor !== undefined &&
    wasPaid(charge.status) &&
    observed.splitFeeMinor !== expected.splitFeeMinor
  )
    alerts.push('split_fee_differs');

  if (charge.role !== 'waiting' || !wasPaid(charge.status)) {
    const isFeeNew = (before?.feeMinor ?? null) === null && charge.feeMinor !== null;
    const isOurs = charge.role === 'captured' || charge.role === 'surplus';
    return { ...nothing, charges: [charge], fees: isFeeNew && isOurs ? [charge] : [], alerts };
  }
  const mismatch = mismatchOf(observed, expected);
  if (mismatch === 'collector_mismatch' || mismatch === 'live_mode_mismatch')
    return {
      ...nothing,
      charges: [{ ...charge, role: 'not_ours', mismatch }],
      alerts: [...alerts, mismatch],
    };
  const parts = known.filter(
    (one) =>
      one.reference !== charge.reference && one.role === 'waiting' && one.status === 'approved',
  );
  const { captured, surplus } = mismatch
    ? { captured: [], surplus: [{ ...charge, mismatch }] }
    : place(charge, parts, expected);
  const inRole = (role: ChargeRole) => (one: ProviderCharge) => ({ ...one, role });
  const placed = [...captured.map(inRole('captured')), ...surplus.map(inRole('surplus'))];
  const isPart = placed.every(({ reference }) => reference !== charge.reference);
  if (mismatch) alerts.push(mismatch);
  // A charge that is too small pays nothing alone, and nobody but its group brings the rest.
  else if (isPart && charge.groupReference === null) alerts.push('amount_mismatch');
  return {
    charges: isPart ? [...placed, charge] : placed,
    captured: placed.filter(({ role }) => role === 'captured'),
    surplus: placed.filter(({ role }) => role === 'surplus'),
    fees: placed.filter(({ feeMinor }) => feeMinor !== null && feeMinor > 0n),
    alerts,
  };
};

/** The payment ends unpaid: parts that were paid of it have to go back. */
export const releaseParts = (known: readonly ProviderCharge[]): readonly ProviderCharge[] =>
  known
    .filter(({ role, status }) => role === 'waiting' && wasPaid(status))
    .map((charge) => ({ ...charge, role: 'surplus' }));

/** Whether the provider may still take money for the payment: then it does not end yet. */
export const mayStillBePaid = (
  known: readonly ProviderCharge[],
  checkout: Readonly<{ expiresAt: string }>,
  now: Date,
): boolean =>
  now.getTime() <= Date.parse(checkout.expiresAt) + afterExpiryMs ||
  known.some(({ role, status }) => role === 'waiting' && !isOver(status) && !wasPaid(status));

/** A charge begun in the last second of the page may take this long to be found by a search. */
const afterExpiryMs = 2 * 60_000;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const openPollsMs = [2 * minuteMs, 10 * minuteMs, 60 * minuteMs] as const;
const paidPollDays = [1, 3, 7, 14, 30, 60, 90, 120, 180] as const;

/**
 * When a payment is read again although nobody notified: 2, 10 and 60 minutes after it began, then
 * daily, and once its page has expired. A paid one is looked at for as long as money may be
 * disputed; undefined: never again.
 */
export const nextPollAt = (
  given: Readonly<{ createdAt: string; expiresAt: string; completedAt: string | null }>,
  now: Date,
): Date | undefined => {
  const at = (from: string, ms: number): Date => new Date(Date.parse(from) + ms);
  const { completedAt } = given;
  if (completedAt !== null)
    return paidPollDays.map((day) => at(completedAt, day * dayMs)).find((time) => time > now);
  const polls = [
    ...openPollsMs.map((ms) => at(given.createdAt, ms)),
    at(given.expiresAt, afterExpiryMs + 1_000),
  ].toSorted((a, b) => a.getTime() - b.getTime());
  return polls.find((time) => time > now) ?? new Date(now.getTime() + dayMs);
};
