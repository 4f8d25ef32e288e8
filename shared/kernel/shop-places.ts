/** What follows from the country of a shop: its money, its days, and what its tax on sales is called. */
export type ShopPlace = Readonly<{
  country: string;
  currency: string;
  timeZone: string;
  tax: string;
}>;

const rows = {
  AR: ['ARS', 'America/Argentina/Buenos_Aires', 'IVA'],
  BO: ['BOB', 'America/La_Paz', 'IVA'],
  BR: ['BRL', 'America/Sao_Paulo', 'ICMS'],
  CL: ['CLP', 'America/Santiago', 'IVA'],
  CO: ['COP', 'America/Bogota', 'IVA'],
  CR: ['CRC', 'America/Costa_Rica', 'IVA'],
  DO: ['DOP', 'America/Santo_Domingo', 'ITBIS'],
  EC: ['USD', 'America/Guayaquil', 'IVA'],
  GT: ['GTQ', 'America/Guatemala', 'IVA'],
  HN: ['HNL', 'America/Tegucigalpa', 'ISV'],
  MX: ['MXN', 'America/Mexico_City', 'IVA'],
  NI: ['NIO', 'America/Managua', 'IVA'],
  PA: ['USD', 'America/Panama', 'ITBMS'],
  PE: ['PEN', 'America/Lima', 'IGV'],
  PY: ['PYG', 'America/Asuncion', 'IVA'],
  SV: ['USD', 'America/El_Salvador', 'IVA'],
  US: ['USD', 'America/New_York', 'Sales tax'],
  UY: ['UYU', 'America/Montevideo', 'IVA'],
} as const satisfies Readonly<Record<string, readonly [string, string, string]>>;

export type ShopCountry = keyof typeof rows;

/** The countries that a shop can be of, by code. */
export const shopCountries = Object.keys(rows).toSorted() as readonly ShopCountry[];

/** Undefined: no country that a shop can be of. */
export const placeOfCountry = (country: string): ShopPlace | undefined => {
  if (!Object.hasOwn(rows, country)) return undefined;
  const [currency, timeZone, tax] = rows[country as ShopCountry];
  return { country, currency, timeZone, tax };
};

/** Where a currency is at home; of those with several homes, the one that makes it. */
export const countryOfCurrency = (currency: string): ShopCountry | undefined =>
  currency === 'USD' ? 'US' : shopCountries.find((country) => rows[country][0] === currency);
