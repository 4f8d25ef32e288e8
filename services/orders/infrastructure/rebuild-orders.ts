import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import { rebuildProjection } from '#shared/event-store/projection.ts';
import {
  evolve,
  newOrder,
  type Order,
  type OrderEvent,
  type PlacedOrder,
} from '../domain/order.ts';
import { fromStored, toStored } from './order-json.ts';
import { parseJson } from '#shared/kernel/parse-json.ts';

type Replayed = { order: Order; version: number; updatedAt: Date };

const storedSql = `select s.id, s.version, s.state, o.status, o.version as row_version,
  o.buyer_id
  from streams s left join orders o on o.id = s.id`;

/**
 * Replays every order from its events, compares with the stored state and list rows, and mends
 * what differs. Answers the ids that differed: none, unless somebody wrote past the event store.
 */
export const rebuildOrders = async (
  pool: Pool,
): Promise<Readonly<{ eventCount: number; differences: readonly string[] }>> => {
  const orders = new Map<string, Replayed>();
  const eventCount = await rebuildProjection<OrderEvent>(pool, {
    reset: async () => orders.clear(),
    apply: async (events) => {
      for (const { streamId, version, event, recordedAt } of events) {
        const before = orders.get(streamId)?.order ?? newOrder;
        const order = evolve(before, fromStored(event) as OrderEvent);
        orders.set(streamId, { order, version, updatedAt: recordedAt });
      }
    },
  });

  const { rows } = await pool.query<{
    id: string;
    version: number;
    state: unknown;
    status: string | null;
    row_version: number | null;
    buyer_id: string | null;
  }>(storedSql);
  const differences: string[] = [];
  for (const row of rows) {
    const replayed = orders.get(row.id);
    // Placed after the log was read; it is compared the next time.
    if (!replayed || replayed.version < row.version) continue;
    const state: unknown = parseJson(toStored(replayed.order));
    const isSame =
      isDeepStrictEqual(state, row.state) &&
      row.status === replayed.order.status &&
      row.buyer_id === (replayed.order as PlacedOrder).buyerId &&
      row.row_version === replayed.version;
    if (isSame) continue;
    differences.push(row.id);
    await mend(pool, replayed.order as PlacedOrder, replayed);
  }
  return { eventCount, differences };
};

const mend = async (pool: Pool, order: PlacedOrder, { version, updatedAt }: Replayed) => {
  const id = order.orderId;
  await pool.query('update streams set state = $2 where id = $1 and version = $3', [
    id,
    toStored(order),
    version,
  ]);
  await pool.query(
    `update orders set status = $2, version = $3, updated_at = $4, buyer_id = $5
     where id = $1 and version <= $3`,
    [id, order.status, version, updatedAt, order.buyerId],
  );
};
