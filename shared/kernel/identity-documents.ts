import type { FieldError } from './errors.ts';
import { generalPapers, papersByCountry, type IdentityDocument } from './identity-papers.ts';

export type { IdentityDocument };

/** A paper that says who somebody is. */
export type Document = Readonly<{ type: string; number: string }>;
/** A paper, and the country whose it is. */
export type IssuedDocument = Document & Readonly<{ country: string }>;

const taxNumbers = 'NIT RFC CUIT RUT RUC CPF CNPJ RNC CEDULA JURIDICA ID'.split(' ');

/** Whether taxes are paid by this number; in countries without papers of their own any may be one. */
export const isTaxNumber = ({ type }: IdentityDocument): boolean => taxNumbers.includes(type);

/** The papers that people have in a country (ISO 3166-1); elsewhere any number will do. */
export const documentsOf = (country: string): readonly IdentityDocument[] =>
  papersByCountry.get(country) ?? generalPapers;

/** Codes are written with spaces, dots, hyphens and slashes, or without. */
export const bareCode = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s.\-/]/g, '')
    .toUpperCase();

/** Why a number in canonical form is no such document; `known` is undefined where there is none. */
export const documentFault = (
  known: IdentityDocument | undefined,
  number: string,
): FieldError | undefined => {
  const at = { pointer: '#/document/number' };
  if (!known)
    return {
      pointer: '#/document/type',
      code: 'not_allowed',
      detail: 'is no document of this country',
    };
  const params = { type: known.type, example: known.example };
  if (!new RegExp(known.pattern, 'u').test(number))
    return { ...at, code: 'wrong_format', detail: 'does not look like one', params };
  if (known.isValid && !known.isValid(number))
    return { ...at, code: 'check_digit', detail: 'has a digit that is wrong', params };
  return undefined;
};

/** A document in canonical form, or why it is none, by the JSON Pointer within what holds it. */
export const readDocument = (
  given: IssuedDocument,
): Readonly<{ document: IssuedDocument } | { fault: FieldError }> => {
  const { country, type } = given;
  const number = bareCode(given.number);
  const known = documentsOf(country).find((one) => one.type === type);
  const fault = documentFault(known, number);
  return fault ? { fault } : { document: { country, type, number } };
};

/** The number as people there write it, as far as that is one way. */
export const documentText = ({ country, type, number }: IssuedDocument): string => {
  const known = documentsOf(country).find((one) => one.type === type);
  return `${type} ${known?.write?.(number) ?? number}`;
};

/** Enough for who knows the number to see which it is, and too little for everybody else. */
export const maskedDocument = ({ type, number }: Document): string =>
  `${type} ···· ${bareCode(number).slice(-3)}`;
