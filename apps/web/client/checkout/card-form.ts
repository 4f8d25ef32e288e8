import type { FieldFailure } from '../api/problems.ts';
import type { Card } from './paying.ts';

const digitsOf = (text: string): string => text.replaceAll(/\D/g, '');

/** `4242 4242 4242 4242`, as it stands on the card. */
export const spaceCardNumber = (text: string): string =>
  digitsOf(text)
    .slice(0, 19)
    .replaceAll(/(\d{4})(?=\d)/g, '$1 ');

/** `04 / 29`, as it is printed, while it is typed. */
export const shapeExpiry = (text: string, before: string): string => {
  const digits = digitsOf(text).slice(0, 4);
  // Who deletes the slash wants the digit before it gone too.
  if (text.length < before.length && before.startsWith(text) && /^\d\d ?\/?$/.test(text))
    return digits.slice(0, text.endsWith('/') || text.endsWith(' ') ? 1 : 2);
  return digits.length < 2 ? digits : `${digits.slice(0, 2)} / ${digits.slice(2)}`;
};

const isLuhn = (digits: string): boolean =>
  Array.from(digits)
    .toReversed()
    .reduce((sum, char, i) => {
      const doubled = Number(char) * (i % 2 === 1 ? 2 : 1);
      return sum + (doubled > 9 ? doubled - 9 : doubled);
    }, 0) %
    10 ===
  0;

type Typed = Readonly<Record<'number' | 'expiry' | 'holder' | 'security_code', string>>;

const fault = (code: string): FieldFailure => ({ code, params: {}, detail: code });

/** The card, or what is wrong at which field. The server has the last word, and these words are the same. */
export const readCard = (
  typed: Typed,
  now: Date,
): Readonly<{ card: Card } | { fields: Readonly<Record<string, FieldFailure>> }> => {
  const number = digitsOf(typed.number);
  const [month = '', year = ''] = typed.expiry.split('/').map(digitsOf);
  const fields: Record<string, FieldFailure> = {};
  if (number.length < 12 || !isLuhn(number)) fields['number'] = fault('card_number');
  const expiryMonth = Number(month);
  const expiryYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  const isDate = expiryMonth >= 1 && expiryMonth <= 12 && expiryYear >= 2000;
  if (!isDate) fields['expiry'] = fault('card_expiry');
  else if (expiryYear * 12 + expiryMonth < now.getFullYear() * 12 + now.getMonth() + 1)
    fields['expiry'] = fault('card_expired');
  const code = digitsOf(typed.security_code);
  if (!/^\d{3,4}$/.test(code)) fields['security_code'] = fault('card_code');
  if (Object.keys(fields).length > 0) return { fields };
  return {
    card: {
      number,
      expiry_month: expiryMonth,
      expiry_year: expiryYear,
      holder: typed.holder.trim(),
      security_code: code,
    },
  };
};
