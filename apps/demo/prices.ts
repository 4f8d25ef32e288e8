import { formatAmount } from '#shared/kernel/money.ts';

/** The prices of the catalogue are in pesos of Colombia. */
const catalogueExponent = 100n;

/** How prices of a size are written: a multiple of `step`, less `less`; both in minor units. */
export type Ending = Readonly<{
  /** For prices below this; undefined: for all that are left. */
  below?: bigint;
  step: bigint;
  less: bigint;
}>;

/** What a peso of the catalogue is in local money, and how shops there round. */
export type PriceRule = Readonly<{
  currency: string;
  /** Minor units of local money for so many pesos: what people there pay for such things, not a rate of exchange. */
  minor: bigint;
  pesos: bigint;
  /** Smallest prices first; none: the price stays as it is. */
  endings: readonly Ending[];
}>;

const pesosMinorOf = (price: string): bigint => {
  const [whole, cents = ''] = price.split('.');
  return BigInt(whole!) * catalogueExponent + BigInt(cents.padEnd(2, '0'));
};

const endingOf = (rule: PriceRule, minor: bigint): Ending | undefined =>
  rule.endings.find(({ below }) => below === undefined || minor < below);

const unroundedOf = (rule: PriceRule, price: string): bigint =>
  (pesosMinorOf(price) * rule.minor) / (rule.pesos * catalogueExponent);

const rounded = (minor: bigint, ending: Ending | undefined): bigint => {
  if (!ending) return minor;
  const { step, less } = ending;
  const times = (minor + less + step / 2n) / step;
  return (times > 0n ? times : 1n) * step - less;
};

/** The local price of what costs `price` pesos in the catalogue, as shops there write it. */
export const localPrice = (rule: PriceRule, price: string): string => {
  const minor = unroundedOf(rule, price);
  return formatAmount(rounded(minor, endingOf(rule, minor)), rule.currency);
};

/** A price that was higher before: above the local price too, however they round. */
export const localPriceAbove = (rule: PriceRule, higher: string, price: string): string => {
  const [minor, now] = [unroundedOf(rule, higher), unroundedOf(rule, price)];
  const ending = endingOf(rule, minor);
  const [before, after] = [rounded(minor, ending), rounded(now, endingOf(rule, now))];
  const isAbove = before > after || !ending;
  return formatAmount(isAbove ? before : after + ending.step, rule.currency);
};
