import type { Pool } from 'pg';
import type { Imports } from '../application/ports.ts';
import type { ImportViews } from '../application/queries/show-import.ts';
import { catalogError } from '../domain/errors.ts';

const errorsMax = 1_000;
/** An import that has said nothing for so long has no process any more. */
const silentSeconds = 60;

const interrupted =
  'Plaza stopped before the import ended. What was read is stored; import the file again, and ' +
  'only what is missing will change.';

const beginSql = `
  insert into imports (id, account_id, file_name, is_dry_run, status, bytes_total, started_at, seen_at)
  select $1, $2, $3, $4, 'running', $5, $6, $6
  where not exists (select from imports where account_id = $2 and status = 'running'
    and seen_at > $6::timestamptz - interval '${silentSeconds} seconds')`;
const progressSql = `
  update imports set bytes_read = $2, rows_read = $3, products_created = $4, products_updated = $5,
    products_unchanged = $6, products_refused = $7, seen_at = $9,
    errors_count = errors_count + jsonb_array_length($8::jsonb),
    errors = case when errors_count >= ${errorsMax} then errors else (
      select coalesce(jsonb_agg(e order by n), '[]') from jsonb_array_elements(errors || $8::jsonb)
        with ordinality x(e, n) where n <= ${errorsMax}) end
  where id = $1`;
const endSql = `
  update imports set status = case when $3::text is null then 'completed' else 'failed' end,
    failure = $3, seen_at = $2, ended_at = $2 where id = $1`;
const interruptSql = `
  update imports set status = 'failed', failure = $1, ended_at = seen_at
  where status = 'running' and seen_at < $2::timestamptz - interval '${silentSeconds} seconds'`;
const showSql = `
  select id, status, failure, file_name, is_dry_run, bytes_total::float8 as bytes_total,
    bytes_read::float8 as bytes_read, rows_read, products_created, products_updated,
    products_unchanged, products_refused, errors_count, errors, started_at, ended_at
  from imports where id = $1 and ($2::uuid is null or account_id = $2)`;

export const createPgImports = (pool: Pool): Imports => ({
  async begin({ id, accountId, fileName, isDryRun, bytesTotal, now }) {
    await pool.query(interruptSql, [interrupted, now]);
    const values = [id, accountId, fileName, isDryRun, bytesTotal, now];
    const { rowCount } = await pool.query(beginSql, values);
    if (rowCount === 0) throw catalogError('import_running');
  },
  async progress(id, counts, errors, now) {
    await pool.query(progressSql, [
      id,
      counts.bytesRead,
      counts.rowsRead,
      counts.created,
      counts.updated,
      counts.unchanged,
      counts.refused,
      JSON.stringify(errors),
      now,
    ]);
  },
  async end(id, now, failure) {
    await pool.query(endSql, [id, now, failure ?? null]);
  },
});

export const createPgImportViews = (pool: Pool, clock: () => Date): ImportViews => ({
  async load(id, actor) {
    await pool.query(interruptSql, [interrupted, clock()]);
    const { rows } = await pool.query<object>(showSql, [id, actor.isAdmin ? null : actor.id]);
    if (!rows[0]) throw catalogError('import_not_found');
    return rows[0];
  },
});
