import { documentRoutes, useOpenApi } from '../../apps/gateway/documents.ts';
import { eventRoutes, mailRoutes } from '../../apps/gateway/events.route.ts';
import { healthRoutes } from '../../apps/gateway/health.route.ts';
import { modules } from '../../apps/server/targets.ts';
import type { CapturedMail } from '#shared/platform/captured-mail.ts';
import { createMetrics } from '#shared/telemetry/metrics.ts';
import { startTestPlaza } from '#shared/testing/test-plaza.ts';

/** The document says which release it describes; the golden copy is of every release. */
export const goldenVersion = '0.0.0';

const noMailbox: CapturedMail = {
  send: async () => {},
  list: async () => [],
  get: async () => undefined,
};

/** All contexts and the gateway's own routes in one process that does not listen. */
export const startDocumentedPlaza = () =>
  startTestPlaza({
    modules,
    install: async (app, contexts) => {
      await useOpenApi(app, goldenVersion);
      const about = { version: goldenVersion, startedAt: new Date(0) };
      await app.register(healthRoutes(contexts, createMetrics(), about));
      await app.register(documentRoutes);
      await app.register(eventRoutes(contexts));
      await app.register(mailRoutes(noMailbox));
    },
  });
