import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { readAmount } from '#shared/http/amounts.ts';
import { decodeCursor, encodeCursor, isInstant } from '#shared/http/cursor.ts';
import { answerOnce } from '#shared/http/idempotency.ts';
import { hasRole, requirePrincipal } from '#shared/http/principal.ts';
import { toProblem } from '#shared/http/problem-details.ts';
import { amountInput, idParams, page, pageQuery, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Platform } from '#shared/platform/module.ts';
import { isUuid } from '#shared/kernel/ids.ts';
import type { ConfirmStatus } from '../application/commands/confirm-status.ts';
import type { PayOrderHandler } from '../application/commands/pay-order.ts';
import type { RefundPaymentHandler } from '../application/commands/refund-payment.ts';
import { refundAmbiguousError, refusedError } from '../application/commands/refused-error.ts';
import { checkRefundable, readRestock, readSubject } from '../application/payment-subject.ts';
import type { FindPayer } from '../application/queries/find-payer.ts';
import type { PaymentView, ReadPayments } from '../application/queries/read-payments.ts';
import { keysOf, orderTokenOf } from './guest-payer.ts';
import {
  paymentSchema,
  paymentStatus,
  refundSchema,
  toPaymentJson,
  toRefundJson,
} from './payment-json.ts';

type Ports = Readonly<{
  pool: Platform['pool'];
  payOrder: PayOrderHandler;
  refundPayment: RefundPaymentHandler;
  confirmStatus: ConfirmStatus;
  readPayments: ReadPayments;
  findPayer: FindPayer;
}>;

const tags = ['payments'];

const payBody = strict({
  order_id: Type.Optional(uuid),
  job_id: Type.Optional(uuid),
  payment_method: strict({
    type: Type.Literal('card'),
    number: Type.String({ minLength: 12, maxLength: 30 }),
    expiry_month: Type.Integer({ minimum: 1, maximum: 12 }),
    expiry_year: Type.Integer({ minimum: 2000, maximum: 2100 }),
    // Taken so that a form may send it; nothing reads it, and nothing may keep it.
    security_code: Type.Optional(Type.String({ pattern: '^\\d{3,4}$' })),
    holder: Type.Optional(Type.String({ maxLength: 100 })),
  }),
});

const send = (reply: FastifyReply, payment: PaymentView) =>
  reply
    .header('etag', `"${payment.version}"`)
    .header('cache-control', 'no-store')
    .send(toPaymentJson(payment));

export const payOrderRoute =
  ({ pool, payOrder, findPayer }: Ports): Routes =>
  async (app) => {
    app.post(
      '/payments',
      {
        config: {
          access: { account: 'verified', orHeader: 'x-order-token' },
          scope: 'payments:write',
        },
        schema: {
          operationId: 'createPayment',
          summary: 'Pays an order or a job, one of them; a refused card answers 402',
          tags,
          body: payBody,
          response: { 201: paymentSchema },
        },
      },
      async (request, reply) => {
        const { order_id: orderId, job_id: jobId, payment_method: card } = request.body;
        const subject = readSubject(orderId, jobId);
        // The fingerprint that is stored must not let anybody find the card number by trying.
        const fingerprintBody = { ...subject, last4: card.number.slice(-4) };
        const token = orderTokenOf(request);
        const buyerId = await findPayer.of(orderId, token, request.principal?.id);
        const options = { forever: true, fingerprintBody, ...keysOf(request, token) };
        return answerOnce(pool, request, reply, options, async ({ id }) => {
          const payment = await payOrder({
            paymentId: id,
            ...subject,
            buyerId,
            card: {
              number: card.number,
              expiryMonth: card.expiry_month,
              expiryYear: card.expiry_year,
            },
          });
          if (payment.status === 'failed') {
            const problem = toProblem(refusedError(payment), request.id);
            return { status: 402, body: JSON.stringify(problem) };
          }
          return {
            status: 201,
            headers: { location: `/api/v1/payments/${payment.id}` },
            body: JSON.stringify(toPaymentJson(payment)),
          };
        });
      },
    );
  };

