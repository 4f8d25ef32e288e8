import type { IdentityDocument } from './identity-documents.ts';

/** One line of a country's form, in the order in which people there write it. */
export type AddressField = Readonly<{
  key: string;
  label: Readonly<Record<'es' | 'en', string>>;
  isRequired: boolean;
  maxLength: number;
  /** Of the canonical value; undefined: any text. */
  pattern?: string;
  example?: string;
  /** The only values that there are; undefined: any. */
  options?: readonly string[];
}>;

export type AddressForm = Readonly<{
  /** ISO 3166-1; `*` stands for every other country. */
  country: string;
  /** Before the number of a telephone there; undefined in the general form. */
  callingCode?: string;
  fields: readonly AddressField[];
  documents: readonly IdentityDocument[];
}>;

type More = Readonly<Partial<Omit<AddressField, 'key' | 'label'>>>;

/** A line that must be given. */
export const field = (key: string, es: string, en: string, more: More = {}): AddressField => ({
  key,
  label: { es, en },
  isRequired: true,
  maxLength: 120,
  ...more,
});

/** A line that may be left out. */
export const optional = (key: string, es: string, en: string, more: More = {}): AddressField =>
  field(key, es, en, { ...more, isRequired: false });

/** Every country has these two. */
export const street = field('street', 'Dirección', 'Street address', { maxLength: 200 });
export const details = optional('details', 'Complemento', 'Apartment, unit, floor', {
  maxLength: 200,
});
