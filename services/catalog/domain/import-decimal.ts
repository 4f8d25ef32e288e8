import { currencyExponent } from '#shared/kernel/currencies.ts';
import { parseAmount } from '#shared/kernel/money.ts';

export type DecimalFault =
  | 'not_a_decimal'
  | 'ambiguous'
  | 'too_many_decimals'
  | 'too_large'
  | 'negative';

/**
 * Reads a price as people write it in a spreadsheet: `48900`, `48.900,00`, `48,900.00`, `$ 12,5`.
 * `12.500` alone may be twelve and a half or twelve thousand five hundred; the file decides by its
 * delimiter (`;` comes with decimal commas), the currency when it has no decimals, and otherwise
 * nobody does: it is refused.
 */
export const readDecimal = (
  text: string,
  currency: string,
  usesDecimalComma: boolean,
): { amountMinor: bigint } | { fault: DecimalFault } => {
  const bare = text.replaceAll(/[\s$]|[A-Z]{3}/g, '');
  const plain = toPlain(bare, usesDecimalComma, currencyExponent(currency) ?? 2);
  if (typeof plain !== 'string') return plain;
  const result = parseAmount(plain, currency);
  if ('amountMinor' in result && result.amountMinor < 0n) return { fault: 'negative' };
  return result;
};

const toPlain = (
  text: string,
  usesDecimalComma: boolean,
  exponent: number,
): string | { fault: DecimalFault } => {
  const [dots, commas] = [text.split('.').length - 1, text.split(',').length - 1];
  if (dots > 0 && commas > 0) {
    const decimal = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ',';
    return group(text, decimal === '.' ? ',' : '.', decimal);
  }
  const separator = dots > 0 ? '.' : ',';
  if (dots + commas > 1) return group(text, separator, undefined);
  if (dots + commas === 0) return text;
  // One separator before exactly three digits is where a dot and a comma can be taken for the other.
  if (!/^-?\d{1,3}[.,]\d{3}$/.test(text)) return text.replace(separator, '.');
  if (exponent === 0) return text.replace(separator, '');
  if (usesDecimalComma && separator === '.') return text.replace('.', '');
  return { fault: 'ambiguous' };
};

/** Removes thousands separators that stand where they belong. */
const group = (
  text: string,
  thousands: string,
  decimal: string | undefined,
): string | { fault: DecimalFault } => {
  const [whole, fraction, ...more] = decimal === undefined ? [text] : text.split(decimal);
  const escaped = thousands === '.' ? '\\.' : ',';
  if (more.length > 0 || !new RegExp(`^-?\\d{1,3}(${escaped}\\d{3})+$`).test(whole!))
    return { fault: 'not_a_decimal' };
  const joined = whole!.replaceAll(thousands, '');
  return fraction === undefined ? joined : `${joined}.${fraction}`;
};
