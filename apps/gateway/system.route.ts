import { Type } from 'typebox';
import { instant, strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { Logger } from '#shared/telemetry/logger.ts';
import type { Metrics } from '#shared/telemetry/metrics.ts';
import { createAlerts, thresholds, troublesOf, troublesOfMemory, type Alert } from './alerts.ts';
import type { Part } from './parts.ts';
import {
  memoryShare,
  processReportSchema,
  reportHere,
  reportsElsewhere,
  wholeReportHere,
  type AskDepths,
  type ProcessReport,
} from './process-report.ts';
import type { Upstream } from './upstreams.ts';

const config = { access: { roles: ['admin'] } } as const;
const tags = ['operation'];
const lookEveryMs = 15_000;
const alertMinutes = 5;
const seriesParts = 45;

const milliseconds = Type.Union([Type.Number(), Type.Null()]);
const serviceSchema = Type.Object({
  name: Type.String(),
  status: Type.String({ enum: ['healthy', 'degraded', 'unhealthy'] }),
  last_seen_at: Type.Union([instant, Type.Null()]),
  requests: Type.Integer(),
  requests_per_second: Type.Number(),
  error_rate: Type.Number({ description: 'answers of 500 and above, as a share of one' }),
  p50_ms: milliseconds,
  p95_ms: milliseconds,
  p99_ms: milliseconds,
  p95_series: Type.Array(milliseconds),
  request_series: Type.Array(Type.Integer()),
  error_series: Type.Array(Type.Integer()),
  outbox_pending: Type.Integer(),
  outbox_age_seconds: Type.Number(),
  dead_letters: Type.Integer(),
  addresses: Type.Optional(Type.Record(Type.String(), Type.String())),
});
const systemSchema = Type.Object({
  at: instant,
  version: Type.String(),
  node: Type.String(),
  started_at: instant,
  platform: Type.String({ enum: ['embedded', 'distributed'] }),
  window_minutes: Type.Integer(),
  may_simulate: Type.Boolean({ description: 'an order may be simulated here' }),
  services: Type.Array(serviceSchema),
  processes: Type.Array(processReportSchema),
  alerts: Type.Array(
    Type.Object({
      kind: Type.String({ enum: ['down', 'latency', 'errors', 'memory'] }),
      name: Type.String(),
      value: Type.Number(),
      threshold: Type.Number(),
      since: instant,
    }),
  ),
  thresholds: Type.Object({
    latency_ms: Type.Number(),
    error_rate: Type.Number(),
    memory_share: Type.Number(),
  }),
});

export type SystemOptions = Readonly<{
  parts: () => readonly Part[];
  upstreams: readonly Upstream[];
  metrics: Metrics;
  /** Whether this process serves pages too, which have figures of their own. */
  hasPages: boolean;
  platform: 'embedded' | 'distributed';
  mayPretend: boolean;
  depths?: AskDepths;
  /** Of this process: what it runs. */
  name: string;
  version: string;
  startedAt: Date;
  log: Logger;
  now?: () => number;
}>;

const noDepth = { outbox_pending: 0, dead_letters: 0, outbox_age_seconds: 0 };

/** Services as this process sees them: whether they are there, how quick, and what waits in them. */
const createWatch = (options: SystemOptions) => {
  const { parts, metrics, now = Date.now } = options;
  const { requests } = metrics;
  const alerts = createAlerts(now, options.log);
  const seenAt = new Map<string, number>();

  const iso = (ms: number | undefined): string | null =>
    ms === undefined ? null : new Date(ms).toISOString();
  const alwaysThere = ['gateway', ...(options.hasPages ? ['web'] : [])];

  const readHealth = async (): Promise<ReadonlyMap<string, boolean>> => {
    const found = await Promise.all(
      parts().map(async ({ name, isHealthy }) => [name, await isHealthy()] as const),
    );
    return new Map([...alwaysThere.map((name) => [name, true] as const), ...found]);
  };
  const look = async (): Promise<ReadonlyMap<string, boolean>> => {
    const health = await readHealth();
    for (const [name, isHealthy] of health) if (isHealthy) seenAt.set(name, now());
    const own = reportHere(options.name, metrics.flow);
    alerts.set('here', [
      ...[...health].flatMap(([name, isHealthy]) =>
        troublesOf(name, isHealthy, requests.figures(name, alertMinutes)),
      ),
      ...troublesOfMemory(own.name, memoryShare(own)),
    ]);
    return health;
  };
  const depthsOf = async (health: ReadonlyMap<string, boolean>) =>
    new Map(
      await Promise.all(
        parts().map(async ({ name, depth, way }) => {
          // What is away is not asked again how it is.
          const found = health.get(name) === true ? await depth().catch(() => noDepth) : noDepth;
          const addresses = way?.().addresses;
          return [name, { ...found, ...(addresses ? { addresses } : {}) }] as const;
        }),
      ),
    );
  const statusOf = (name: string, isHealthy: boolean, open: readonly Alert[]) => {
    if (!isHealthy) return 'unhealthy';
    return open.some((alert) => alert.name === name && alert.kind !== 'memory')
      ? 'degraded'
      : 'healthy';
  };
  const services = async (minutes: number) => {
    const health = await look();
    const depths = await depthsOf(health);
    const seconds = Math.min(minutes * 60, Math.max(60, process.uptime()));
    return [...health].map(([name, isHealthy]) => {
      const { count, failed, p50, p95, p99 } = requests.figures(name, minutes);
      const series = requests.series(name, minutes, seriesParts);
      return {
        name,
        status: statusOf(name, isHealthy, alerts.list()),
        last_seen_at: iso(isHealthy ? now() : (seenAt.get(name) ?? requests.lastGood(name))),
        requests: count,
        requests_per_second: Math.round((count / seconds) * 100) / 100,
        error_rate: count === 0 ? 0 : failed / count,
        p50_ms: p50,
        p95_ms: p95,
        p99_ms: p99,
        p95_series: series.map((one) => one.p95),
        request_series: series.map((one) => one.count),
        error_series: series.map((one) => one.failed),
        ...noDepth,
        ...depths.get(name),
      };
    });
  };
  return { alerts, look, services };
};

/** What an operator sees at a glance, as far as this process knows or can ask. */
export const systemRoutes =
  (options: SystemOptions): Routes =>
  async (app) => {
    const { metrics, upstreams, now = Date.now } = options;
    const reportOfThis = () => wholeReportHere(options.name, metrics.flow, options.depths);
    const watch = createWatch(options);
    const looking = setInterval(() => {
      watch.look().catch((error: unknown) => {
        options.log.warn({ err: error }, 'nobody looked whether all is well');
      });
    }, lookEveryMs);
    looking.unref();
    app.addHook('onClose', async () => clearInterval(looking));

    app.get(
      '/api/v1/admin/system/process',
      {
        config,
        schema: {
          operationId: 'getProcessReport',
          summary: 'Memory of the process that answers, and the messages that pass through it',
          tags,
          response: { 200: processReportSchema },
        },
      },
      async (_, reply) => reply.header('cache-control', 'no-store').send(await reportOfThis()),
    );

    app.get(
      '/api/v1/admin/system',
      {
        config,
        schema: {
          operationId: 'getSystem',
          summary: 'Health, latency, errors, memory, messages and alerts of all services',
          tags,
          querystring: strict({
            minutes: Type.Optional(Type.Integer({ minimum: 5, maximum: 60, default: 15 })),
          }),
          response: { 200: systemSchema },
        },
      },
      async (request, reply) => {
        const minutes = request.query.minutes ?? 15;
        const { authorization } = request.headers;
        const [services, own, elsewhere] = await Promise.all([
          watch.services(minutes),
          reportOfThis(),
          Promise.all(upstreams.map((upstream) => reportsElsewhere(upstream, authorization))),
        ]);
        const others: readonly ProcessReport[] = elsewhere.flat();
        watch.alerts.set(
          'elsewhere',
          others.flatMap((report) => troublesOfMemory(report.name, memoryShare(report))),
        );
        return reply.header('cache-control', 'no-store').send({
          at: new Date(now()).toISOString(),
          version: options.version,
          node: process.versions.node,
          started_at: options.startedAt.toISOString(),
          platform: options.platform,
          window_minutes: minutes,
          may_simulate: options.mayPretend,
          services,
          processes: [own, ...others],
          alerts: [...watch.alerts.list()],
          thresholds,
        });
      },
    );
  };
