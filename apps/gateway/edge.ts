import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { CapturedMail } from '#shared/platform/captured-mail.ts';
import type { Discovery } from '#shared/platform/discovery.ts';
import type { Edge } from '#shared/platform/run.ts';
import { recentLinesOf, type Logger } from '#shared/telemetry/logger.ts';
import type { Metrics } from '#shared/telemetry/metrics.ts';
import type { DemoData } from '../demo/demo-data.ts';
import { originSayer, useCors } from './cors.ts';
import { demoRoutes } from './demo.route.ts';
import { documentRoutes, useOpenApi } from './documents.ts';
import { sourceElsewhere, sourceHere } from './event-sources.ts';
import { eventRoutes } from './events.route.ts';
import { healthRoutes } from './health.route.ts';
import { logRoutes, logsElsewhere, logsHere } from './logs.route.ts';
import { mailRoutes, mailsElsewhere, mailsHere } from './mails.route.ts';
import { partElsewhere, partHere } from './parts.ts';
import type { AskDepths } from './process-report.ts';
import { proxyRoutes } from './proxy.ts';
import { rewriteUrl, rewriteUrlBesidePages } from './rewrite-url.ts';
import { servicesOf } from './services-of.ts';
import { simulatedOrderRoutes } from './simulated-orders.route.ts';
import { systemRoutes } from './system.route.ts';
import { useUpstreamMetrics } from './upstream-metrics.ts';
import { createUpstreams, type Upstreams } from './upstreams.ts';

/** What stands in front of the contexts: addresses, CORS, health, documents, the operator's routes. */
export const createEdge = (
  options: Readonly<{
    /** What this process runs: `all`, `gateway`, or its contexts. */
    name?: string;
    corsOrigins: readonly string[];
    log: Logger;
    metrics: Metrics;
    version: string;
    startedAt: Date;
    /** Without an SMTP server: where mails are captured. */
    mailbox: CapturedMail | undefined;
    /** Where this process has a Redis: whether it answers. */
    isRedisThere?: (() => boolean) | undefined;
    /** What waits at the broker for this process; undefined where there is none. */
    depths?: AskDepths;
    /** As a gateway of its own: where the contexts of other processes answer. */
    elsewhere?: Readonly<{ discovery: Discovery; log: Logger }>;
    /** Whether all runs here and no money is real, so that an order may be simulated. */
    mayPretend?: boolean;
    /** ISO 4217, of the shop; undefined: that of the example's catalogue. */
    currency?: string;
    /** Where the owner of the database is at hand: the example, to be taken away. */
    demo?: DemoData;
    /** Where this process serves the pages too; given the server that they ask. */
    pages?: ((app: FastifyInstance) => FastifyPluginAsync) | undefined;
  }>,
): Required<Edge> => ({
  rewriteUrl: (url, { accept }) =>
    options.pages ? rewriteUrlBesidePages(url, accept) : rewriteUrl(url),
  servicesOf,
  install: async (app, contexts) => {
    const { corsOrigins, metrics, version, startedAt, mailbox, elsewhere, isRedisThere } = options;
    const { log, name = 'all' } = options;
    const upstreams: Upstreams = elsewhere
      ? createUpstreams(elsewhere.discovery, elsewhere.log)
      : new Map();
    const services = [...upstreams.values()];
    await useCors(app, corsOrigins);
    await useOpenApi(app, version);
    const parts = () => [...contexts().map(partHere), ...services.map(partElsewhere)];
    await app.register(healthRoutes(parts, metrics, { version, startedAt, isRedisThere }));
    await app.register(documentRoutes(upstreams));
    const sources = () => [...contexts().map(sourceHere), ...services.map(sourceElsewhere)];
    await app.register(eventRoutes(sources));
    const mailboxes = elsewhere
      ? services.map(mailsElsewhere)
      : mailbox
        ? [mailsHere(mailbox)]
        : [];
    await app.register(mailRoutes(mailboxes));
    const logs = [logsHere(() => recentLinesOf(log)), ...services.map(logsElsewhere)];
    await app.register(logRoutes(logs));
    await app.register(
      systemRoutes({
        parts,
        upstreams: services,
        metrics,
        hasPages: options.pages !== undefined,
        mayPretend: options.mayPretend ?? false,
        platform: elsewhere ? 'distributed' : 'embedded',
        name,
        version,
        startedAt,
        log,
        depths: options.depths,
      }),
    );
    if (options.mayPretend)
      await app.register(simulatedOrderRoutes(options.currency, options.demo));
    await app.register(demoRoutes(options.demo, log));
    if (options.pages) await app.register(options.pages(app));
    if (!elsewhere) return;
    useUpstreamMetrics(metrics, upstreams);
    await app.register(proxyRoutes({ upstreams, finishHead: originSayer(corsOrigins) }));
  },
});
