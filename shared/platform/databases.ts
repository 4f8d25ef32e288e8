import pg from 'pg';
import { parseJson } from '../kernel/parse-json.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { ContextName, ServiceModule } from './module.ts';
import { checkSchema, migrateSchema } from './migrate.ts';

/** Where the server is and who may create schemas and roles there. */
export type AdminAddress = Readonly<{ host: string; port: number; user: string; password: string }>;

const roleOf = (context: string): string => `plaza_${context}`;

/** What every session of a context has. Plans are made once a connection, often on empty tables. */
const sessionSettings = (context: ContextName): Readonly<Record<string, string>> => ({
  search_path: `${context}, extensions`,
  statement_timeout: '30s',
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  idle_in_transaction_session_timeout: '30s',
});

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
    const from =
      template === undefined
        ? ''
        : ` template ${client.escapeIdentifier(template)} strategy file_copy`;
    await client.query(`create database ${name}${from}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42P04') throw error;
  } finally {
    await client.end();
  }
};

/** PostgreSQL has it from 18 on; by the layout of RFC 9562, with milliseconds. */
const uuidv7Sql = (schema: string): string => `
  do $do$ begin
    if to_regproc('pg_catalog.uuidv7') is null then
      create or replace function ${schema}.uuidv7() returns uuid language sql volatile as $$
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
    await prepareDatabase(admin, database);
    const ran: string[] = [];
    for (const module of modules) {
      await prepareRole(admin, module.name, passwordOf(module.name));
      ran.push(...(await prepareSchema(admin, database, module, roleOf(module.name))));
    }
    return ran;
  } finally {
    await admin.end();
  }
};

/** What all schemas of a database share; two starters wait for each other. */
const prepareDatabase = async (owner: pg.Client, database: string): Promise<void> => {
  await owner.query(`select pg_advisory_lock(hashtext('plaza schemas'))`);
  const name = owner.escapeIdentifier(database);
  await owner.query(`
    revoke all on schema public from public;
    revoke connect, temporary on database ${name} from public;
    create schema if not exists extensions;
    create extension if not exists pg_trgm schema extensions;
    create extension if not exists unaccent schema extensions;
    grant usage on schema extensions to public`);
};

const prepareRole = async (
  admin: pg.Client,
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
  const settings = Object.entries(sessionSettings(context)).map(
    ([setting, value]) =>
      `alter role ${role} set ${setting} = ${value
        .split(', ')
        .map((part) => admin.escapeLiteral(part))
        .join(', ')}`,
  );
  await admin.query(
    [`alter role ${role} password ${admin.escapeLiteral(password)}`, ...settings].join(';'),
  );
};

/** Gives the role its rights in the context's schema, and migrates it. Answers what ran. */
const prepareSchema = async (
  owner: pg.Client,
  database: string,
  { name: context, migrations }: ServiceModule,
  role: string,
): Promise<readonly string[]> => {
  const grantee = owner.escapeIdentifier(role);
  await owner.query(`
    grant connect on database ${owner.escapeIdentifier(database)} to ${grantee};
    create schema if not exists ${context};
    grant usage on schema ${context} to ${grantee};
    alter default privileges in schema ${context}
      grant select, insert, update, delete on tables to ${grantee};
    alter default privileges in schema ${context} grant usage on sequences to ${grantee}`);
  await owner.query(uuidv7Sql(context));
  return migrateSchema(owner, context, migrations, role);
};

/**
 * Migrates one context in a database of its own, as that database's owner, who need not be a
 * superuser. The role that `url` logs in as must exist. Answers what ran.
 */
export const prepareOwnDatabase = async (
  ownerUrl: string,
  url: string,
  module: ServiceModule,
): Promise<readonly string[]> => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const database = owner.database!;
    await prepareDatabase(owner, database);
    return await prepareSchema(owner, database, module, decodeURIComponent(new URL(url).username));
  } finally {
    await owner.end();
  }
};

type PoolOptions = Readonly<{ context: ContextName; max: number; log: Logger }>;

// Documents hold names that people gave, such as those of a product's options.
for (const type of [pg.types.builtins.JSON, pg.types.builtins.JSONB])
  pg.types.setTypeParser(type, parseJson);

const createPool = (where: pg.PoolConfig, { context, max, log }: PoolOptions): pg.Pool => {
  const pool = new pg.Pool({
    ...where,
    max,
    application_name: `plaza ${context}`,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 5_000,
  });
  // Without a listener, a server that goes away takes the process with it.
  pool.on('error', (error) => {
    // A pool that ends closes its sockets a moment later than it says.
    if (pool.ending) return;
    log.warn({ err: error, context }, 'database connection lost');
  });
  return pool;
};

/** A bounded pool of connections as the role that `prepareSchemas` made for the context. */
export const createContextPool = (
  options: PoolOptions &
    Readonly<{
      address: Pick<AdminAddress, 'host' | 'port'>;
      database: string;
      password: string;
    }>,
): pg.Pool => {
  const { address, database, password } = options;
  const user = roleOf(options.context);
  return createPool({ host: address.host, port: address.port, database, user, password }, options);
};

/** A bounded pool of connections to a context's own database; the settings come with each session. */
export const createUrlPool = (url: string, options: PoolOptions): pg.Pool => {
  const settings = Object.entries(sessionSettings(options.context)).map(
    ([name, value]) => `-c ${name}=${value.replaceAll(' ', '')}`,
  );
  return createPool({ connectionString: url, options: settings.join(' ') }, options);
};

/** For a process without the owner's URL: raises `MigrationRefused` unless the schema is the code's. */
export const checkOwnDatabase = async (
  url: string,
  { name: context, migrations }: ServiceModule,
  log: Logger,
): Promise<void> => {
  const pool = createUrlPool(url, { context, max: 1, log });
  try {
    await checkSchema(pool, context, migrations);
  } finally {
    await pool.end();
  }
};
