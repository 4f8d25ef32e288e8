import pg from 'pg';
import type { Logger } from '../telemetry/logger.ts';
import type { ContextName, ServiceModule } from './module.ts';
import { migrateSchema } from './migrate.ts';

/** Where the server is and who may create schemas and roles there. */
export type AdminAddress = Readonly<{ host: string; port: number; user: string; password: string }>;

const roleOf = (context: string): string => `plaza_${context}`;

// bigint columns stay strings (pg's default): amounts become bigint where they are money.

/** Creates the database when it is not there; a race with another starter is no error. */
export const createDatabase = async (
  address: AdminAddress,
  database: string,
  template?: string,
): Promise<void> => {
  const client = new pg.Client({ ...address, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [
      database,
    ]);
    if (rowCount !== 0) return;
    const name = client.escapeIdentifier(database);
    const from = template === undefined ? '' : ` template ${client.escapeIdentifier(template)}`;
    await client.query(`create database ${name}${from}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42P04') throw error;
  } finally {
    await client.end();
  }
};

/** PostgreSQL has it from 18 on; by the layout of RFC 9562, with milliseconds. */
const uuidv7Sql = `
  do $do$ begin
    if to_regproc('pg_catalog.uuidv7') is null then
      create or replace function extensions.uuidv7() returns uuid language sql volatile as $$
        select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
          placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
      $$;
    end if;
  end $do$`;

/**
 * Gives each module its schema and its own login role, then migrates. The schema belongs to the
 * administrator and the role may only use what is in it: no context can alter a table, and a join
 * across contexts fails on the laptop as it would between servers.
 */
export const prepareSchemas = async (
  address: AdminAddress,
  database: string,
  modules: readonly ServiceModule[],
  passwordOf: (context: ContextName) => string,
): Promise<readonly string[]> => {
  const admin = new pg.Client({ ...address, database });
  await admin.connect();
  try {
    await admin.query(`select pg_advisory_lock(hashtext('plaza schemas'))`);
    const name = admin.escapeIdentifier(database);
    await admin.query(`
      revoke all on schema public from public;
      revoke connect, temporary on database ${name} from public;
      create schema if not exists extensions;
      create extension if not exists pg_trgm schema extensions;
      create extension if not exists unaccent schema extensions;
      grant usage on schema extensions to public`);
    await admin.query(uuidv7Sql);
    const ran: string[] = [];
    for (const module of modules) {
      await prepareRole(admin, database, module.name, passwordOf(module.name));
      ran.push(...(await migrateSchema(admin, module.name, module.migrations)));
    }
    return ran;
  } finally {
    await admin.end();
  }
};

const prepareRole = async (
  admin: pg.Client,
  database: string,
  context: ContextName,
  password: string,
): Promise<void> => {
  const role = roleOf(context);
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  // Another database of the same server (tests) may make the role at this moment.
  if (rowCount === 0)
    await admin.query(
      `do $$ begin create role ${role} login; exception when duplicate_object or unique_violation then null; end $$`,
    );
  await admin.query(`
    alter role ${role} password ${admin.escapeLiteral(password)};
    alter role ${role} set search_path = ${context}, extensions;
    alter role ${role} set statement_timeout = '30s';
    alter role ${role} set plan_cache_mode = 'force_generic_plan';
    alter role ${role} set enable_seqscan = off;
    alter role ${role} set idle_in_transaction_session_timeout = '30s';
    grant connect on database ${admin.escapeIdentifier(database)} to ${role};
    create schema if not exists ${context};
    grant usage on schema ${context} to ${role};
    alter default privileges in schema ${context}
      grant select, insert, update, delete on tables to ${role};
    alter default privileges in schema ${context} grant usage on sequences to ${role}`);
};

/** A bounded pool of connections as the context's own role. */
export const createContextPool = (
  options: Readonly<{
    address: Pick<AdminAddress, 'host' | 'port'>;
    database: string;
    context: ContextName;
    password: string;
    max: number;
    log: Logger;
  }>,
): pg.Pool => {
  const pool = new pg.Pool({
    host: options.address.host,
    port: options.address.port,
    database: options.database,
    user: roleOf(options.context),
    password: options.password,
    max: options.max,
    application_name: `plaza ${options.context}`,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
  });
  // Without a listener, a server that goes away takes the process with it.
  pool.on('error', (error) => {
    // A pool that ends closes its sockets a moment later than it says.
    if (pool.ending) return;
    options.log.warn({ err: error, context: options.context }, 'database connection lost');
  });
  return pool;
};
