import type { FieldError } from './errors.ts';
import type { AddressField, AddressForm } from './address-form.ts';
import { formOf } from './address-forms.ts';
import { isCountry } from './countries.ts';
import { bareCode, readDocument, type Document } from './identity-documents.ts';

export type { Document };

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

const canonicalOf = ({ pattern }: AddressField, value: string): string =>
  pattern === undefined ? tidy(value) : bareCode(value);

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
  const read = given.document && readDocument({ country, ...given.document });
  const wrong = read && 'fault' in read ? [read.fault] : [];
  if (faults.length > 0 || wrong.length > 0) return { faults: [...faults, ...wrong] };
  const document =
    read && 'document' in read ? { type: read.document.type, number: read.document.number } : null;
  const { phoneNumber } = given;
  return { address: { recipient: tidy(given.recipient), phoneNumber, country, fields, document } };
};
