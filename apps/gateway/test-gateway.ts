import { modules as allModules } from '../server/targets.ts';
import type { ServiceModule } from '#shared/platform/module.ts';
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
  }> = {},
) => {
  const { modules = allModules, corsOrigins = [], environment = {}, isRedisThere } = options;
  const metrics = createMetrics();
  const mailbox = undefined;
  const edge = createEdge({ corsOrigins, metrics, version, startedAt, mailbox, isRedisThere });
  return startTestPlaza({ modules, metrics, environment, ...edge });
};
