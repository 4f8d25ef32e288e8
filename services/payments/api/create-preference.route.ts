import { Type } from 'typebox';
import { answerOnce } from '#shared/http/idempotency.ts';
import { amount, currency, instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Platform } from '#shared/platform/module.ts';
import { readSubject } from '../application/payment-subject.ts';
import type { CreateCheckout } from '../application/commands/create-checkout.ts';
import type { FindPayer } from '../application/queries/find-payer.ts';
import { keysOf, orderTokenOf } from './guest-payer.ts';

type Ports = Readonly<{
  pool: Platform['pool'];
  createCheckout: CreateCheckout;
  findPayer: Pick<FindPayer, 'of'>;
  /** What stands on the provider's page and on the buyer's statement. */
  title: string;
}>;

const preferenceSchema = Type.Object({
  payment_id: uuid,
  order_id: Type.Union([uuid, Type.Null()]),
  job_id: Type.Union([uuid, Type.Null()]),
  preference_id: Type.String(),
  init_point: Type.String({ description: 'Where the buyer pays' }),
  amount,
  currency,
  expires_at: instant,
});

export const createPreferenceRoute =
  ({ pool, createCheckout, findPayer, title }: Ports): Routes =>
  async (app) => {
    app.post(
      '/mercadopago/create-preference',
      {
        config: {
          access: { account: 'verified', orHeader: 'x-order-token' },
          scope: 'payments:write',
        },
        schema: {
          operationId: 'createMercadoPagoPreference',
          summary:
            'The page of Mercado Pago where an order or a job is paid; the same again is the same page',
          tags: ['payments'],
          body: strict({ order_id: Type.Optional(uuid), job_id: Type.Optional(uuid) }),
          response: { 201: preferenceSchema },
        },
      },
      async (request, reply) => {
        const { order_id: orderId, job_id: jobId } = request.body;
        const subject = readSubject(orderId, jobId);
        const token = orderTokenOf(request);
        const buyerId = await findPayer.of(orderId, token, request.principal?.id);
        const options = { forever: true, ...keysOf(request, token) };
        return answerOnce(pool, request, reply, options, async ({ id }) => {
          const { payment, checkout } = await createCheckout({
            paymentId: id,
            ...subject,
            buyerId,
            title,
          });
          return {
            status: 201,
            headers: { location: `/api/v1/payments/${payment.id}` },
            body: JSON.stringify({
              payment_id: payment.id,
              order_id: payment.orderId,
              job_id: payment.jobId,
              preference_id: checkout.reference,
              init_point: checkout.url,
              amount: formatAmount(payment.amount.amountMinor, payment.amount.currency),
              currency: payment.amount.currency,
              expires_at: checkout.expiresAt,
            }),
          };
        });
      },
    );
  };
