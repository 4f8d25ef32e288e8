import type { AddressForm } from '../../domain/address-form.ts';
import { addressForms, formOf } from '../../domain/address-forms.ts';
import { isCountry } from '../../domain/countries.ts';
import { usersError } from '../../domain/errors.ts';

export type { AddressForm };

/** Countries with a form of their own. */
export const countriesWithForm: readonly string[] = addressForms.map(({ country }) => country);

/** The form of a country. Raises `users.country_unknown`. */
export const showAddressForm = (country: string): AddressForm => {
  if (!isCountry(country)) throw usersError('country_unknown');
  return formOf(country);
};
