import { isCountry } from '#shared/kernel/countries.ts';
import {
  bareCode,
  documentFault,
  documentsOf,
  isTaxNumber,
  type Document,
} from '#shared/kernel/identity-documents.ts';
import { tidy } from '#shared/kernel/postal-address.ts';
import { orderError } from './errors.ts';

/** Who gives a receipt: what the law calls the seller, and the number it has for taxes. */
export type Issuer = Readonly<{ legalName: string; country: string; document: Document }>;

const nameMax = 160;
/** C0 and C1 controls, and what turns the direction of text around. */
const unprintable = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

/** In canonical form. Raises `orders.issuer_invalid` with every fault by its pointer. */
export const readIssuer = (given: Issuer): Issuer => {
  const legalName = tidy(given.legalName);
  const isNamed = legalName !== '' && legalName.length <= nameMax && !unprintable.test(legalName);
  const name = isNamed
    ? []
    : [{ pointer: '#/legal_name', code: 'wrong_format', detail: 'is no name to be printed' }];
  if (!isCountry(given.country))
    throw orderError('issuer_invalid', {
      errors: [
        ...name,
        { pointer: '#/country', code: 'not_allowed', detail: 'is no country of ISO 3166-1' },
      ],
    });
  const { type } = given.document;
  const number = bareCode(given.document.number);
  const known = documentsOf(given.country).find((one) => one.type === type);
  const wrong = documentFault(known && isTaxNumber(known) ? known : undefined, number);
  if (name.length > 0 || wrong)
    throw orderError('issuer_invalid', { errors: [...name, ...(wrong ? [wrong] : [])] });
  return { legalName, country: given.country, document: { type, number } };
};
