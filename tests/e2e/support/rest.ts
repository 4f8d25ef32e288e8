import type { Pool } from 'pg';

export type AnyPoolOf = (context: (typeof contexts)[number]) => Pool;

export const contexts = [
  'identity',
  'users',
  'catalog',
  'orders',
  'payments',
  'notifications',
] as const;

/** What may still have something to do in each context, by table and condition. */
const unrest: Readonly<Record<(typeof contexts)[number], readonly (readonly [string, string])[]>> =
  {
    identity: [],
    users: [],
    catalog: [['holds', `reservations where state = 'held'`]],
    orders: [['orders', `orders where status in ('pending', 'awaiting_payment')`]],
    payments: [
      ['payments', `payments where status in ('pending', 'authorized')`],
      ['refunds', `refunds where status = 'requested'`],
    ],
    notifications: [['mails', 'notifications where sent_at is null and refused_at is null']],
  };

/** Everything that still has something to do, over all contexts. */
export const findUnrest = async (poolOf: AnyPoolOf): Promise<readonly string[]> => {
  const found = await Promise.all(
    contexts.map(async (context) => {
      const sql = [[`messages of ${context}`, 'outbox where sent_at is null'], ...unrest[context]]
        .map(([what, where]) => `select '${what}' as what, count(*)::int as n from ${where}`)
        .join(' union all ');
      return (await poolOf(context).query<{ what: string; n: number }>(sql)).rows;
    }),
  );
  return found
    .flat()
    .filter(({ n }) => n > 0)
    .map(({ what, n }) => `${n} ${what}`);
};
