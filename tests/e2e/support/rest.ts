import type { Pool } from 'pg';

const contexts = ['identity', 'catalog', 'orders', 'payments', 'notifications'] as const;

const unrest: readonly (readonly [string, string])[] = [
  ...contexts.map((name): [string, string] => [
    `messages of ${name}`,
    `${name}.outbox where sent_at is null`,
  ]),
  ['orders', `orders.orders where status in ('pending', 'awaiting_payment')`],
  ['payments', `payments.payments where status in ('pending', 'authorized')`],
  ['refunds', `payments.refunds where status = 'requested'`],
  ['holds', `catalog.reservations where state = 'held'`],
  ['mails', 'notifications.notifications where sent_at is null and refused_at is null'],
];
const unrestSql = unrest
  .map(([what, where]) => `select '${what}' as what, count(*)::int as n from ${where}`)
  .join(' union all ');

/** Everything that still has something to do, in one look over all contexts; needs the administrator. */
export const findUnrest = async (pool: Pool): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ what: string; n: number }>(unrestSql);
  return rows.filter(({ n }) => n > 0).map(({ what, n }) => `${n} ${what}`);
};
