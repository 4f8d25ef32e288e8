import type { FieldError } from '../kernel/errors.ts';
import { parseAmount } from '../kernel/money.ts';
import { httpError } from './errors.ts';

const faults = {
  not_a_decimal: 'is not a decimal number',
  too_many_decimals: 'has more decimals than the currency',
  too_large: 'is larger than any amount that is booked',
  negative: 'must not be negative',
} as const;

/**
 * Reads a price field into minor units, or raises `http.validation` with its pointer. A JSON number
 * counts as the decimal that it prints as; beyond what a double holds exactly it is refused.
 */
export const readAmount = (value: string | number, currency: string, pointer: string): bigint => {
  const result =
    typeof value === 'number' && Math.abs(value) > 1e12
      ? { fault: 'too_large' as const }
      : parseAmount(String(value), currency);
  if ('amountMinor' in result && result.amountMinor >= 0n) return result.amountMinor;
  const code = 'fault' in result ? result.fault : 'negative';
  throw httpError('validation', { errors: [fieldError(pointer, code, { currency })] });
};

const fieldError = (
  pointer: string,
  code: keyof typeof faults,
  params: Readonly<Record<string, unknown>>,
): FieldError => ({ pointer: `#${pointer}`, code, detail: faults[code], params });
