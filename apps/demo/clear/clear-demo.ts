import type { Client } from 'pg';
import { removeRows } from './remove-rows.ts';
import { resealBooks, type Heads } from './reseal.ts';
import { countParts, findWhatStays, type ReasonToStay } from './what-stays.ts';

/** Whoever waits for a table gives up before PostgreSQL looks for a deadlock, and comes again. */
const lockWaitMs = 600;
const pauseMs = 150;

export type DemoCounts = Readonly<{ products: number; orders: number; people: number }>;
export type Kept = Readonly<{ kind: string; reason: ReasonToStay; count: number }>;

export type ClearOutcome =
  | Readonly<{ outcome: 'cleared'; removed: DemoCounts; kept: readonly Kept[] }>
  /** `none`: no example is there, or none of which it is known what it brought. */
  | Readonly<{ outcome: 'none' | 'busy' | 'own_account' }>;

/** Who takes it away, for the audit log. */
export type ClearedBy = Readonly<{ id: string; ip: string; userAgent: string | null }>;

export type ClearOptions = Readonly<{
  client: Client;
  contexts: readonly string[];
  by: ClearedBy;
  /** The heads of both chains, checked to the last link before this began. */
  heads: Heads;
  /** How long it comes again while the shop is busy with the example. */
  patienceMs?: number;
  /** Called last in the transaction; a test lets it fail. */
  beforeCommit?: () => Promise<void>;
}>;

const isThereSql = `select to_regclass('demo.seeded_rows') is not null as is_there`;
const isFilledSql = 'select exists (select from demo.fillings) as is_there';

const asks = async (client: Client, sql: string): Promise<boolean> =>
  (await client.query<{ is_there: boolean }>(sql)).rows[0]!.is_there;

/** Whether an example is there of which it is known what it brought. */
export const isDemoThere = async (client: Client): Promise<boolean> =>
  (await asks(client, isThereSql)) && (await asks(client, isFilledSql));

const countSql = `
  select
    count(*) filter (where table_name = 'catalog.products')::int as products,
    count(*) filter (where table_name = 'orders.streams')::int as orders,
    count(*) filter (where table_name = 'identity.accounts')::int as people,
    (select max(at) from demo.fillings) as filled_at,
    (select count(*)::int from catalog.products p join demo.seeded_rows r
      on r.table_name = 'catalog.products' and r.key = jsonb_build_object('id', p.id)
      where p.updated_at > (select max(at) from demo.fillings)) as products_changed
  from demo.seeded_rows`;

export type DemoThere = DemoCounts & Readonly<{ productsChanged: number; filledAt: Date }>;

/** What the example brought; undefined where none is there. */
export const countDemo = async (client: Client): Promise<DemoThere | undefined> => {
  if (!(await isDemoThere(client))) return undefined;
  type Row = DemoCounts & Readonly<{ products_changed: number; filled_at: Date }>;
  const { rows } = await client.query<Row>(countSql);
  const { products_changed: productsChanged, filled_at: filledAt, ...counts } = rows[0]!;
  return { ...counts, productsChanged, filledAt };
};

/**
 * An order that was made to be watched, of a product of the example: it goes with the example. One of
 * the owner's own products is theirs.
 */
export const noteSimulatedOrder = async (client: Client, orderId: string): Promise<void> => {
  if (!(await isDemoThere(client))) return;
  await client.query(
    `insert into demo.seeded_rows (table_name, key)
     select 'orders.streams', jsonb_build_object('id', s.id) from orders.streams s
     where s.id = $1 and not exists (
       select from jsonb_array_elements(s.state -> 'lines') l where not exists (
         select from demo.seeded_rows r where r.table_name = 'catalog.products'
           and r.key = jsonb_build_object('id', l ->> 'productId')))
     on conflict do nothing`,
    [orderId],
  );
};

/**
 * Nobody writes while it looks and removes: what a purchase committed before counts, and one that
 * comes later finds the product gone.
 */
const lockTables = async (client: Client, contexts: readonly string[]): Promise<void> => {
  await client.query(`set local lock_timeout = ${lockWaitMs}`);
  await client.query(
    `select pg_advisory_xact_lock(hashtext('plaza.ledger')), pg_advisory_xact_lock(hashtext('plaza.audit'))`,
  );
  const { rows } = await client.query<{ tables: string }>(
    `select string_agg(format('%I.%I', schemaname, tablename), ', ' order by schemaname, tablename)
       as tables from pg_tables where schemaname = any($1) and tablename <> 'applied_migrations'`,
    [contexts],
  );
  await client.query(`lock table ${rows[0]!.tables} in share row exclusive mode`);
};

