import { Type } from 'typebox';
import { amount, currency, instant, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { documentText } from '#shared/kernel/identity-documents.ts';
import type { VerifyReceipt } from '../application/queries/verify-receipt.ts';
import { formatMoney } from './order-json.ts';

const schema = {
  operationId: 'verifyReceipt',
  summary: 'Whether a receipt was given here, by its number and the code on it',
  description: 'Says nothing of who bought, or what.',
  tags: ['orders'],
  params: strict({ number: Type.String({ minLength: 1, maxLength: 40, examples: ['PZ-000123'] }) }),
  querystring: strict({ code: Type.String({ minLength: 1, maxLength: 64 }) }),
  response: {
    200: Type.Object({
      number: Type.String(),
      status: Type.String(),
      placed_at: instant,
      total: amount,
      refunded_total: amount,
      currency,
      sellers: Type.Array(Type.Object({ legal_name: Type.String(), document: Type.String() })),
    }),
  },
};

export const verifyReceiptRoute =
  (verify: VerifyReceipt): Routes =>
  async (app) => {
    app.get(
      '/receipts/:number',
      { config: { access: 'public' }, schema },
      async (request, reply) => {
        const { order, issuers } = await verify(request.params.number, request.query.code);
        return reply.header('cache-control', 'no-store').send({
          number: order.number,
          status: order.status,
          placed_at: order.placedAt,
          total: formatMoney(order.total),
          refunded_total: formatMoney(order.refunded),
          currency: order.total.currency,
          sellers: issuers.map((issuer) => ({
            legal_name: issuer.legalName,
            document: documentText({ country: issuer.country, ...issuer.document }),
          })),
        });
      },
    );
  };
