import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { subscriptions } from '#contracts/subscriptions.ts';
import type { IssuerKeys } from '#shared/http/tokens.ts';
import { gatewayTarget, webTarget, type Config } from '#shared/platform/config.ts';
import type { Installation } from '#shared/platform/installation.ts';
import { rowsRemoved } from '#shared/platform/fan-out.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { listeningUrl } from '#shared/platform/public-url.ts';
import type { StartedPlatform } from '#shared/platform/platform.ts';
import { run, type Edge, type RunningPlaza } from '#shared/platform/run.ts';
import { plazaVersion } from '#shared/platform/version.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import { createOperatorTokens } from '../../services/identity/module.ts';
import { createDemoData, type DemoData } from '../demo/demo-data.ts';
import { writeDemoNote } from '../demo/note.ts';
import { createEdge } from '../gateway/edge.ts';
import { loadWeb, type BuiltWeb } from '../web/server/load.ts';
import { runFilePath, type RunFile } from './run-file.ts';
import { selectModules } from './targets.ts';
import { createWebServer, pagesHere } from './web.ts';

export { runFilePath, type RunFile };

const portTries = 20;
const operatorTokenMinutes = 30;

export type StartedPlaza = RunningPlaza &
  Readonly<{
    url: string;
    notices: readonly string[];
    /** Signs a token for the operator's own tools. */
    operatorToken: () => Promise<string>;
    /** Serves until stopped; ends HTTP, timers, consumers and the database, in this order. */
    stop: () => Promise<void>;
  }>;

/**
 * Listens on the wanted port or the next free one, and says so. A distributed process has the port
 * that others were told, or none.
 */
const listen = async (app: FastifyInstance, config: Config, notices: string[]): Promise<string> => {
  for (let port = config.port; ; port++) {
    try {
      await app.listen({ host: config.host, port });
      break;
    } catch (error) {
      const isBusy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      const mayMove = config.platform === 'embedded' && config.port !== 0;
      if (!isBusy || !mayMove || port >= config.port + portTries) throw error;
      notices.push(`port ${port} is busy, trying ${port + 1}`);
    }
  }
  return listeningUrl(app.server, config);
};

/** Only where the database is this installation's own, and every service runs here. */
const demoOf = (
  { connectAsOwner, resources, mailbox }: StartedPlatform,
  modules: readonly ServiceModule[],
): DemoData | undefined => {
  const { config, fanOut, files } = resources;
  if (!connectAsOwner || config.target !== 'all') return undefined;
  return createDemoData({
    connect: connectAsOwner,
    contexts: modules.map(({ name }) => name),
    files,
    mailbox,
    onCleared: async () => {
      await fanOut.publishAndWait(rowsRemoved, {});
      await writeDemoNote(config.dataDirectory, { state: 'cleared' });
    },
  });
};

const edgeOf = (
  platform: StartedPlatform,
  modules: readonly ServiceModule[],
  startedAt: Date,
  web: BuiltWeb | undefined,
): Edge => {
  const { resources, mailbox, isRedisThere, discovery } = platform;
  const { config, metrics, log, bus } = resources;
  const demo = demoOf(platform, modules);
  return createEdge({
    name: config.target,
    mayPretend: config.target === 'all' && config.mercadoPago === undefined,
    currency: config.currency,
    ...(demo ? { demo } : {}),
    log,
    corsOrigins: config.corsOrigins,
    metrics,
    version: plazaVersion,
    startedAt,
    mailbox,
    isRedisThere,
    ...(bus.depths ? { depths: () => bus.depths!() } : {}),
    ...(web ? { pages: pagesHere(web, resources) } : {}),
    ...(config.target === gatewayTarget && discovery ? { elsewhere: { discovery, log } } : {}),
  });
};

