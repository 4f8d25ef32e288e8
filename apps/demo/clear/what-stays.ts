import type { Client } from 'pg';

/** Why a part of the example stays although the example goes. */
export const reasonsToStay = ['order', 'product', 'category', 'books', 'staff', 'setting'] as const;
export type ReasonToStay = (typeof reasonsToStay)[number];

/**
 * The example as what it is made of. `stays` says why a part is needed by something that is not of
 * the example; what has no reason goes, with all that hangs on it.
 */
const partsSql = `
  create temp table demo_parts (
    kind text not null, id uuid not null, stays text, primary key (kind, id)) on commit drop;
  insert into demo_parts (kind, id)
  select kind, (key ->> 'id')::uuid from demo.seeded_rows join (values
    ('identity.accounts', 'account'), ('catalog.products', 'product'),
    ('catalog.categories', 'category'), ('orders.streams', 'order')) t (name, kind)
    on name = table_name;
  -- Somebody who ordered without an account is nobody but their order.
  insert into demo_parts (kind, id)
  select distinct 'account', c.buyer_id from orders.order_contacts c
  join demo_parts p on p.kind = 'order' and p.id = c.order_id
  where c.is_guest on conflict do nothing;

  create temp table demo_lines on commit drop as
  select s.id as order_id, (l ->> 'productId')::uuid as product_id, (l ->> 'sellerId')::uuid as seller_id
  from orders.streams s cross join jsonb_array_elements(s.state -> 'lines') l
  where exists (select from demo_parts p where p.id in
    (s.id, (l ->> 'productId')::uuid, (l ->> 'sellerId')::uuid));
  create index on demo_lines (order_id);

  create temp view going as select kind, id from demo_parts where stays is null;
  -- Booked by hand or paid out: of no order, and so of nobody's example.
  create temp view booked as
  select e.id, e.reverses, split_part(l.account_id, ':', 2)::uuid as seller_id
  from payments.journal_entries e
  join payments.journal_lines l on l.entry_id = e.id and l.account_id ~ '^seller:[0-9a-f-]{36}:'
  where e.order_id is null and e.payment_id is null`;

const goes = (kind: string, id: string): string =>
  `exists (select from demo_parts g where g.kind = '${kind}' and g.id = ${id} and g.stays is null)`;

type Rule = Readonly<{ kind: string; stays: ReasonToStay; ids: string }>;

/** Each names parts that something needs which stays; asked again until nothing more is found. */
const rules: readonly Rule[] = [
  {
    kind: 'account',
    stays: 'staff',
    ids: `select id from identity.accounts where roles && array['admin', 'support']`,
  },
  {
    kind: 'order',
    stays: 'books',
    ids: `select l.order_id from demo_lines l join booked b on b.seller_id = l.seller_id
      union select e.order_id from payments.journal_entries e
      join payments.journal_entries b on b.reverses = e.id
      where b.order_id is null and b.payment_id is null`,
  },
  { kind: 'account', stays: 'books', ids: 'select seller_id from booked' },
  {
    kind: 'product',
    stays: 'order',
    ids: `select product_id from demo_lines l where not ${goes('order', 'l.order_id')}`,
  },
  {
    kind: 'account',
    stays: 'order',
    ids: `select seller_id from demo_lines l where not ${goes('order', 'l.order_id')}
      union select buyer_id from orders.orders o where not ${goes('order', 'o.id')}`,
  },
  {
    kind: 'account',
    stays: 'product',
    ids: `select seller_id from catalog.products p where not ${goes('product', 'p.id')}`,
  },
  {
    kind: 'account',
    stays: 'setting',
    ids: 'select seller_id from payments.commission_rules where not pg_temp.demo_setting_goes(id)',
  },
  {
    kind: 'category',
    stays: 'product',
    ids: `select category_id from catalog.products p where not ${goes('product', 'p.id')}`,
  },
  {
    kind: 'category',
    stays: 'setting',
    ids: 'select category_id from payments.commission_rules where not pg_temp.demo_setting_goes(id)',
  },
  {
    kind: 'category',
    stays: 'category',
    ids: `select unnest(path) from catalog.categories c where not ${goes('category', 'c.id')}`,
  },
];

/** Rules of taxes, commissions and shipping: whoever changed one has made it their own. */
const settingsSql = `
  create temp table demo_settings on commit drop as
  select r.table_name, s.id from demo.seeded_rows r join (
    select 'orders.tax_rates' as name, id, version from orders.tax_rates
    union all select 'orders.shipping_methods', id, version from orders.shipping_methods
    union all select 'payments.commission_rules', id, version from payments.commission_rules
  ) s on s.name = r.table_name and r.key = jsonb_build_object('id', s.id) where s.version = 1;
  create function pg_temp.demo_setting_goes(p_id uuid) returns boolean language sql stable as
    'select exists (select from demo_settings s where s.id = p_id)'`;

/** Decides what of the example stays and why; the tables that it makes end with the transaction. */
export const findWhatStays = async (client: Client): Promise<void> => {
  await client.query(partsSql);
  await client.query(settingsSql);
  for (let found = -1; found !== 0;) {
    found = 0;
    for (const { kind, stays, ids } of rules) {
      const { rowCount } = await client.query(
        `update demo_parts set stays = $2
         where kind = $1 and stays is null and id in (${ids})`,
        [kind, stays],
      );
      found += rowCount ?? 0;
    }
  }
};

export type PartCount = Readonly<{ kind: string; stays: ReasonToStay | null; count: number }>;

/** How many parts go and how many stay, and why. Guests are counted with their orders. */
export const countParts = async (client: Client): Promise<readonly PartCount[]> => {
  const { rows } = await client.query<PartCount>(
    `select kind, stays, count(*)::int as count from demo_parts p
     where kind <> 'account' or exists (select from identity.accounts a where a.id = p.id)
     group by 1, 2 order by 1, 2`,
  );
  return rows;
};