/** A message of the example on its way, or money that a provider has not answered for. */
const inMotionSql = (contexts: readonly string[]): string => `
  select exists (
    select from (${contexts
      .map(
        (context) => `select subject, correlation_id from ${context}.outbox where sent_at is null`,
      )
      .join(' union all ')}) o
    join demo_parts p on p.id::text in (o.subject, o.correlation_id::text)
  ) or exists (
    select from payments.payments y join going g on g.kind = 'order' and g.id = y.order_id
    where y.status = 'pending' or exists (
      select from payments.refunds r where r.payment_id = y.id and r.status not in ('completed', 'failed'))
  ) as is_there`;

const isOwnSql = `select exists (
  select from demo_parts where kind = 'account' and id = $1 and stays is null) as is_there`;

/** What is left to do by the shop's own rules and outside of the database. */
const unfinishedSql = `
  insert into demo.unfinished
  select 'product', p.id::text from catalog.products p
  join demo_parts d on d.kind = 'product' and d.id = p.id where p.status <> 'archived'
  union
  select kind, name from demo.seeded_files f where kind = 'mail' or not exists (
    select from catalog.products p cross join jsonb_array_elements(p.images) i
    where f.name like 'product-' || (i ->> 'id') || '-%')
  on conflict do nothing`;

/** From here on what is left of the example is the shop's. */
const forgetSql = `
  delete from demo.seeded_rows; delete from demo.seeded_files; delete from demo.fillings`;

const auditSql = `
  insert into identity.account_events (id, type, at, detail, actor_id, ip, user_agent, act)
  values (identity.uuidv7(), 'StaffActed', now(), 'DELETE /admin/demo', $1, $2, $3, $4)`;

const isLocked = (error: unknown): boolean =>
  ['55P03', '40P01'].includes((error as { code?: string }).code ?? '');

const clearOnce = async (options: ClearOptions): Promise<ClearOutcome> => {
  const { client, contexts, by, heads } = options;
  await client.query('begin');
  try {
    await client.query('set local statement_timeout = 0');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    await lockTables(client, contexts);
    if (!(await isDemoThere(client))) return await giveUp(client, 'none');
    await findWhatStays(client);
    if (await asks(client, inMotionSql(contexts))) return await giveUp(client, 'busy');
    const own = await client.query<{ is_there: boolean }>(isOwnSql, [by.id]);
    if (own.rows[0]!.is_there) return await giveUp(client, 'own_account');

    const parts = await countParts(client);
    const goingOf = (kind: string): number =>
      parts.find((part) => part.kind === kind && part.stays === null)?.count ?? 0;
    const removed = {
      products: goingOf('product'),
      orders: goingOf('order'),
      people: goingOf('account'),
    };
    const kept = parts.flatMap(({ kind, stays, count }) =>
      stays === null ? [] : [{ kind, reason: stays, count }],
    );
    await removeRows(client, contexts);
    const sealed = await resealBooks(client);
    await client.query(unfinishedSql);
    await client.query(forgetSql);
    await client.query('set local search_path = identity, extensions');
    await client.query(auditSql, [
      by.id,
      by.ip,
      by.userAgent,
      {
        context: 'gateway',
        path: '/admin/demo',
        before: heads,
        after: { removed, kept, ...sealed },
      },
    ]);
    await options.beforeCommit?.();
    await client.query('commit');
    return { outcome: 'cleared', removed, kept };
  } catch (error) {
    await client.query('rollback').catch(() => {});
    if (isLocked(error)) return { outcome: 'busy' };
    throw error;
  }
};

const giveUp = async (
  client: Client,
  outcome: 'none' | 'busy' | 'own_account',
): Promise<ClearOutcome> => {
  await client.query('rollback');
  return { outcome };
};

/**
 * Takes the example away in one transaction: what it brought and what happened to that alone, but
 * nothing that something of the owner's needs. All or nothing; a second time there is nothing to do.
 */
export const clearDemo = async (options: ClearOptions): Promise<ClearOutcome> => {
  const end = performance.now() + (options.patienceMs ?? 10_000);
  for (;;) {
    const result = await clearOnce(options);
    if (result.outcome !== 'busy' || performance.now() > end) return result;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
};
