import { Type } from 'typebox';
import { amount, currency, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { ReadPaymentFigures } from '../application/figures.ts';

const schema = {
  operationId: 'getPaymentFigures',
  summary: 'Refunds that wait or failed, what went back within 30 days, open disputes and alerts',
  tags: ['payments'],
  querystring: strict({}),
  response: {
    200: Type.Object({
      refunds_waiting: Type.Integer(),
      refunds_failed: Type.Integer(),
      refunded_30_days: Type.Array(Type.Object({ amount, currency, count: Type.Integer() })),
      disputes_open: Type.Integer(),
      alerts_open: Type.Integer(),
    }),
  },
};

export const paymentFiguresRoute =
  (figures: ReadPaymentFigures): Routes =>
  async (app) => {
    const config = { access: { roles: ['admin', 'support'] }, scope: 'payments:read' } as const;
    app.get('/payments/figures', { config, schema }, async (_request, reply) => {
      const found = await figures.read();
      return reply.header('cache-control', 'no-store').send({
        refunds_waiting: found.refundsWaiting,
        refunds_failed: found.refundsFailed,
        refunded_30_days: found.refunded.map(({ amount: sum, count }) => ({
          amount: formatAmount(sum.amountMinor, sum.currency),
          currency: sum.currency,
          count,
        })),
        disputes_open: found.disputesOpen,
        alerts_open: found.alertsOpen,
      });
    });
  };
