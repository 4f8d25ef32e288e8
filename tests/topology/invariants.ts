import type { Pool } from 'pg';
import { rebuildOrders } from '../../services/orders/infrastructure/rebuild-orders.ts';

export type PoolOf = (context: 'catalog' | 'orders' | 'payments' | 'identity') => Pool;

/** A question whose answer must be no row (reliability 2); each row says in words what is wrong. */
type Oracle = Readonly<{ rule: string; sql: string }>;

export const catalogOracles: readonly Oracle[] = [
  {
    rule: 'stock_is_what_is_held',
    sql: `select 'variant ' || s.variant_id || ' has ' || s.reserved || ' reserved and holds say ' || coalesce(h.sum, 0)
      from stock s left join (
        select variant_id, sum(quantity) from reservations where state = 'held' group by variant_id
      ) h using (variant_id)
      where s.reserved <> coalesce(h.sum, 0) or s.reserved > s.on_hand or s.on_hand < 0`,
  },
  {
    rule: 'stock_is_what_moved',
    sql: `select 'variant ' || s.variant_id || ' has ' || s.on_hand || ' on hand and its movements say ' || coalesce(m.sum, 0)
      from stock s left join (
        select variant_id, sum(quantity) from stock_movements group by variant_id
      ) m using (variant_id) where s.on_hand <> coalesce(m.sum, 0)`,
  },
];
export const ordersOracles: readonly Oracle[] = [
  {
    rule: 'streams_have_no_gap',
    sql: `select 'stream ' || stream_id || ' has a gap' from events group by stream_id
      having max(version) <> count(*)`,
  },
  {
    rule: 'orders_wait_for_a_deadline',
    sql: `select 'order ' || id || ' is stuck in ' || status from orders o
      where status in ('pending', 'awaiting_payment')
        and not exists (select from deadlines d where d.kind = 'pay-order' and d.key = o.id::text)`,
  },
];
/** Of every context; those of payments stand with its ledger. */
export const messagingOracles: readonly Oracle[] = [
  {
    rule: 'messages_are_taken',
    sql: `select 'message ' || id || ' (' || type || ') was not taken' from outbox where sent_at is null`,
  },
  {
    rule: 'no_letter_is_dead',
    sql: `select 'dead letter of ' || consumer || ': ' || error from dead_letters where replayed_at is null`,
  },
];

const texts = async (pool: Pool, { rule, sql }: Oracle): Promise<readonly string[]> => {
  const { rows } = await pool.query<string[]>({ text: sql, rowMode: 'array' });
  return rows.map(([text]) => `${rule}: ${text}`);
};

type OrderRow = { id: string; status: string; total_minor: string };
type PaymentRow = {
  order_id: string;
  status: string;
  amount_minor: string;
  refunded_minor: string;
  unearned: number;
};
type ReservationRow = { order_id: string; state: string };

/** What no single context can see: orders, stock and money agree (domain invariants 3 and 4). */
const acrossContexts = async (poolOf: PoolOf): Promise<readonly string[]> => {
  const [orders, payments, reservations] = await Promise.all([
    poolOf('orders').query<OrderRow>('select id, status, total_minor from orders'),
    poolOf('payments').query<PaymentRow>(
      `select order_id, status, amount_minor, refunded_minor, (
         select count(*)::int from jsonb_array_elements(shares) s where s ->> 'earnedAt' is null
       ) as unearned from payments
       where status not in ('failed', 'cancelled')`,
    ),
    poolOf('catalog').query<ReservationRow>('select order_id, state from reservations'),
  ]);
  const paymentOf = Map.groupBy(payments.rows, (row) => row.order_id);
  const statesOf = Map.groupBy(reservations.rows, (row) => row.order_id);
  const allowed: Readonly<Record<string, readonly string[]>> = {
    paid: ['committed'],
    shipped: ['committed'],
    delivered: ['committed'],
    partially_refunded: ['committed'],
    awaiting_payment: ['held'],
    cancelled: ['released', 'expired', 'returned'],
    failed: ['released', 'expired'],
  };
  return orders.rows.flatMap(({ id, status, total_minor }) => {
    const faults: string[] = [];
    const found = paymentOf.get(id) ?? [];
    const kept = found.filter((row) => row.refunded_minor !== row.amount_minor);
    const states = new Set((statesOf.get(id) ?? []).map((row) => row.state));
    if (['paid', 'shipped', 'delivered'].includes(status)) {
      if (
        kept.length !== 1 ||
        kept[0]!.amount_minor !== total_minor ||
        kept[0]!.status === 'pending'
      )
        faults.push(`order ${id} is ${status} with ${kept.length} payments`);
    } else if (['cancelled', 'failed', 'refunded'].includes(status) && kept.length > 0) {
      faults.push(`order ${id} is ${status} and its money was kept`);
    }
    if (status === 'delivered' && kept.some(({ unearned }) => unearned > 0))
      faults.push(`order ${id} is delivered and some of its sellers have earned nothing`);
    const may = allowed[status];
    if (may && [...states].some((state) => !may.includes(state)))
      faults.push(`order ${id} is ${status} and its stock ${[...states].join()}`);
    if (['paid', 'shipped', 'delivered', 'awaiting_payment'].includes(status) && states.size === 0)
      faults.push(`order ${id} is ${status} without stock`);
    return faults;
  });
};

/** Everything that must hold when all is quiet; the faults found, in words: none. */
export const findFaults = async (
  poolOf: PoolOf,
  verifyLedger: () => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const contexts = ['catalog', 'orders', 'payments', 'identity'] as const;
  const faults = await Promise.all([
    ...catalogOracles.map((oracle) => texts(poolOf('catalog'), oracle)),
    ...ordersOracles.map((oracle) => texts(poolOf('orders'), oracle)),
    ...contexts.flatMap((context) =>
      messagingOracles.map((oracle) => texts(poolOf(context), oracle)),
    ),
    acrossContexts(poolOf),
    verifyLedger(),
    rebuildOrders(poolOf('orders')).then(({ differences }) =>
      differences.map((id) => `order ${id} is not what its events say`),
    ),
  ]);
  return faults.flat();
};
