import type { Pool } from 'pg';
import { readStream } from '#shared/event-store/event-store.ts';
import { money } from '#shared/kernel/money.ts';
import type { OrderListFilter, OrderReader, OrderSummary } from '../application/ports.ts';
import type { OrderEvent } from '../domain/order.ts';
import { fromStored } from './order-json.ts';

type Row = Readonly<{
  id: string;
  number: string;
  status: string;
  buyer_id: string;
  total_minor: string;
  currency: string;
  line_count: number;
  placed_at: Date;
  updated_at: Date;
}>;

const toSummary = (row: Row): OrderSummary => ({
  id: row.id,
  number: row.number,
  status: row.status,
  buyerId: row.buyer_id,
  total: money(BigInt(row.total_minor), row.currency),
  lineCount: row.line_count,
  placedAt: row.placed_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

/** Each filter is one condition; the numbers of the parameters follow the order of use. */
const listStatement = (filter: OrderListFilter) => {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    ...(filter.buyerId === undefined ? [] : [`buyer_id = ${parameter(filter.buyerId)}`]),
    ...(filter.sellerId === undefined
      ? []
      : [`seller_ids @> array[${parameter(filter.sellerId)}::uuid]`]),
    ...(filter.status === undefined ? [] : [`status = ${parameter(filter.status)}`]),
    ...(filter.after === undefined
      ? []
      : [
          `(placed_at, id) < (${parameter(filter.after.placedAt)}::timestamptz, ${parameter(filter.after.id)}::uuid)`,
        ]),
  ];
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const text = `select id, number, status, buyer_id, total_minor, currency, line_count, placed_at,
    updated_at from orders ${where} order by placed_at desc, id desc limit ${parameter(filter.limit)}`;
  return { text, values };
};

export const createPgOrderReader = (pool: Pool): OrderReader => ({
  async history(orderId) {
    const recorded = await readStream<OrderEvent>(pool, orderId);
    return recorded.map(({ version, event, recordedAt }) => ({
      version,
      event: fromStored(event) as OrderEvent,
      recordedAt: recordedAt.toISOString(),
    }));
  },
  async list(filter) {
    const { rows } = await pool.query<Row>(listStatement(filter));
    return rows.map(toSummary);
  },
});
