import { Type, type Static } from 'typebox';
import { amount, currency as currencySchema, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { csvFile } from '#shared/kernel/csv.ts';
import {
  checkRange,
  cuts,
  intervals,
  metrics,
  type Analytics,
  type Cut,
  type FigurePart,
  type Interval,
  type Metric,
} from '../application/figures.ts';
import { formatMoney } from './order-json.ts';

const tags = ['orders'];
const config = { access: { roles: ['admin'] }, scope: 'orders:read' } as const;
const productsMax = 10;
const regionsMax = 40;
const hoursOfWeek = 168;

const choice = <T extends string>(values: readonly T[], description: string) =>
  Type.Optional(Type.Unsafe<T>(Type.String({ enum: [...values], description })));
const day = Type.String({ format: 'date', examples: ['2026-11-22'] });
const querystring = strict({
  from: day,
  to: day,
  metric: choice<Metric>(metrics, 'default `sales`'),
  by: choice<Cut>(cuts, 'of `sales`; default `day`'),
  interval: choice<Interval>(intervals, 'of `sales` by `day`; default `day`'),
});
type Query = Static<typeof querystring>;

const part = Type.Object({
  key: Type.String({
    description: 'a day, id of a product, region, `weekday-hour` (1 is Monday), step or reason',
  }),
  name: Type.Union([Type.String(), Type.Null()]),
  amount,
  orders: Type.Integer(),
  quantity: Type.Integer({ description: 'pieces, people, or what a step of the funnel counts' }),
  previous_amount: amount,
  previous_orders: Type.Integer({ description: 'of as many days before' }),
  previous_quantity: Type.Integer(),
});
const body = Type.Object({
  from: day,
  to: day,
  metric: Type.String(),
  by: Type.Union([Type.String(), Type.Null()]),
  time_zone: Type.String(),
  currency: currencySchema,
  items: Type.Array(part),
});
type Item = Static<typeof part>;

const columns = [
  'key',
  'name',
  'amount',
  'orders',
  'quantity',
  'previous_amount',
  'previous_orders',
  'previous_quantity',
] as const satisfies readonly (keyof Item)[];

const toItem = (found: FigurePart): Item => ({
  key: found.key,
  name: found.name,
  amount: formatMoney(found.amount),
  orders: found.orders,
  quantity: found.quantity,
  previous_amount: formatMoney(found.previousAmount),
  previous_orders: found.previousOrders,
  previous_quantity: found.previousQuantity,
});

const limitOf: Readonly<Record<Cut, number>> = {
  day: 0,
  product: productsMax,
  region: regionsMax,
  hour: hoursOfWeek,
};

type Ports = Readonly<{ analytics: Analytics; currency: string; timeZone: string }>;

/** What the shop sold between two days, and what came of it, as figures and as a file. */
export const analyticsRoutes =
  ({ analytics, currency, timeZone }: Ports): Routes =>
  async (app) => {
    const read = async (query: Query) => {
      const { from, to, metric = 'sales', by = 'day', interval = 'day' } = query;
      checkRange({ from, to });
      const found =
        metric === 'sales'
          ? await analytics.sales({ from, to }, currency, { by, interval, limit: limitOf[by] })
          : await analytics[metric]({ from, to }, currency);
      return { metric, by: metric === 'sales' ? by : null, items: found.map(toItem) };
    };

    app.get(
      '/admin/analytics',
      {
        config,
        schema: {
          operationId: 'getAnalytics',
          summary: 'Figures between two days beside those of as many days before',
          tags,
          querystring,
          response: { 200: body },
        },
      },
      async (request, reply) => {
        const { from, to } = request.query;
        const found = await read(request.query);
        return reply
          .header('cache-control', 'no-store')
          .send({ from, to, time_zone: timeZone, currency, ...found });
      },
    );

    app.get(
      '/admin/analytics/export',
      {
        config,
        schema: {
          operationId: 'exportAnalytics',
          summary: 'The same figures as a CSV that spreadsheets open',
          tags,
          querystring,
          response: { 200: { description: 'CSV', content: { 'text/csv': { schema: {} } } } },
        },
      },
      async (request, reply) => {
        const { from, to } = request.query;
        const { metric, by, items } = await read(request.query);
        const name = [metric, by, from, to].filter((word) => word !== null).join('-');
        return reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', `attachment; filename="${name}.csv"`)
          .header('cache-control', 'private, no-store')
          .send(
            csvFile([
              columns,
              ...items.map((item) => columns.map((column) => String(item[column] ?? ''))),
            ]),
          );
      },
    );
  };
