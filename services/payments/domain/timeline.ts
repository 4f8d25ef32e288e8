import type { PostingLine } from './posting.ts';

/** An entry as a timeline needs it. */
export type TimelineEntry = Readonly<{
  id: string;
  causeType: string;
  recordedAt: string;
  lines: readonly PostingLine[];
}>;

export type Viewer =
  | Readonly<{ is: 'staff' }>
  | Readonly<{ is: 'buyer' }>
  | Readonly<{ is: 'seller'; id: string }>;

/** One movement as somebody sees it: `code` names the sentence, amounts fill it. */
export type Movement = Readonly<{
  entryId: string;
  at: string;
  code: string;
  amountMinor: bigint;
  currency: string;
  /** What changed on each account that the viewer may see; credits less debits. */
  changes: readonly Readonly<{ account: string; amountMinor: bigint }>[];
}>;

/** What concerns the person who paid; the rest is between the platform and others. */
const ofBuyers: ReadonlySet<string> = new Set([
  'capture',
  'refund',
  'refund_after_earning',
  'surplus',
  'surplus_refund',
  'chargeback',
  'chargeback_won',
  'chargeback_lost',
  'escrow_funding',
  'escrow_release',
  'escrow_refund',
  'escrow_split',
]);

const absolute = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

const changesOf = (lines: readonly PostingLine[]): ReadonlyMap<string, bigint> => {
  const changes = new Map<string, bigint>();
  for (const { account, side, amountMinor } of lines)
    changes.set(
      account,
      (changes.get(account) ?? 0n) + (side === 'credit' ? amountMinor : -amountMinor),
    );
  return changes;
};

/** What all debits of an entry come to: as much as was moved. */
const movedBy = (lines: readonly PostingLine[]): bigint =>
  lines.reduce((sum, line) => sum + (line.side === 'debit' ? line.amountMinor : 0n), 0n);

const sumOfSide = (lines: readonly PostingLine[], wanted: PostingLine['side']): bigint =>
  lines.reduce((sum, { side, amountMinor }) => sum + (side === wanted ? amountMinor : 0n), 0n);

/** Of a buyer's money: what came in or went out, else what changed hands on the way. */
const buyersAmount = (lines: readonly PostingLine[]): bigint => {
  const atSeller = lines.filter(({ account }) => account.endsWith(':collected'));
  const disputed = lines.filter(({ account }) => account.endsWith(':disputed'));
  // Of a split payment our fee comes and goes with what a dispute takes from the seller.
  if (atSeller.length > 0 && disputed.length > 0)
    return movedBy(disputed) || sumOfSide(disputed, 'credit');
  const outside = [...lines.filter(({ account }) => account.startsWith('provider:')), ...atSeller];
  if (outside.length === 0) return movedBy(lines);
  if (atSeller.length === 0)
    return absolute([...changesOf(outside).values()].reduce((a, b) => a + b, 0n));
  const [came, went] = [sumOfSide(outside, 'debit'), sumOfSide(outside, 'credit')];
  return came > went ? came : went;
};

/** Of a seller's money: what it may have now, else what it waits for or what is frozen. */
const sellersAmount = (changes: ReadonlyMap<string, bigint>): bigint => {
  const sumOf = (...endings: readonly string[]): bigint =>
    [...changes]
      .filter(([account]) => endings.some((ending) => account.endsWith(ending)))
      .reduce((sum, [, change]) => sum + change, 0n);
  return absolute(
    sumOf(':available', ':owing') || sumOf(':pending') || sumOf(':disputed') || sumOf(':collected'),
  );
};

/**
 * What happened to the money of one order or job, in the order of time, as the viewer may see it:
 * staff every line, a seller its own, a buyer what it paid and what came back.
 */
export const timelineOf = (
  entries: readonly TimelineEntry[],
  viewer: Viewer,
): readonly Movement[] =>
  entries.flatMap(({ id, causeType, recordedAt, lines }) => {
    const byCurrency = Map.groupBy(lines, ({ currency }) => currency);
    return [...byCurrency].flatMap(([currency, all]): readonly Movement[] => {
      const head = { entryId: id, at: recordedAt, code: causeType, currency };
      const listed = (of: ReadonlyMap<string, bigint>) =>
        [...of]
          .filter(([, amountMinor]) => amountMinor !== 0n)
          .map(([account, amountMinor]) => ({ account, amountMinor }));
      if (viewer.is === 'staff')
        return [{ ...head, amountMinor: movedBy(all), changes: listed(changesOf(all)) }];
      if (viewer.is === 'buyer')
        return ofBuyers.has(causeType)
          ? [{ ...head, amountMinor: buyersAmount(all), changes: [] }]
          : [];
      const own = all.filter(({ account }) => account.startsWith(`seller:${viewer.id}:`));
      const changes = changesOf(own);
      // What a provider took from a seller who has it: it stands on both sides of the same account.
      const amountMinor = sellersAmount(changes) || movedBy(own);
      return own.length === 0 ? [] : [{ ...head, amountMinor, changes: listed(changes) }];
    });
  });
