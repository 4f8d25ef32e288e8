import { Type } from 'typebox';
import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { idParams, page, pageQuery, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { ReadPayments } from '../application/queries/read-payments.ts';
import { refundSchema, refundStatus, toRefundJson } from './payment-json.ts';

const tags = ['payments'];
const isId = (value: unknown): boolean => typeof value === 'string' && isUuid(value);

export const refundListRoutes =
  ({ readPayments }: Readonly<{ readPayments: ReadPayments }>): Routes =>
  async (app) => {
    const access = { roles: ['admin', 'support'] } as const;
    app.get(
      '/payments/:id/refunds',
      {
        config: { access, scope: 'payments:read' },
        schema: {
          operationId: 'listRefunds',
          summary: 'The refunds of a payment, oldest first',
          tags,
          params: idParams,
          response: { 200: Type.Object({ items: Type.Array(refundSchema) }) },
        },
      },
      async (request, reply) => {
        const { id: paymentId } = request.params;
        await readPayments.read(paymentId, { id: '', isStaff: true });
        const refunds = await readPayments.refundsOf(paymentId);
        return reply.header('cache-control', 'no-store').send({ items: refunds.map(toRefundJson) });
      },
    );

    app.get(
      '/payments/refunds',
      {
        config: { access, scope: 'payments:read' },
        schema: {
          operationId: 'listAllRefunds',
          summary: 'The refunds of all payments, newest first',
          tags,
          querystring: strict({ ...pageQuery, status: Type.Optional(refundStatus) }),
          response: { 200: page(refundSchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor, status } = request.query;
        const [createdAt, id] = cursor ? decodeCursor(cursor, [isInstant, isId]) : [];
        const found = await readPayments.refunds({
          limit: limit + 1,
          ...(status === undefined ? {} : { status }),
          ...(createdAt && id ? { after: { createdAt: String(createdAt), id: String(id) } } : {}),
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        const next = found.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null;
        return reply
          .header('cache-control', 'no-store')
          .send({ items: items.map(toRefundJson), next_cursor: next });
      },
    );
  };
