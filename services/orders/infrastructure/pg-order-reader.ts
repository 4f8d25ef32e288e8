import type { Pool } from 'pg';
import { readStream } from '#shared/event-store/event-store.ts';
import { money } from '#shared/kernel/money.ts';
import type { OrderListFilter, OrderReader, OrderSummary } from '../application/ports.ts';
import type { OrderEvent } from '../domain/order.ts';
import { fromStored } from './order-json.ts';
import { isSold } from './pg-sales-figures.ts';

type Row = Readonly<{
  id: string;
  number: string;
  status: string;
  buyer_id: string;
  buyer_name: string | null;
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
  buyerName: row.buyer_name,
  total: money(BigInt(row.total_minor), row.currency),
  lineCount: row.line_count,
  placedAt: row.placed_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

/** What people type is text, never a pattern. */
const textCondition = (filter: OrderListFilter, parameter: (value: unknown) => string): string => {
  const pattern = parameter(`%${filter.text!.replaceAll(/[\\%_]/g, '\\$&')}%`);
  const ofContact = filter.isContactSearched
    ? ` or c.full_name ilike ${pattern} or c.email ilike ${pattern}`
    : '';
  return `(number ilike ${pattern}${ofContact})`;
};

/** Each filter is one condition; the numbers of the parameters follow the order of use. */
const listStatement = (filter: OrderListFilter) => {
  const values: unknown[] = [];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [
    ...(filter.buyerId === undefined ? [] : [`o.buyer_id = ${parameter(filter.buyerId)}`]),
    ...(filter.sellerId === undefined
      ? []
      : [`seller_ids @> array[${parameter(filter.sellerId)}::uuid]`]),
    ...(filter.text === undefined ? [] : [textCondition(filter, parameter)]),
    ...(filter.isSold ? [isSold] : []),
    ...(filter.placedFrom === undefined ? [] : [`placed_at >= ${parameter(filter.placedFrom)}`]),
    ...(filter.placedBefore === undefined ? [] : [`placed_at < ${parameter(filter.placedBefore)}`]),
    ...(filter.status === undefined ? [] : [`status = ${parameter(filter.status)}`]),
    ...(filter.after === undefined
      ? []
      : [
          `(placed_at, id) ${filter.isOldestFirst ? '>' : '<'} (${parameter(filter.after.placedAt)}::timestamptz, ${parameter(filter.after.id)}::uuid)`,
        ]),
  ];
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
  const direction = filter.isOldestFirst ? 'asc' : 'desc';
  const text = `select id, number, status, o.buyer_id, coalesce(c.full_name, c.email) as buyer_name, total_minor, currency,
    line_count, placed_at, updated_at
    from orders o left join order_contacts c on c.order_id = o.id ${where}
    order by placed_at ${direction}, id ${direction} limit ${parameter(filter.limit)}`;
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
  async idOf(number) {
    const { rows } = await pool.query<{ id: string }>({
      name: 'order-of-number',
      text: 'select id from orders where number = $1',
      values: [number],
    });
    return rows[0]?.id;
  },
  async list(filter) {
    const { rows } = await pool.query<Row>(listStatement(filter));
    return rows.map(toSummary);
  },
});
