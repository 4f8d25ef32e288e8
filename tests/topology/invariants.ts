import type { Pool } from 'pg';
import { askOracles, type Oracle } from '#shared/testing/oracles.ts';
import { catalogOracles } from '../../services/catalog/infrastructure/oracles.ts';
import { findFaults as findOrderFaults } from '../../services/orders/infrastructure/oracles.ts';
import { findStaleOffers, findUntaken } from './deliveries.ts';

/** Every context that has messages. */
const allContexts = [
  'identity',
  'users',
  'catalog',
  'orders',
  'payments',
  'notifications',
] as const;
export type PoolOf = (context: (typeof allContexts)[number]) => Pool;

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
  contexts: readonly (typeof allContexts)[number][] = allContexts,
): Promise<readonly string[]> => {
  const faults = await Promise.all([
    askOracles(poolOf('catalog'), catalogOracles),
    findOrderFaults(poolOf('orders')),
    ...contexts.map((context) => askOracles(poolOf(context), messagingOracles)),
    acrossContexts(poolOf),
    verifyLedger(),
    findUntaken(poolOf, contexts),
    findStaleOffers(poolOf('catalog'), poolOf('orders')),
  ]);
  return faults.flat();
};
