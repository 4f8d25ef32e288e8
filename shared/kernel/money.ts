import assert from 'node:assert/strict';
import { currencyExponent } from './currencies.ts';

/**
 * An amount in the currency's minor unit: COP 12.50 is { amountMinor: 1250n, currency: 'COP' }.
 * A bigint, because a Bogotá invoice in pesos leaves 32 bits and sums must never round.
 */
export type Money = Readonly<{ amountMinor: bigint; currency: string }>;

/** Money inside events and stored state, where JSON has no bigint: digits in a string. */
export type MoneyJson = Readonly<{ amountMinor: string; currency: string }>;

/** The largest amount that Plaza books, in minor units (reliability L6). */
export const largestAmountMinor = 10_000_000_000_000n;

export const money = (amountMinor: bigint, currency: string): Money => {
  assert(currencyExponent(currency) !== undefined, `${currency} is not a currency Plaza knows`);
  return { amountMinor, currency };
};

export const addMoney = (a: Money, b: Money): Money => {
  assert.equal(a.currency, b.currency, 'currencies must not mix');
  return money(a.amountMinor + b.amountMinor, a.currency);
};

export const multiplyMoney = (amount: Money, times: number): Money => {
  assert(Number.isSafeInteger(times), 'a multiplier is a whole number');
  return money(amount.amountMinor * BigInt(times), amount.currency);
};

export const sumMoney = (amounts: readonly Money[], currency: string): Money =>
  amounts.reduce(addMoney, money(0n, currency));

/**
 * Splits `total` in proportion to `weights` by the largest-remainder method: the parts always add
 * up to the whole, and equal remainders favour the earlier part. Weights are not negative and not
 * all zero; the result has one part a weight.
 */
export const allocate = (total: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const sum = weights.reduce((a, b) => a + b, 0n);
  assert(sum > 0n && weights.every((weight) => weight >= 0n), 'weights are positive in sum');
  assert(total >= 0n, 'only an amount that is not negative is split');
  const parts = weights.map((weight) => (total * weight) / sum);
  const rest = Number(total - parts.reduce((a, b) => a + b, 0n));
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .toSorted((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
  for (const { index } of byRemainder.slice(0, rest)) parts[index]! += 1n;
  return parts;
};

/** Why a text is not an amount. */
export type AmountFault = 'not_a_decimal' | 'too_many_decimals' | 'too_large';

/**
 * Reads a decimal such as `899.99` into minor units of `currency`. More decimals than the currency
 * has are refused, never rounded, zeros too: `12.500` may be twelve and a half or, in Bogotá, twelve
 * thousand five hundred.
 */
export const parseAmount = (
  text: string,
  currency: string,
): { amountMinor: bigint } | { fault: AmountFault } => {
  const exponent = currencyExponent(currency);
  assert(exponent !== undefined, `${currency} is not a currency Plaza knows`);
  const match = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/.exec(text);
  if (!match) return { fault: 'not_a_decimal' };
  const [, sign, whole, decimals = ''] = match;
  if (decimals.length > exponent) return { fault: 'too_many_decimals' };
  const digits = BigInt(`${whole}${decimals.padEnd(exponent, '0')}`);
  if (digits > largestAmountMinor) return { fault: 'too_large' };
  return { amountMinor: sign ? -digits : digits };
};

/** The decimal that stands on the wire: `formatAmount(1250n, 'COP')` is `12.50`. */
export const formatAmount = (amountMinor: bigint, currency: string): string => {
  const exponent = currencyExponent(currency);
  assert(exponent !== undefined, `${currency} is not a currency Plaza knows`);
  const sign = amountMinor < 0n ? '-' : '';
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor)
    .toString()
    .padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
};

export const moneyToJson = ({ amountMinor, currency }: Money): MoneyJson => ({
  amountMinor: amountMinor.toString(),
  currency,
});

export const moneyFromJson = ({ amountMinor, currency }: MoneyJson): Money =>
  money(BigInt(amountMinor), currency);
