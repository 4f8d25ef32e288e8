import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createContextPool } from '#shared/platform/databases.ts';
import type { ContextName } from '#shared/platform/module.ts';
import { databasePassword } from '#shared/platform/secret.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import type { PlazaProcess } from './plaza-process.ts';

/** As the platform connects: the context's role, the Unix socket, five connections. */
export const contextPool = (plaza: PlazaProcess, context: ContextName): pg.Pool =>
  createContextPool({
    address: { host: join(plaza.data, 'postgres'), port: plaza.databasePort },
    database: 'plaza',
    context,
    password: databasePassword(plaza.secret, context),
    max: 5,
    log: createLogger({ level: 'silent' }),
  });

/** Does what autovacuum would do in the middle of the measurement. */
export const settleDatabase = async (plaza: PlazaProcess): Promise<void> => {
  const directory = join(plaza.data, 'postgres');
  const admin = new pg.Client({
    host: directory,
    port: plaza.databasePort,
    user: 'plaza_admin',
    password: (await readFile(join(directory, 'superuser-password'), 'utf8')).trim(),
    database: 'plaza',
  });
  await admin.connect();
  await admin.query('vacuum analyze');
  await admin.query('checkpoint');
  for (let busy = 1; busy > 0; await new Promise((resolve) => setTimeout(resolve, 500))) {
    const { rows } = await admin.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where backend_type = 'autovacuum worker'`,
    );
    busy = rows[0]!.n;
  }
  await admin.end();
};
