import { allocate, type Money } from '#shared/kernel/money.ts';
import type { SellerLink } from './seller-link.ts';

/**
 * A charge that goes to the seller's own account at the provider, of which only our fee comes to us.
 * Decided and frozen when the payment is opened (ADR 0032).
 */
export type Split = Readonly<{
  /** The seller's id there: whose token charges, reads and refunds. */
  account: string;
  /** What the provider hands to us: the frozen commission and its tax, in whole units of the wire. */
  feeMinor: bigint;
  /** The least that the provider moves in this currency: a hundred minor units for Colombian pesos. */
  unitMinor: bigint;
}>;

/** The largest amount of whole wire units that is not more. */
const inWholeUnits = (minor: bigint, unitMinor: bigint): bigint => minor - (minor % unitMinor);

/** What decides whether a payment is split. */
export type SplitFacts = Readonly<{
  /** The operator turned it on, and the provider can. */
  isOn: boolean;
  /** An order with what is charged for each seller; a job's money is held by us and never split. */
  order:
    | Readonly<{
        amount: Money;
        payBy: Date;
        shares: readonly Readonly<{ sellerId: string; feesMinor: bigint }>[];
      }>
    | undefined;
  link: SellerLink | undefined;
  /** Of the currency, at the provider. */
  unitMinor: bigint;
}>;

/**
 * One seller whose account is linked for as long as the order can be paid: then the charge is split.
 * Everything else is charged to our account. The fee is rounded down: what is left of it the seller owes.
 */
export const decideSplit = (facts: SplitFacts): Split | undefined => {
  const { isOn, order, link, unitMinor } = facts;
  const [share, ...others] = order?.shares ?? [];
  if (!isOn || !order || !share || others.length > 0) return undefined;
  if (link?.sellerId !== share.sellerId || link.endedAt !== null) return undefined;
  if (Date.parse(link.expiresAt) <= order.payBy.getTime()) return undefined;
  const feeMinor = inWholeUnits(share.feesMinor, unitMinor);
  // A charge of which nothing is the seller's is none that a provider would make for them.
  return feeMinor < order.amount.amountMinor
    ? { account: link.account, feeMinor, unitMinor }
    : undefined;
};

/**
 * How much of the fee has gone back when `goneMinor` of the charge has: in proportion, rounded down for
 * all that went, as commission is (sale.ts). So a full refund takes all of it back, and the parts add up.
 */
export const feeGone = (
  { feeMinor, unitMinor }: Split,
  totalMinor: bigint,
  goneMinor: bigint,
): bigint => inWholeUnits((feeMinor * goneMinor) / totalMinor, unitMinor);

/** Where the money of a movement is: with us at the provider, and with the seller there. */
export type Parted = Readonly<{ total: bigint; collected: bigint }>;

/** Of what moves after `beforeMinor` of the charge went back: our part of it, and the seller's. */
export const partOf = (
  split: Split | undefined,
  totalMinor: bigint,
  beforeMinor: bigint,
  amountMinor: bigint,
): Parted => {
  if (!split) return { total: amountMinor, collected: 0n };
  const fee =
    feeGone(split, totalMinor, beforeMinor + amountMinor) - feeGone(split, totalMinor, beforeMinor);
  const total = fee < amountMinor ? fee : amountMinor;
  return { total, collected: amountMinor - total };
};

type FeesOfLine = Readonly<{
  commissionMinor: bigint;
  commissionTaxMinor: bigint;
  jurisdiction: string | null;
}>;

/** A fee that the provider took back, as commission and its tax of the lines that it was taken of. */
export const feeReversed = (
  lines: readonly FeesOfLine[],
  feeMinor: bigint,
): Readonly<{ commissionMinor: bigint; taxes: ReadonlyMap<string, bigint> }> => {
  const taxes = new Map<string, bigint>();
  let commissionMinor = 0n;
  const weights = lines.map((line) => line.commissionMinor + line.commissionTaxMinor);
  const parts = feeMinor === 0n ? [] : allocate(feeMinor, weights);
  parts.forEach((part, i) => {
    const line = lines[i]!;
    const commission = weights[i] === 0n ? 0n : (part * line.commissionMinor) / weights[i]!;
    const jurisdiction = line.jurisdiction ?? '';
    commissionMinor += commission;
    taxes.set(jurisdiction, (taxes.get(jurisdiction) ?? 0n) + part - commission);
  });
  return { commissionMinor, taxes };
};
