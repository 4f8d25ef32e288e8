import type { Client } from 'pg';

const going = (kind: string): string => `(select id from going where kind = '${kind}')`;

/**
 * Everything that is named in messages: an id of what goes, and of what stays of the example. A message
 * goes with what it tells of, and so does the mark of everybody who took it.
 */
const namesSql = `
  create temp table going_payments on commit drop as
  select id from payments.payments where order_id in ${going('order')};
  create temp table going_entries on commit drop as
  select id from payments.journal_entries
  where order_id in ${going('order')} or payment_id in (select id from going_payments);

  create temp table demo_names (id text primary key, goes boolean not null) on commit drop;
  insert into demo_names
  select id::text, bool_and(goes) from (
    select id, stays is null as goes from demo_parts
    union all select v.id, p.stays is null from catalog.variants v
      join demo_parts p on p.kind = 'product' and p.id = v.product_id
    union all select y.id, p.stays is null from payments.payments y
      join demo_parts p on p.kind = 'order' and p.id = y.order_id
    union all select r.id, p.stays is null from payments.refunds r
      join payments.payments y on y.id = r.payment_id
      join demo_parts p on p.kind = 'order' and p.id = y.order_id
  ) named group by id`;

const messagesSql = (contexts: readonly string[]): string => `
  create temp table demo_messages (id uuid primary key) on commit drop;
  insert into demo_messages
  select o.id from (${contexts
    .map(
      (context) =>
        `select '${context}.outbox' as name, id, subject, correlation_id, type from ${context}.outbox`,
    )
    .join(' union all ')}) o
  left join demo.seeded_rows r on r.table_name = o.name and r.key = jsonb_build_object('id', o.id)
  left join demo_names s on s.id = o.subject
  left join demo_names c on c.id = o.correlation_id::text
  where coalesce(s.goes, true) and coalesce(c.goes, true)
    -- What staff did since is theirs, whatever they did it to.
    and (r.key is not null or (coalesce(s.goes, c.goes, false) and o.type not like '%.staff-acted.v1'))`;

/** Rows that are told apart by their own key alone. */
const seeded = (name: string, key: string): string =>
  `exists (select from demo.seeded_rows r where r.table_name = '${name}' and r.key = ${key})`;

const messagesOf = (context: string): string => `
  delete from ${context}.inbox i where i.message_id in (select id from demo_messages)
    or (${seeded(`${context}.inbox`, `jsonb_build_object('consumer', i.consumer, 'message_id', i.message_id)`)}
      and not exists (select from demo_outbox o where o.id = i.message_id));
  delete from ${context}.dead_letters where message_id in (select id from demo_messages);
  delete from ${context}.outbox where id in (select id from demo_messages);
  delete from ${context}.deadlines where left(key, 36) in (select id from demo_names where goes)`;

/** Messages that stay, wherever they were published. */
const outboxSql = (contexts: readonly string[]): string => `
  create temp table demo_outbox on commit drop as
  select id from (${contexts.map((context) => `select id from ${context}.outbox`).join(' union all ')}) o
  where id not in (select id from demo_messages);
  create index on demo_outbox (id)`;

const catalogSql = `
  create temp table freed on commit drop as
  select distinct variant_id from catalog.reservations where order_id in ${going('order')};
  delete from catalog.reservations where order_id in ${going('order')};
  delete from catalog.order_reservations where order_id in ${going('order')};
  -- What an order of the example held of a product that stays is free again.
  update catalog.stock s set reserved = h.held, version = s.version + 1
  from (select f.variant_id, coalesce(sum(r.quantity), 0)::int as held from freed f
    left join catalog.reservations r on r.variant_id = f.variant_id and r.state = 'held'
    group by 1) h
  where s.variant_id = h.variant_id and s.reserved <> h.held;
  delete from catalog.stock_movements m using catalog.stock s
  where s.variant_id = m.variant_id and s.product_id in ${going('product')};
  delete from catalog.stock where product_id in ${going('product')};
  delete from catalog.favourites where account_id in ${going('account')} or product_id in ${going('product')};
  delete from catalog.favourite_lists where account_id in ${going('account')};
  delete from catalog.listings where product_id in ${going('product')};
  delete from catalog.search_postings where product_id in ${going('product')};
  delete from catalog.search_documents where product_id in ${going('product')};
  delete from catalog.availability where product_id in ${going('product')};
  delete from catalog.variants where product_id in ${going('product')};
  delete from catalog.products where id in ${going('product')};
  delete from catalog.categories where id in ${going('category')};
  -- A word that something that stays is found by is everybody's.
  delete from catalog.search_words w where ${seeded('catalog.search_words', `jsonb_build_object('word', w.word)`)}
    and not exists (select from catalog.search_postings p where p.lexeme = any(w.lexemes));
  delete from catalog.catalog_changes where product_id in ${going('product')};
  insert into catalog.catalog_changes (product_id, changes_lists) values (null, true)`;

