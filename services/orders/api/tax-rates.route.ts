import type { FastifyReply } from 'fastify';
import { Type, type Static } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { versionOf } from '#shared/http/if-match.ts';
import { idOfCursor, pageById } from '#shared/http/page-by-id.ts';
import { idParams, instant, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangeTaxRates, StoredTaxRate } from '../application/commands/change-tax-rates.ts';

const tags = ['orders'];
const fields = {
  jurisdiction: Type.String({
    pattern: '^[A-Z]{2}(-[A-Z0-9]{1,3})?$',
    description: 'a country, or a part of one, as ISO 3166 names it',
    examples: ['CO'],
  }),
  tax_class: Type.String({
    pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
    maxLength: 40,
    description: 'how the catalog says that a product is taxed',
    examples: ['standard', 'reduced', 'exempt'],
  }),
  code: Type.String({ pattern: '^[\\w.%/-]{1,20}$', examples: ['IVA-19'] }),
  rate_basis_points: Type.Integer({
    minimum: 0,
    maximum: 10_000,
    description: 'hundredths of a per cent: 1900 is 19 %',
  }),
} as const;
const addBody = strict({ ...fields, valid_from: Type.Optional(instant) });
const replaceBody = strict({ ...fields, valid_from: instant });
const rateSchema = Type.Object({
  id: uuid,
  ...fields,
  valid_from: instant,
  version: Type.Integer(),
  created_at: instant,
  updated_at: instant,
});

const toRateJson = (rate: StoredTaxRate) => ({
  id: rate.id,
  jurisdiction: rate.jurisdiction,
  tax_class: rate.taxClass,
  code: rate.code,
  rate_basis_points: rate.rateBasisPoints,
  valid_from: rate.validFrom,
  version: rate.version,
  created_at: rate.createdAt,
  updated_at: rate.updatedAt,
});

const toTerms = (body: Static<typeof addBody>) => ({
  jurisdiction: body.jurisdiction,
  taxClass: body.tax_class,
  code: body.code,
  rateBasisPoints: body.rate_basis_points,
});

const send = (reply: FastifyReply, rate: StoredTaxRate) =>
  reply
    .header('etag', `"${rate.version}"`)
    .header('cache-control', 'no-store')
    .send(toRateJson(rate));

export const taxRateRoutes = (rates: ChangeTaxRates): Routes => {
  const access = { roles: ['admin'] } as const;
  const reading = { access, scope: 'orders:read' } as const;
  const writing = { access, scope: 'orders:write' } as const;
  return async (app) => {
    app.get(
      '/tax-rates',
      {
        config: reading,
        schema: {
          operationId: 'listTaxRates',
          summary: 'Tax rates of the shop, oldest first',
          tags,
          querystring: strict(pageQuery),
          response: { 200: page(rateSchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor } = request.query;
        const after = idOfCursor(cursor);
        const found = await rates.list({ limit: limit + 1, ...(after ? { after } : {}) });
        return reply.header('cache-control', 'no-store').send(pageById(found, limit, toRateJson));
      },
    );

    app.get(
      '/tax-rates/:id',
      {
        config: reading,
        schema: {
          operationId: 'getTaxRate',
          summary: 'A tax rate',
          tags,
          params: idParams,
          response: { 200: rateSchema },
        },
      },
      async (request, reply) => send(reply, await rates.show(request.params.id)),
    );

    app.post(
      '/tax-rates',
      {
        config: writing,
        schema: {
          operationId: 'addTaxRate',
          summary: 'Adds a tax rate; prices include tax, so orders from then on show it',
          tags,
          body: addBody,
          response: { 201: rateSchema },
        },
      },
      async (request, reply) => {
        const { valid_from: validFrom } = request.body;
        const rate = await rates.add({
          ...toTerms(request.body),
          ...(validFrom === undefined ? {} : { validFrom }),
        });
        return send(reply.code(201).header('location', `/api/v1/tax-rates/${rate.id}`), rate);
      },
    );

    app.put(
      '/tax-rates/:id',
      {
        config: writing,
        schema: {
          operationId: 'replaceTaxRate',
          summary: 'Replaces a tax rate; orders that are placed keep theirs',
          description: 'Needs If-Match with its version.',
          tags,
          params: idParams,
          body: replaceBody,
          response: { 200: rateSchema },
        },
      },
      async (request, reply) => {
        const terms = { ...toTerms(request.body), validFrom: request.body.valid_from };
        const replaced = await rates.replace(request.params.id, versionOf(request), terms);
        if (replaced === 'stale') throw httpError('stale');
        return send(reply, replaced);
      },
    );

    app.delete(
      '/tax-rates/:id',
      {
        config: writing,
        schema: {
          operationId: 'removeTaxRate',
          summary: 'Removes a tax rate; orders that are placed keep theirs',
          description: 'Needs If-Match with its version.',
          tags,
          params: idParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        if ((await rates.remove(request.params.id, versionOf(request))) === 'stale')
          throw httpError('stale');
        return reply.code(204).send(null);
      },
    );
  };
};
