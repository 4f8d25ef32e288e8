import type { CapturedMail } from '#shared/platform/captured-mail.ts';
import type { ContextName } from '#shared/platform/module.ts';
import type { Edge } from '#shared/platform/run.ts';
import type { Metrics } from '#shared/telemetry/metrics.ts';
import { useCors } from './cors.ts';
import { documentRoutes, useOpenApi } from './documents.ts';
import { eventRoutes, mailRoutes } from './events.route.ts';
import { healthRoutes } from './health.route.ts';
import { partElsewhere, partHere } from './parts.ts';
import { proxyRoutes } from './proxy.ts';
import { rewriteUrl } from './rewrite-url.ts';

/** What stands in front of the contexts: addresses, CORS, health, documents, the operator's routes. */
export const createEdge = (
  options: Readonly<{
    corsOrigins: readonly string[];
    metrics: Metrics;
    version: string;
    startedAt: Date;
    /** Without an SMTP server: where mails are captured. */
    mailbox: CapturedMail | undefined;
    /** Where this process has a Redis: whether it answers. */
    isRedisThere?: (() => boolean) | undefined;
    /** As a gateway of its own: where the contexts of other processes answer. */
    services?: ReadonlyMap<ContextName, readonly string[]>;
  }>,
): Required<Edge> => ({
  rewriteUrl,
  install: async (app, contexts) => {
    const { corsOrigins, metrics, version, startedAt, mailbox, services = new Map() } = options;
    const { isRedisThere } = options;
    await useCors(app, corsOrigins);
    await useOpenApi(app, version);
    const elsewhere = [...services].map(([name, addresses]) => partElsewhere(name, addresses));
    const parts = () => [...contexts().map(partHere), ...elsewhere];
    await app.register(healthRoutes(parts, metrics, { version, startedAt, isRedisThere }));
    await app.register(documentRoutes);
    await app.register(eventRoutes(contexts));
    if (mailbox) await app.register(mailRoutes(mailbox));
    if (services.size > 0) await app.register(proxyRoutes(services));
  },
});
