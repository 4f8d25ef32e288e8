import { currencyExponent } from '#shared/kernel/currencies.ts';
import type { Money } from '#shared/kernel/money.ts';

/**
 * Whether a provider that takes `wireExponent` decimals of the currency can be sent this amount as it
 * is. What is finer would be rounded there, and then another sum charged than the order's.
 */
export const fitsWire = ({ amountMinor, currency }: Money, wireExponent: number | undefined) => {
  const exponent = currencyExponent(currency);
  if (exponent === undefined || wireExponent === undefined) return false;
  if (wireExponent >= exponent) return true;
  return amountMinor % 10n ** BigInt(exponent - wireExponent) === 0n;
};
