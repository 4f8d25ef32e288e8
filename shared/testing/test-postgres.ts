import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase, prepareSchemas, type AdminAddress } from '../platform/databases.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { readMigrations } from '../platform/migrate.ts';
import type { ServiceModule } from '../platform/module.ts';

/** Environment variable by which a run of many test files shares one server. */
export const sharedServerVariable = 'PLAZA_TEST_SERVER';

/** Starts a throw-away PostgreSQL server; `stop` leaves nothing behind. */
export const startTestServer = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'plaza-test-'));
  // Tests judge what is committed and visible, not what survives a power cut; reliability suites
  // start a server of their own with fsync on.
  const server = await startEmbeddedPostgres({
    directory,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '300',
    },
  });
  const { host, port, user, password } = server;
  return {
    address: { host, port, user, password } satisfies AdminAddress,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
};

const sharedAddress = (): AdminAddress | undefined => {
  const text = process.env[sharedServerVariable];
  return text === undefined ? undefined : (JSON.parse(text) as AdminAddress);
};

/** The same on every database of a test server, since roles belong to the server. */
export const testPassword = (context: string): string => `test-only-${context}`;

/** Names what a migrated database holds: the same contexts with the same migrations. */
const fingerprintOf = async (modules: readonly ServiceModule[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const { name, migrations } of modules) {
    hash.update(name);
    for (const { sha256 } of await readMigrations(migrations)) hash.update(sha256);
  }
  return hash.digest('hex').slice(0, 20);
};

/** A database that is migrated once a server: to copy it costs a tenth of migrating another. */
const templateOf = async (
  address: AdminAddress,
  modules: readonly ServiceModule[],
): Promise<string> => {
  const template = `template_${await fingerprintOf(modules)}`;
  const admin = new pg.Client({ ...address, database: 'postgres' });
  await admin.connect();
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [
      template,
    ]);
    if (rowCount === 0) {
      const unfinished = `unfinished_${randomBytes(6).toString('hex')}`;
      await createDatabase(address, unfinished);
      await prepareSchemas(address, unfinished, modules, testPassword);
      await admin.query(`alter database ${unfinished} rename to ${template}`);
    }
  } finally {
    await admin.end();
  }
  return template;
};

/** A new, empty, migrated database for one test file on the shared server, or on one of its own. */
export const createTestDatabase = async (modules: readonly ServiceModule[]) => {
  const shared = sharedAddress();
  const own = shared ? undefined : await startTestServer();
  const address = shared ?? own!.address;
  const database = `test_${randomBytes(6).toString('hex')}`;
  await onServerAlone(address, async () => {
    await createDatabase(address, database, await templateOf(address, modules));
    // What a copy does not bring: the rights on the database itself, and the roles of the server.
    await prepareSchemas(address, database, modules, testPassword);
  });

  const drop = async (): Promise<void> => {
    const admin = new pg.Client({ ...address, database: 'postgres' });
    await admin.connect();
    await admin.query(`drop database ${database} with (force)`);
    await admin.end();
  };
  return { address, database, stop: () => (own ? own.stop() : drop()) };
};

/** Roles are the server's: two test files that alter one at once would meet. */
const onServerAlone = async (
  address: AdminAddress,
  work: () => Promise<unknown>,
): Promise<void> => {
  const admin = new pg.Client({ ...address, database: 'postgres' });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock(1)');
    await work();
  } finally {
    await admin.end();
  }
};
