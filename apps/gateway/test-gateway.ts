import { modules as allModules } from '../server/targets.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
import { createLogger, type Logger } from '#shared/telemetry/logger.ts';
import { createMetrics } from '#shared/telemetry/metrics.ts';
import { startTestPlaza } from '#shared/testing/test-plaza.ts';
import { createEdge } from './edge.ts';

export const version = '1.2.3';
export const startedAt = new Date('2026-01-02T03:04:05.000Z');

/** The gateway of a process, as the server wires it, over contexts of a test. */
export const startGateway = (
  options: Readonly<{
    modules?: readonly ServiceModule[];
    corsOrigins?: readonly string[];
    environment?: Readonly<Record<string, string>>;
    isRedisThere?: () => boolean;
    /** Whose records the operator's routes show. */
    log?: Logger;
  }> = {},
) => {
  const { modules = allModules, corsOrigins = [], environment = {}, isRedisThere } = options;
  const log = options.log ?? createLogger({ level: 'silent' });
  const metrics = createMetrics();
  const mailbox = undefined;
  const edge = createEdge({
    mayPretend: true,
    log,
    corsOrigins,
    metrics,
    version,
    startedAt,
    mailbox,
    isRedisThere,
  });
  return startTestPlaza({ modules, metrics, environment, log, ...edge });
};
