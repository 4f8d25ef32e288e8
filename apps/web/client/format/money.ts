const formats = new Map<string, Intl.NumberFormat>();

const formatOf = (locale: string, currency: string, isCompact: boolean): Intl.NumberFormat => {
  const key = `${locale} ${currency} ${isCompact}`;
  const known = formats.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    ...(isCompact ? { notation: 'compact', maximumFractionDigits: 1 } : {}),
  });
  formats.set(key, format);
  return format;
};

/**
 * Versions of ICU differ in which narrow space they put; one no-break space everywhere keeps server
 * and browser equal, and money on one line.
 */
export const withOneSpace = (text: string): string =>
  text.replaceAll(/[\u0020\u2009\u202f]/g, '\u00a0');

/**
 * An amount as it travels: a decimal string beside its currency. Decimals are those that the place
 * writes, such as none for pesos of Colombia. Never by way of a binary number.
 */
export const formatMoney = (amount: string, currency: string, locale: string): string =>
  withOneSpace(formatOf(locale, currency, false).format(amount as Intl.StringNumericLiteral));

/** Short, for figures at a glance: `$1,2 M`. */
export const formatMoneyCompact = (amount: string, currency: string, locale: string): string =>
  withOneSpace(formatOf(locale, currency, true).format(amount as Intl.StringNumericLiteral));

/** `29` of a hundred, rounded down: an offer never promises more than it gives. */
export const percentOff = (price: string, before: string): number => {
  const [now, then] = [Number(price), Number(before)];
  return then > now && now >= 0 ? Math.floor(((then - now) / then) * 100) : 0;
};

export const formatNumber = (value: number, locale: string): string =>
  withOneSpace(new Intl.NumberFormat(locale).format(value));
