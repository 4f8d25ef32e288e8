/** How a shop's currency says where it is: the region of its formats and the zone of its days. */
export type Region = Readonly<{ region: string; timeZone: string }>;

const regionOfCurrency: Readonly<Record<string, Region>> = {
  ARS: { region: 'AR', timeZone: 'America/Argentina/Buenos_Aires' },
  BOB: { region: 'BO', timeZone: 'America/La_Paz' },
  BRL: { region: 'BR', timeZone: 'America/Sao_Paulo' },
  CLP: { region: 'CL', timeZone: 'America/Santiago' },
  COP: { region: 'CO', timeZone: 'America/Bogota' },
  CRC: { region: 'CR', timeZone: 'America/Costa_Rica' },
  DOP: { region: 'DO', timeZone: 'America/Santo_Domingo' },
  GTQ: { region: 'GT', timeZone: 'America/Guatemala' },
  HNL: { region: 'HN', timeZone: 'America/Tegucigalpa' },
  MXN: { region: 'MX', timeZone: 'America/Mexico_City' },
  NIO: { region: 'NI', timeZone: 'America/Managua' },
  PEN: { region: 'PE', timeZone: 'America/Lima' },
  PYG: { region: 'PY', timeZone: 'America/Asuncion' },
  USD: { region: 'US', timeZone: 'America/New_York' },
  UYU: { region: 'UY', timeZone: 'America/Montevideo' },
};

/** Where no shop of the region is known, days are those of the world. */
export const regionOf = (currency: string): Region =>
  regionOfCurrency[currency] ?? { region: 'US', timeZone: 'UTC' };
