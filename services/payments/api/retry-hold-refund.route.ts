import { answerOnce, type Operation } from '#shared/http/idempotency.ts';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Platform } from '#shared/platform/module.ts';
import type { RetryHoldRefund } from '../application/commands/retry-hold-refund.ts';
import { refundSchema, toRefundJson } from './payment-json.ts';

export const retryHoldRefundRoute =
  ({
    pool,
    retryHoldRefund,
  }: Readonly<{ pool: Platform['pool']; retryHoldRefund: RetryHoldRefund }>): Routes =>
  async (app) => {
    app.post(
      '/escrows/:id/retry-refund',
      {
        config: { access: { roles: ['admin'] }, scope: 'payments:write' },
        schema: {
          operationId: 'retryEscrowRefund',
          summary: 'Sends anew what a part gave back and the provider refused',
          description: 'One that is under way, or done, is answered as it is, and nothing is sent.',
          tags: ['payments'],
          params: idParams,
          response: { 200: refundSchema },
        },
      },
      async (request, reply) => {
        const { id: by } = requirePrincipal(request);
        return answerOnce(pool, request, reply, { forever: true }, async ({ id }: Operation) => {
          const asked = { operationId: id, holdId: request.params.id, by };
          const refund = await retryHoldRefund(asked);
          return {
            status: 200,
            headers: { 'cache-control': 'no-store' },
            body: JSON.stringify(toRefundJson(refund)),
          };
        });
      },
    );
  };
