import { paymentError } from './errors.ts';
import { post, type JournalEntry } from './posting.ts';

export type PayoutStatus = 'requested' | 'sent' | 'unknown' | 'paid' | 'failed' | 'returned';

export type Payout = Readonly<{
  id: string;
  sellerId: string;
  amountMinor: bigint;
  currency: string;
  status: PayoutStatus;
  rail: string;
  destinationId: string;
  batchId: string | null;
  batchBy: string | null;
  reference: string | null;
  failure: string | null;
  requestedBy: string;
  createdAt: string;
  sentAt: string | null;
  endedAt: string | null;
  version: number;
}>;

/** What of a seller's money may be paid out, as it was seen at one moment. */
export type Payable = Readonly<{
  sellerId: string;
  currency: string;
  /** Earnings and reversals that no payout lists. */
  rows: readonly Readonly<{ id: string; netMinor: bigint }>[];
  /** What the seller owes us, not negative: carried, so a payout takes it off. */
  owedMinor: bigint;
  destination: Readonly<{ id: string; usableAt: string }> | null;
}>;

/** What a rail says of a payout. */
export type PayoutState =
  | Readonly<{ is: 'sent' }>
  | Readonly<{ is: 'paid'; reference: string | null }>
  | Readonly<{ is: 'returned'; reason: string }>
  /** It never came, and never will: the key is spent. */
  | Readonly<{ is: 'void' }>;

export const payableMinor = ({ rows }: Pick<Payable, 'rows'>): bigint =>
  rows.reduce((sum, { netMinor }) => sum + netMinor, 0n);

/**
 * Decides a payout of all that is payable: it lists exactly those rows and is their sum. `wantedMinor`
 * is what the seller believes that to be.
 */
export const requestPayout = (
  payable: Payable,
  facts: Readonly<{ now: Date; wantedMinor: bigint | null; leastMinor: bigint }>,
): bigint => {
  const { destination, currency } = payable;
  const amountMinor = payableMinor(payable);
  const extra = { available_minor: amountMinor.toString(), currency };
  if (amountMinor <= 0n || amountMinor < facts.leastMinor)
    throw paymentError('nothing_to_pay_out', { extra });
  if (facts.wantedMinor !== null && facts.wantedMinor !== amountMinor)
    throw paymentError('payout_amount_differs', { extra });
  if (!destination) throw paymentError('payout_destination_missing');
  if (Date.parse(destination.usableAt) > facts.now.getTime())
    throw paymentError('payout_destination_cooling', {
      extra: { usable_at: destination.usableAt },
    });
  return amountMinor;
};

const about = {};

/** What is owed goes back to us, the rest is on its way to the bank. */
export const payoutEntry = (
  payoutId: string,
  { sellerId, currency, owedMinor }: Payable,
  amountMinor: bigint,
  entryId: string,
): JournalEntry =>
  post(
    'payout',
    { id: entryId, causeId: payoutId, about },
    {
      currency,
      names: { seller: sellerId },
      amounts: { total: amountMinor + owedMinor, owed: owedMinor, amount: amountMinor },
    },
  );

/** From which states a payout comes into another; a message that is late changes nothing. */
const before: Readonly<Record<Exclude<PayoutStatus, 'requested'>, readonly PayoutStatus[]>> = {
  sent: ['requested', 'unknown'],
  unknown: ['requested'],
  paid: ['requested', 'sent', 'unknown'],
  failed: ['requested', 'sent', 'unknown'],
  // A bank may return what it had confirmed.
  returned: ['requested', 'sent', 'unknown', 'paid'],
};

/** `changes`, or why not: it is so already, or it ended another way. */
export const isReachable = (
  { status }: Pick<Payout, 'status'>,
  wanted: Exclude<PayoutStatus, 'requested'>,
): 'changes' | 'is_so' | 'ended' => {
  if (status === wanted) return 'is_so';
  return before[wanted].includes(status) ? 'changes' : 'ended';
};

/** Nothing moves while a payout is under way; what ends it is booked. */
export const settlementEntry = (
  payout: Payout,
  wanted: Exclude<PayoutStatus, 'requested'>,
  entryId: string,
): JournalEntry | undefined => {
  const { id, sellerId, currency, amountMinor, rail, status } = payout;
  const head = { id: entryId, causeId: id, about };
  const facts = { currency, amounts: { amount: amountMinor } };
  if (wanted === 'paid') return post('payout_paid', head, { ...facts, names: { provider: rail } });
  if (wanted !== 'failed' && wanted !== 'returned') return undefined;
  const source = status === 'paid' ? `provider:${rail}` : 'payouts:in_transit';
  return post('payout_returned', head, { ...facts, names: { source, seller: sellerId } });
};

export type PayoutSchedule = 'manual' | 'daily' | 'weekly' | 'monthly';

const runHourUtc = 6;

/** The next time that payouts are made after `now`: at 06:00 UTC, on Mondays, on the first of a month. */
export const nextRun = (schedule: Exclude<PayoutSchedule, 'manual'>, now: Date): Date => {
  const next = new Date(now);
  next.setUTCHours(runHourUtc, 0, 0, 0);
  const isRight = (): boolean =>
    next > now &&
    (schedule === 'daily' ||
      (schedule === 'weekly' ? next.getUTCDay() === 1 : next.getUTCDate() === 1));
  while (!isRight()) next.setUTCDate(next.getUTCDate() + 1);
  return next;
};

const checkDelaysMs = [2_000, 60_000, 900_000] as const;

/** When a rail is asked again about a payout of this age. */
export const nextPayoutCheckMs = (ageMs: number): number =>
  checkDelaysMs.find((delayMs) => delayMs * 4 > ageMs) ?? 3_600_000;
