import type { FastifyReply } from 'fastify';
import { Type, type Static } from 'typebox';
import { readAmount } from '#shared/http/amounts.ts';
import { httpError } from '#shared/http/errors.ts';
import { versionOf } from '#shared/http/if-match.ts';
import { idOfCursor, pageById } from '#shared/http/page-by-id.ts';
import {
  amount,
  amountInput,
  currency,
  idParams,
  instant,
  page,
  pageQuery,
  strict,
  uuid,
} from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { currencyExponent } from '#shared/kernel/currencies.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type {
  ChangeCommissionRules,
  CommissionRule,
} from '../application/commands/change-commission-rules.ts';

const tags = ['payments'];
const basisPoints = Type.Integer({
  minimum: 0,
  maximum: 10_000,
  description: 'hundredths of a per cent: 1250 is 12.5 %',
});
const nullableId = Type.Union([uuid, Type.Null()]);
const jurisdiction = Type.String({
  pattern: '^[A-Z]{2}(-[A-Z0-9]{1,3})?$',
  description: 'whose tax is on the commission, as ISO 3166 names it',
  examples: ['CO'],
});
const fields = {
  seller_id: Type.Optional(nullableId),
  category_id: Type.Optional(nullableId),
  rate_basis_points: basisPoints,
  fixed: Type.Optional(
    Type.Array(strict({ amount: amountInput, currency }), {
      maxItems: 20,
      description: 'for each line besides, one amount a currency',
    }),
  ),
  tax_rate_basis_points: Type.Optional(basisPoints),
  jurisdiction,
} as const;
const addBody = strict({ ...fields, valid_from: Type.Optional(instant) });
const replaceBody = strict({ ...fields, valid_from: instant });

const ruleSchema = Type.Object({
  id: uuid,
  seller_id: nullableId,
  category_id: nullableId,
  rate_basis_points: Type.Integer(),
  fixed: Type.Array(Type.Object({ amount, currency })),
  tax_rate_basis_points: Type.Integer(),
  jurisdiction: Type.String(),
  valid_from: instant,
  version: Type.Integer(),
  created_at: instant,
  updated_at: instant,
});

const toRuleJson = (rule: CommissionRule) => ({
  id: rule.id,
  seller_id: rule.sellerId,
  category_id: rule.categoryId,
  rate_basis_points: rule.rateBasisPoints,
  fixed: Object.entries(rule.fixedMinor).map(([code, minor]) => ({
    amount: formatAmount(minor, code),
    currency: code,
  })),
  tax_rate_basis_points: rule.taxRateBasisPoints,
  jurisdiction: rule.jurisdiction,
  valid_from: rule.validFrom,
  version: rule.version,
  created_at: rule.createdAt,
  updated_at: rule.updatedAt,
});

const wrongCurrency = (index: number, code: 'unknown' | 'repeated') => {
  const detail = code === 'unknown' ? 'is no currency that Plaza knows' : 'stands there twice';
  return httpError('validation', {
    errors: [{ pointer: `#/fixed/${index}/currency`, code, detail }],
  });
};

const toTerms = (body: Static<typeof addBody>) => ({
  sellerId: body.seller_id ?? null,
  categoryId: body.category_id ?? null,
  rateBasisPoints: body.rate_basis_points,
  fixedMinor: Object.fromEntries(
    (body.fixed ?? []).map(({ amount: value, currency: code }, i, all) => {
      if (currencyExponent(code) === undefined) throw wrongCurrency(i, 'unknown');
      if (all.findIndex((one) => one.currency === code) < i) throw wrongCurrency(i, 'repeated');
      return [code, readAmount(value, code, `/fixed/${i}/amount`)];
    }),
  ),
  taxRateBasisPoints: body.tax_rate_basis_points ?? 0,
  jurisdiction: body.jurisdiction,
});

const send = (reply: FastifyReply, rule: CommissionRule) =>
  reply
    .header('etag', `"${rule.version}"`)
    .header('cache-control', 'no-store')
    .send(toRuleJson(rule));

export const commissionRuleRoutes = (rules: ChangeCommissionRules): Routes => {
  const access = { roles: ['admin'] } as const;
  const reading = { access, scope: 'payments:read' } as const;
  const writing = { access, scope: 'payments:write' } as const;
  return async (app) => {
    app.get(
      '/commission-rules',
      {
        config: reading,
        schema: {
          operationId: 'listCommissionRules',
          summary: 'What the operator keeps of sales, oldest rule first',
          tags,
          querystring: strict(pageQuery),
          response: { 200: page(ruleSchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor } = request.query;
        const after = idOfCursor(cursor);
        const found = await rules.list({ limit: limit + 1, ...(after ? { after } : {}) });
        return reply.header('cache-control', 'no-store').send(pageById(found, limit, toRuleJson));
      },
    );

    app.get(
      '/commission-rules/:id',
      {
        config: reading,
        schema: {
          operationId: 'getCommissionRule',
          summary: 'A rule of commission',
          tags,
          params: idParams,
          response: { 200: ruleSchema },
        },
      },
      async (request, reply) => send(reply, await rules.show(request.params.id)),
    );

    app.post(
      '/commission-rules',
      {
        config: writing,
        schema: {
          operationId: 'addCommissionRule',
          summary: 'Adds a rule; the most specific one that is valid when an order is placed wins',
          description:
            'Seller and category before seller, before category (the nearest of the tree), before ' +
            'the rule for everything; of rules for the same the one that is valid last.',
          tags,
          body: addBody,
          response: { 201: ruleSchema },
        },
      },
      async (request, reply) => {
        const { valid_from: validFrom } = request.body;
        const rule = await rules.add({
          ...toTerms(request.body),
          ...(validFrom === undefined ? {} : { validFrom }),
        });
        return send(
          reply.code(201).header('location', `/api/v1/commission-rules/${rule.id}`),
          rule,
        );
      },
    );

    app.put(
      '/commission-rules/:id',
      {
        config: writing,
        schema: {
          operationId: 'replaceCommissionRule',
          summary: 'Replaces a rule; what is sold keeps its commission',
          description: 'Needs If-Match with its version.',
          tags,
          params: idParams,
          body: replaceBody,
          response: { 200: ruleSchema },
        },
      },
      async (request, reply) => {
        const terms = { ...toTerms(request.body), validFrom: request.body.valid_from };
        const replaced = await rules.replace(request.params.id, versionOf(request), terms);
        if (replaced === 'stale') throw httpError('stale');
        return send(reply, replaced);
      },
    );

    app.delete(
      '/commission-rules/:id',
      {
        config: writing,
        schema: {
          operationId: 'removeCommissionRule',
          summary: 'Removes a rule; what is sold keeps its commission',
          description: 'Needs If-Match with its version.',
          tags,
          params: idParams,
          response: { 204: Type.Null() },
        },
      },
      async (request, reply) => {
        if ((await rules.remove(request.params.id, versionOf(request))) === 'stale')
          throw httpError('stale');
        return reply.code(204).send(null);
      },
    );
  };
};
