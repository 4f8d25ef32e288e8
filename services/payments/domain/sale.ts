import assert from 'node:assert/strict';
import { allocate } from '#shared/kernel/money.ts';
import { post, type JournalEntry } from './posting.ts';
import { subjectOf, type Payment, type RefundedLine, type Share } from './payment.ts';
import { partOf } from './split.ts';

/** One line of what was sold, with the commission that was frozen then and what went back of it. */
export type SoldLine = Readonly<{
  /** A variant stands once in an order. */
  variantId: string;
  sellerId: string;
  quantity: number;
  amountMinor: bigint;
  commissionMinor: bigint;
  commissionTaxMinor: bigint;
  /** Whose tax is on the commission; null without a rule. */
  jurisdiction: string | null;
  refundedQuantity: number;
  /** Asked for and not settled: promised to the refunds by line that are under way. */
  refundingQuantity: number;
  refundedMinor: bigint;
  refundingMinor: bigint;
  /** What disputes that are open or lost took of it. */
  disputedMinor: bigint;
  commissionRefundedMinor: bigint;
  commissionTaxRefundedMinor: bigint;
}>;

type Fees = Readonly<{ commissionMinor: bigint; commissionTaxMinor: bigint }>;

/**
 * How much of a line's commission and tax has gone back when `refundedMinor` of it has: in proportion,
 * rounded down for the cumulated refund, both together first. So a full refund gives back all, no
 * refund takes anything back again, and what is left always covers what is left of the fees.
 */
export const feesGivenBack = (
  line: Readonly<{ amountMinor: bigint }> & Fees,
  refundedMinor: bigint,
): Fees => {
  const { amountMinor, commissionMinor, commissionTaxMinor } = line;
  const fees = commissionMinor + commissionTaxMinor;
  if (fees === 0n) return { commissionMinor: 0n, commissionTaxMinor: 0n };
  const back = (fees * refundedMinor) / amountMinor;
  const commissionBack = (commissionMinor * back) / fees;
  return { commissionMinor: commissionBack, commissionTaxMinor: back - commissionBack };
};

/** What of a line neither went back, nor is promised to a refund by line, nor has a bank. */
export const leftOf = (line: SoldLine): bigint =>
  line.amountMinor - line.refundedMinor - line.refundingMinor - line.disputedMinor;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const sumOf = <T>(items: readonly T[], of: (item: T) => bigint): bigint =>
  items.reduce((sum, item) => sum + of(item), 0n);

/** Throws when lines are not what is charged for them: such a message waits for a person. */
export const assertLinesAddUp = (
  lines: readonly Readonly<{ amountMinor: bigint }>[],
  totalMinor: bigint,
): void =>
  assert.equal(
    sumOf(lines, (line) => line.amountMinor),
    totalMinor,
    'the lines do not add up to the total',
  );

/** `total` in proportion to `weights`; of nothing every part is nothing. */
const split = (total: bigint, weights: readonly bigint[]): readonly bigint[] =>
  total === 0n ? weights.map(() => 0n) : allocate(total, weights);

/**
 * A free amount over the lines: over the sellers in proportion to what each still has, then over the
 * lines of each likewise, by largest remainder. What other refunds were promised is left alone.
 */
const splitOverLines = (lines: readonly SoldLine[], amountMinor: bigint): readonly bigint[] => {
  const ofSeller = Map.groupBy(lines, (line) => line.sellerId);
  const sellers = [...ofSeller.values()];
  const parts = split(
    amountMinor,
    sellers.map((own) => sumOf(own, leftOf)),
  );
  const partOf = new Map<string, bigint>();
  sellers.forEach((own, i) => {
    const ofLines = split(parts[i]!, own.map(leftOf));
    own.forEach((line, n) => partOf.set(line.variantId, ofLines[n]!));
  });
  return lines.map((line) => partOf.get(line.variantId)!);
};

const refundLine = (
  line: SoldLine,
  amountMinor: bigint,
  promisedQuantity: number,
): RefundedLine => {
  // What a dispute took has given back its part of the fees, as if it had been refunded.
  const before = line.refundedMinor + line.disputedMinor;
  const [was, is] = [feesGivenBack(line, before), feesGivenBack(line, before + amountMinor)];
  const leftQuantity = line.quantity - line.refundedQuantity - line.refundingQuantity;
  // Nothing is left of the line: all its pieces have gone back, whoever asked for an amount only.
  const isAll = line.amountMinor === before + amountMinor + line.refundingMinor;
  const rest: Fees = {
    commissionMinor: line.commissionMinor - line.commissionRefundedMinor,
    commissionTaxMinor: line.commissionTaxMinor - line.commissionTaxRefundedMinor,
  };
  // A dispute that was open meanwhile may have moved a rounding: the last refund gives back the rest.
  const isLast = line.amountMinor === line.refundedMinor + amountMinor;
  const part: Fees = {
    commissionMinor: is.commissionMinor - was.commissionMinor,
    commissionTaxMinor: is.commissionTaxMinor - was.commissionTaxMinor,
  };
  return {
    variantId: line.variantId,
    quantity: isAll ? promisedQuantity + leftQuantity : promisedQuantity,
    amountMinor,
    commissionMinor: isLast
      ? rest.commissionMinor
      : least(part.commissionMinor, rest.commissionMinor),
    commissionTaxMinor: isLast
      ? rest.commissionTaxMinor
      : least(part.commissionTaxMinor, rest.commissionTaxMinor),
  };
};

