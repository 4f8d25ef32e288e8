import { currencyExponent } from '#shared/kernel/currencies.ts';
import { money, type Money } from '#shared/kernel/money.ts';

/**
 * Decimals that Mercado Pago takes in each currency it charges in. Our books keep pesos of Colombia
 * with two (ISO 4217), and it takes whole ones: such an amount is refused here, never rounded.
 */
const wireExponents: ReadonlyMap<string, number> = new Map([
  ...'ARS BOB BRL CRC DOP EUR GTQ MXN PAB PEN USD UYU VES'
    .split(' ')
    .map((code) => [code, 2] as const),
  ...'CLP COP HNL NIO PYG'.split(' ').map((code) => [code, 0] as const),
]);

/** An amount that Mercado Pago would refuse or round; nothing was sent. */
export class AmountNotSendable extends Error {
  override readonly name = 'AmountNotSendable';
}

/** Decimals on the wire; undefined when Mercado Pago does not charge in `currency`. */
export const wireExponent = (currency: string): number | undefined => wireExponents.get(currency);

/** The decimal text of an amount, with just the decimals that the provider takes. */
const toWireText = ({ amountMinor, currency }: Money): string => {
  const wire = wireExponent(currency);
  const iso = currencyExponent(currency);
  if (wire === undefined || iso === undefined)
    throw new AmountNotSendable(`Mercado Pago does not charge in ${currency}`);
  if (amountMinor < 0n) throw new AmountNotSendable('an amount is not negative');
  const unit = 10n ** BigInt(iso - wire);
  if (amountMinor % unit !== 0n)
    throw new AmountNotSendable(`${amountMinor} minor units of ${currency} are no whole wire unit`);
  const digits = (amountMinor / unit).toString().padStart(wire + 1, '0');
  return wire === 0 ? digits : `${digits.slice(0, -wire)}.${digits.slice(-wire)}`;
};

/** Node has it (ES2026), the compiler's library not yet. */
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };

/** A number of the Payments API. It is written by its digits: a float never holds the amount. */
export const toWireNumber = (amount: Money): unknown => rawJSON(toWireText(amount));

/** A string of the Orders API. */
export const toWireString = (amount: Money): string => toWireText(amount);

const numberPattern = /^(-?)(\d{1,20})(?:\.(\d{1,20}))?(?:[eE]([+-]?\d{1,2}))?$/;

/**
 * Reads the text of a JSON number, or a string of the Orders API, into minor units: digit by digit,
 * so no cent is lost. Undefined when it is no decimal, or finer than the currency in our books.
 */
export const fromWireText = (text: string, currency: string): Money | undefined => {
  const iso = currencyExponent(currency);
  const match = numberPattern.exec(text);
  if (iso === undefined || !match) return undefined;
  const [, sign, whole, decimals = '', exponent = '0'] = match;
  const shift = Number(exponent) - decimals.length + iso;
  const digits = BigInt(`${whole}${decimals}`);
  if (shift < 0 && digits % 10n ** BigInt(-shift) !== 0n) return undefined;
  const minor = shift < 0 ? digits / 10n ** BigInt(-shift) : digits * 10n ** BigInt(shift);
  return money(sign ? -minor : minor, currency);
};
