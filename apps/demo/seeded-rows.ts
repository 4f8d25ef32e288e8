import type { Client } from 'pg';

/**
 * Which rows, files and mails the example brought, told apart from the shop's for good: only the owner
 * of the database reads and writes here, no context does. Made when the example moves in.
 */
const schemaSql = `
  create schema if not exists demo;
  create table if not exists demo.fillings (at timestamptz primary key default now());
  create table if not exists demo.seeded_rows (
    table_name text not null, key jsonb not null, primary key (table_name, key));
  create table if not exists demo.seeded_files (
    kind text not null check (kind in ('file', 'mail')), name text not null, primary key (kind, name));
  -- What a clearing has to finish outside of the database, or by the shop's own rules.
  create table if not exists demo.unfinished (
    kind text not null check (kind in ('file', 'mail', 'product')), name text not null,
    primary key (kind, name))`;

/** What the seed wrote beside the database, by name. */
export type SeededFiles = Readonly<{ files: readonly string[]; mails: readonly string[] }>;

export const prepareSeededRows = async (client: Client): Promise<void> => {
  await client.query(schemaSql);
};

export const noteFilling = async (client: Client, { files, mails }: SeededFiles): Promise<void> => {
  await client.query('insert into demo.fillings default values');
  await client.query(
    `insert into demo.seeded_files select 'file', unnest($1::text[])
     union select 'mail', unnest($2::text[]) on conflict do nothing`,
    [files, mails],
  );
};

/** The columns that name a row of each table of these schemas: `schema.table` to its primary key. */
export const readPrimaryKeys = async (
  client: Client,
  schemas: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await client.query<{ name: string; columns: readonly string[] }>(
    `select n.nspname || '.' || c.relname as name,
       array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) as columns
     from pg_index i
     join pg_class c on c.oid = i.indrelid
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
     where i.indisprimary and n.nspname = any($1) group by 1`,
    [schemas],
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
};

/** The key of a row as it is noted. */
export const keySql = (row: string, columns: readonly string[]): string =>
  `jsonb_build_object(${columns.map((column) => `'${column}', ${row}."${column}"`).join(', ')})`;