const ordersSql = `
  delete from orders.order_access where order_id in ${going('order')};
  delete from orders.order_contacts where order_id in ${going('order')};
  delete from orders.orders where id in ${going('order')};
  delete from orders.events where stream_id in ${going('order')};
  delete from orders.streams where id in ${going('order')};
  delete from orders.carts where account_id in ${going('account')};
  delete from orders.offers where product_id in ${going('product')};
  delete from orders.known_products where product_id in ${going('product')};
  delete from orders.tax_rates where pg_temp.demo_setting_goes(id);
  delete from orders.shipping_methods where pg_temp.demo_setting_goes(id)`;

const ofOrders = (...tables: readonly string[]): string =>
  tables
    .map((table) => `delete from payments.${table} where order_id in ${going('order')};`)
    .join('\n');
const ofPayments = (...tables: readonly string[]): string =>
  tables
    .map(
      (table) =>
        `delete from payments.${table} where payment_id in (select id from going_payments);`,
    )
    .join('\n');

/**
 * Of the books go whole entries, so that they still balance; each account loses what its lines said. An
 * account that is spread over rows may lose it in any of them: they add up.
 */
const paymentsSql = `
  update payments.ledger_accounts a set balance_minor = a.balance_minor - l.minor
  from (
    select account_id, currency,
      sum(case side when 'credit' then amount_minor else -amount_minor end)::bigint as minor
    from payments.journal_lines where entry_id in (select id from going_entries) group by 1, 2
  ) l
  where a.id = l.account_id and a.currency = l.currency and a.shard = (
    select min(shard) from payments.ledger_accounts o where o.id = a.id and o.currency = a.currency);
  delete from payments.reversed_lines where entry_id in (select id from going_entries);
  delete from payments.ledger_chain;
  delete from payments.journal_lines where entry_id in (select id from going_entries);
  delete from payments.journal_entries where id in (select id from going_entries);
  delete from payments.ledger_accounts a where a.pending_minor = 0
    and not exists (select from payments.journal_lines l where l.account_id = a.id and l.currency = a.currency);

  delete from payments.sandbox_refunds where charge_key in (select id from going_payments);
  delete from payments.sandbox_charges where key in (select id from going_payments);
  delete from payments.provider_refunds r using payments.provider_charges c
  where c.id = r.charge_id and c.payment_id in (select id from going_payments);
  ${ofPayments('provider_charges', 'provider_checkouts', 'chargebacks', 'payment_alerts', 'reconciliation_differences', 'refunds')}
  delete from payments.reconciliation_differences where entry_id in (select id from going_entries);
  ${ofOrders('transfers', 'deliveries', 'claimed_orders', 'guest_access', 'payable_lines', 'payables')}
  delete from payments.payments where id in (select id from going_payments);
  delete from payments.payout_destinations where account_id in ${going('account')};
  delete from payments.seller_links where seller_id in ${going('account')};
  delete from payments.seller_link_requests where seller_id in ${going('account')};
  delete from payments.commission_rules where pg_temp.demo_setting_goes(id);
  delete from payments.reconciliation_runs n where ${seeded('payments.reconciliation_runs', `jsonb_build_object('id', n.id)`)}`;

const peopleSql = `
  create temp table going_sessions on commit drop as
  select id from identity.sessions where account_id in ${going('account')};
  delete from identity.sessions where account_id in ${going('account')};
  delete from identity.usernames where account_id in ${going('account')};
  delete from identity.accounts where id in ${going('account')};
  delete from users.profiles where account_id in ${going('account')};
  delete from notifications.notifications where recipient_id in ${going('account')};
  delete from notifications.preferences where account_id in ${going('account')};
  delete from notifications.recipients where account_id in ${going('account')};
  delete from notifications.live_events where message_id in (select id from demo_messages)`;

/** What the log says of the example; what real people did to it is theirs and stays. */
const auditSql = `
  create temp table going_events on commit drop as
  select e.id from identity.account_events e
  where ${seeded('identity.account_events', `jsonb_build_object('id', e.id)`)}
    and not exists (select from demo_parts p where p.kind = 'account' and p.id = e.account_id and p.stays is not null)
    and not exists (select from demo_outbox o where o.id = e.id);
  delete from identity.audit_chain where event_id in (select id from going_events);
  delete from identity.account_events where id in (select id from going_events)`;

/** Statements that no context may ever run; whoever owns the database lifts them for this transaction. */
const guards = [
  'journal_entries entries_stay',
  'journal_lines lines_stay',
  'ledger_chain chain_stays',
] as const;

const switchGuards = (to: 'disable' | 'enable'): string =>
  guards
    .map((guard) => guard.split(' ') as [string, string])
    .map(([table, name]) => `alter table payments.${table} ${to} trigger ${name}`)
    .join('; ');

/** Takes away every row of what goes; foreign keys are held all the while. */
export const removeRows = async (client: Client, contexts: readonly string[]): Promise<void> => {
  await client.query(namesSql);
  await client.query(messagesSql(contexts));
  await client.query(outboxSql(contexts));
  await client.query('analyze demo_names; analyze demo_messages; analyze demo_outbox');
  await client.query(switchGuards('disable'));
  for (const sql of [ordersSql, catalogSql, paymentsSql, peopleSql, auditSql])
    await client.query(sql);
  for (const context of contexts) await client.query(messagesOf(context));
  // What was put off is checked now: a table with such a check under way does not take its guards back.
  await client.query('set constraints all immediate');
  await client.query(switchGuards('enable'));
};
