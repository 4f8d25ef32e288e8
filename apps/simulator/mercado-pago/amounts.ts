/**
 * Money of the simulator: whole hundredths in every currency, which a double holds exactly far
 * beyond what a test charges. It shares no code with what it is there to test.
 */
export type Hundredths = number;

/** Currencies in which only whole units are charged. */
const wholeOnly = new Set(['CLP', 'COP', 'HNL', 'NIO', 'PYG']);
export const currencies =
  'ARS BOB BRL CLP COP CRC DOP EUR GTQ HNL MXN NIO PAB PEN PYG USD UYU VES'.split(' ');

/** Reads a JSON number; undefined when it is no amount that can be charged in the currency. */
export const readAmount = (value: unknown, currency: string): Hundredths | undefined => {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) return undefined;
  const hundredths = Math.round(value * 100);
  // The shortest decimal of the double is what was sent, unless it had more than two decimals.
  if (hundredths / 100 !== value || !Number.isSafeInteger(hundredths)) return undefined;
  return wholeOnly.has(currency) && hundredths % 100 !== 0 ? undefined : hundredths;
};

/** The number of an answer. */
export const toNumber = (hundredths: Hundredths): number => hundredths / 100;

/** Digits for whoever checks the books: no float on their way. */
export const toDecimal = (hundredths: Hundredths): string => {
  const digits = String(hundredths).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/**
 * How much of a marketplace's fee has gone back when `refunded` of the charge has: in proportion, in whole
 * units where there are no others; with the last refund all of it has.
 */
export const feeBackOf = (
  { amount, applicationFee }: Readonly<{ amount: Hundredths; applicationFee: Hundredths }>,
  refunded: Hundredths,
  currency: string,
): Hundredths => {
  const unit = wholeOnly.has(currency) ? 100 : 1;
  if (refunded >= amount) return applicationFee;
  return Number((BigInt(applicationFee) * BigInt(refunded)) / BigInt(amount * unit)) * unit;
};

/** What the provider keeps of a charge, in whole units where there are no others. */
export const feeOf = (amount: Hundredths, currency: string): Hundredths => {
  const unit = wholeOnly.has(currency) ? 100 : 1;
  return Math.round((amount * 0.0329) / unit) * unit;
};
