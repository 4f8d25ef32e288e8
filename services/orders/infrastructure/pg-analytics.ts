import type { Pool } from 'pg';
import { money } from '#shared/kernel/money.ts';
import type { Analytics, Cut, DayRange, FigurePart } from '../application/figures.ts';
import { isSold, isSoldAs } from './pg-sales-figures.ts';

/** In every statement $1 is from, $2 to, $3 the currency, $4 the time zone. */
const startsAt = '($1::date::timestamp at time zone $4)';
const endsAt = '(($2::date + 1)::timestamp at time zone $4)';
const previousAt = '(($1::date - ($2::date - $1::date + 1))::timestamp at time zone $4)';

const between = (time: string): string => `${time} >= ${previousAt} and ${time} < ${endsAt}`;
/** Orders of the range and of the one before it, by the index on their age. */
const ordersOf = `from orders o join streams s using (id)
  where ${between('o.placed_at')} and o.currency = $3`;
const isNow = `o.placed_at >= ${startsAt}`;
/** Parts that are shown though nothing is in them. */
const empty = (keys: string): string =>
  `select key, null::text, 0::bigint, 0::bigint, 0::bigint, true from ${keys} as e (key)`;
const named = (keys: readonly string[]): string => empty(`unnest(array['${keys.join("','")}'])`);

/** Sums of `parts (key, name, amount, orders, quantity, is_now)`, now and before. */
const sumsOf = (parts: string, order: string): string => `
  with parts (key, name, amount, orders, quantity, is_now) as (${parts})
  select key, max(name) as name,
    coalesce(sum(amount) filter (where is_now), 0)::text as amount,
    coalesce(sum(orders) filter (where is_now), 0)::integer as orders,
    coalesce(sum(quantity) filter (where is_now), 0)::integer as quantity,
    coalesce(sum(amount) filter (where not is_now), 0)::text as previous_amount,
    coalesce(sum(orders) filter (where not is_now), 0)::integer as previous_orders,
    coalesce(sum(quantity) filter (where not is_now), 0)::integer as previous_quantity
  from parts group by key ${order}`;

/** Most first; what was sold only before is not of this range. $5 is how many. */
const most = `having bool_or(is_now)
  order by coalesce(sum(amount) filter (where is_now), 0) desc, key limit $5`;

const localTime = 'o.placed_at at time zone $4';
/** The day of an order; of the range before, the day of this one that it is compared with. */
const day = `((${localTime})::date + case when ${isNow} then 0 else $2::date - $1::date + 1 end)`;
/** A stretch that began before the range begins with it. $5 is how long it is. */
const stretch = (of: string): string => `greatest(date_trunc($5, ${of})::date, $1::date)::text`;

/** As people write it: with accents or without, in any case. */
const folded = (text: string): string => `translate(lower(btrim(${text})), 'áéíóúüñ', 'aeiouun')`;
const field = (key: string): string => `c.address #>> '{fields,${key}}'`;
const region = `coalesce(${['department', 'state', 'province', 'region'].map(field).join(', ')})`;

const salesSql: Readonly<Record<Cut, string>> = {
  day: sumsOf(
    `${empty(`(select distinct ${stretch('d')} from generate_series($1::date, $2::date, interval '1 day') d)`)}
     union all
     select ${stretch(day)}, null, o.total_minor, 1, 0, ${isNow}
     from orders o where ${between('o.placed_at')} and o.currency = $3 and ${isSold}`,
    'order by key',
  ),
  product: sumsOf(
    `select l.line ->> 'productId', max(l.line ->> 'name'),
       sum((l.line #>> '{total,amountMinor}')::bigint), 1,
       sum((l.line ->> 'quantity')::integer), ${isNow}
     from orders o join streams s using (id), jsonb_array_elements(s.state -> 'lines') as l (line)
     where ${between('o.placed_at')} and o.currency = $3 and ${isSold}
     group by o.id, 1`,
    most,
  ),
  region: sumsOf(
    `select coalesce(concat_ws('-', c.address ->> 'country', ${folded(region)}), ''),
       coalesce(btrim(${region}), c.address ->> 'country'), o.total_minor, 1, 0, ${isNow}
     from orders o left join order_contacts c on c.order_id = o.id
     where ${between('o.placed_at')} and o.currency = $3 and ${isSold}`,
    most,
  ),
  hour: sumsOf(
    `select extract(isodow from ${localTime}) || '-' || extract(hour from ${localTime}), null,
       o.total_minor, 1, 0, ${isNow}
     from orders o where ${between('o.placed_at')} and o.currency = $3 and ${isSold}`,
    'having bool_or(is_now) order by key limit $5',
  ),
};

