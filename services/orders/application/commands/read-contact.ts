import { readEmailAddress } from '#shared/kernel/email-address.ts';
import { isCountry } from '#shared/kernel/countries.ts';
import type { FieldError } from '#shared/kernel/errors.ts';
import { readDocument } from '#shared/kernel/identity-documents.ts';
import { readPostalAddress, tidy, type PostalAddress } from '#shared/kernel/postal-address.ts';
import { orderError } from '../../domain/errors.ts';
import { destinationOf } from '../../domain/shipping.ts';
import type { OrderContact } from '../guest-ports.ts';

export { destinationOf };

const fault = (field: string, code: string, detail: string): FieldError => ({
  pointer: `#/contact/${field}`,
  code,
  detail,
});

const readAddress = (given: PostalAddress): PostalAddress => {
  const read = readPostalAddress(given);
  if ('address' in read) return read.address;
  const errors = read.faults.map(({ pointer, ...rest }) => ({
    ...rest,
    pointer: `#/shipping/address${pointer.slice(1)}`,
  }));
  throw orderError('address_invalid', { errors });
};

/** Canonical, or every fault of it. An account's own e-mail is identity's to know. */
const readEmail = (given: string | null, isGuest: boolean) => {
  const email = given === null ? undefined : readEmailAddress(given);
  if (isGuest && given === null)
    return { email, faults: [fault('email', 'required', 'must be given without an account')] };
  if (isGuest && email === undefined)
    return { email, faults: [fault('email', 'wrong_format', 'is not an e-mail address')] };
  if (!isGuest && given !== null)
    return { email, faults: [fault('email', 'not_allowed', 'is that of the account')] };
  return { email, faults: [] };
};

/** What taxes name the buyer by, canonical. A country that is none has no papers either. */
const readBuyerDocument = (given: OrderContact['document']) => {
  if (!given) return { document: null, faults: [] };
  if (!isCountry(given.country))
    return {
      document: null,
      faults: [fault('document/country', 'not_allowed', 'is no country of ISO 3166-1')],
    };
  const read = readDocument(given);
  if ('document' in read) return { document: read.document, faults: [] };
  const { pointer, ...rest } = read.fault;
  return { document: null, faults: [{ ...rest, pointer: `#/contact${pointer.slice(1)}` }] };
};

/** The contact of an order as it is meant. Raises `orders.contact_invalid` or `orders.address_invalid`. */
export const readContact = (given: OrderContact, isGuest: boolean): OrderContact => {
  const { email = null, faults } = readEmail(given.email, isGuest);
  const buyer = readBuyerDocument(given.document);
  const errors = [
    ...faults,
    ...(isGuest && given.fullName === null
      ? [fault('full_name', 'required', 'must be given without an account')]
      : []),
    ...buyer.faults,
  ];
  if (errors.length > 0) throw orderError('contact_invalid', { errors });
  return {
    ...given,
    email,
    fullName: given.fullName === null ? null : tidy(given.fullName),
    address: given.address && readAddress(given.address),
    document: buyer.document,
  };
};
