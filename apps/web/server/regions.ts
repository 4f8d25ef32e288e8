import { countryOfCurrency, placeOfCountry } from '#shared/kernel/shop-places.ts';

/** Where a shop is: the region of its formats and the zone of its days. */
export type Region = Readonly<{ region: string; timeZone: string }>;

/**
 * By its country, and where it has not said one by its currency. Where no shop of the region is known,
 * days are those of the world.
 */
export const regionOf = (currency: string, country: string | null = null): Region => {
  const place = placeOfCountry(country ?? countryOfCurrency(currency) ?? '');
  return place
    ? { region: place.country, timeZone: place.timeZone }
    : { region: 'US', timeZone: 'UTC' };
};
