import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { useDrain } from '#shared/http/drain.ts';
import { useMaintenance } from '#shared/http/maintenance.ts';
import { createHttpServer } from '#shared/http/server.ts';
import type { Config } from '#shared/platform/config.ts';
import { listeningUrl } from '#shared/platform/public-url.ts';
import type { Resources } from '#shared/platform/run.ts';
import { deriveKey } from '#shared/platform/secret.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import { rewriteUrlBesidePages } from '../gateway/rewrite-url.ts';
import { backendAt, backendHere } from '../web/server/backend.ts';
import { loadWeb, type BuiltWeb } from '../web/server/load.ts';
import { passOnRoutes } from '../web/server/pass-on.ts';
import { webRoutes, type WebOptions } from '../web/server/web-routes.ts';
import { passSocketRoutes } from './pass-sockets.ts';

/** The same in every process that serves pages, or a session would end between two of them. */
const sealPurpose = 'web:session';

const optionsOf = (
  config: Config,
  web: BuiltWeb,
  rest: Pick<WebOptions, 'backend' | 'sealKeys' | 'publicUrl'>,
): WebOptions => ({
  ...web,
  ...rest,
  currency: config.currency,
  language: config.language,
  // Only there is no address but this machine's own.
  isDevelopment: config.publicUrl === undefined,
});

const publicUrlOf = (config: Config, app: FastifyInstance) => (): string =>
  config.publicUrl ?? listeningUrl(app.server, config);

/** The pages beside the contexts of this process, which they ask without a socket. */
export const pagesHere =
  (web: BuiltWeb, { config, deriveKeys }: Resources) =>
  (app: FastifyInstance): FastifyPluginAsync =>
    webRoutes(
      optionsOf(config, web, {
        backend: backendHere(app),
        sealKeys: deriveKeys(sealPurpose),
        publicUrl: publicUrlOf(config, app),
      }),
    );

/** A server of pages alone: what is not its own it passes on to the gateway. Nothing listens yet. */
export const createWebServer = async (
  config: Config,
  log: Logger,
): Promise<Readonly<{ app: FastifyInstance; drain: (ms: number) => Promise<void> }>> => {
  const web = await loadWeb();
  if (!web) throw new Error('the pages are not built, and what builds them is not installed');
  const app = createHttpServer({
    log,
    trustedProxies: config.trustedProxies,
    rewriteUrl: (url, { accept }) => rewriteUrlBesidePages(url, accept),
  });
  const drain = useDrain(app);
  useMaintenance(app, config.isInMaintenance);
  const apiUrl = config.apiUrl!;
  const [current, ...former] = config.servers!.secrets;
  await app.register(
    webRoutes(
      optionsOf(config, web, {
        backend: backendAt(apiUrl),
        sealKeys: [
          deriveKey(current, sealPurpose),
          ...former.map((secret) => deriveKey(secret, sealPurpose)),
        ],
        publicUrl: publicUrlOf(config, app),
      }),
    ),
  );
  await app.register(passOnRoutes(backendAt(apiUrl)));
  await app.register(passSocketRoutes(apiUrl));
  await app.ready();
  return { app, drain };
};
