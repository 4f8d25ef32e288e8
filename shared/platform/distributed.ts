import { join } from 'node:path';
import type { Pool } from 'pg';
import { httpError } from '../http/errors.ts';
import { createServiceTokens, serviceTokenPurpose } from '../http/service-tokens.ts';
import { createTokenVerifier, type IssuerKeys } from '../http/tokens.ts';
import { createMemoryBus } from '../messaging/memory-bus.ts';
import { createElectedReader } from '../messaging/outbox-reader.ts';
import { createRabbitBus } from '../messaging/rabbit-bus.ts';
import type { Subscriptions } from '../messaging/rabbit-topology.ts';
import { connectRedis } from './redis.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import type { Logger } from '../telemetry/logger.ts';
import { askOverHttp } from './ask-over-http.ts';
import { createCapturedMail } from './captured-mail.ts';
import type { Config } from './config.ts';
import { checkOwnDatabase, createUrlPool, prepareOwnDatabase } from './databases.ts';
import { createFolderFiles } from './folder-files.ts';
import { createDiscovery } from './discovery.ts';
import type { ContextName, ServiceModule } from './module.ts';
import type { StartedPlatform } from './platform.ts';
import { deriveKeysFrom } from './secret.ts';
import { createSmtpMail } from './smtp-mail.ts';
import { plazaVersion } from './version.ts';

/** Fewer than the server has, so that several replicas fit. */
const connectionsPerContext = 8;

/**
 * The chosen contexts over servers by URL: a database each, RabbitMQ between them, other contexts
 * over HTTP. `subscriptions` is the whole system's: every process declares every queue. Nothing here
 * is kept but what a replica may lose.
 */
export const startDistributedPlatform = async (
  config: Config,
  modules: readonly ServiceModule[],
  log: Logger,
  keysHere: () => Promise<IssuerKeys>,
  subscriptions: Subscriptions,
): Promise<StartedPlatform> => {
  const { dataDirectory } = config;
  const servers = config.servers!;
  const { databaseUrls, ownerDatabaseUrls, secrets, serviceUrls } = servers;
  const urlOf = (context: ContextName): string => databaseUrls.get(context)!;
  for (const module of modules) {
    const ownerUrl = ownerDatabaseUrls.get(module.name);
    if (ownerUrl) await prepareOwnDatabase(ownerUrl, urlOf(module.name), module);
    else await checkOwnDatabase(urlOf(module.name), module, log);
  }

  const pools = new Map<ContextName, Pool>();
  const poolOf = (context: ContextName): Pool => {
    const known = pools.get(context);
    if (known) return known;
    const pool = createUrlPool(urlOf(context), { context, max: connectionsPerContext, log });
    pools.set(context, pool);
    return pool;
  };
  const clock = (): Date => new Date();
  const here = modules.map(({ name }) => name);
  const deriveKeys = deriveKeysFrom(secrets);
  const tokens = createServiceTokens({
    keys: deriveKeys(serviceTokenPurpose),
    here,
    now: Date.now,
  });
  const discovery = createDiscovery(serviceUrls, log);
  await discovery.started;
  // A gateway has no secret: it passes on what it is given and asks for what is public.
  const ask = askOverHttp(discovery, here.length > 0 ? tokens.authorizationFor : undefined);
  const keysElsewhere = async (): Promise<IssuerKeys> => {
    const { status, body } = await ask('identity', 'GET', '/.well-known/jwks.json');
    if (status !== 200) throw new Error(`identity answers its keys with ${status}`);
    return body as IssuerKeys;
  };
  const redis = connectRedis({
    url: servers.redisUrl,
    prefix: servers.redisPrefix,
    release: plazaVersion,
    log,
  });
  const isIdentityHere = here.includes('identity');
  const endedSessions = redis.endedSessions({
    now: Date.now,
    async askIdentity({ id, sessionId, epoch }) {
      const question = {
        account_id: id,
        ...(sessionId === undefined ? {} : { session_id: sessionId }),
        ...(epoch === undefined ? {} : { epoch }),
      };
      const answer = await ask('identity', 'POST', '/auth/sessions/check', question).then(
        ({ status, body }) => (status === 200 ? (body as { is_ended: boolean }) : undefined),
        () => undefined,
      );
      if (!answer) throw httpError('unavailable', { retryAfterSeconds: 2 });
      return answer.is_ended;
    },
  });
  const bus =
    modules.length > 0
      ? createRabbitBus({ url: servers.rabbitmqUrl, log, subscriptions })
      : createMemoryBus({ log });
  const smtp = config.smtpUrl
    ? createSmtpMail({ url: config.smtpUrl, from: config.mailFrom })
    : undefined;
  const mailbox = smtp
    ? undefined
    : createCapturedMail({ directory: join(dataDirectory, 'mail'), clock });

  return {
    resources: {
      config,
      clock,
      log,
      metrics: createMetrics(),
      bus,
      mail: mailbox ?? smtp!,
      files: createFolderFiles(config.filesDirectory),
      fanOut: redis.fanOut,
      sharedValues: redis.values,
      sharedCounts: redis.counts,
      endedSessions,
      deriveKeys,
      poolOf,
      verifier: createTokenVerifier(isIdentityHere ? keysHere : keysElsewhere),
      askElsewhere: ask,
      readerOf: (context) =>
        createElectedReader({ connection: { connectionString: urlOf(context) }, context, log }),
    },
    mailbox,
    discovery,
    notices: [],
    isRedisThere: redis.isThere,
    deriveKeysOf: (context) => deriveKeysFrom(secrets, context),
    stop: async () => {
      discovery.stop();
      smtp?.close();
      redis.stop();
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
};
