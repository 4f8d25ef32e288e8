import type { PriceRule } from '../prices.ts';

/** A place where people of the example live, by names that the country's addresses have for its parts. */
export type Place = Readonly<{
  /** Department, state, province or region: the part that sales are counted by. */
  region: string;
  /** Between region and city, where a country has it; as the city where it is not given. */
  province?: string;
  city: string;
  neighbourhood: string;
  postalCode?: string;
  /** Of the streets there, one that many towns have. */
  street: string;
}>;

/** Where a seller sends from, and who answers there. */
export type DemoShop = Readonly<{ contactName: string; place: Place }>;

type Rate = Readonly<{ code: string; rateBasisPoints: number }>;

/** What of the example is not the same everywhere. Prices, rates and names are written down, never asked. */
export type DemoCountry = Readonly<{
  /** ISO 3166-1. */
  code: string;
  currency: string;
  /** IANA name, of the capital. */
  timeZone: string;
  prices: PriceRule;
  taxes: Readonly<{
    standard: Rate;
    /** Where a lower rate, or none, is on some of what is sold. */
    reduced: (Rate & Readonly<{ categories: readonly string[] }>) | null;
    exempt: Rate;
  }>;
  /** To all of the country, free from a larger order on; and faster within one region. */
  shipping: Readonly<{
    price: string;
    freeFrom: string;
    fast: Readonly<{ price: string; region: string; name: string }>;
  }>;
  /** Before a mobile number, and how many digits follow. */
  mobile: Readonly<{ prefix: string; digits: number }>;
  /** A street with the number of a house on it. */
  houseOn: (street: string, house: number) => string;
  /** By the user name of the seller. */
  shops: Readonly<Record<string, DemoShop>>;
  /** First names, then surnames; all invented. */
  buyers: readonly string[];
  /** The first is where most live. */
  places: readonly Place[];
}>;
