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

/** A number that proves who somebody is, as the country's papers have it. */
export type IdentityDocument = Readonly<{
  type: string;
  label: Readonly<Record<'es' | 'en', string>>;
  /** Of the canonical number: no dots, no spaces, no hyphens, capitals. */
  pattern: string;
  example: string;
  /** Whether the check digit is right; undefined where there is none. */
  isValid?: (number: string) => boolean;
}>;

const taxNumbers = ['NIT', 'RFC', 'CUIT', 'RUT', 'RUC', 'CPF', 'CNPJ', 'ID'];

/** Whether taxes are paid by this number; in countries without a form of their own any may be one. */
export const isTaxNumber = ({ type }: IdentityDocument): boolean => taxNumbers.includes(type);

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