const funnelKeys = ['cart', 'placed', 'paid'] as const;
const funnelSql = sumsOf(
  `${named(funnelKeys)}
   union all
   select 'cart', null, 0, 0, 1, c.touched_at >= ${startsAt}
   from carts c where ${between('c.touched_at')}
     and exists (select from cart_lines l where l.cart_id = c.id and l.currency = $3)
   union all
   select k.key, null, case when k.key = 'cart' then 0 else o.total_minor end, 1, 1, ${isNow}
   from orders o cross join unnest(array['${funnelKeys.join("','")}']) as k (key)
   where ${between('o.placed_at')} and o.currency = $3 and (k.key <> 'paid' or ${isSold})`,
  `order by array_position(array['${funnelKeys.join("','")}'], key)`,
);

/** Whether the same person had bought before; a guest is known again by its e-mail only. */
const hadBought = `(exists (
    select from orders e where e.buyer_id = o.buyer_id
      and (e.placed_at, e.id) < (o.placed_at, o.id) and ${isSoldAs('e')})
  or (c.email is not null and exists (
    select from order_contacts g join orders e on e.id = g.order_id
    where g.is_guest and g.email = c.email
      and (e.placed_at, e.id) < (o.placed_at, o.id) and ${isSoldAs('e')})))`;
const buyersSql = sumsOf(
  `${named(['first', 'returning'])}
   union all
   select case when bool_or(had_bought) then 'returning' else 'first' end, null, sum(total_minor),
     count(*), 1, is_now
   from (select coalesce(c.email, o.buyer_id::text) as person, o.total_minor, ${isNow} as is_now,
           ${hadBought} as had_bought
         from orders o left join order_contacts c on c.order_id = o.id
         where ${between('o.placed_at')} and o.currency = $3 and ${isSold}) bought
   group by person, is_now`,
  'order by key',
);

const reversalKeys = [
  ...['buyer', 'seller', 'unpaid', 'stock', 'fraud'].map((reason) => `cancelled.${reason}`),
  'failed.payment',
  'failed.stock',
  'refunded',
];
const reversalsSql = sumsOf(
  `${named(reversalKeys)}
   union all
   select 'cancelled.' || (s.state ->> 'cancelReason'), null, o.total_minor, 1, 0, ${isNow}
   ${ordersOf} and s.state ->> 'cancelReason' is not null
   union all
   select 'failed.' || (s.state ->> 'failure'), null, o.total_minor, 1, 0, ${isNow}
   ${ordersOf} and o.status = 'failed'
   union all
   select 'refunded', null, (s.state #>> '{refunded,amountMinor}')::bigint, 1, 0, ${isNow}
   ${ordersOf} and (s.state #>> '{refunded,amountMinor}')::bigint > 0`,
  'order by key',
);

type Row = Readonly<{
  key: string;
  name: string | null;
  amount: string;
  orders: number;
  quantity: number;
  previous_amount: string;
  previous_orders: number;
  previous_quantity: number;
}>;

export const createPgAnalytics = (pool: Pool, timeZone: string): Analytics => {
  const ask = async (
    text: string,
    { from, to }: DayRange,
    currency: string,
    ...more: readonly (string | number)[]
  ): Promise<readonly FigurePart[]> => {
    const { rows } = await pool.query<Row>(text, [from, to, currency, timeZone, ...more]);
    return rows.map((row) => ({
      key: row.key,
      name: row.name,
      amount: money(BigInt(row.amount), currency),
      orders: row.orders,
      quantity: row.quantity,
      previousAmount: money(BigInt(row.previous_amount), currency),
      previousOrders: row.previous_orders,
      previousQuantity: row.previous_quantity,
    }));
  };
  return {
    sales: (range, currency, { by, interval, limit }) =>
      ask(salesSql[by], range, currency, by === 'day' ? interval : limit),
    funnel: (range, currency) => ask(funnelSql, range, currency),
    buyers: (range, currency) => ask(buyersSql, range, currency),
    reversals: (range, currency) => ask(reversalsSql, range, currency),
  };
};
