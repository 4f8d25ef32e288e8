import { Type } from 'typebox';
import { amount, currency as currencySchema, instant, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock } from '#shared/platform/module.ts';
import type { SalesFigures } from '../application/figures.ts';
import { formatMoney } from './order-json.ts';

const tags = ['orders'];
const config = { access: { roles: ['admin'] }, scope: 'orders:read' } as const;
const spans = [1, 7, 30] as const;

const statuses = [
  'pending',
  'awaiting_payment',
  'paid',
  'shipped',
  'delivered',
  'cancelled',
  'failed',
  'partially_refunded',
  'refunded',
] as const;

const dashboardSchema = Type.Object({
  as_of: instant,
  time_zone: Type.String(),
  currency: currencySchema,
  sales: Type.Array(
    Type.Object({
      days: Type.Integer({ description: 'today, or as many days that end today' }),
      amount,
      orders: Type.Integer(),
      previous_amount: amount,
      previous_orders: Type.Integer({ description: 'of as many days before' }),
    }),
    { description: 'of orders that were paid and not cancelled, by the day they were placed' },
  ),
  orders_by_status: Type.Array(Type.Object({ status: Type.String(), count: Type.Integer() })),
});

type Ports = Readonly<{
  figures: SalesFigures;
  clock: Clock;
  currency: string;
  timeZone: string;
}>;

/** What the shop sold lately, for its administrators; sums of what orders holds, nothing else. */
export const figuresRoutes =
  ({ figures, clock, currency, timeZone }: Ports): Routes =>
  async (app) => {
    app.get(
      '/admin/dashboard',
      {
        config,
        schema: {
          operationId: 'getDashboard',
          summary: 'Sales today, of 7 and of 30 days, and orders by their state',
          tags,
          querystring: strict({}),
          response: { 200: dashboardSchema },
        },
      },
      async (_request, reply) => {
        const now = clock();
        const [sales, counts] = await Promise.all([
          figures.ofDays(spans, currency, now),
          figures.byStatus(),
        ]);
        return reply.header('cache-control', 'no-store').send({
          as_of: now.toISOString(),
          time_zone: timeZone,
          currency,
          sales: sales.map((part) => ({
            days: part.days,
            amount: formatMoney(part.sales),
            orders: part.orders,
            previous_amount: formatMoney(part.previousSales),
            previous_orders: part.previousOrders,
          })),
          orders_by_status: statuses.map((status) => ({
            status,
            count: counts.get(status) ?? 0,
          })),
        });
      },
    );
  };
