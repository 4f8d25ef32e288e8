import type { AddressForm } from '#shared/kernel/address-form.ts';
import { addressForms, formOf } from '#shared/kernel/address-forms.ts';
import { isCountry } from '#shared/kernel/countries.ts';
import { usersError } from '../../domain/errors.ts';

export type { AddressForm };

/** Countries with a form of their own. */
export const countriesWithForm: readonly string[] = addressForms.map(({ country }) => country);

/** The form of a country. Raises `users.country_unknown`. */
export const showAddressForm = (country: string): AddressForm => {
  if (!isCountry(country)) throw usersError('country_unknown');
  return formOf(country);
};
