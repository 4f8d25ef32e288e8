import { currencyExponent } from './currencies.ts';
import { formatAmount, moneyFromJson, type MoneyJson } from './money.ts';

export type Language = 'es' | 'en';

/** The region whose people write this currency so; a shop's own currency needs no code there. */
const spanishLocales: Readonly<Record<string, string>> = {
  COP: 'es-CO',
  ARS: 'es-AR',
  MXN: 'es-MX',
  CLP: 'es-CL',
  PEN: 'es-PE',
  UYU: 'es-UY',
  PYG: 'es-PY',
  CRC: 'es-CR',
  DOP: 'es-DO',
  BOB: 'es-BO',
  GTQ: 'es-GT',
  USD: 'es-EC',
};

const formats = new Map<string, Intl.NumberFormat>();

/** Making a format takes longer than all its uses in a mail. */
const formatOf = (locale: string, currency: string, decimals: number): Intl.NumberFormat => {
  const key = `${locale} ${currency} ${decimals}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  formats.set(key, format);
  return format;
};

/**
 * An amount as people of the shop's region write it: `$ 97.800`. Decimals are shown when there are
 * any, since CLDR would round Colombian cents away. Spaces never break a line (experience 2.7).
 */
export const moneyText = (amount: MoneyJson, language: Language, shopCurrency: string): string => {
  const { amountMinor, currency } = moneyFromJson(amount);
  const exponent = currencyExponent(currency) ?? 2;
  const isWhole = amountMinor % 10n ** BigInt(exponent) === 0n;
  const locale = language === 'en' ? 'en-US' : (spanishLocales[shopCurrency] ?? 'es-419');
  const format = formatOf(locale, currency, isWhole ? 0 : exponent);
  // As text, since a double would lose the digits of large amounts.
  const decimal = formatAmount(amountMinor, currency) as `${number}`;
  return format.format(decimal).replace(/[\u202F\u2009 ]/g, '\u00A0');
};
