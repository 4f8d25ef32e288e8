import { createEdge } from '../../apps/gateway/edge.ts';
import { modules } from '../../apps/server/targets.ts';
import type { CapturedMail } from '#shared/platform/captured-mail.ts';
import { createLogger } from '#shared/telemetry/logger.ts';
import { createMetrics } from '#shared/telemetry/metrics.ts';
import { startTestPlaza } from '#shared/testing/test-plaza.ts';

/** The document says which release it describes; the golden copy is of every release. */
export const goldenVersion = '0.0.0';

const noMailbox: CapturedMail = {
  send: async () => {},
  list: async () => [],
  get: async () => undefined,
  remove: async () => {},
};

/** All contexts and the gateway's own routes in one process that does not listen. */
export const startDocumentedPlaza = () => {
  const { install } = createEdge({
    mayPretend: true,
    log: createLogger({ level: 'silent' }),
    corsOrigins: [],
    metrics: createMetrics(),
    version: goldenVersion,
    startedAt: new Date(0),
    mailbox: noMailbox,
  });
  return startTestPlaza({ modules, install });
};
