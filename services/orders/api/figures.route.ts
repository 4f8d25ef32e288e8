import { Type } from 'typebox';
import { amount, currency as currencySchema, instant, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Clock } from '#shared/platform/module.ts';
import { checkRange, type SalesFigures } from '../application/figures.ts';
import { formatMoney } from './order-json.ts';

const tags = ['orders'];
const config = { access: { roles: ['admin'] }, scope: 'orders:read' } as const;
const spans = [1, 7, 30] as const;
const productsMax = 10;

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

const day = Type.String({ format: 'date', examples: ['2026-11-22'] });
const analyticsQuery = strict({
  from: day,
  to: day,
  by: Type.Optional(Type.Union([Type.Literal('day'), Type.Literal('product')])),
});
const analyticsSchema = Type.Object({
  from: day,
  to: day,
  by: Type.String(),
  currency: currencySchema,
  items: Type.Array(
    Type.Object({
      key: Type.String({ description: 'the day, or the id of the product' }),
      name: Type.Union([Type.String(), Type.Null()]),
      amount,
      orders: Type.Integer(),
      quantity: Type.Integer({ description: 'pieces of the product' }),
    }),
  ),
});

type Ports = Readonly<{
  figures: SalesFigures;
  clock: Clock;
  currency: string;
  timeZone: string;
}>;

/** What the shop sold, for its administrators; sums of what orders holds, nothing else. */
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

    app.get(
      '/admin/analytics',
      {
        config,
        schema: {
          operationId: 'getAnalytics',
          summary: 'Sales between two days, each day or the ten products that sold most',
          tags,
          querystring: analyticsQuery,
          response: { 200: analyticsSchema },
        },
      },
      async (request, reply) => {
        const { from, to, by = 'day' } = request.query;
        checkRange({ from, to });
        const parts =
          by === 'day'
            ? await figures.byDay({ from, to }, currency)
            : await figures.byProduct({ from, to }, currency, productsMax);
        return reply.header('cache-control', 'no-store').send({
          from,
          to,
          by,
          currency,
          items: parts.map(({ sales, ...part }) => ({ ...part, amount: formatMoney(sales) })),
        });
      },
    );
  };
