/** A database a context: its owner migrates it, its login role is the service's. */
import pg from 'pg';
import type { ServersFolder } from './folder.ts';
import { adminOf } from './postgres.ts';

/** The contexts that have a database, which has the context's name. */
export const contexts = [
  'identity',
  'users',
  'catalog',
  'orders',
  'payments',
  'notifications',
] as const;
export type Context = (typeof contexts)[number];

/** The role of a context's service; migrations of the ledger know it by this name. */
const roleOf = (context: Context): string => `plaza_${context}`;
const ownerOf = (context: Context): string => `plaza_${context}_owner`;
const passwordOf = (folder: ServersFolder, role: string): string =>
  folder.passwordOf(`postgres ${role}`);

/** Where one role of one context logs in, with the password. */
const urlOf = (folder: ServersFolder, role: string, database: string): string =>
  `postgres://${role}:${passwordOf(folder, role)}@127.0.0.1:${folder.ports.postgres}/${database}`;

/** The URLs with passwords: the superuser's, and two a context. */
export const postgresUrls = (folder: ServersFolder) => ({
  adminUrl: urlOf(folder, adminOf(folder).user, 'postgres'),
  contexts: Object.fromEntries(
    contexts.map((context) => [
      context,
      {
        ownerUrl: urlOf(folder, ownerOf(context), context),
        url: urlOf(folder, roleOf(context), context),
      },
    ]),
  ) as Record<Context, { ownerUrl: string; url: string }>,
});

/** Makes what is missing of roles, databases and extensions. Raises what PostgreSQL says. */
export const prepareContexts = async (folder: ServersFolder): Promise<void> => {
  await asAdmin(folder, 'postgres', async (admin) => {
    await admin.query('revoke connect, temporary on database postgres, template1 from public');
    for (const context of contexts) {
      for (const role of [ownerOf(context), roleOf(context)]) {
        await prepareRole(admin, role, passwordOf(folder, role), context);
      }
      const found = await admin.query('select 1 from pg_database where datname = $1', [context]);
      if (found.rowCount === 0)
        await admin.query(`create database ${context} owner ${ownerOf(context)}`);
    }
  });
  for (const context of contexts) {
    await asAdmin(folder, context, (admin) => prepareDatabase(admin, context));
  }
};

const prepareRole = async (
  admin: pg.Client,
  role: string,
  password: string,
  context: Context,
): Promise<void> => {
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await admin.query(`create role ${role}`);
  await admin.query(`
    alter role ${role} login password ${admin.escapeLiteral(password)};
    alter role ${role} set search_path = ${context}, extensions`);
  if (role !== roleOf(context)) return;
  // As prepareSchemas in shared/platform/databases.ts has them, which says why.
  await admin.query(`
    alter role ${role} set statement_timeout = '30s';
    alter role ${role} set plan_cache_mode = 'force_generic_plan';
    alter role ${role} set enable_seqscan = off;
    alter role ${role} set idle_in_transaction_session_timeout = '30s'`);
};

/** The service may use what the owner makes, now and later, and not alter it. */
const prepareDatabase = async (admin: pg.Client, context: Context): Promise<void> => {
  const [owner, role] = [ownerOf(context), roleOf(context)];
  const later = `alter default privileges for role ${owner} grant`;
  await admin.query(`
    revoke all on schema public from public;
    revoke connect, temporary on database ${context} from public;
    grant connect on database ${context} to ${role};
    create schema if not exists extensions;
    create extension if not exists pg_trgm schema extensions;
    create extension if not exists unaccent schema extensions;
    grant usage on schema extensions to public;
    ${later} usage on schemas to ${role};
    ${later} select, insert, update, delete on tables to ${role};
    ${later} usage on sequences to ${role}`);
};

const asAdmin = async (
  folder: ServersFolder,
  database: string,
  work: (admin: pg.Client) => Promise<void>,
): Promise<void> => {
  const admin = new pg.Client({ ...adminOf(folder), database });
  await admin.connect();
  try {
    // A statement that fails or is slow would come into the log, with a new password in it.
    await admin.query(`set log_min_error_statement = panic; set log_min_duration_statement = -1;
      set client_min_messages = warning`);
    await work(admin);
  } finally {
    await admin.end();
  }
};