/** What a refund takes of each line: what was promised to it, or its part of a free amount. */
export const refundLines = (
  lines: readonly SoldLine[],
  refund: Readonly<{
    amountMinor: bigint;
    lines: readonly Pick<RefundedLine, 'variantId' | 'quantity' | 'amountMinor'>[] | null;
  }>,
): readonly RefundedLine[] => {
  if (refund.lines === null)
    return splitOverLines(lines, refund.amountMinor).flatMap((part, i) =>
      part === 0n ? [] : [refundLine(lines[i]!, part, 0)],
    );
  return refund.lines.map(({ variantId, quantity, amountMinor }) => {
    const line = lines.find((one) => one.variantId === variantId);
    assert(line, `${variantId} was not sold`);
    const promisedToOthers = line.refundingMinor - amountMinor;
    return refundLine({ ...line, refundingMinor: promisedToOthers }, amountMinor, quantity);
  });
};

/** What a refund takes from a seller that has earned its share already. */
export type TakenBack = Readonly<{
  sellerId: string;
  grossMinor: bigint;
  commissionMinor: bigint;
  taxMinor: bigint;
  netMinor: bigint;
}>;

export type SettledRefund = Readonly<{
  shares: readonly Share[];
  lines: readonly RefundedLine[];
  takenBack: readonly TakenBack[];
  /** What the provider took from the one seller of a split payment, who had earned it. */
  takenAtSellerMinor: bigint;
  entry: JournalEntry;
}>;

/**
 * What a completed refund changes: lines, shares, what sellers lose that have earned theirs, and the
 * entry that books it. Before delivery the commission was never taken, so only the gross goes back.
 */
export const settleRefund = (
  payment: Payment,
  lines: readonly SoldLine[],
  refund: Readonly<{
    id: string;
    amountMinor: bigint;
    lines: readonly Pick<RefundedLine, 'variantId' | 'quantity' | 'amountMinor'>[] | null;
  }>,
  entryId: string,
): SettledRefund => {
  const refunded = refundLines(lines, refund);
  const soldOf = new Map(lines.map((line) => [line.variantId, line]));
  const ofSeller = Map.groupBy(refunded, ({ variantId }) => soldOf.get(variantId)!.sellerId);
  const takenOf = (sellerId: string): TakenBack => {
    const own = ofSeller.get(sellerId) ?? [];
    const grossMinor = sumOf(own, (line) => line.amountMinor);
    const commissionMinor = sumOf(own, (line) => line.commissionMinor);
    const taxMinor = sumOf(own, (line) => line.commissionTaxMinor);
    const netMinor = grossMinor - commissionMinor - taxMinor;
    return { sellerId, grossMinor, commissionMinor, taxMinor, netMinor };
  };
  const taken = payment.shares.map(({ sellerId }) => takenOf(sellerId));
  const shares = payment.shares.map((share, i) => ({
    ...share,
    refundedMinor: share.refundedMinor + taken[i]!.grossMinor,
    commissionRefundedMinor: share.commissionRefundedMinor + taken[i]!.commissionMinor,
    commissionTaxRefundedMinor: share.commissionTaxRefundedMinor + taken[i]!.taxMinor,
  }));
  const isEarned = (i: number): boolean => payment.shares[i]!.earnedAt !== null;
  const takenBack = taken.filter(({ grossMinor }, i) => isEarned(i) && grossMinor > 0n);
  const earnedBy = new Set(takenBack.map(({ sellerId }) => sellerId));
  const taxes = Map.groupBy(
    refunded.filter(({ variantId }) => earnedBy.has(soldOf.get(variantId)!.sellerId)),
    ({ variantId }) => soldOf.get(variantId)!.jurisdiction ?? '',
  );
  const moved = partOf(
    payment.split,
    payment.amount.amountMinor,
    payment.refundedMinor,
    refund.amountMinor,
  );
  const isTakenAtSeller = payment.split !== undefined && takenBack.length > 0;
  const entry = post(
    takenBack.length > 0 ? 'refund_after_earning' : 'refund',
    {
      id: entryId,
      causeId: refund.id,
      about: subjectOf(payment),
    },
    {
      currency: payment.amount.currency,
      names: { provider: payment.provider },
      amounts: {
        total: moved.total,
        commission: sumOf(takenBack, (one) => one.commissionMinor),
      },
      parts: [
        ...taken.map((one, i) => {
          const pending = isEarned(i) ? 0n : one.grossMinor;
          const net = isEarned(i) ? one.netMinor : 0n;
          const names = { seller: one.sellerId, jurisdiction: '' };
          const { collected } = moved;
          // Of what a seller has there the provider took `collected`, and `net` was to be taken.
          const taken = isTakenAtSeller ? collected : 0n;
          const left = net - taken;
          const own = { net: left > 0n ? left : 0n, more: left < 0n ? -left : 0n };
          return {
            names,
            amounts: { amount: pending, pending, ...own, collected, taken, tax: 0n },
          };
        }),
        ...[...taxes].map(([jurisdiction, own]) => ({
          names: { seller: '', jurisdiction },
          amounts: {
            amount: 0n,
            pending: 0n,
            net: 0n,
            more: 0n,
            collected: 0n,
            taken: 0n,
            tax: sumOf(own, (line) => line.commissionTaxMinor),
          },
        })),
      ],
    },
  );
  const takenAtSellerMinor = isTakenAtSeller ? moved.collected : 0n;
  return { shares, lines: refunded, takenBack, takenAtSellerMinor, entry };
};