/** Keeps the run file's token fresh, so that commands on this machine need no password. */
const keepRunFile = async (
  dataDirectory: string,
  url: string,
  token: () => Promise<string>,
): Promise<() => Promise<void>> => {
  const path = runFilePath(dataDirectory);
  const startedAt = new Date().toISOString();
  const write = async (): Promise<void> => {
    const content: RunFile = { pid: process.pid, url, startedAt, token: await token() };
    await mkdir(join(dataDirectory, 'run'), { recursive: true, mode: 0o700 });
    await writeFile(`${path}.next`, JSON.stringify(content), { mode: 0o600 });
    await rename(`${path}.next`, path);
  };
  await write();
  const timer = setInterval(
    () => void write().catch(() => {}),
    (operatorTokenMinutes * 60_000) / 2,
  );
  timer.unref();
  return async () => {
    clearInterval(timer);
    await rm(path, { force: true });
  };
};

/** Only where identity runs can a token be signed; elsewhere commands have none. */
const operatorTokensOf = (
  platform: StartedPlatform,
  modules: readonly ServiceModule[],
): (() => Promise<string>) => {
  if (!modules.some(({ name }) => name === 'identity')) return async () => '';
  const tokens = createOperatorTokens({
    pool: platform.resources.poolOf('identity'),
    deriveKeys: platform.deriveKeysOf('identity'),
    clock: platform.resources.clock,
  });
  return () => tokens.issue(operatorTokenMinutes);
};

/** The adapters of a platform are loaded when it is chosen. */
const startPlatform = async (
  config: Config,
  modules: readonly ServiceModule[],
  log: Logger,
  fetchKeys: () => Promise<IssuerKeys>,
): Promise<StartedPlatform> => {
  if (config.platform === 'embedded') {
    const { startEmbeddedPlatform } = await import('#shared/platform/embedded.ts');
    return startEmbeddedPlatform(config, modules, log, fetchKeys);
  }
  const { startDistributedPlatform } = await import('#shared/platform/distributed.ts');
  return startDistributedPlatform(config, modules, log, fetchKeys, subscriptions);
};

/** The pages alone: no context and no database, since the API is a gateway's. */
const startWebAlone = async (config: Config, log: Logger): Promise<StartedPlaza> => {
  const { app, drain } = await createWebServer(config, log);
  const notices: string[] = [];
  const url = await listen(app, config, notices);
  const operatorToken = async (): Promise<string> => '';
  const dropRunFile = await keepRunFile(config.dataDirectory, url, operatorToken);
  const stop = async (): Promise<void> => {
    await dropRunFile();
    await drain(config.drainSeconds * 1000);
    await app.close();
  };
  return { app, contexts: [], url, notices, operatorToken, stop };
};

/** What only `plaza start` has: it can begin anew, as another shop. */
export type Beginning = Readonly<{
  installation?: Installation;
  /** The address may be somebody else's until now. */
  beforeListening?: () => Promise<void>;
}>;

/** Starts what `config.target` names in this process, and listens. */
export const startPlaza = async (
  config: Config,
  log: Logger,
  { installation, beforeListening }: Beginning = {},
): Promise<StartedPlaza> => {
  if (config.target === webTarget) return startWebAlone(config, log);
  const startedAt = new Date();
  const modules = selectModules(config.target);
  let plaza: RunningPlaza | undefined;
  const fetchKeys = async (): Promise<IssuerKeys> => {
    const answer = await plaza!.app.inject({ url: '/.well-known/jwks.json' });
    return answer.json<IssuerKeys>();
  };
  // Only where everything runs is there nobody else to serve the pages.
  const loading = config.target === 'all' ? loadWeb() : undefined;
  const platform = await startPlatform(config, modules, log, fetchKeys);
  const stopPlatform = (): Promise<void> => platform.stop();
  try {
    const web = await loading;
    const resources = { ...platform.resources, installation };
    plaza = await run(resources, modules, edgeOf(platform, modules, startedAt, web));
    const notices = [...platform.notices];
    if (loading && !web) notices.push('the pages are not built');
    await beforeListening?.();
    const url = await listen(plaza.app, config, notices);
    const operatorToken = operatorTokensOf(platform, modules);
    const dropRunFile = await keepRunFile(config.dataDirectory, url, operatorToken);
    const running = plaza;
    const stop = async (): Promise<void> => {
      await dropRunFile();
      await running.stop();
      await stopPlatform();
    };
    return { ...plaza, url, notices, operatorToken, stop };
  } catch (error) {
    await plaza?.stop().catch(() => {});
    await stopPlatform();
    throw error;
  }
};
