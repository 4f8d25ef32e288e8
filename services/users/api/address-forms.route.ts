import { Type } from 'typebox';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isTaxNumber } from '#shared/kernel/identity-documents.ts';
import {
  countriesWithForm,
  showAddressForm,
  type AddressForm,
} from '../application/queries/show-address-form.ts';
import { country, problems, tags } from './schemas.ts';

const label = Type.Object({ es: Type.String(), en: Type.String() });
const text = Type.Union([Type.String(), Type.Null()]);

const form = Type.Object({
  country: Type.String({ description: 'ISO 3166-1; `*` is the form of all other countries' }),
  calling_code: text,
  fields: Type.Array(
    Type.Object({
      key: Type.String(),
      label,
      required: Type.Boolean(),
      max_length: Type.Integer(),
      pattern: Type.Union([Type.String(), Type.Null()], {
        description: 'of the value without spaces, dots and hyphens, in capitals',
      }),
      options: Type.Union([Type.Array(Type.String()), Type.Null()]),
      example: text,
    }),
  ),
  documents: Type.Array(
    Type.Object({
      type: Type.String(),
      label,
      pattern: Type.String(),
      example: Type.String(),
      has_check: Type.Boolean({ description: 'the server also checks its digit or its date' }),
      is_tax_number: Type.Boolean({ description: 'a seller’s receipts may name it' }),
    }),
  ),
});

const schema = {
  operationId: 'getAddressForm',
  tags,
  summary: 'The fields of an address there, in their order, and the documents people have',
  params: strict({ country }),
  response: { 200: form, ...problems },
};
const listSchema = {
  operationId: 'listAddressForms',
  tags,
  summary: 'The countries with a form of their own',
  response: { 200: Type.Object({ countries: Type.Array(Type.String()) }), ...problems },
};

const toJson = ({ country: code, callingCode, fields, documents }: AddressForm) => ({
  country: code,
  calling_code: callingCode ?? null,
  fields: fields.map((field) => ({
    key: field.key,
    label: field.label,
    required: field.isRequired,
    max_length: field.maxLength,
    pattern: field.pattern ?? null,
    options: field.options ? [...field.options] : null,
    example: field.example ?? null,
  })),
  documents: documents.map((document) => ({
    type: document.type,
    label: document.label,
    pattern: document.pattern,
    example: document.example,
    has_check: document.isValid !== undefined,
    is_tax_number: isTaxNumber(document),
  })),
});

export const addressFormRoutes = (): Routes => async (app) => {
  const config = { access: 'public' } as const;
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('cache-control', 'public, max-age=3600');
    done();
  });
  app.get('/address-forms', { config, schema: listSchema }, async () => ({
    countries: [...countriesWithForm],
  }));
  app.get('/address-forms/:country', { config, schema }, async (request) =>
    toJson(showAddressForm(request.params.country)),
  );
};
