import type { Pool, QueryResultRow } from 'pg';

/** What an operator keeps as a list that people edit: one row a thing, with the version that they read. */
export type VersionedRows<Item, Terms> = Readonly<{
  find: (id: string) => Promise<Item | undefined>;
  /** By id, which is the order in which they were made. */
  list: (filter: Readonly<{ after?: string; limit: number }>) => Promise<readonly Item[]>;
  /** Undefined: one for the same is there already. */
  add: (id: string, terms: Terms, now: Date) => Promise<Item | undefined>;
  /** `taken`: one for the same is there; `stale`: it has another version; undefined: there is none. */
  replace: (
    id: string,
    version: number,
    terms: Terms,
    now: Date,
  ) => Promise<Item | 'taken' | 'stale' | undefined>;
  remove: (id: string, version: number) => Promise<'removed' | 'stale' | undefined>;
}>;

const uniqueViolation = '23505';

/**
 * Rows of `table`, which has `id, version, created_at, updated_at` beside `columns`. Names are the
 * context's own and stand in the SQL as they are; `valuesOf` gives one value a column.
 */
export const createVersionedRows = <Row extends QueryResultRow, Item, Terms>({
  pool,
  table,
  columns,
  valuesOf,
  toItem,
}: Readonly<{
  pool: Pool;
  table: string;
  columns: readonly string[];
  valuesOf: (terms: Terms) => readonly unknown[];
  toItem: (row: Row) => Item;
}>): VersionedRows<Item, Terms> => {
  const places = columns.map((_, i) => `$${i + 3}`);
  const sql = {
    find: `select * from ${table} where id = $1`,
    list: `select * from ${table} where $1::uuid is null or id > $1 order by id limit $2`,
    add: `insert into ${table} (id, created_at, updated_at, ${columns.join(', ')})
      values ($1, $2, $2, ${places.join(', ')}) on conflict do nothing returning *`,
    replace: `update ${table} set version = version + 1, updated_at = $2,
        ${columns.map((column, i) => `${column} = ${places[i]!}`).join(', ')}
      where id = $1 and version = $${columns.length + 3} returning *`,
    remove: `delete from ${table} where id = $1 and version = $2`,
  };
  const find = async (id: string): Promise<Item | undefined> => {
    const { rows } = await pool.query<Row>(sql.find, [id]);
    return rows[0] && toItem(rows[0]);
  };
  return {
    find,
    async list({ after, limit }) {
      const { rows } = await pool.query<Row>(sql.list, [after ?? null, limit]);
      return rows.map(toItem);
    },
    async add(id, terms, now) {
      const { rows } = await pool.query<Row>(sql.add, [id, now, ...valuesOf(terms)]);
      return rows[0] && toItem(rows[0]);
    },
    async replace(id, version, terms, now) {
      try {
        const values = [id, now, ...valuesOf(terms), version];
        const { rows } = await pool.query<Row>(sql.replace, values);
        if (rows[0]) return toItem(rows[0]);
      } catch (error) {
        if ((error as { code?: string }).code === uniqueViolation) return 'taken';
        throw error;
      }
      return (await find(id)) && 'stale';
    },
    async remove(id, version) {
      const { rowCount } = await pool.query(sql.remove, [id, version]);
      if (rowCount === 1) return 'removed';
      return (await find(id)) && 'stale';
    },
  };
};
