import { formOf } from '#shared/kernel/address-forms.ts';
import type { DemoCountry } from './countries/demo-countries.ts';
import type { Place } from './countries/country.ts';

/** As the API takes it. */
export type DemoAddress = Readonly<{
  full_name: string;
  phone_number: string;
  country: string;
  fields: Readonly<Record<string, string>>;
}>;

const partOf = (key: string, place: Place): string | undefined => {
  switch (key) {
    case 'department':
    case 'state':
    case 'region':
      return place.region;
    case 'province':
      return place.province ?? place.region;
    case 'municipality':
    case 'locality':
    case 'commune':
    case 'district':
    case 'canton':
    case 'city':
      return place.city;
    case 'neighbourhood':
      return place.neighbourhood;
    case 'postal_code':
      return place.postalCode;
    default:
      return undefined;
  }
};

/** The region of a place, as the sales are counted by it. */
export const regionIn = ({ fields }: DemoAddress): string | undefined =>
  fields['department'] ?? fields['state'] ?? fields['province'] ?? fields['region'];

/** An address by the form of its country; `index` tells neighbours and their telephones apart. */
export const addressOf = (
  country: DemoCountry,
  place: Place,
  fullName: string,
  index: number,
): DemoAddress => {
  const { prefix, digits } = country.mobile;
  const lines = formOf(country.code).fields.flatMap(({ key }) => {
    const line =
      key === 'street' ? country.houseOn(place.street, 120 + 37 * index) : partOf(key, place);
    return line === undefined ? [] : [[key, line] as const];
  });
  return {
    full_name: fullName,
    phone_number: `${prefix}${String(101 + 7 * index).padStart(digits, '0')}`,
    country: country.code,
    fields: Object.fromEntries(lines),
  };
};
