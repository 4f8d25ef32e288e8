import { money, type Money } from '#shared/kernel/money.ts';

/** The operator's rate for a kind of product at one moment. */
export type TaxRate = Readonly<{
  /** The operator's name of it, such as `IVA-19`. */
  code: string;
  jurisdiction: string;
  /** Hundredths of a per cent. */
  rateBasisPoints: number;
}>;

/** The tax that is in what a buyer pays for a line: net and tax add up to it. */
export type IncludedTax = TaxRate & Readonly<{ net: Money; tax: Money }>;

/** What an order holds at one rate. */
export type TaxTotal = TaxRate & Readonly<{ net: Money; tax: Money; gross: Money }>;

/** Takes the tax out of a price that includes it: rounded once for the line, half up. */
export const taxIncludedIn = (gross: Money, rate: TaxRate): IncludedTax => {
  const { code, jurisdiction, rateBasisPoints } = rate;
  const [part, whole] = [BigInt(rateBasisPoints), 10_000n + BigInt(rateBasisPoints)];
  const tax = (2n * gross.amountMinor * part + whole) / (2n * whole);
  return {
    net: money(gross.amountMinor - tax, gross.currency),
    tax: money(tax, gross.currency),
    code,
    jurisdiction,
    rateBasisPoints,
  };
};

/** How much of what a buyer pays for these lines is tax. */
export const taxOf = (
  lines: readonly Readonly<{ total: Money; tax?: IncludedTax }>[],
  currency: string,
): Money =>
  money(
    lines.reduce((sum, { tax }) => sum + (tax?.tax.amountMinor ?? 0n), 0n),
    currency,
  );

/** Sums of the lines' own taxes by rate, never reckoned anew: they add up exactly. */
export const taxTotalsOf = (
  lines: readonly Readonly<{ total: Money; tax?: IncludedTax }>[],
): readonly TaxTotal[] => {
  const totals = new Map<string, TaxTotal>();
  for (const { total, tax } of lines) {
    if (!tax) continue;
    const { code, jurisdiction, rateBasisPoints } = tax;
    const key = `${jurisdiction} ${code} ${rateBasisPoints}`;
    const nothing = money(0n, total.currency);
    const before = totals.get(key) ?? { net: nothing, tax: nothing, gross: nothing };
    const plus = (a: Money, b: Money): Money => money(a.amountMinor + b.amountMinor, a.currency);
    totals.set(key, {
      code,
      jurisdiction,
      rateBasisPoints,
      net: plus(before.net, tax.net),
      tax: plus(before.tax, tax.tax),
      gross: plus(before.gross, total),
    });
  }
  return [...totals.values()].toSorted((a, b) => b.rateBasisPoints - a.rateBasisPoints);
};
