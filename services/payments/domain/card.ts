import { paymentError } from './errors.ts';

/** A card as it is typed. Lives for one request: it is never stored, logged or put in a message. */
export type Card = Readonly<{ number: string; expiryMonth: number; expiryYear: number }>;

const brands: readonly (readonly [brand: string, pattern: RegExp])[] = [
  ['visa', /^4/],
  ['mastercard', /^(5[1-5]|2[2-7])/],
  ['amex', /^3[47]/],
];

const passesLuhn = (number: string): boolean => {
  const sum = number
    .split('')
    .toReversed()
    .reduce((total, digit, i) => {
      const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return sum % 10 === 0;
};

/** Checks what a typing error would break (ISO/IEC 7812-1) and says what may be kept of it. */
export const describeCard = (
  card: Card,
  now: Date,
): Readonly<{ number: string; brand: string; last4: string }> => {
  const number = card.number.replaceAll(/[ -]/g, '');
  if (!/^\d{13,19}$/.test(number) || !passesLuhn(number)) throw paymentError('card_number_invalid');
  const endOfMonth = Date.UTC(card.expiryYear, card.expiryMonth, 1);
  if (endOfMonth <= now.getTime()) throw paymentError('card_expired');
  const brand = brands.find(([, pattern]) => pattern.test(number))?.[0] ?? 'card';
  return { number, brand, last4: number.slice(-4) };
};
