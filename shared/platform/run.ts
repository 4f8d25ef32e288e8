import { randomUUIDv7 } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { createKeyVerifier } from '../http/api-keys.ts';
import { useAuthentication, useAuthorisation } from '../http/authenticate.ts';
import { pruneIdempotencyKeys } from '../http/prune-idempotency-keys.ts';
import { createMemoryEndedSessions, type EndedSessions } from './ended-sessions.ts';
import { useDrain } from '../http/drain.ts';
import { useMaintenance } from '../http/maintenance.ts';
import { createMemoryCount, useRateLimits, type SharedCounts } from '../http/rate-limits.ts';
import { useStaffActs } from '../http/staff-acts.ts';
import { createHttpServer } from '../http/server.ts';
import {
  createServiceTokens,
  serviceTokenPurpose,
  type ServiceTokens,
} from '../http/service-tokens.ts';
import type { TokenVerifier } from '../http/tokens.ts';
import { createDeadLetters, type DeadLetters } from '../messaging/dead-letters.ts';
import { DeadlineRunner } from '../messaging/deadlines.ts';
import type { Bus, Message } from '../messaging/message.ts';
import type { OutboxReader } from '../messaging/outbox-reader.ts';
import { OutboxRelay } from '../messaging/outbox-relay.ts';
import { subscribeReactions } from '../messaging/subscribe.ts';
import { createWatchedMessages } from '../messaging/watched-messages.ts';
import type { Logger } from '../telemetry/logger.ts';
import { observeHttp } from '../telemetry/observe-http.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { gatewayTarget, type Config } from './config.ts';
import type { FanOut } from './fan-out.ts';
import type { Files } from './files.ts';
import { createGathering, type Gathering } from './gather.ts';
import type { Installation } from './installation.ts';
import type { Mail } from './mail.ts';
import type {
  Answer,
  Clock,
  ContextName,
  Platform,
  RunningModule,
  ServiceModule,
} from './module.ts';
import { listeningUrl } from './public-url.ts';
import type { DeriveKeys } from './secret.ts';
import type { SharedValues } from './shared-values.ts';
import { createShopLook, withShopLook } from './shop-look.ts';
import { createStaffActLog } from './staff-act-log.ts';
import { parseJson } from '../kernel/parse-json.ts';

/** What the chosen platform provides; embedded and distributed each build one. */
export type Resources = Readonly<{
  config: Config;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  bus: Bus;
  mail: Mail;
  files: Files;
  fanOut: FanOut;
  /** What replicas share; undefined where there are none. */
  sharedValues?: SharedValues;
  sharedCounts?: SharedCounts;
  /** Where this process may become the shop of another country. */
  installation?: Installation | undefined;
  deriveKeys: DeriveKeys;
  /** Keeps that former secrets can go; undefined where nobody reads it. */
  noteSealed?: () => Promise<void>;
  poolOf: (context: ContextName) => Pool;
  verifier: TokenVerifier;
  /** Undefined: in this process, which is the only one. */
  endedSessions?: EndedSessions;
  /** How a context is asked that does not run in this process. */
  askElsewhere?: Platform['ask'];
  /** Which process reads a context's outbox; undefined: this one, since there is no other. */
  readerOf?: (context: ContextName) => OutboxReader;
}>;

/** One context at work, as operators and tests see it. */
export type RunningContext = Readonly<{
  name: ContextName;
  pool: Pool;
  module: RunningModule;
  relay: OutboxRelay;
  deadlines: DeadlineRunner;
  deadLetters: DeadLetters;
  /** Writes what its modules have put aside. */
  flush: () => Promise<void>;
}>;

export type RunningPlaza = Readonly<{
  app: FastifyInstance;
  contexts: readonly RunningContext[];
  /** Ends what runs, in the order that loses nothing: HTTP, timers, consumers, relays. */
  stop: () => Promise<void>;
}>;

/** What stands in front of the contexts in one process: addresses, health, documents. */
export type Edge = Readonly<{
  rewriteUrl?: (url: string, headers: IncomingHttpHeaders) => string;
  /** Called before any context's route is added, so that it sees them all. */
  install?: (app: FastifyInstance, contexts: () => readonly RunningContext[]) => Promise<void>;
  /** Whose a route is, for the operator's figures. */
  servicesOf?: (route: string, method: string) => readonly string[];
}>;

const pruneEveryMs = 3_600_000;
/** As long as the relay waits with its marks. */
const gatherMs = 250;

/** Whether clients reach this process without a gateway of ours in front, which has counted them. */
const isEdge = ({ platform, target }: Config): boolean =>
  platform === 'embedded' || target === 'all' || target === gatewayTarget;

const askInProcess =
  (app: () => FastifyInstance, tokens: ServiceTokens): Platform['ask'] =>
  async (context, method, path, body): Promise<Answer> => {
    const url = path.startsWith('/.') ? path : `/api/v1${path}`;
    const headers = { authorization: await tokens.authorizationFor(context) };
    const answer = await app().inject({
      method,
      url,
      headers,
      ...(body ? { payload: body } : {}),
    });
    const text = answer.body;
    return { status: answer.statusCode, body: text === '' ? null : parseJson(text) };
  };

