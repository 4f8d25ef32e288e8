import { Type, type Static } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { OrderContact } from '../application/guest-ports.ts';

/** No control characters and nothing that a mail reader makes a link of, as at registration. */
const fullName = Type.String({
  minLength: 1,
  maxLength: 120,
  pattern: '^(?=.*\\S)[^\\p{Cc}<>/\\\\@]+$',
  examples: ['Ana Restrepo'],
});
const phoneNumber = Type.String({
  pattern: '^\\+[1-9][0-9]{6,14}$',
  description: 'E.164',
  examples: ['+573001234567'],
});
export const country = Type.String({
  pattern: '^[A-Z]{2}$',
  description: 'ISO 3166-1',
  examples: ['CO'],
});
const value = Type.String({ maxLength: 300, pattern: '^[^\\p{Cc}]*$' });
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

export const addressBody = strict({
  full_name: fullName,
  phone_number: Type.Optional(nullable(phoneNumber)),
  country,
  fields: Type.Record(Type.String({ maxLength: 40 }), value, {
    maxProperties: 20,
    description: 'by the keys of GET /address-forms/{country}',
  }),
  document: Type.Optional(
    nullable(
      strict({
        type: Type.String({ maxLength: 10 }),
        number: Type.String({ minLength: 1, maxLength: 40 }),
      }),
    ),
  ),
});

const buyerDocument = strict(
  {
    country,
    type: Type.String({
      minLength: 1,
      maxLength: 10,
      description: 'one of `documents` of GET /address-forms/{country}',
      examples: ['NIT'],
    }),
    number: Type.String({ minLength: 1, maxLength: 40, examples: ['890.903.938-8'] }),
  },
  { description: 'what taxes name the buyer by; on the receipt, and in no event' },
);

export const contactBody = strict({
  email: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
  full_name: Type.Optional(fullName),
  phone_number: Type.Optional(nullable(phoneNumber)),
  language: Type.Optional(Type.Union([Type.Literal('es'), Type.Literal('en')])),
  document: Type.Optional(nullable(buyerDocument)),
});

type Address = NonNullable<OrderContact['address']>;

export const toGivenAddress = (given: Static<typeof addressBody>): Address => ({
  recipient: given.full_name,
  phoneNumber: given.phone_number ?? null,
  country: given.country,
  fields: given.fields,
  document: given.document ?? null,
});

const text = nullable(Type.String());

export const contactSchema = Type.Object({
  email: text,
  full_name: text,
  phone_number: text,
  address: nullable(
    Type.Object({
      full_name: Type.String(),
      phone_number: text,
      country: Type.String(),
      fields: Type.Record(Type.String(), Type.String()),
      document: nullable(Type.Object({ type: Type.String(), number: Type.String() })),
    }),
  ),
  document: nullable(
    Type.Object({ country: Type.String(), type: Type.String(), number: Type.String() }),
  ),
});

const toAddressJson = ({ recipient, phoneNumber, country: code, fields, document }: Address) => ({
  full_name: recipient,
  phone_number: phoneNumber,
  country: code,
  fields,
  document,
});

export const toContactJson = ({
  email,
  fullName,
  phoneNumber,
  address,
  document,
}: OrderContact) => ({
  email,
  full_name: fullName,
  phone_number: phoneNumber,
  address: address && toAddressJson(address),
  document,
});
