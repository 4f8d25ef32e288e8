import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Client } from 'pg';

type Migration = Readonly<{ source: string; name: string; sql: string; sha256: string }>;

/** The migrations of each directory in the order of their numbers; `source` names the directory. */
export const readMigrations = async (
  directories: readonly URL[],
): Promise<readonly Migration[]> => {
  const read = async (directory: URL): Promise<readonly Migration[]> => {
    const source = directory.pathname.split('/').at(-3)!;
    const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).toSorted();
    return Promise.all(
      files.map(async (file) => {
        const sql = await readFile(new URL(file, directory), 'utf8');
        const sha256 = createHash('sha256').update(sql).digest('hex');
        return { source, name: file.replace(/\.sql$/, ''), sql, sha256 };
      }),
    );
  };
  return (await Promise.all(directories.map(read))).flat();
};

const keyOf = ({ source, name }: Pick<Migration, 'source' | 'name'>): string => `${source}/${name}`;

/** The database was made by a later version, or a migration that ran was edited afterwards. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

/**
 * Brings one schema up to the code: forward only, each file once, all in one transaction, so that
 * a failing file leaves nothing half done. Two starters wait for each other. A database that
 * knows a migration which the code does not is newer, and refused before anything is touched.
 * `role` is the context's own, which a migration finds as the setting `plaza.context_role`. Answers
 * the names that ran.
 */
export const migrateSchema = async (
  admin: Client,
  schema: string,
  directories: readonly URL[],
  role: string,
): Promise<readonly string[]> => {
  const migrations = await readMigrations(directories);
  const name = admin.escapeIdentifier(schema);
  await admin.query('begin');
  try {
    await admin.query(`select pg_advisory_xact_lock(hashtext('plaza migrations ' || $1))`, [
      schema,
    ]);
    await admin.query(`set local search_path = ${name}, extensions`);
    await admin.query(`select set_config('plaza.context_role', $1, true)`, [role]);
    await admin.query(`create table if not exists ${name}.applied_migrations (
      source text, name text, sha256 text not null, applied_at timestamptz not null default now(),
      primary key (source, name))`);
    const { rows } = await admin.query<Migration>(
      'select source, name, sha256 from applied_migrations',
    );
    const ran = await applyMissing(admin, schema, migrations, rows);
    await admin.query('commit');
    return ran;
  } catch (error) {
    await admin.query('rollback').catch(() => {});
    throw error;
  }
};

/**
 * Says whether a schema is just what the code expects, for a process that may not change it. Raises
 * `MigrationRefused` when it is older, newer or edited. `client` is the context's own role.
 */
export const checkSchema = async (
  client: Pick<Client, 'query'>,
  schema: string,
  directories: readonly URL[],
): Promise<void> => {
  const migrations = await readMigrations(directories);
  const { rows } = await client
    .query<Migration>('select source, name, sha256 from applied_migrations')
    .catch((error: unknown) => {
      const undefinedTable = '42P01';
      if ((error as { code?: string }).code !== undefinedTable) throw error;
      return { rows: [] };
    });
  const missing = missingOf(schema, migrations, rows);
  if (missing.length > 0)
    throw new MigrationRefused(
      `Schema ${schema} is older than this version of Plaza: ${missing.map(keyOf).join(', ')} ` +
        'did not run. Start one process with the URL of its owner, who migrates.',
    );
};

const applyMissing = async (
  admin: Client,
  schema: string,
  migrations: readonly Migration[],
  applied: readonly Applied[],
): Promise<readonly string[]> => {
  const missing = missingOf(schema, migrations, applied);
  for (const { source, name, sql, sha256 } of missing) {
    await admin.query(sql);
    await admin.query('insert into applied_migrations (source, name, sha256) values ($1, $2, $3)', [
      source,
      name,
      sha256,
    ]);
  }
  return missing.map(keyOf);
};

type Applied = Pick<Migration, 'source' | 'name' | 'sha256'>;

/** The migrations that have not run. Raises when others have, or the same with another text. */
const missingOf = (
  schema: string,
  migrations: readonly Migration[],
  applied: readonly Applied[],
): readonly Migration[] => {
  const known = new Map(migrations.map((migration) => [keyOf(migration), migration]));
  for (const row of applied) {
    const migration = known.get(keyOf(row));
    if (!migration)
      throw new MigrationRefused(
        `The database is newer than this version of Plaza: schema ${schema} has migration ` +
          `${keyOf(row)}, which the code does not know. Start the newer version.`,
      );
    if (migration.sha256 !== row.sha256)
      throw new MigrationRefused(
        `Migration ${keyOf(row)} of schema ${schema} was changed after it ran. ` +
          'Restore the file and write a new migration instead.',
      );
  }
  const done = new Set(applied.map(keyOf));
  return migrations.filter((migration) => !done.has(keyOf(migration)));
};
