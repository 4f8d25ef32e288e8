import { allocate, type Money } from '#shared/kernel/money.ts';
import type { Share } from './payment.ts';
import { post, type JournalEntry } from './posting.ts';
import type { SoldLine } from './sale.ts';
import { feeReversed, partOf, type Split } from './split.ts';

/** A chargeback as its provider tells of it. */
export type ObservedChargeback = Readonly<{
  /** The provider's own id of it; null while only its charge says that it is disputed. */
  reference: string | null;
  chargeReference: string;
  amount: Money;
  outcome: 'open' | 'won' | 'lost';
  /** Whether the provider may cover it; null: it does not say. */
  isCoverageEligible: boolean | null;
  documentationStatus: string | null;
  /** Until when documents are taken. */
  documentationDeadline: string | null;
}>;

/** Where the frozen part of a seller came from, and where it goes back to. */
export type FrozenShare = Readonly<{
  sellerId: string;
  pendingMinor: bigint;
  /** Of a split payment it is at the seller's own account, where the provider holds it back. */
  availableMinor: bigint;
  /** What was not there any more: the seller owes it. */
  owingMinor: bigint;
}>;

export type TakenHold = Readonly<{ holdId: string; amountMinor: bigint }>;

export type Chargeback = Readonly<{
  id: string;
  provider: string;
  reference: string | null;
  chargeReference: string;
  paymentId: string;
  /** Of an order or of a job, as its payment. */
  orderId: string | null;
  jobId: string | null;
  amount: Money;
  /** Of the amount: what holds and the sellers' shares cover. The rest is ours to lose. */
  frozenMinor: bigint;
  /** Of a job: the holds that it takes. They are frozen where they are. */
  holds: readonly TakenHold[];
  shares: readonly FrozenShare[];
  status: 'opened' | 'won' | 'lost';
  isCoverageEligible: boolean | null;
  documentationStatus: string | null;
  documentationDeadline: string | null;
  openedAt: string;
  closedAt: string | null;
}>;

/** What a seller has now, in the currency of the payment. */
export type Standing = Readonly<{
  sellerId: string;
  /** The share of this payment has left `pending`. */
  isEarned: boolean;
  pendingMinor: bigint;
  availableMinor: bigint;
  /** What the seller owes, not negative. */
  owingMinor: bigint;
}>;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const floor = (a: bigint): bigint => (a > 0n ? a : 0n);
const amountOf = (share: FrozenShare): bigint =>
  share.pendingMinor + share.availableMinor + share.owingMinor;

/**
 * Splits what is disputed over the sellers as a refund would be, and takes each part from where the
 * share stands: `pending` until it is earned, then `available`; what is gone is owed. Never more than
 * what is left of the payment.
 */
export const freezeShares = (
  payment: Readonly<{
    shares: readonly Pick<Share, 'sellerId' | 'amountMinor' | 'refundedMinor'>[];
  }>,
  left: bigint,
  amountMinor: bigint,
  standings: readonly Standing[],
): readonly FrozenShare[] => {
  const weights = payment.shares.map((share) => share.amountMinor - share.refundedMinor);
  const covered = least(amountMinor, floor(left));
  if (covered === 0n) return [];
  const parts = allocate(covered, weights);
  return payment.shares
    .map(({ sellerId }, i): FrozenShare => {
      const part = parts[i]!;
      const standing = standings.find((one) => one.sellerId === sellerId);
      const there = (standing?.isEarned ? standing.availableMinor : standing?.pendingMinor) ?? 0n;
      const taken = least(part, floor(there));
      return {
        sellerId,
        pendingMinor: standing?.isEarned ? 0n : taken,
        availableMinor: standing?.isEarned ? taken : 0n,
        owingMinor: part - taken,
      };
    })
    .filter((share) => amountOf(share) > 0n);
};

/** What was frozen goes back: first to what the seller still owes, the rest to where it was. */
export const thawShares = (
  shares: readonly FrozenShare[],
  standings: readonly Standing[],
): readonly FrozenShare[] =>
  shares.map((share) => {
    const standing = standings.find((one) => one.sellerId === share.sellerId);
    const owingMinor = least(share.owingMinor, standing?.owingMinor ?? 0n);
    return {
      ...share,
      owingMinor,
      availableMinor: share.availableMinor + share.owingMinor - owingMinor,
    };
  });

/**
 * What is disputed of a job: first what is still held, whole holds in the order of the contract; the rest
 * was released, and is taken from its payee as a share that was earned.
 */
