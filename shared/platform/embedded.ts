import { join } from 'node:path';
import pg, { type Pool } from 'pg';
import { createTokenVerifier, type IssuerKeys } from '../http/tokens.ts';
import { createMemoryBus } from '../messaging/memory-bus.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import { createCapturedMail } from './captured-mail.ts';
import type { Config } from './config.ts';
import { createContextPool, createDatabase, prepareSchemas } from './databases.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { createMemoryFanOut } from './fan-out.ts';
import { createFolderFiles } from './folder-files.ts';
import type { ContextName, ServiceModule } from './module.ts';
import type { StartedPlatform } from './platform.ts';
import { databasePassword, deriveKeysFrom, noteAllSealed, readOrCreateSecrets } from './secret.ts';
import { createSmtpMail } from './smtp-mail.ts';

const database = 'plaza';
/** Far from PostgreSQL's own port, so that a server of the machine stays what it is. */
const preferredPort = 18432;
/** A few warm connections beat many cold ones: each plans every statement for itself. */
const connectionsPerContext = 5;

/**
 * Restarts PostgreSQL on the same port when it dies under us: the pools reconnect, requests answer
 * 503 meanwhile, and nothing acknowledged is lost.
 */
const keepAlive = (first: EmbeddedPostgres, directory: string, log: Logger) => {
  let server = first;
  let isStopping = false;
  const watch = async (): Promise<void> => {
    const reason = await server.ended;
    if (isStopping) return;
    log.error({ reason }, 'PostgreSQL ended; starting it again');
    for (let attempt = 1; !isStopping; attempt++) {
      try {
        server = await startEmbeddedPostgres({ directory, preferredPort: first.port });
        if (server.port === first.port) return void watch();
        await server.stop();
        log.error({ port: first.port }, 'the port of PostgreSQL was taken');
      } catch (error) {
        log.error({ err: error, attempt }, 'PostgreSQL does not start');
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(10_000, 200 * 2 ** attempt)));
    }
  };
  void watch();
  return async (): Promise<void> => {
    isStopping = true;
    await server.stop();
  };
};

/**
 * Everything in one process and one folder: a real PostgreSQL from npm with a schema and a role per
 * context, the in-process bus, captured mail, files in a folder. `fetchKeys` answers identity's
 * JWKS; it is asked when the first token comes.
 */
export const startEmbeddedPlatform = async (
  config: Config,
  modules: readonly ServiceModule[],
  log: Logger,
  fetchKeys: () => Promise<IssuerKeys>,
): Promise<StartedPlatform> => {
  const { dataDirectory } = config;
  const secrets = await readOrCreateSecrets(dataDirectory);
  const directory = join(dataDirectory, 'postgres');
  const server = await startEmbeddedPostgres({ directory, preferredPort });
  const stopServer = keepAlive(server, directory, log);
  const passwordOf = (context: ContextName): string => databasePassword(secrets[0], context);
  const { host, port, user, password } = server;
  const address = { host, port, user, password };
  try {
    await createDatabase(address, database);
    await prepareSchemas(address, database, modules, passwordOf);
  } catch (error) {
    await stopServer();
    throw error;
  }

  const pools = new Map<ContextName, Pool>();
  const poolOf = (context: ContextName): Pool => {
    const known = pools.get(context);
    if (known) return known;
    const pool = createContextPool({
      address: { host: server.socket ?? host, port },
      database,
      context,
      password: passwordOf(context),
      max: connectionsPerContext,
      log,
    });
    pools.set(context, pool);
    return pool;
  };
  const clock = (): Date => new Date();
  const mailbox = config.smtpUrl
    ? undefined
    : createCapturedMail({ directory: join(dataDirectory, 'mail'), clock });
  const smtp = config.smtpUrl
    ? createSmtpMail({ url: config.smtpUrl, from: config.mailFrom })
    : undefined;

  return {
    resources: {
      config,
      clock,
      log,
      metrics: createMetrics(),
      bus: createMemoryBus({ log }),
      mail: mailbox ?? smtp!,
      files: createFolderFiles(config.filesDirectory),
      fanOut: createMemoryFanOut(),
      deriveKeys: deriveKeysFrom(secrets),
      noteSealed: () => noteAllSealed(dataDirectory, secrets),
      poolOf,
      verifier: createTokenVerifier(fetchKeys),
    },
    mailbox,
    notices: server.notices,
    connectAsOwner: async () => {
      const client = new pg.Client({ ...address, database });
      client.on('error', (error) => log.warn({ err: error }, 'the connection of the owner ended'));
      await client.connect();
      return client;
    },
    deriveKeysOf: (context) => deriveKeysFrom(secrets, context),
    stop: async () => {
      smtp?.close();
      await Promise.all([...pools.values()].map((pool) => pool.end()));
      await stopServer();
    },
  };
};
