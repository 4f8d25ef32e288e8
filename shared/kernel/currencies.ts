/**
 * Decimal places of the minor unit by ISO 4217 code, for the currencies of the Americas and the
 * few others a seller there meets. Not taken from Intl: CLDR says 0 where ISO says 2 (COP, PYG
 * apart), and then cents of what the books hold would vanish on screen.
 */
const exponents: ReadonlyMap<string, number> = new Map([
  ...(
    'ARS BOB BRL BZD CAD COP CRC CUP DOP EUR GBP GTQ HNL HTG JMD MXN NIO PAB PEN TTD USD UYU VES ' +
    'AWG BBD BMD BSD GYD KYD SRD XCD CHF CNY'
  )
    .split(' ')
    .map((code) => [code, 2] as const),
  ['CLP', 0],
  ['PYG', 0],
  ['JPY', 0],
  ['UYI', 0],
  ['CLF', 4],
  ['UYW', 4],
  ['KWD', 3],
  ['BHD', 3],
  ['TND', 3],
]);

/** ISO 4217 decimal places of `currency`; undefined when Plaza does not know the code. */
export const currencyExponent = (currency: string): number | undefined => exponents.get(currency);
