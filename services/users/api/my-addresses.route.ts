import type { Static } from 'typebox';
import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { KeepAddresses } from '../application/commands/keep-addresses.ts';
import type { NewAddress } from '../application/ports.ts';
import {
  address,
  country,
  fullName,
  keepPrivate,
  nullable,
  phoneNumber,
  problems,
  tags,
  toAddressJson,
} from './schemas.ts';

const value = Type.String({ maxLength: 300, pattern: '^[^\\p{Cc}]*$' });

const body = strict({
  label: nullable(Type.String({ minLength: 1, maxLength: 60, pattern: '^[^\\p{Cc}]+$' })),
  full_name: fullName,
  phone_number: nullable(phoneNumber),
  country,
  fields: Type.Record(Type.String({ maxLength: 40 }), value, {
    maxProperties: 20,
    description: 'by the keys of GET /address-forms/{country}',
  }),
  document: Type.Optional(
    Type.Union([
      strict({
        type: Type.String({ maxLength: 10 }),
        number: Type.String({ minLength: 1, maxLength: 40 }),
      }),
      Type.Null(),
    ]),
  ),
  is_default_shipping: Type.Optional(Type.Boolean()),
  is_default_billing: Type.Optional(Type.Boolean()),
});

const toNewAddress = (given: Static<typeof body>): NewAddress => ({
  label: given.label ?? null,
  recipient: given.full_name,
  phoneNumber: given.phone_number ?? null,
  country: given.country,
  fields: given.fields,
  document: given.document ?? null,
  isDefaultShipping: given.is_default_shipping,
  isDefaultBilling: given.is_default_billing,
});

const list = {
  operationId: 'listMyAddresses',
  tags,
  summary: 'My addresses, the oldest first; at most 50',
  response: { 200: Type.Object({ items: Type.Array(address) }), ...problems },
};
const show = {
  operationId: 'getMyAddress',
  tags,
  summary: 'One of my addresses',
  params: idParams,
  response: { 200: address, ...problems },
};
const add = {
  operationId: 'addMyAddress',
  tags,
  summary: 'Add an address by the form of its country; the first is the default',
  body,
  response: { 201: address, ...problems },
};
const replace = {
  operationId: 'replaceMyAddress',
  tags,
  summary: 'Replace an address; a default that is not given stays',
  params: idParams,
  body,
  response: { 200: address, ...problems },
};
const remove = {
  operationId: 'removeMyAddress',
  tags,
  summary: 'Remove an address; a default that goes leaves none',
  params: idParams,
  response: { 204: Type.Null(), ...problems },
};

export const myAddressesRoutes =
  (keepAddresses: KeepAddresses): Routes =>
  async (app) => {
    const config = { access: 'account' } as const;
    app.addHook('onRequest', keepPrivate);
    app.get('/users/me/addresses', { config, schema: list }, async (request) => {
      const found = await keepAddresses.list(requirePrincipal(request).id);
      return { items: found.map(toAddressJson) };
    });
    app.get('/users/me/addresses/:id', { config, schema: show }, async (request) =>
      toAddressJson(await keepAddresses.show(requirePrincipal(request).id, request.params.id)),
    );
    app.post('/users/me/addresses', { config, schema: add }, async (request, reply) => {
      const { id } = requirePrincipal(request);
      const added = await keepAddresses.add(id, toNewAddress(request.body));
      return reply
        .code(201)
        .header('location', `/api/v1/users/me/addresses/${added.id}`)
        .send(toAddressJson(added));
    });
    app.put('/users/me/addresses/:id', { config, schema: replace }, async (request) => {
      const { id } = requirePrincipal(request);
      const given = toNewAddress(request.body);
      return toAddressJson(await keepAddresses.replace(id, request.params.id, given));
    });
    app.delete('/users/me/addresses/:id', { config, schema: remove }, async (request, reply) => {
      await keepAddresses.remove(requirePrincipal(request).id, request.params.id);
      return reply.code(204).send(null);
    });
  };
