import type { Client } from 'pg';
import type { ContextName } from '#shared/platform/module.ts';
import {
  keySql,
  noteFilling,
  prepareSeededRows,
  readPrimaryKeys,
  type SeededFiles,
} from './seeded-rows.ts';

/**
 * What belongs to an installation and not to its shop: keys, links, sessions, what is remembered, and
 * the seals of its log and its books, which are sealed anew where they arrive. Kinds of accounts are
 * there already.
 */
const ownOfInstallation = [
  'applied_migrations',
  'signing_keys',
  'kept_keys',
  'audit_chain',
  'ledger_chain',
  'ledger_chain_mark',
  'shop',
  'account_kinds',
  'setup_links',
  'sessions',
  'refresh_tokens',
  'sign_in_tries',
  'idempotency_keys',
  'live_pruned',
];

type Table = Readonly<{ schema: string; name: string; columns: string; order: string | null }>;

/**
 * Identity columns are numbered anew, and a transaction id is that of the move: readers that stand
 * anywhere in a log of the shop then find the rows behind them.
 */
const tablesSql = `
  select n.nspname as schema, c.relname as name,
    string_agg(quote_ident(a.attname), ', ' order by a.attnum) filter (
      where a.attidentity = '' and a.attgenerated = '' and a.atttypid <> 'xid8'::regtype) as columns,
    max(quote_ident(a.attname)) filter (where a.attidentity <> '') as "order"
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind = 'r' and n.nspname = any($1) and c.relname <> all($2)
  group by 1, 2 order by 1, 2`;

/** Sequences that a function draws from, and not a column. */
const sequencesSql = `
  select s.schemaname as schema, s.sequencename as name, s.last_value::text as last
  from pg_sequences s
  where s.schemaname = any($1) and s.last_value is not null and not exists (
    select from pg_depend d
    where d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass and d.deptype in ('a', 'i'))`;

/**
 * Moves every row of the contexts from one database into another that has nothing of the kind, as
 * a restored backup would: in one transaction, all or nothing, with triggers off since the rows
 * that they made come along. The keys of all that moved are noted in the same transaction, so that
 * the example can be taken away again. Answers how many rows moved.
 */
export const moveRows = async (
  from: Client,
  to: Client,
  contexts: readonly ContextName[],
  beside: SeededFiles,
): Promise<number> => {
  const { rows: tables } = await from.query<Table>(tablesSql, [contexts, ownOfInstallation]);
  const { rows: sequences } = await from.query<{ schema: string; name: string; last: string }>(
    sequencesSql,
    [contexts],
  );
  const keys = await readPrimaryKeys(to, contexts);
  let moved = 0;
  await to.query('begin');
  try {
    await prepareSeededRows(to);
    await noteFilling(to, beside);
    await to.query('set local session_replication_role = replica');
    for (const { schema, name, columns, order } of tables) {
      const table = `${schema}.${to.escapeIdentifier(name)}`;
      const { rows } = await from.query<{ content: string | null }>(
        `select json_agg(t)::text as content from (
           select ${columns} from ${table} ${order === null ? '' : `order by ${order}`}) t`,
      );
      const { content } = rows[0]!;
      if (content === null) continue;
      // The timers of an installation's own upkeep are there already.
      const conflict = name === 'deadlines' ? 'on conflict do nothing' : '';
      const key = keys.get(`${schema}.${name}`);
      if (!key) throw new Error(`the rows of ${schema}.${name} have no key to note`);
      const { rowCount } = await to.query(
        `with moved as (
           insert into ${table} (${columns})
           select ${columns} from json_populate_recordset(null::${table}, $1::json) ${conflict}
           returning *
         )
         insert into demo.seeded_rows (table_name, key)
         select $2, ${keySql('moved', key)} from moved`,
        [content, `${schema}.${name}`],
      );
      moved += rowCount ?? 0;
    }
    for (const { schema, name, last } of sequences)
      await to.query('select setval($1::regclass, $2::bigint)', [`${schema}.${name}`, last]);
    await to.query('commit');
    return moved;
  } catch (error) {
    await to.query('rollback').catch(() => {});
    throw error;
  }
};