export const readPaymentRoutes =
  ({ readPayments, findPayer }: Ports): Routes =>
  async (app) => {
    app.get(
      '/payments',
      {
        config: { access: 'account', scope: 'payments:read' },
        schema: {
          operationId: 'listPayments',
          summary: 'My payments, or all to staff, newest first',
          tags,
          querystring: strict({
            ...pageQuery,
            order_id: Type.Optional(uuid),
            status: Type.Optional(paymentStatus),
          }),
          response: { 200: page(paymentSchema) },
        },
      },
      async (request, reply) => {
        const { limit = 20, cursor, order_id: orderId, status } = request.query;
        const principal = requirePrincipal(request);
        const [createdAt, id] = cursor
          ? decodeCursor(cursor, [isInstant, (value) => typeof value === 'string' && isUuid(value)])
          : [];
        const found = await readPayments.list({
          limit: limit + 1,
          ...(hasRole(principal, 'admin', 'support') ? {} : { buyerId: principal.id }),
          ...(orderId === undefined ? {} : { orderId }),
          ...(status === undefined ? {} : { status }),
          ...(createdAt && id ? { after: { createdAt: String(createdAt), id: String(id) } } : {}),
        });
        const items = found.slice(0, limit);
        const last = items.at(-1);
        const next = found.length > limit && last ? encodeCursor([last.createdAt, last.id]) : null;
        return reply
          .header('cache-control', 'no-store')
          .send({ items: items.map(toPaymentJson), next_cursor: next });
      },
    );

    app.get(
      '/payments/:id',
      {
        config: {
          access: { account: 'account', orHeader: 'x-order-token' },
          scope: 'payments:read',
        },
        schema: {
          operationId: 'getPayment',
          summary: 'A payment, to its buyer and staff',
          tags,
          params: idParams,
          response: { 200: paymentSchema },
        },
      },
      async (request, reply) => {
        const token = orderTokenOf(request);
        const guestId = token === undefined ? undefined : await findPayer.anyOf(token);
        const isStaff = hasRole(request.principal, 'admin', 'support');
        const caller = { id: request.principal?.id ?? '', isStaff, guestId };
        return send(reply, await readPayments.read(request.params.id, caller));
      },
    );
  };

export const staffPaymentRoutes = (ports: Ports): Routes => {
  const access = { roles: ['admin', 'support'] } as const;
  return async (app) => {
    app.post(
      '/payments/:id/refunds',
      {
        config: { access, scope: 'payments:write' },
        schema: {
          operationId: 'refundPayment',
          summary: 'Refunds a payment: all that is left, an amount, or pieces of its lines',
          description:
            'Commission and its tax go back to the sellers in proportion. Pieces of a line cost what ' +
            'was paid for them, at most what is left of the line.',
          tags,
          params: idParams,
          body: strict({
            amount: Type.Optional(amountInput),
            lines: Type.Optional(
              Type.Array(
                strict({
                  variant_id: uuid,
                  quantity: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
                  restock_quantity: Type.Optional(
                    Type.Integer({
                      minimum: 0,
                      maximum: 1_000_000,
                      description: 'pieces of these that go back on the shelf; none unless said',
                    }),
                  ),
                }),
                { minItems: 1, maxItems: 100 },
              ),
            ),
            reason: Type.String({ minLength: 3, maxLength: 300 }),
          }),
          response: { 201: refundSchema },
        },
      },
      async (request, reply) => {
        const { id: caller } = requirePrincipal(request);
        const { id: paymentId } = request.params;
        const { amount, lines, reason } = request.body;
        if (amount !== undefined && lines) throw refundAmbiguousError();
        const payment = await ports.readPayments.read(paymentId, { id: caller, isStaff: true });
        checkRefundable(payment);
        const restock = readRestock(lines ?? []);
        const amountMinor =
          amount === undefined ? null : readAmount(amount, payment.amount.currency, '/amount');
        return answerOnce(
          ports.pool,
          request,
          reply,
          { forever: true },
          async ({ id: refundId }) => {
            const requestedBy = caller;
            const refund = await ports.refundPayment({
              refundId,
              paymentId,
              amountMinor,
              ...(lines
                ? {
                    lines: lines.map(({ variant_id: variantId, quantity }) => ({
                      variantId,
                      quantity,
                    })),
                  }
                : {}),
              restock,
              reason,
              requestedBy,
            });
            return { status: 201, body: JSON.stringify(toRefundJson(refund!)) };
          },
        );
      },
    );

    app.put(
      '/payments/:id/status',
      {
        config: { access, scope: 'payments:write' },
        schema: {
          operationId: 'confirmPaymentStatus',
          summary: 'Records a state that the provider confirms',
          tags,
          params: idParams,
          body: strict({ status: Type.Union([Type.Literal('completed'), Type.Literal('failed')]) }),
          response: { 200: paymentSchema },
        },
      },
      async (request, reply) =>
        send(reply, await ports.confirmStatus(request.params.id, request.body.status)),
    );
  };
};
