import type { FieldError } from './errors.ts';
import type { AddressField, AddressForm, IdentityDocument } from './address-form.ts';
import { formOf } from './address-forms.ts';
import { isCountry } from './countries.ts';

/** A paper that says who somebody is. */
export type Document = Readonly<{ type: string; number: string }>;

/** A place that post can be sent to. */
export type PostalAddress = Readonly<{
  recipient: string;
  phoneNumber: string | null;
  country: string;
  /** By the keys of the country's form. */
  fields: Readonly<Record<string, string>>;
  document: Document | null;
}>;

/** A text as it is meant: one space where people leave several, none at the ends. */
export const tidy = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

/** Codes are written with spaces, dots and hyphens, or without. */
const bare = (text: string): string => text.replace(/[\s.\-/]/g, '').toUpperCase();

const canonicalOf = ({ pattern }: AddressField, value: string): string =>
  pattern === undefined ? tidy(value) : bare(value);

const fault = (pointer: string, code: string, detail: string): FieldError => ({
  pointer: `#/${pointer}`,
  code,
  detail,
});

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const fieldFault = (field: AddressField, value: string): FieldError | undefined => {
  const { key, isRequired, maxLength, pattern, options } = field;
  const at = `fields/${key}`;
  if (value === '') return isRequired ? fault(at, 'required', 'must be given') : undefined;
  if (value.length > maxLength)
    return fault(at, 'too_long', `has more than ${maxLength} characters`);
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    return fault(at, 'wrong_format', 'does not look like one of this country');
  if (options && !options.includes(value)) return fault(at, 'not_allowed', 'is not one of these');
  return undefined;
};

/** Why a number in canonical form is no such document; `known` is undefined where there is none. */
export const documentFault = (
  known: IdentityDocument | undefined,
  number: string,
): FieldError | undefined => {
  if (!known) return fault('document/type', 'not_allowed', 'is no document of this country');
  if (!new RegExp(known.pattern, 'u').test(number))
    return fault('document/number', 'wrong_format', 'does not look like one');
  if (known.isValid && !known.isValid(number))
    return fault('document/number', 'check_digit', 'has a digit that is wrong');
  return undefined;
};

const readFields = (form: AddressForm, given: Readonly<Record<string, string>>) => {
  const keys = new Set(form.fields.map(({ key }) => key));
  const unknown = Object.keys(given)
    .filter((key) => !keys.has(key))
    .map((key) =>
      fault(`fields/${escapePointer(key)}`, 'unknown_field', 'is no field of this country'),
    );
  const values = form.fields.map(
    (field) =>
      [
        field,
        canonicalOf(field, (Object.hasOwn(given, field.key) && given[field.key]) || ''),
      ] as const,
  );
  const faults = values.flatMap(([field, value]) => fieldFault(field, value) ?? []);
  const fields = Object.fromEntries(
    values.filter(([, value]) => value !== '').map(([{ key }, value]) => [key, value]),
  );
  return { fields, faults: [...unknown, ...faults] };
};

/** The address in canonical form, or every fault by its JSON Pointer within the address. */
export const readPostalAddress = (
  given: PostalAddress,
): Readonly<{ address: PostalAddress } | { faults: readonly FieldError[] }> => {
  const { country } = given;
  if (!isCountry(country))
    return { faults: [fault('country', 'not_allowed', 'is no country of ISO 3166-1')] };
  const form = formOf(country);
  const { fields, faults } = readFields(form, given.fields);
  const document = given.document && {
    type: given.document.type,
    number: bare(given.document.number),
  };
  const wrong =
    document &&
    documentFault(
      form.documents.find(({ type }) => type === document.type),
      document.number,
    );
  if (faults.length > 0 || wrong) return { faults: [...faults, ...(wrong ? [wrong] : [])] };
  const { phoneNumber } = given;
  return { address: { recipient: tidy(given.recipient), phoneNumber, country, fields, document } };
};