export const freezeHolds = (
  holds: readonly TakenHold[],
  left: bigint,
  amountMinor: bigint,
  payee: Standing,
): Pick<Chargeback, 'holds' | 'shares'> => {
  let rest = least(amountMinor, floor(left));
  const taken = holds.filter((hold) => {
    if (hold.amountMinor > rest) return false;
    rest -= hold.amountMinor;
    return true;
  });
  const share = { sellerId: payee.sellerId, amountMinor: 1n, refundedMinor: 0n };
  const standings = [{ ...payee, isEarned: true }];
  return { holds: taken, shares: freezeShares({ shares: [share] }, rest, rest, standings) };
};

const partsOf = (shares: readonly FrozenShare[], { isSplit }: Pick<Head, 'isSplit'>) =>
  shares.map((share) => ({
    names: { seller: share.sellerId },
    amounts: {
      pending: share.pendingMinor,
      available: isSplit ? 0n : share.availableMinor,
      collected: isSplit ? share.availableMinor : 0n,
      owing: share.owingMinor,
      amount: amountOf(share),
    },
  }));

/** `isSplit`: of a split payment, of which a seller that earned it has the money. */
type Head = Readonly<{ entryId: string; chargeback: Chargeback; isSplit?: boolean }>;

const headOf = ({ entryId, chargeback }: Head) => ({
  id: entryId,
  causeId: chargeback.id,
  about: {
    paymentId: chargeback.paymentId,
    ...(chargeback.orderId === null ? {} : { orderId: chargeback.orderId }),
    ...(chargeback.jobId === null ? {} : { jobId: chargeback.jobId }),
  },
});

/** Nothing is booked where no share covers anything: a hold is frozen where it is. */
export const freezeEntry = (head: Head): JournalEntry | undefined =>
  head.chargeback.shares.length === 0
    ? undefined
    : post('chargeback', headOf(head), {
        currency: head.chargeback.amount.currency,
        parts: partsOf(head.chargeback.shares, head),
      });

export const wonEntry = (head: Head, thawed: readonly FrozenShare[]): JournalEntry | undefined =>
  head.chargeback.shares.length === 0
    ? undefined
    : post('chargeback_won', headOf(head), {
        currency: head.chargeback.amount.currency,
        parts: partsOf(thawed, head),
      });

/** The provider keeps the money: holds, the sellers' frozen parts, and ours where they covered less. */
export const lostEntry = (head: Omit<Head, 'isSplit'>): JournalEntry => {
  const { chargeback } = head;
  return post('chargeback_lost', headOf(head), {
    currency: chargeback.amount.currency,
    names: { provider: chargeback.provider },
    amounts: {
      total: chargeback.amount.amountMinor,
      loss: chargeback.amount.amountMinor - chargeback.frozenMinor,
      commission: 0n,
    },
    parts: [
      ...partsOf(chargeback.shares, {}).map(({ names, amounts }) => ({
        names: { ...names, hold: '', jurisdiction: '' },
        amounts: { ...amounts, held: 0n, tax: 0n },
      })),
      ...chargeback.holds.map(({ holdId, amountMinor }) => ({
        names: { seller: '', hold: holdId, jurisdiction: '' },
        amounts: { amount: 0n, held: amountMinor, tax: 0n, collected: 0n },
      })),
    ],
  });
};

/**
 * Of a split payment the provider takes the money from the seller, and our fee back in proportion. Where
 * the sale was earned, that fee was our commission and its tax, which go back with it. What no share
 * covers is between the seller and the provider.
 */
export const lostSplitEntry = (
  head: Omit<Head, 'isSplit'>,
  sale: Readonly<{
    split: Split;
    amountMinor: bigint;
    refundedMinor: bigint;
    lines: readonly Pick<SoldLine, 'commissionMinor' | 'commissionTaxMinor' | 'jurisdiction'>[];
  }>,
): JournalEntry => {
  const { chargeback } = head;
  const { frozenMinor, shares } = chargeback;
  const moved = partOf(sale.split, sale.amountMinor, sale.refundedMinor, frozenMinor);
  const isEarned = shares.some(({ availableMinor }) => availableMinor > 0n);
  const reversed = feeReversed(isEarned ? sale.lines : [], isEarned ? moved.total : 0n);
  const collected = isEarned ? frozenMinor : moved.collected;
  const nothing = { amount: 0n, held: 0n, tax: 0n, collected: 0n };
  return post('chargeback_lost', headOf(head), {
    currency: chargeback.amount.currency,
    names: { provider: chargeback.provider },
    amounts: { total: moved.total, loss: 0n, commission: reversed.commissionMinor },
    parts: [
      ...shares.map((share) => ({
        names: { seller: share.sellerId, hold: '', jurisdiction: '' },
        amounts: { ...nothing, amount: amountOf(share), collected },
      })),
      ...[...reversed.taxes].map(([jurisdiction, tax]) => ({
        names: { seller: '', hold: '', jurisdiction },
        amounts: { ...nothing, tax },
      })),
    ],
  });
};
