import type { CapturedMail } from '#shared/platform/captured-mail.ts';
import type { Edge } from '#shared/platform/run.ts';
import type { Metrics } from '#shared/telemetry/metrics.ts';
import { useCors } from './cors.ts';
import { documentRoutes, useOpenApi } from './documents.ts';
import { eventRoutes, mailRoutes } from './events.route.ts';
import { healthRoutes } from './health.route.ts';
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
  }>,
): Required<Edge> => ({
  rewriteUrl,
  install: async (app, contexts) => {
    const { corsOrigins, metrics, version, startedAt, mailbox } = options;
    await useCors(app, corsOrigins);
    await useOpenApi(app, version);
    await app.register(healthRoutes(contexts, metrics, { version, startedAt }));
    await app.register(documentRoutes);
    await app.register(eventRoutes(contexts));
    if (mailbox) await app.register(mailRoutes(mailbox));
  },
});