const startContext = async (
  resources: Resources,
  module: ServiceModule,
  { ask, endedSessions, publicUrl }: Pick<Platform, 'ask' | 'endedSessions' | 'publicUrl'>,
  onSend: (message: Message) => void,
): Promise<RunningContext> => {
  const { clock, config, bus, metrics } = resources;
  const log = resources.log.child({ context: module.name });
  const pool = resources.poolOf(module.name);
  const reader = resources.readerOf?.(module.name);
  const relay = new OutboxRelay({
    pool,
    bus,
    source: `/${module.name}`,
    log,
    onSend,
    onTaken: metrics.flow.taken,
    ...(reader ? { reader } : {}),
  });
  const shopLook = createShopLook({ ask, clock });
  const gatherings: Gathering<never>[] = [];
  const running = await module.start({
    pool,
    clock,
    newId: randomUUIDv7,
    log,
    metrics,
    config,
    deriveKeys: (purpose) => resources.deriveKeys(`${module.name}:${purpose}`),
    noteSealed: async () => resources.noteSealed?.(),
    publicUrl,
    installation: resources.installation,
    mail: withShopLook(resources.mail, shopLook),
    shopName: async () => (await shopLook()).name,
    files: resources.files,
    fanOut: resources.fanOut,
    endedSessions,
    countsOf: resources.sharedCounts ?? createMemoryCount,
    sharedValues: resources.sharedValues,
    wakeOutbox: (committed) => relay.wake(committed),
    gather: (write, everyMs = gatherMs) => {
      const gathering = createGathering({ everyMs, write, log });
      gatherings.push(gathering);
      return gathering;
    },
    ask,
  });
  const { reactions } = running;
  subscribeReactions({
    bus,
    context: module.name,
    pool,
    reactions,
    onHandled: metrics.flow.handled,
  });
  const deadLetters = createDeadLetters({ pool, context: module.name, reactions });
  const deadlines = new DeadlineRunner({ pool, handlers: running.deadlines, clock, log });
  const flush = async (): Promise<void> => {
    await Promise.all(gatherings.map((gathering) => gathering.flush()));
  };
  return { name: module.name, pool, module: running, relay, deadlines, deadLetters, flush };
};

/**
 * Wires the chosen modules on one HTTP server: the same code for one context or for all. Nothing
 * listens yet; the caller decides where.
 */
export const run = async (
  resources: Resources,
  modules: readonly ServiceModule[],
  edge: Edge = {},
): Promise<RunningPlaza> => {
  const { config, log, metrics } = resources;
  const app = createHttpServer({
    log,
    trustedProxies: config.trustedProxies,
    observe: observeHttp(metrics, edge.servicesOf),
    ...(edge.rewriteUrl ? { rewriteUrl: edge.rewriteUrl } : {}),
  });
  const drain = useDrain(app);
  useMaintenance(app, config.isInMaintenance);
  const here = new Set<ContextName>(modules.map(({ name }) => name));
  const tokens = createServiceTokens({
    keys: resources.deriveKeys(serviceTokenPurpose),
    here: [...here],
    now: () => resources.clock().getTime(),
  });
  const askHere = askInProcess(() => app, tokens);
  const ask: Platform['ask'] = (context, ...question) =>
    here.has(context)
      ? askHere(context, ...question)
      : (resources.askElsewhere ?? askHere)(context, ...question);
  // A gateway has no secret, so that anybody could make what it would take.
  const hasSecret = here.size > 0;
  const now = (): number => resources.clock().getTime();
  useAuthentication(app, {
    tokens: resources.verifier,
    services: hasSecret ? tokens : undefined,
    keys: hasSecret ? createKeyVerifier(ask, now) : undefined,
  });
  useRateLimits(app, config, { isEdge: isEdge(config), shared: resources.sharedCounts });
  const endedSessions = resources.endedSessions ?? createMemoryEndedSessions(now);
  useAuthorisation(app, { now, endedSessions });

  const publicUrl = (): string => config.publicUrl ?? listeningUrl(app.server, config);
  const contexts: RunningContext[] = [];
  await edge.install?.(app, () => contexts);
  const offered = { ask, endedSessions, publicUrl };
  const onSend = createWatchedMessages(resources.fanOut);
  for (const module of modules)
    contexts.push(await startContext(resources, module, offered, onSend));
  for (const { name, module, pool, relay } of contexts) {
    const served = async (scope: FastifyInstance): Promise<void> => {
      useStaffActs(scope, createStaffActLog({ context: name, pool, relay, ...resources }));
      for (const route of module.routes) await scope.register(route);
    };
    await app.register(served, { prefix: '/api/v1' });
    for (const route of module.rootRoutes ?? []) await app.register(route);
  }
  await app.ready();

  const stopWork = contexts.map(({ module }) => module.work?.());
  const prune = (): void => {
    for (const { pool, name } of contexts)
      pruneIdempotencyKeys(pool).catch((error: unknown) => {
        log.warn({ err: error, context: name }, 'old idempotency keys stay for now');
      });
  };
  const pruning = setInterval(prune, pruneEveryMs);
  for (const { relay, deadlines } of contexts) {
    relay.start();
    deadlines.start();
  }
  const stop = async (): Promise<void> => {
    clearInterval(pruning);
    await drain(config.drainSeconds * 1000);
    await app.close();
    await Promise.all([
      ...stopWork.map((end) => end?.()),
      ...contexts.map((c) => c.deadlines.stop()),
    ]);
    await resources.bus.stop();
    await Promise.all(contexts.flatMap(({ relay, flush }) => [relay.stop(), flush()]));
  };
  return { app, contexts, stop };
};
