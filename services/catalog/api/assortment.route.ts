import { Type } from 'typebox';
import { httpError } from '#shared/http/errors.ts';
import { strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import { countDays, type Days } from '../application/days.ts';
import { searchesKeptDays, type MissedSearches } from '../application/missed-searches.ts';
import type { StockAtRisk } from '../application/queries/list-stock-at-risk.ts';

const daysMax = 366;
const searchesShown = 20;
const variantsShown = 10;

const day = Type.String({ format: 'date', examples: ['2026-11-22'] });
const querystring = strict({ from: day, to: day });
const count = Type.Integer();

const searchesSchema = {
  operationId: 'listMissedSearches',
  tags: ['catalog'],
  summary: 'What was searched most and not found, beside as many days before',
  querystring,
  response: {
    200: Type.Object({
      kept_days: count,
      time_zone: Type.String(),
      items: Type.Array(Type.Object({ term: Type.String(), count, previous_count: count })),
    }),
  },
};

const stockSchema = {
  operationId: 'listStockAtRisk',
  tags: ['catalog'],
  summary: 'Variants at their threshold, those first that sold most in the range',
  querystring,
  response: {
    200: Type.Object({
      count: Type.Integer({ description: 'all that are at their threshold' }),
      items: Type.Array(
        Type.Object({
          variant_id: uuid,
          product_id: uuid,
          title: Type.String(),
          sku: Type.String(),
          option_values: Type.Array(Type.String()),
          available: count,
          low_stock_threshold: count,
          sold: Type.Integer({ description: 'pieces in the range' }),
          days_left: Type.Union([Type.Integer(), Type.Null()], {
            description: 'until nothing is left, at the pace of the range; null: none was sold',
          }),
        }),
      ),
    }),
  },
};

const checkDays = (days: Days): number => {
  const length = countDays(days);
  if (length >= 1 && length <= daysMax) return length;
  throw httpError('validation', {
    errors: [
      {
        pointer: '#/querystring/to',
        code: 'range',
        detail: `is neither before the first day nor ${daysMax} days after it`,
      },
    ],
  });
};

type Ports = Readonly<{
  missedSearches: MissedSearches;
  stockAtRisk: StockAtRisk;
  timeZone: string;
}>;

/** What the shop lacks, or will: for its administrators. */
export const assortmentRoutes =
  ({ missedSearches, stockAtRisk, timeZone }: Ports): Routes =>
  async (app) => {
    const config = { access: { roles: ['admin'] }, scope: 'products:read' } as const;

    app.get(
      '/products/missed-searches',
      { config, schema: searchesSchema },
      async ({ query }, reply) => {
        checkDays(query);
        const found = await missedSearches.list(query, searchesShown);
        return reply.header('cache-control', 'no-store').send({
          kept_days: searchesKeptDays,
          time_zone: timeZone,
          items: found.map(({ previousCount, ...search }) => ({
            ...search,
            previous_count: previousCount,
          })),
        });
      },
    );

    app.get(
      '/products/stock-at-risk',
      { config, schema: stockSchema },
      async ({ query }, reply) => {
        const days = checkDays(query);
        const { count: all, variants } = await stockAtRisk.list(query, variantsShown);
        return reply.header('cache-control', 'no-store').send({
          count: all,
          items: variants.map((variant) => ({
            variant_id: variant.variantId,
            product_id: variant.productId,
            title: variant.title,
            sku: variant.sku,
            option_values: [...variant.optionValues],
            available: variant.available,
            low_stock_threshold: variant.lowThreshold,
            sold: variant.sold,
            days_left:
              variant.sold === 0 ? null : Math.floor((variant.available * days) / variant.sold),
          })),
        });
      },
    );
  };
