import type { Client } from 'pg';
import { modules } from '../../apps/server/targets.ts';
import {
  keySql,
  noteFilling,
  prepareSeededRows,
  readPrimaryKeys,
} from '../../apps/demo/seeded-rows.ts';

export const contexts = modules.map(({ name }) => name);

/** Every row of every table by its key: `schema.table` to key to content. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, string>>;

export const readRows = async (client: Client): Promise<Rows> => {
  const tables = await readPrimaryKeys(client, contexts);
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const [table, key] of tables) {
    const { rows } = await client.query<{ key: string; row: string }>(
      `select ${keySql('t', key)}::text as key, t::text as row from ${table} t`,
    );
    found.set(table, new Map(rows.map(({ key: name, row }) => [name, row])));
  }
  return found;
};

/** Notes what came since `before` as the example, as the move of a seeded one does. */
export const noteAsExample = async (client: Client, before: Rows): Promise<void> => {
  await prepareSeededRows(client);
  await noteFilling(client, { files: [], mails: [] });
  for (const [table, rows] of await readRows(client)) {
    const fresh = [...rows.keys()].filter((key) => !before.get(table)?.has(key));
    await client.query(
      `insert into demo.seeded_rows select $1, unnest($2::text[])::jsonb on conflict do nothing`,
      [table, fresh],
    );
  }
};
